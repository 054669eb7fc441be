"""Ties before and after a scenario -> who stands with whom in each, how torn each party is, and what would move it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from amity.outlook.columns import Floats
from amity.outlook.scenario import STANDING, Scenario
from amity.records import Partition, Stand

Edge = tuple[str, str, float]
FindBlocs = Callable[[list[Edge]], Partition]
# Alignment that joining a body gives a party with each member, and a move of the balance of acts worth making a new tie of.
FELLOW = 0.5
LEAST_NEW = 0.2
# A tie nearer to 0 than this says neither friend nor foe.
LEAST = 0.05


def changed_ties(ties: Sequence[Edge], scenario: Scenario, shift: Mapping[tuple[str, str], float]) -> list[Edge]:
    """Today's ties, a scenario, moves of the balance of acts by pair -> the ties as they would be."""
    value = {_pair(a, b): v for a, b, v in ties}
    for pair, move in shift.items():
        if pair in value or abs(move) >= LEAST_NEW:
            value[pair] = float(np.clip(value.get(pair, 0.0) + move, -1.0, 1.0))
    for party, body in scenario.join:
        fellows = [p for pair, v in value.items() if body in pair and v > 0.0 for p in pair if p not in (body, party)]
        value[_pair(party, body)] = STANDING["MEMBER"]
        for fellow in fellows:
            value[_pair(party, fellow)] = max(value.get(_pair(party, fellow), 0.0), FELLOW)
    for a, b, wanted in scenario.ties:
        value.pop(_pair(a, b), None)
        if wanted is not None:
            value[_pair(a, b)] = wanted
    return [(a, b, v) for (a, b), v in sorted(value.items()) if abs(v) >= LEAST and not {a, b} & set(scenario.leave)]


def stand_before_and_after(
    ties: Sequence[Edge], scenario: Scenario, shift: Mapping[tuple[str, str], Floats], find_blocs: FindBlocs | None
) -> tuple[tuple[Stand, ...], tuple[float, float, bool] | None]:
    """Ties and a scenario -> how each party stands before and after, and the cost of the blocs.

    `moves` of a party is the share of laws on which its bloc differs from the one before: where the events leave it
    open, that says so. Parties named in the scenario come first, then those that move; the rest is left out.
    """
    held = [(a, b, v) for a, b, v in ties if abs(v) >= LEAST]
    if find_blocs is None or not held:
        return (), None
    mean = {pair: float(moves.mean()) for pair, moves in shift.items()}
    before, after = find_blocs(held), find_blocs(changed_ties(ties, scenario, mean))
    laws = min((len(m) for m in shift.values()), default=0)
    several = [find_blocs(changed_ties(ties, scenario, {p: float(m[i]) for p, m in shift.items()})) for i in range(laws)] or [after]
    left = frozenset(scenario.leave)
    old, new = _company(before), _company(after)
    # That others have lost one who left altogether is no move of theirs.
    same = {p: mates if p in left else mates - left for p, mates in old.items()}
    moved = {p: float(np.mean([_company(s).get(p) != same.get(p) for s in several])) for p in {*old, *new}}
    facts_old, facts_new = ({str(m.party): m for m in found.members} for found in (before, after))
    stands = [
        Stand(
            p,
            tuple(sorted(old.get(p, frozenset()) - {p})),
            tuple(sorted(new.get(p, frozenset()) - {p})),
            facts_old[p].share if p in facts_old else None,
            facts_new[p].share if p in facts_new else None,
            facts_old[p].flip if p in facts_old else None,
            facts_new[p].flip if p in facts_new else None,
            moved[p],
        )
        for p in sorted(moved, key=lambda p: (p not in scenario.parties, -moved[p], p))
        if p in scenario.parties or same.get(p) != new.get(p) or moved[p] >= 0.1
    ]
    return tuple(stands), (before.cost, after.cost, before.certified and after.certified)


def _company(found: Partition) -> dict[str, frozenset[str]]:
    """Each party -> the members of its bloc, itself among them."""
    return {str(p): frozenset(map(str, bloc.members)) for bloc in found.blocs for p in bloc.members}


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)
