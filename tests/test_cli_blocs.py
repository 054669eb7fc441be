"""The verbs about the whole, as a user meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import amity
from amity.cli import app
from amity.errors import AmityError

REPORT = """Norway signed a defence pact with Sweden on 4 March 2024.

Sweden sent weapons to Norway on 6 March 2024.

Denmark attacked Norway on 8 March 2024.
"""


def run(*words: str) -> str:
    """What a verb prints; what it refuses is raised."""
    result = CliRunner().invoke(app, list(words))
    if isinstance(result.exception, AmityError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Three sentences of two friends and a foe."""
    folder = tmp_path_factory.mktemp("blocs")
    (folder / "a.txt").write_text(REPORT, encoding="utf-8")
    with amity.open(folder / "x.db") as book:
        assert [step.unread for step in amity.read_into(book, [folder / "a.txt"], amity.Pipeline())] == [None]
    return str(folder / "x.db")


def test_blocs_of_a_ledger(ledger: str) -> None:
    """The two friends are one bloc, the foe stands alone, and the cost is proven."""
    told = run("--ledger", ledger, "blocs", "--sure", "0.5")
    assert "Norway, Sweden" in told or "Sweden, Norway" in told
    assert "Denmark (each alone)" in told
    assert "proven the least possible" in told


def test_a_number_of_blocs(ledger: str) -> None:
    """Three parties into just two blocs or three; camps and a number do not go together, nor do more blocs than parties."""
    told = run("--ledger", ledger, "blocs", "--sure", "0.5", "--count", "3")
    assert all(f"{i}  {name}" in told for i, name in enumerate(("Denmark", "Norway", "Sweden"), 1))
    assert "1 Norway, Sweden" in run("--ledger", ledger, "blocs", "--sure", "0.5", "--count", "2", "--every", "month")
    for words, reason in ((["--count", "2", "--camps"], "camps are two at most"), (["--count", "9"], "the number of parties")):
        with pytest.raises(AmityError, match=reason):
            run("--ledger", ledger, "blocs", "--sure", "0.5", *words)


def test_blocs_over_time(ledger: str) -> None:
    """One row for the one month told of."""
    assert "Mar 2024" in run("--ledger", ledger, "blocs", "--every", "month", "--sure", "0.5")


def test_cohesion_of_named_members(ledger: str) -> None:
    """The pair within, its figure, and the sentence it rests on."""
    told = run("--ledger", ledger, "cohesion", "north", "--members", "Norway, Sweden")
    assert "Cohesion of north" in told
    assert "1 of 1" in told
    assert "sent weapons to Norway" in told


def test_an_unknown_party_is_told_with_a_near_one(ledger: str) -> None:
    """A slip of the pen gets a suggestion."""
    with pytest.raises(AmityError, match="did you mean Norway"):
        run("--ledger", ledger, "cohesion", "Norwey")


def test_blocs_of_an_edge_file(tmp_path: Path) -> None:
    """A CSV needs no ledger; a header is passed over, a short row is named by its line."""
    (tmp_path / "e.csv").write_text("from,to,sign\na,b,1\nb,c,1\na,c,-1\n", encoding="utf-8")
    told = run("blocs", "--edges", str(tmp_path / "e.csv"), "--camps")
    assert "1 of 3 of the weight of 3 ties contradicts these camps; proven the least possible." in told
    assert "0 of 1 triad balanced" in told
    (tmp_path / "f.csv").write_text("a,b,1\nb,c\n", encoding="utf-8")
    with pytest.raises(AmityError, match=r"f\.csv:2: got 2 columns"):
        run("blocs", "--edges", str(tmp_path / "f.csv"))
