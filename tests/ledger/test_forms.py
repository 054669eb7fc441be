"""Ledgers of every form there was, as files written by the amity of the time, come forward whole."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from amity.ledger import Ledger, open_ledger
from amity.ledger.schema import SCHEMA_VERSION
from amity.records import Silence, Unread

FORMS = sorted((Path(__file__).parent / "forms").glob("form-*.sql"))
CLAIM = "c43da5e1fb778736"


@pytest.fixture(params=FORMS, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file of an older form, made from its own SQL."""
    raw = sqlite3.connect(tmp_path / "old.ledger")
    raw.executescript(request.param.read_text(encoding="utf-8"))
    raw.close()
    return tmp_path / "old.ledger"


def shown(ledger: Ledger) -> tuple[object, ...]:
    """What the ledger shows now and showed on the day of the rejection."""
    past = [claim.id for claim in ledger.claims()], [j.verdict for j in ledger.judgements()]
    return *past, ledger.silences("a.txt"), ledger.unread(), ledger.document("a.txt").published


def test_every_form_is_kept_beside_the_tests() -> None:
    """A new form of the ledger brings a file of the one before it."""
    assert [path.stem for path in FORMS] == [f"form-{n}" for n in range(1, SCHEMA_VERSION + 1)]


def test_an_older_ledger_comes_forward_whole(old: Path) -> None:
    """All that was written is shown, the ledger verifies, is of the newest form, and takes what it could not take before."""
    with open_ledger(old) as ledger:
        assert ledger.form() == SCHEMA_VERSION
        assert shown(ledger) == (
            [CLAIM],
            ["reject", "accept"],
            [Silence(1, "no_verb", "a verb")],
            [Unread("b.txt", "is empty")],
            "2018-06-10",
        )
        assert ledger.verify().holds and ledger.store.find_faults() == []
        assert list(ledger.forecasts()) == [] and ledger.events() == ([], {})
    with open_ledger(old, create=False) as ledger:
        assert ledger.form() == SCHEMA_VERSION and len(ledger.claim(CLAIM).sources) == 1
