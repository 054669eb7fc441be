"""Every verb of the command line on a small real ledger, as a user types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
VERBS = ["read", "code", "claims", "ties", "tie", "changes", "why", "verify", "report"]


def amity(*words: object, ledger: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    command = [sys.executable, "-m", "amity.cli", "--ledger", str(ledger), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, read."""
    path = tmp_path_factory.mktemp("cli") / "examples.db"
    done = amity("read", EXAMPLES, ledger=path)
    assert done.returncode == 0, done.stderr
    return path


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_every_verb_ends_with_an_example(verb: str, ledger: Path) -> None:
    """Each verb shows how it is used."""
    done = amity(verb, "--help", ledger=ledger)
    assert done.returncode == 0
    assert "Example: amity" in done.stdout


def test_reading_twice_adds_nothing(ledger: Path) -> None:
    """The second run knows every document."""
    before = amity("verify", ledger=ledger).stdout
    done = amity("read", EXAMPLES, ledger=ledger)
    assert done.stdout.startswith("0 documents read, 0 claims; 18 known already")
    assert amity("verify", ledger=ledger).stdout == before


def test_a_changed_file_is_a_new_version(tmp_path: Path) -> None:
    """The newer text is current; the day before shows the older."""
    file = tmp_path / "a.txt"
    file.write_text("Norway condemned Sweden on Monday.\n", encoding="utf-8")
    book = tmp_path / "a.db"
    assert amity("read", file, ledger=book).returncode == 0
    file.write_text("Norway praised Denmark on Tuesday.\n", encoding="utf-8")
    assert amity("read", file, ledger=book).stdout.startswith("1 documents read")
    now = amity("claims", "--jsonl", ledger=book).stdout
    assert "Denmark" in now
    assert "Sweden" not in now
    assert "holds" in amity("verify", ledger=book).stdout


def test_code_prints_the_contract(ledger: Path) -> None:
    """Each line is a claim whose quote stands in the document at its offsets."""
    file = EXAMPLES / "damascus-07-debt.txt"
    done = amity("code", file, "--jsonl", ledger=ledger)
    text = file.read_text(encoding="utf-8-sig")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows
    for row in rows:
        assert {"id", "document", "start", "end", "quote", "kind", "actor", "recipient", "type", "status", "sources", "why"} <= set(row)
        assert text[row["start"] : row["end"]] == row["quote"]


def test_tie_and_why_show_the_quotation(ledger: Path) -> None:
    """A pair shows its claims, and a claim explains itself."""
    claims = [json.loads(x) for x in amity("claims", "--a", "Algeria", "--b", "Mali", "--jsonl", ledger=ledger).stdout.splitlines()]
    assert claims
    shown = amity("tie", "Algeria", "Mali", ledger=ledger)
    assert shown.returncode == 0, shown.stderr
    assert "Algeria" in shown.stdout
    why = amity("why", claims[0]["id"][:10], ledger=ledger)
    assert why.returncode == 0, why.stderr
    assert claims[0]["quote"].split()[0] in why.stdout


def test_ties_say_what_does_not_count(ledger: Path) -> None:
    """Claims that no tie rests on are counted with the reason."""
    done = amity("ties", ledger=ledger)
    assert done.returncode == 0, done.stderr
    assert "claims do not count in the ties: no date" in done.stdout


COPIED = """Paper {day}
Published: 2023-06-{day}

Russia bombed rebel positions in Idlib on Monday, killing twelve fighters, according to Reuters. Turkey condemned Russia over the
strikes and summoned the Russian ambassador in Ankara. Iran sent weapons to Hezbollah through Damascus airport, two officials said.
"""


def test_ties_count_what_papers_copy_once(tmp_path: Path) -> None:
    """Three papers print one text: with --once the pair stands less far from 0, on as many claims."""
    for day in (11, 12, 13):
        (tmp_path / f"{day}.txt").write_text(COPIED.format(day=day), encoding="utf-8")
    book = tmp_path / "a.db"
    assert amity("read", tmp_path, ledger=book).returncode == 0
    shown = [amity("ties", *words, ledger=book).stdout for words in ([], ["--once"])]
    each, once = (next(line.split() for line in text.splitlines() if line.startswith("Hezbollah – Iran")) for text in shown)
    assert each[-2] == once[-2]
    assert float(each[-4]) > float(once[-4])


def test_a_pair_without_claims_is_one_sentence(ledger: Path) -> None:
    """Parties that never meet in the ledger are told so."""
    done = amity("tie", "Iceland", "Fiji", ledger=ledger)
    assert done.returncode == 1
    assert done.stderr.startswith("amity: ")


def test_as_of_shows_what_had_been_published(ledger: Path) -> None:
    """Nothing before the first report, 2018 without 2024, and all of it at the end."""

    def days(as_of: str) -> list[str]:
        lines = amity("claims", "--jsonl", "--as-of", as_of, ledger=ledger).stdout.splitlines()
        return [json.loads(x)["published"] or "" for x in lines]

    assert days("2001-01-01") == []
    early = days("2018-12-31")
    assert early
    assert max(early) < "2019"
    rows = [json.loads(x) for x in amity("claims", "--jsonl", ledger=ledger).stdout.splitlines()]
    assert len(days("2030-01-01")) == sum(bool(r["published"] or r["date"]) for r in rows)


def test_read_by_replays_the_ledger(ledger: Path) -> None:
    """Before anything was read there is nothing, whenever it was published."""
    done = amity("--read-by", "2020-01-01", "claims", "--jsonl", ledger=ledger)
    assert done.returncode == 0
    assert done.stdout == ""


def test_report_is_one_file_that_calls_no_one(ledger: Path, tmp_path: Path) -> None:
    """The report is written, and holds the policy that lets it load nothing."""
    done = amity("report", "-o", tmp_path / "r.html", ledger=ledger)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert "Algeria" in page


def test_no_claim_stands_in_a_cut(ledger: Path) -> None:
    """Planted junk of the examples gives no claim."""
    from amity.ledger import open_ledger

    with open_ledger(ledger, create=False) as book:
        documents = {d.id: d for d in book.documents()}
        assert any(d.cuts for d in documents.values())
        assert not [c.id for c in book.claims() if documents[c.document_id].cut_at(c.start, c.end)]
