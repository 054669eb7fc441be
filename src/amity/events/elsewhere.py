"""What the rest of a report says of two parties, as features for the judge.

A report that tells in five sentences how one state shells another more likely tells it in the sixth, and who is
named in every other sentence acts more often than who is named once. Measured by folds: directed F1 +.013, type
F1 +.024.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.events.hints import group_alike, join_odds, step_odds
from amity.events.slots import side_of
from amity.records import ActScores, Mention

# Ranks of parties, sentences that name a pair, and eighths of a report's sentences that name one, are told up to here.
LAST_RANK, MOST_MET, SHARES = 6, 6, 8

Pair = tuple[str, str]


class Elsewhere:
    """Scores and parties of all sentences of one report; asked sentence by sentence, it leaves that sentence out.

    A report of one sentence says nothing of any pair: no features.
    """

    def __init__(
        self, mentions: Sequence[Sequence[Mention]], scores: Sequence[ActScores | None], types: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self._size = len(mentions)
        named = Counter(side for parties in mentions for side in sorted({side_of(m) for m in parties if m.actor}))
        self._named = named
        self._rank = {side: rank for rank, (side, _) in enumerate(sorted(named.items(), key=lambda x: (-x[1], x[0])))}
        self._met: dict[Pair, dict[int, NDArray[np.float32]]] = defaultdict(dict)
        for number, (parties, given) in enumerate(zip(mentions, scores, strict=True)):
            if given is not None:
                _add_pairs(self._met, number, parties, given)
        names = next((given.types for given in scores if given is not None), ())
        self._place, self._alike = {name: k for k, name in enumerate(names)}, group_alike(names, types)
        self._held: dict[tuple[int, Pair], list[float] | None] = {}
        # Many words of a sentence are tried with the same two parties.
        self._told: dict[tuple[int, str, str, str], tuple[str, ...]] = {}

    def features(self, sentence: int, actor: Mention, recipient: Mention, kind: str) -> tuple[str, ...]:
        """One candidate of a sentence, by its place in the report -> what the other sentences say of its parties and type."""
        key = sentence, side_of(actor), side_of(recipient), kind
        if key not in self._told:
            self._told[key] = self._tell(sentence, key[1:3], kind) if self._size > 1 else ()
        return self._told[key]

    def _tell(self, sentence: int, pair: Pair, kind: str) -> tuple[str, ...]:
        out = [f"report {who} {self._salience(side)}" for who, side in zip("ar", pair, strict=True)]
        out += [f"report {who} rank {min(LAST_RANK, self._rank.get(side, LAST_RANK))}" for who, side in zip("ar", pair, strict=True)]
        met = self._met.get(pair, {})
        out.append(f"report met {min(len(met) - (sentence in met), MOST_MET)}")
        there, back = self._most(sentence, pair), self._most(sentence, (pair[1], pair[0]))
        if there is None or kind not in self._place:
            return (*out, "report silent")
        place = self._place[kind]
        whole, alike = join_odds(there), join_odds([there[k] for k in self._alike[place]])
        out += [f"report type {step_odds(there[place])}", f"report quad {step_odds(alike)}", f"report any {step_odds(whole)}"]
        out.append(f"report back {'none' if back is None else step_odds(whole - join_odds(back))}")
        return tuple(out)

    def _salience(self, side: str) -> int:
        return min(SHARES, SHARES * self._named[side] // self._size)

    def _most(self, sentence: int, pair: Pair) -> list[float] | None:
        """Greatest log-odds of each type from one side to the other in all other sentences; None where they do not meet again."""
        key = sentence, pair
        if key not in self._held:
            others = [v for number, v in self._met.get(pair, {}).items() if number != sentence]
            self._held[key] = np.max(others, axis=0).tolist() if others else None
        return self._held[key]


def _add_pairs(met: dict[Pair, dict[int, NDArray[np.float32]]], number: int, parties: Sequence[Mention], scores: ActScores) -> None:
    """Put one sentence's greatest scores of each pair of sides into the report's."""
    held = [(side_of(m), scores.place[m.first, m.last]) for m in parties if m.actor and (m.first, m.last) in scores.place]
    for one, i in held:
        for other, j in held:
            if i != j and one != other:
                known = met[one, other].get(number)
                met[one, other][number] = scores.pairs[i][j] if known is None else np.maximum(known, scores.pairs[i][j])
