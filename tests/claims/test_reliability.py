"""Who is cited, and how reliable the user holds them to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from amity.claims import gather_sources, read_grades, source_key
from amity.claims.reliability import grade_of, load_outlets
from amity.errors import BadInput
from amity.records import Claim, Judgement, Source


@pytest.fixture(scope="module")
def claim(code: Callable[..., Claim]) -> Claim:
    """A claim to hang sources on."""
    return code("Rebels attacked troops.", "attacked", actor="Rebels")


def cite(claim: Claim, *sources: tuple[str, str], start: int = 0) -> Claim:
    """The claim on the word of others; another start gives it an id of its own."""
    party = replace(claim.actor, start=start)
    named = tuple(Source(n, k, k == "anonymous") for n, k in sources)  # type: ignore[arg-type] # kinds are spelt as the record has them
    return replace(claim, sources=named, actor=party)


@pytest.mark.parametrize(
    ("words", "kind", "key"),
    [
        ("Reuters", "media", "outlet:reuters"),
        ("the Reuters news agency", "media", "outlet:reuters"),
        ("Reuters” Agency", "media", "outlet:reuters"),
        ("Russia's Sputnik news agency", "media", "outlet:sputnik"),
        ("The Valley Herald", "media", "media:valley herald"),
        ("Reuters", "body", "body:reuters"),
    ],
)
def test_one_source_has_one_key(words: str, kind: str, key: str) -> None:
    """However an outlet is written it is graded under one key; what is no outlet under its kind and words."""
    assert source_key(words, kind) == key


def test_unknown_is_f_and_the_last_judgement_stands() -> None:
    """No grade is guessed, not even for outlets of the table; of the user's grades the last one counts."""
    assert not any(grade for _, _, grade in load_outlets().values())
    assert grade_of("outlet:reuters", "Reuters", [])[0] == "F"
    rows = [Judgement("source:outlet:reuters", f"reliability {g}", "me", f"2026-01-0{n}") for n, g in ((1, "B"), (2, "C"))]
    assert grade_of("outlet:reuters", "Reuters", rows) == ("C", "me, 2026-01-02")


def test_sources_are_gathered_over_claims(claim: Claim) -> None:
    """A source holds each claim once, surnames go with the one fuller name, and how claims fared is counted."""
    rows = [
        cite(claim, ("Reuters", "media"), ("two officials", "anonymous")),
        cite(claim, ("Amina Diallo", "person"), start=1),
        cite(claim, ("Ms Diallo", "person"), start=2),
    ]
    found = {s.name: s for s in gather_sources(rows, {}, [], {rows[0].id: 5, rows[1].id: 1})}
    assert set(found) == {"Reuters", "two officials", "Amina Diallo"}
    assert (found["Reuters"].held, found["Reuters"].spoken_against, found["Reuters"].alone) == (0, 1, 0)
    assert (len(found["Amina Diallo"].claims), found["Amina Diallo"].held, found["Amina Diallo"].alone) == (2, 1, 1)
    assert found["two officials"].anonymous


def test_the_outlet_stands_behind_its_report(claim: Claim) -> None:
    """A report's own outlet is a source of all of its claims, of the kind paper."""
    (sheet,) = gather_sources([claim], {claim.document_id: "The Valley Herald"}, [])
    assert (sheet.kind, sheet.claims, sheet.held) == ("paper", (claim.id,), None)


def test_grades_of_a_file(tmp_path: Path) -> None:
    """Each row is a judgement; a wrong letter or a missing column is told with its place."""
    good, bad, none = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / "none.csv"
    good.write_text("name,reliability,why\nReuters,b,corrects itself\n")
    bad.write_text("name,reliability\nReuters,B\nTASS,X\n")
    none.write_text("outlet,grade\nReuters,B\n")
    (row,) = read_grades(good, "me", "2026-01-01")
    assert (row.about, row.verdict, row.why) == ("source:outlet:reuters", "reliability B", "corrects itself")
    with pytest.raises(BadInput, match=r"bad\.csv:3: grade: got 'X'"):
        list(read_grades(bad, "me", "2026-01-01"))
    with pytest.raises(BadInput, match="no column 'name'"):
        list(read_grades(none, "me", "2026-01-01"))
