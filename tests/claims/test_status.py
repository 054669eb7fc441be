"""The status of a claim follows the cues that govern its predicate, and no others."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from amity.records import STATUSES, Claim

CASES = list(csv.DictReader((Path(__file__).parent / "status.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['status']}: {c['text'][:48]}")
def test_status_of_a_sentence(code: Callable[..., Claim], case: dict[str, str]) -> None:
    """Each sentence of the table gets its status, and the reason names it."""
    claim = code(case["text"], case["predicate"], case["type"], case["actor"])
    assert claim.status == case["status"], claim.why
    assert any(reason.startswith(claim.status) for reason in claim.why)


def test_every_status_has_a_case() -> None:
    """No status goes untested."""
    assert {c["status"] for c in CASES} == set(STATUSES)


def test_own_words_are_uttered_whatever_they_suppose(code: Callable[..., Claim]) -> None:
    """What a speaker says of the future is still said: the utterance is reported."""
    claim = code("“The attacks will help terrorists,” Kanaani said.", "help", "ACCUSE", "Kanaani")
    assert claim.status == "reported", claim.why
    assert claim.sources == ()
