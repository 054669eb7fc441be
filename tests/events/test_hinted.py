"""Hints: sentences that may tell of two parties of whom nothing is claimed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from amity.events import Coded, find_hints, load_codebook
from amity.records import Actor, ActScores, Hint, Mention, Sentence, Word

TYPES = ("ASSAULT", "ACCUSE", "AID")
TEXT = "Mali and Niger quarrel."


def mention(place: int, side: str) -> Mention:
    """A party named at one word."""
    return Mention(
        0, place, place + 1, place, side, "name", Actor(side, side, side=side, side_id=side, sector="government", known=True), ""
    )


def hints(odds: float, sides: tuple[str, str] = ("state:MLI", "state:NER"), told: frozenset[str] = frozenset()) -> tuple[Hint, ...]:
    """Hints of a sentence in which the first side blames the second with these log-odds, and less so the other way round."""
    pairs = np.full((2, 2, len(TYPES)), -9.0, np.float32)
    pairs[0, 1, 1], pairs[1, 0, 1] = odds, odds - 1.0
    scores = ActScores(TYPES, {(0, 1): 0, (1, 2): 1}, np.zeros((2, 3)), np.zeros((2, 2)), np.zeros((2, 2)), pairs)
    words = tuple(Word(i, i, i + 1, "x", "x", "X", "X", i - 1, "dep") for i in range(2))
    sentence = Sentence("d", 0, 0, len(TEXT), TEXT, 0, False, words, ())
    coded = SimpleNamespace(mentions=(mention(0, sides[0]), mention(1, sides[1])), scores=scores)
    return find_hints([sentence], [cast("Coded", coded)], load_codebook().types, [told])


def test_a_likely_act_of_an_untold_pair_is_a_hint() -> None:
    """It carries its sentence, the likelier actor first, type, score and chance."""
    (hint,) = hints(-1.0)
    assert (hint.quote, hint.start, hint.end) == (TEXT, 0, len(TEXT))
    assert (hint.actor, hint.recipient, hint.type, hint.quad) == ("state:MLI", "state:NER", "ACCUSE", 3)
    assert hint.score < 0.0 and hint.chance == pytest.approx(0.269, abs=1e-3)


@pytest.mark.parametrize(
    ("odds", "sides", "told"),
    [
        (-6.0, ("state:MLI", "state:NER"), frozenset()),
        (-1.0, ("state:MLI", "state:NER"), frozenset({"state:NER", "state:MLI"})),
        (-1.0, ("state:MLI", "unknown:rebels"), frozenset()),
        (-1.0, ("state:MLI", "state:MLI"), frozenset()),
    ],
)
def test_what_is_no_hint(odds: float, sides: tuple[str, str], told: frozenset[str]) -> None:
    """A chance next to none, a pair that claims tell of, a party that no table names and one side alone give none."""
    assert hints(odds, sides, told) == ()
