"""What the reader of acts says of candidates, as features for the judge; and acts that it sees where the codebook knows no word."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from amity.records import ActScores, Mention

# Log-odds are told in whole steps from the first to the second: beyond them nothing more is learnt.
LOWEST, HIGHEST = -8, 5
# Log-odds from which a pair is a candidate without a word of the codebook.
PROPOSED = -2.5
# Log-odds of any act, either way, below which two parties are not tried at all: four fifths of all pairs, and folds lose nothing.
NEVER = -8.0
# What a sentence without scores (a lone party, a monstrous sentence) says.
UNREAD = ("acts unread",)


# Actor, recipient and type -> what the rest of the report says of them, as features.
Rest = Callable[[Mention, Mention, str], tuple[str, ...]]


class Hints:
    """The scores of one sentence, ready to be asked candidate by candidate; `rest` adds what the rest of the report says."""

    def __init__(self, scores: ActScores, types: Mapping[str, Mapping[str, Any]], rest: Rest | None = None) -> None:
        self._rest = rest
        self._place, self._types = scores.place, {t: k for k, t in enumerate(scores.types)}
        self._words, self._does, self._bears = scores.words.tolist(), scores.does.tolist(), scores.bears.tolist()
        self._pairs: list[list[list[float]]] = scores.pairs.tolist()
        self._names = scores.types
        self._alike = group_alike(scores.types, types)
        self._any = [[join_odds(row) for row in rows] for rows in self._pairs]

    def features(self, word: int, actor: Mention, recipient: Mention, kind: str) -> tuple[str, ...]:
        """One candidate -> what the scores say of it."""
        a, r = (self._place.get((m.first, m.last)) for m in (actor, recipient))
        k = self._types.get(kind)
        if a is None or r is None or a == r or k is None:
            return UNREAD
        pair, states, does, bears = self._pairs[a][r], self._words[word], self._does[word], self._bears[word]
        here = states[k] + does[a] + bears[r]
        others = max(x for i, x in enumerate(pair) if i != k)
        return (
            f"acts here {step_odds(here)}",
            f"acts share {step_odds(here - pair[k])}",
            f"acts type {step_odds(pair[k])}",
            f"acts quad {step_odds(join_odds([pair[i] for i in self._alike[k]]))}",
            f"acts any {step_odds(self._any[a][r])}",
            f"acts back {step_odds(self._any[a][r] - self._any[r][a])}",
            f"acts rival {step_odds(pair[k] - others)}",
            f"acts word {step_odds(states[k])}",
            f"acts does {step_odds(does[a])}",
            f"acts bears {step_odds(bears[r])}",
            *(self._rest(actor, recipient, kind) if self._rest else ()),
        )

    def chances(self, actor: Mention, recipient: Mention) -> dict[str, float]:
        """Type -> the chance of an act from one party to the other, 0 to 1; empty where they were not read."""
        a, r = (self._place.get((m.first, m.last)) for m in (actor, recipient))
        if a is None or r is None or a == r:
            return {}
        return {kind: 1.0 / (1.0 + math.exp(-max(-30.0, x))) for kind, x in zip(self._names, self._pairs[a][r], strict=True)}

    def is_idle(self, one: Mention, other: Mention) -> bool:
        """Whether nothing at all passes between two parties."""
        a, r = (self._place.get((m.first, m.last)) for m in (one, other))
        return a is not None and r is not None and a != r and max(self._any[a][r], self._any[r][a]) < NEVER

    def proposals(self, mentions: Sequence[Mention]) -> Iterator[tuple[int, Mention, Mention, str]]:
        """Pairs that likely act on each other -> the word, actor, recipient and type."""
        held = [(m, self._place[m.first, m.last]) for m in mentions if m.actor and (m.first, m.last) in self._place]
        for actor, a in held:
            for recipient, r in held:
                if a == r:
                    continue
                pair = self._pairs[a][r]
                k = max(range(len(pair)), key=pair.__getitem__)
                if pair[k] >= PROPOSED:
                    yield self._likeliest_word(a, r, k), actor, recipient, self._names[k]

    def word_of(self, actor: Mention, recipient: Mention, kind: str) -> int:
        """The likeliest word for an act of a type from one party to the other, both of them read."""
        a, r = (self._place[m.first, m.last] for m in (actor, recipient))
        return self._likeliest_word(a, r, self._types[kind])

    def _likeliest_word(self, a: int, r: int, k: int) -> int:
        return max(range(len(self._words)), key=lambda w: self._words[w][k] + self._does[w][a] + self._bears[w][r])


def group_alike(names: Sequence[str], types: Mapping[str, Mapping[str, Any]]) -> list[list[int]]:
    """Names of types in their order -> for each the places of those of its quad class."""
    quads = [types[name]["quad"] for name in names]
    return [[k for k, quad in enumerate(quads) if quad == own] for own in quads]


def spans_of(mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Mentions -> the words [first, last) of the parties, as the reader of acts takes them."""
    return [(m.first, m.last) for m in mentions if m.actor]


def step_odds(value: float) -> int:
    """Log-odds -> whole steps between the lowest and the highest that are told."""
    return max(LOWEST, min(HIGHEST, math.floor(value)))


def join_odds(values: Sequence[float]) -> float:
    """Log of the sum of exponentials.

    >>> round(join_odds([0.0, 0.0]), 3)
    0.693
    """
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values))
