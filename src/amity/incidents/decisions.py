"""Judgements of people -> which claims must be one incident, which must not, and what is noted on them.

A judgement is about two claims ("3f9c...+a71b...": verdict `join` or `split`), or about one (verdict `mark`, the note
in `why`; `unmark` takes all notes off). Nothing is overwritten: of judgements about one pair the latest stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amity.errors import BadInput
from amity.records import Judgement

JOINED, SPLIT, MARKED, UNMARKED = "join", "split", "mark", "unmark"
BETWEEN = "+"


@dataclass(frozen=True, slots=True)
class Decisions:
    """What stands: pairs of claim ids (a < b) that are one incident or are not, and notes by claim id."""

    pairs: dict[tuple[str, str], bool]
    marks: dict[str, tuple[str, ...]]


def read_decisions(judgements: Iterable[Judgement]) -> Decisions:
    """Judgements, oldest first -> those about incidents that stand; others are left alone."""
    pairs: dict[tuple[str, str], bool] = {}
    marks: dict[str, tuple[str, ...]] = {}
    for judgement in judgements:
        if judgement.verdict in (JOINED, SPLIT) and BETWEEN in judgement.about:
            a, b = sorted(judgement.about.split(BETWEEN, 1))
            pairs[a, b] = judgement.verdict == JOINED
        elif judgement.verdict == MARKED:
            marks[judgement.about] = (*marks.get(judgement.about, ()), f"{judgement.why} ({judgement.who}, {judgement.when[:10]})")
        elif judgement.verdict == UNMARKED:
            marks.pop(judgement.about, None)
    return Decisions(pairs, marks)


def judge_pairs(lefts: Sequence[str], rights: Sequence[str], verdict: str, who: str, when: str, why: str) -> list[Judgement]:
    """Claims of two groups -> a judgement for each pair across them. Raises BadInput where a claim stands in both or in none."""
    if not lefts or not rights or set(lefts) & set(rights):
        raise BadInput(f"{verdict}: got {len(lefts)} and {len(rights)} claims, allowed are two groups that share none; see amity incidents")
    about = sorted({BETWEEN.join(sorted((a, b))) for a in lefts for b in rights})
    return [Judgement(pair, verdict, who, when, why) for pair in about]
