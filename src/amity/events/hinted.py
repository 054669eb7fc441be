"""Sentences that may tell an act of two parties of whom nothing is claimed -> hints, each with its sentence and its chance."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import permutations
from typing import Any

from amity.events.coder import Coded
from amity.events.hints import Hints
from amity.events.slots import side_of
from amity.records import Hint, Sentence

# Chance of a type from which a sentence hints at it: below, a page of hints would weigh no more than one act's rounding.
LEAST_HINT = 0.02
# Sides that are no one party: those that no table names, and several under one word ("they").
NO_SIDE = ("unknown:", "joint:")


def find_hints(
    sentences: Sequence[Sentence], coded: Sequence[Coded], types: Mapping[str, Mapping[str, Any]], told: Collection[frozenset[str]]
) -> tuple[Hint, ...]:
    """The sentences of a document, what was read of them, and the pairs of sides that its claims tell of -> hints of the other pairs.

    One for each sentence, pair and type, from the likelier actor; the chance is that of the reader of acts, before any judging.
    """
    found: dict[tuple[int, frozenset[str], str], Hint] = {}
    for sentence, given in zip(sentences, coded, strict=True):
        parties = [m for m in given.mentions if m.actor and not side_of(m).startswith(NO_SIDE) and ";" not in side_of(m)]
        if given.scores is None or len({side_of(m) for m in parties} | {""}) < 3:
            continue
        hints = Hints(given.scores, types)
        for actor, recipient in permutations(parties, 2):
            pair = frozenset((side_of(actor), side_of(recipient)))
            if len(pair) < 2 or pair in told:
                continue
            for kind, chance in hints.chances(actor, recipient).items():
                key = (sentence.index, pair, kind)
                if chance >= LEAST_HINT and (key not in found or chance > found[key].chance):
                    ends, of = (side_of(actor), side_of(recipient)), types[kind]
                    place = (sentence.document, sentence.start, sentence.end, sentence.text)
                    found[key] = Hint(*place, *ends, kind, int(of["quad"]), float(of["score"]), round(chance, 3))
    return tuple(found.values())
