"""Standings -> spells: each stated standing of a pair as a tie with its own start, end and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amity.records import Spell
from amity.ties.days import day_text
from amity.ties.stated import Standing
from amity.ties.votes import Pair, pair_of

# Standings that hold both ways; the others run from actor to recipient.
MUTUAL = {"ALLIED", "STRAINED", "HOSTILE"}
# What a later statement ends: foes are no longer allies; who has allied need not court. Strain ends no
# partnership: strained allies are allies.
ENDS: dict[str, set[str]] = {
    "ALLIED": {"HOSTILE"},
    "PATRON": {"HOSTILE"},
    "MEMBER": set(),
    "HOSTILE": {"ALLIED", "PATRON"},
    "COURTING": {"HOSTILE", "ALLIED"},
    "DISTANT": {"ALLIED", "PATRON"},
    "STRAINED": {"HOSTILE"},
}
# What says the contrary must weigh at least this share of the spell's surest claim.
LEAST_SHARE = 0.5
# Days of silence after which a standing stated anew is a new spell. Two years, chosen by hand.
SILENCE = 730


def find_spells(standings: Iterable[Standing]) -> list[Spell]:
    """Standings and denials of them -> spells in order of pair, start and type.

    A denial ends a spell; on its own it makes none.

    >>> find_spells([])
    []
    """
    by_pair: dict[Pair, list[Standing]] = {}
    for standing in standings:
        by_pair.setdefault(pair_of(standing.actor, standing.recipient), []).append(standing)
    return [spell for _, stated in sorted(by_pair.items()) for spell in _spells_of_pair(stated)]


def spells_by_pair(spells: Iterable[Spell]) -> dict[Pair, tuple[Spell, ...]]:
    """Spells -> those of each pair, in their order."""
    found: dict[Pair, tuple[Spell, ...]] = {}
    for spell in spells:
        pair = pair_of(spell.actor, spell.recipient)
        found[pair] = (*found.get(pair, ()), spell)
    return found


def open_standings(standings: Iterable[Standing], spells: Iterable[Spell]) -> list[Standing]:
    """Standings -> those of spells that nothing has ended."""
    ended = {(claim, s.type, pair_of(s.actor, s.recipient)) for s in spells if s.end for claim in s.claims}
    return [s for s in standings if (s.claim, s.type, pair_of(s.actor, s.recipient)) not in ended]


def _spells_of_pair(stated: Sequence[Standing]) -> list[Spell]:
    groups: dict[tuple[str, str, str], list[Standing]] = {}
    for s in sorted(stated, key=lambda s: (s.day, s.claim)):
        if not s.denied:
            ends = pair_of(s.actor, s.recipient) if s.type in MUTUAL else (s.actor, s.recipient)
            groups.setdefault((s.type, *ends), []).append(s)
    found = [_spell(run, _end_of(run, stated)) for group in groups.values() for run in _runs(group, stated)]
    return sorted(found, key=lambda spell: (spell.start, spell.type, spell.actor))


def _runs(group: Sequence[Standing], stated: Sequence[Standing]) -> Iterable[list[Standing]]:
    """One standing's statements -> runs of them, parted by long silence or by what ended them."""
    run: list[Standing] = []
    for standing in group:
        end = _end_of(run, stated) if run else None
        if run and (standing.day - run[-1].day > SILENCE or (end and end.day <= standing.day)):
            yield run
            run = []
        run.append(standing)
    if run:
        yield run


def _end_of(run: Sequence[Standing], stated: Sequence[Standing]) -> Standing | None:
    """The first statement after the first of the run that contradicts it, on a day that does not state it as surely."""
    kind, surest = run[0].type, max(s.weight for s in run)
    held: dict[int, float] = {}
    for s in stated:
        if s.type == kind and not s.denied:
            held[s.day] = max(held.get(s.day, 0.0), s.weight)
    later = (s for s in stated if s.day > run[0].day and s.weight >= LEAST_SHARE * surest and _contradicts(s, kind))
    later = (s for s in later if held.get(s.day, 0.0) < s.weight)
    return min(later, key=lambda s: (s.day, s.claim), default=None)


def _contradicts(standing: Standing, kind: str) -> bool:
    return standing.type == kind if standing.denied else standing.type in ENDS.get(kind, set())


def _spell(run: Sequence[Standing], end: Standing | None) -> Spell:
    first = run[0]
    return Spell(
        first.type,
        first.actor,
        first.recipient,
        day_text(min(s.since if s.since is not None else s.day for s in run)),
        day_text(run[-1].day),
        day_text(end.day) if end else None,
        max(s.weight for s in run),
        tuple(dict.fromkeys(s.claim for s in run if s.claim)),
        end.claim if end else "",
    )
