"""Tests of the terminal: readable at 80 columns, plain when piped, deaf to what a report would have it obey."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from amity.show import Picture, print_changes, print_claims, print_summary, print_tie, print_ties, print_why


def make_console(width: int = 80, terminal: bool = False) -> Console:
    """A console that writes into memory."""
    return Console(file=StringIO(), width=width, force_terminal=terminal, color_system="truecolor" if terminal else None)


def read(console: Console) -> str:
    """What was written."""
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def print_all(picture: Picture, console: Console) -> str:
    """Everything that can be printed of a picture."""
    documents = {d.id: d for d in picture.documents}
    print_summary(picture, console)
    print_claims(picture.claims, console)
    print_ties(picture.ties, console)
    print_changes(picture.changes, picture.claims, console)
    for tie in picture.ties:
        mine = [c for c in picture.claims if c.id in tie.claims]
        print_tie(tie, mine, [c for c in picture.changes if (c.a, c.b) == (tie.a, tie.b)], console)
    for claim in picture.claims:
        print_why(claim, documents[claim.document_id], console)
    return read(console)


@pytest.mark.parametrize("width", [80, 100, 160])
def test_lines_keep_to_the_width(picture: Picture, width: int, plain: re.Pattern[str]) -> None:
    """No line is wider than the console, and nothing but text comes out of a pipe."""
    text = print_all(picture, make_console(width))
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert not plain.search(text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


def test_a_report_cannot_drive_the_terminal(picture: Picture) -> None:
    """Escape sequences of an article are replaced, those of the console's own colours remain."""
    text = print_all(picture, make_console(terminal=True))
    assert "\x1b[31m lone" not in text
    assert "\ufffd[31m lone" in re.sub("\x1b\\[[0-9;]*m", "", text)


def test_brackets_are_not_markup(picture: Picture) -> None:
    """Square brackets of a quotation are printed, not read as styles."""
    from dataclasses import replace

    text = print_all(replace(picture, title="[red]Who[/red]"), make_console())
    assert "[red]Who[/red]" in text


def test_summary_tells_the_figures(picture: Picture) -> None:
    """The head says how much was read, and what was not."""
    console = make_console(100)
    print_summary(picture, console)
    text = read(console)
    assert "12 documents (2 not read) · 76 claims (62 acts, 14 standings)" in text
    assert "Algeria – Mali turned sharply colder, 1 April 2025" in text
    assert "not read: scan-07.pdf: got a picture without text" in text


def test_ties_show_numbers_and_strip(picture: Picture) -> None:
    """A row has both names, then how the pair stands, alignment, warmth, and its strip; no interval crowds it."""
    console = make_console()
    print_ties([t for t in picture.ties if t.b_name == "Syria" and t.a_name == "Iran"], console)
    row = next(line for line in read(console).splitlines() if "Iran – Syria" in line)
    assert re.search(r"Iran – Syria\s+warm\s+\+0\.8\s+\+0\.6\s.*[▁▂▃▄▅▆▇█]{4}", row)
    assert ".." not in row


def test_why_shows_words_chain_and_basis(picture: Picture) -> None:
    """The parties' words are marked in the quotation, and all it rests on is listed."""
    claim = next(c for c in picture.claims if c.type == "MOBILIZE")
    console = make_console(100)
    print_why(claim, next(d for d in picture.documents if d.id == claim.document_id), console)
    text = read(console)
    assert "⟦Russia⟧ moved a company" in text
    assert "without telling ⟦Hezbollah⟧" in text
    assert "Reuters > two field commanders (unnamed)" in text
    assert "4 June 2018, by “on Friday”" in text
    assert claim.id in text


def test_why_works_without_the_document(picture: Picture) -> None:
    """A claim whose document is gone still shows its quotation."""
    console = make_console()
    print_why(picture.claims[0], None, console)
    assert "moved a company" in read(console)


def test_nothing_says_so() -> None:
    """Empty lists give a sentence, not silence."""
    console = make_console()
    print_claims([], console)
    print_ties([], console)
    assert read(console) == "No claims.\nNo ties: no two parties have a claim in common.\n"


def test_no_change_is_said_plainly(picture: Picture) -> None:
    """Without a turn the summary says so and names the latest acts instead."""
    from dataclasses import replace

    console = make_console(100)
    print_changes([], picture.claims, console)
    assert read(console).startswith("No tie turned by more than its own uncertainty.")
    print_summary(replace(picture, changes=()), console)
    assert "Latest acts that speak for a change" in read(console)


def test_a_change_is_a_block_with_its_first_quotation(picture: Picture) -> None:
    """Changes stand in order of day, each with direction, size, day, what its figures measure, and its words."""
    console = make_console(120)
    print_changes(picture.changes[::-1], picture.claims, console)
    text = read(console)
    heads = [line for line in text.splitlines() if line[:1] in "▲▼" and line]
    assert [h.split(" turned ")[0][2:] for h in heads] == ["Iran – Russia", "Mali – Niger", "Hezbollah – Syria", "Algeria – Mali"]
    assert "Algeria – Mali turned sharply colder, 1 April 2025, warmth +0.31 → −0.62" in text
    assert "alignment +0.60 → +0.31" in heads[0]
    assert text.count("“") == 4


def test_claims_stand_under_their_document_once(picture: Picture) -> None:
    """The name of a document is printed once, and a quotation once however much is read from it."""
    console = make_console(100)
    print_claims([c for c in picture.claims if c.document == "axis-01.txt"], console)
    text = read(console)
    assert text.count("axis-01.txt") == 1
    assert text.count("“") == len({(c.start, c.end) for c in picture.claims if c.document == "axis-01.txt"})


def test_ties_are_ordered_by_evidence_and_unnamed_ones_come_last(picture: Picture) -> None:
    """Most claims come first; a party that no table names stands apart and is counted apart."""
    from dataclasses import replace

    busiest, *rest = sorted(picture.ties, key=lambda t: -len(t.claims))
    nobody = replace(busiest, a="state:X", b="unknown:men", a_name="Xland", b_name="men")
    console = make_console(100)
    print_ties([*rest[::-1], nobody, busiest], console)
    lines = read(console).splitlines()
    assert f"{busiest.a_name} – {busiest.b_name}" in lines[1]
    assert lines.index("Ties with parties that no table names") > len(rest)
    assert "Xland – men" in lines[-1]
    print_summary(replace(picture, ties=(*picture.ties, nobody)), console)
    assert f"{len(picture.ties)} ties of named parties, 1 with unnamed ones" in read(console)
