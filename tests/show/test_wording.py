"""Tests of the words: every code has some, and chances follow ICD 203."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from amity.records import STATUSES, Change, Claim, CutReason, Party, When
from amity.show import Picture
from amity.show.evidence import say_confidence, say_stand
from amity.show.lines import tell_act
from amity.show.wording import say_act, say_chance, say_over, say_turn, say_when, wording


def test_every_code_has_words() -> None:
    """No type, status or reason for a cut is left to its code."""
    table = wording()
    assert len(table["types"]) == 16
    assert len(table["standings"]) == 10
    assert set(table["statuses"]) == set(STATUSES)
    assert set(table["cuts"]) == set(get_args(CutReason))


@pytest.mark.parametrize(
    ("chance", "word"),
    [(0.0, "almost no chance"), (0.05, "almost no chance"), (0.051, "very unlikely"), (0.201, "unlikely"), (0.451, "roughly even chance"),
     (0.551, "likely"), (0.801, "very likely"), (0.951, "almost certain"), (1.0, "almost certain")],
)  # fmt: skip
def test_chances_follow_the_scale(chance: float, word: str) -> None:
    """A bound belongs to the word below it, as in forecasts, and the number stands beside the word."""
    assert say_chance(chance).startswith(word + " (")


@pytest.mark.parametrize(
    ("type", "status", "words"),
    [("ASSAULT", "reported", "attacked"), ("ASSAULT", "denied", "is said not to have attacked"), ("AID", "planned", "plans to send aid to"),
     ("THREATEN", "threatened", "threatened"), ("COERCE", "threatened", "threatens to coerce"), ("REQUEST", "requested", "asked"),
     ("RETREAT", "requested", "is asked to pull back from"), ("AGREE", "hypothetical", "might agree with")],
)  # fmt: skip
def test_acts_carry_their_status(picture: Picture, type: str, status: str, words: str) -> None:
    """The words of an act never say that something happened which the text does not say."""
    claim = next(c for c in picture.claims if c.kind == "event" and c.recipient)
    fields = {k: getattr(claim, k) for k in Claim.__dataclass_fields__ if k != "id"}
    assert say_act(Claim(**fields | {"type": type, "status": status})) == words


def test_several_that_act_among_themselves(picture: Picture) -> None:
    """A joint party is told as a list, and as its own recipient it is "one another"."""
    they = Party("joint:a;b;c", "Chad; Mali; Niger", "Chad; Mali; Niger", "a;b;c", False, "They", 0, 4)
    first = next(c for c in picture.claims if c.kind == "event" and c.recipient)
    fields = {k: getattr(first, k) for k in Claim.__dataclass_fields__ if k != "id"}
    told = Claim(**fields | {"actor": they, "recipient": they, "type": "AGREE"})
    assert tell_act(told).plain.startswith("Chad, Mali and Niger agreed with one another")


@pytest.mark.parametrize(("alignment", "words"), [(-0.02, "open"), (-0.3, "leans unfriendly"), (0.3, "open")])
def test_next_to_nothing_is_no_lean(picture: Picture, alignment: float, words: str) -> None:
    """Where no interval decides, a pair leans only by a tenth or more, and only the way that its acts say."""
    wide = {"low": -0.9, "high": 0.9, "alignment_low": -0.9, "alignment_high": 0.9, "warmth": 0.0}
    tie = replace(next(iter(picture.ties)), state="unfriendly", alignment=alignment, **wide)
    assert say_stand(tie) == words


def test_turns_are_told_by_size() -> None:
    """A large turn is sharp, a small one slight, and the direction is said."""
    turn = Change("a", "b", "A", "B", "2020-01-01", -1, 0.7, 0.4, -0.3, ())
    assert say_turn(turn) == "sharply colder"
    assert say_turn(Change("a", "b", "A", "B", "2020-01-01", 1, 0.1, 0.0, 0.1, ())) == "slightly warmer"


def test_a_stretch_of_days_is_told_by_its_ends() -> None:
    """Bounds that are no day, month or year are both said."""
    assert say_when(When("2018-06-04/2018-07-02", "2018-06-04", "2018-07-02", "")) == "4 June 2018 to 2 July 2018"


def test_confidence_counts_outlets_and_denials(picture: Picture) -> None:
    """One outlet is low however often it says so; a denial keeps confidence from being high."""
    documents = {d.id: d for d in picture.documents}
    one = [c for c in picture.claims if c.document == "axis-01.txt"]
    assert say_confidence(one, documents).startswith("Confidence is low: 5 claims from 1 outlet")
    assert "moderate" in say_confidence(picture.claims, documents)
    assert "high" in say_confidence([c for c in picture.claims if c.status != "denied"], documents)
    assert say_confidence([], documents).startswith("Confidence is low")


@pytest.mark.parametrize(
    ("type", "over", "words"),
    [("PATRON", "money", "backs with money"), ("PATRON", "backed", "is the patron of"),
     ("LEVERAGE", "the debt", "holds leverage over through the debt"),
     ("LEVERAGE", "owes", "holds leverage over"),
     ("PATRON", None, "is the patron of"), ("ALLIED", "arms", "is allied with")],
)  # fmt: skip
def test_a_standing_says_its_means_only_where_told(picture: Picture, type: str, over: str | None, words: str) -> None:
    """What a patron gives is said; the word that states the patronage is not taken for it."""
    claim = next(c for c in picture.claims if c.kind == "standing" and c.recipient)
    fields = {k: getattr(claim, k) for k in Claim.__dataclass_fields__ if k != "id"}
    told = Claim(**fields | {"type": type, "over": over, "why": ("word 'backed'", "word 'owes'")})
    assert " ".join(filter(None, (say_act(told), say_over(told)))) == words
