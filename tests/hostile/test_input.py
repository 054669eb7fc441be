"""Hostile files, as a user may be sent them: each ends in a document or one reason, in bounded time and memory."""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.reading import read_paths, split_sentences
from amity.reading.formats import FORMATS
from amity.records import Document, Unread

GOOD = "Norway condemned the attack on Sweden on Monday, officials said.\n"
# Seconds of the processor that one hostile file may take, and memory that it may add.
SECONDS = 20.0
MEGABYTES = 500


def read(path: Path) -> list[Document | Unread]:
    """What reading gives; the sentences of each document are cut too."""
    start, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = list(read_paths([path]))
    for document in (f for f in found if isinstance(f, Document)):
        split_sentences(document)
    assert time.process_time() - start < SECONDS
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MEGABYTES
    return found


@pytest.mark.parametrize("name", ["huge.html", "huge.txt"])
def test_a_file_of_a_gigabyte_is_told_without_being_read(tmp_path: Path, name: str) -> None:
    """A sparse file of 1 GB is refused by its size."""
    with (tmp_path / name).open("wb") as file:
        file.write(b"<html><p>Norway met Sweden.</p>" * 3000)
        file.truncate(1_000_000_000)
    found = read(tmp_path / name)
    assert len(found) == 1 and isinstance(found[0], Unread) and "bytes" in found[0].reason


def test_a_gzip_bomb_is_bounded(tmp_path: Path) -> None:
    """300 MB in one line of a packed file are passed over, and the lines around it read."""
    with gzip.open(tmp_path / "bomb.jsonl.gz", "wb", compresslevel=1) as file:
        file.write(json.dumps({"text": GOOD}).encode() + b"\n")
        for _ in range(300):
            file.write(b" " * 1_000_000)
        file.write(b"\n" + json.dumps({"text": GOOD + "Again."}).encode() + b"\n")
    found = read(tmp_path / "bomb.jsonl.gz")
    assert [type(f).__name__ for f in found] == ["Document", "Unread", "Document"]
    assert isinstance(found[1], Unread) and "line over" in found[1].reason


def test_a_zip_bomb_of_rows_is_bounded(tmp_path: Path) -> None:
    """200 MB of zeros in a member end the file with its reason; a member whose name climbs writes nothing anywhere."""
    bomb = tmp_path / "in" / "rows.zip"
    bomb.parent.mkdir()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../climb.dat", b"790415\tSYR\tISR\t223\t(X)\n" + bytes(200_000_000))
    before = sorted(tmp_path.rglob("*"))
    command = [sys.executable, "-m", "amity.cli", "--ledger", str(tmp_path / "in" / "a.db"), "import", "keds", str(bomb)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert "which no dataset has" in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert [p for p in sorted(tmp_path.rglob("*")) if p.name != "a.db"] == before
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024 < 1500


PAGES = {
    "deep": "<div>" * 50_000 + GOOD + "</div>" * 50_000,
    "unclosed": "<b><i><p>" * 30_000 + GOOD,
    "tables": "<table><tr><td>" * 5_000 + GOOD,
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(50_000)) + f">{GOOD}</p>",
    "long attribute": f'<p title="{"x" * 3_000_000}">{GOOD}</p>',
    "entities": "&amp;" * 200_000 + f"<p>{GOOD}</p>",
    "bomb": '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><p>&c;&c;</p>' + GOOD,
    "scripts": "<script>" + "</scrip" * 100_000 + f"</script><p>{GOOD}</p>",
    "json-ld": '<script type="application/ld+json">' + "[" * 50_000 + f"</script><p>{GOOD}</p>",
    "blanks": f"<title>a{' ' * 300_000}b</title><p>c{' ' * 300_000}d</p><p>{GOOD}</p>",
    "comments": "<!--" * 100_000 + f"--><p>{GOOD}</p>",
}


@pytest.mark.parametrize("kind", PAGES)
def test_hostile_pages_end(tmp_path: Path, kind: str) -> None:
    """Depth, breadth, entities and blanks: one document or one reason, in time."""
    (tmp_path / "page.html").write_text(f"<html><body>{PAGES[kind]}</body></html>", encoding="utf-8")
    assert len(read(tmp_path / "page.html")) == 1


TEXTS = {
    "one word": "a" * 2_000_000,
    "blanks": "a" + " " * 1_000_000 + "b",
    "title of blanks": f"Title {' ' * 1_000_000}(1)\n\n{GOOD}",
    "leading date": f"3 June 2012{' ' * 1_000_000}x\n\n{GOOD}",
    "lines": "\n" * 1_000_000 + GOOD,
    "stops": ". " * 400_000,
    "dots": "a." * 400_000,
    "quotes": '"' * 500_000 + GOOD,
    "brackets": "(" * 500_000 + GOOD,
    "dashes": "- " * 300_000 + GOOD,
    "combining": "e" + "\u0301" * 500_000 + GOOD,
    "dates": "3 June 2012, 04/05/2018, Monday, " * 10_000,
    "addresses": "https://a.example/" * 40_000,
    "read more": f"Read more :{' ' * 500_000}\n\n{GOOD}",
    "by": "By Ada, for " * 50_000 + "\n" + GOOD,
}


@pytest.mark.parametrize("kind", TEXTS)
def test_hostile_texts_end(tmp_path: Path, kind: str) -> None:
    """Runs of one sign, of blanks, stops, dates and words that rules look for: one document, in time."""
    (tmp_path / "text.txt").write_text(TEXTS[kind], encoding="utf-8")
    found = read(tmp_path / "text.txt")
    assert len(found) == 1


STEERING = "Norway condemned \x1b[2J\x1b]0;owned\x07 the \u202eattack\u202c on Sweden\u2066 on Monday\x9b31m, officials said."


def test_nothing_in_a_text_steers_the_terminal(tmp_path: Path) -> None:
    """Controls, escapes and signs that turn the writing round stay in the ledger and off the screen, in names of files too."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a\x1b[31m\u202e.txt").write_text(STEERING + "\n", encoding="utf-8")
    (tmp_path / "in" / "b\x1b[31m.txt").write_bytes(b"")

    def amity(*words: str) -> str:
        command = [sys.executable, "-m", "amity.cli", "--ledger", str(tmp_path / "a.db"), *words]
        done = subprocess.run(command, capture_output=True, timeout=600, check=False)
        return (done.stdout + done.stderr).decode("utf-8")

    shown = amity("read", str(tmp_path / "in")) + amity("claims") + amity("ties") + amity("verify")
    assert "Norway" in shown and "every quote holds" in shown
    assert not [c for c in "\x1b\x07\x9b\u202e\u2066" if c in shown]


def test_half_of_a_sign_and_nul_are_read(tmp_path: Path) -> None:
    """Lone surrogates of JSON, NUL and signs that are none become what can be stored, and are read."""
    rows = ['{"text": "\\ud83d Norway condemned Sweden.\\u0000"}', '{"text": "\\udfff\\ufffe Chad met Niger.", "title": "\\ud800"}']
    (tmp_path / "rows.jsonl").write_text("\n".join(rows) + "\n")
    found = read(tmp_path / "rows.jsonl")
    assert [type(f).__name__ for f in found] == ["Document", "Document"]
    assert all(isinstance(f, Document) and f.text.encode("utf-8") and "\x00" not in f.text for f in found)


def test_an_outlet_in_other_letters_is_another_outlet() -> None:
    """An agency's name spelt with letters of another script is not taken for the agency."""
    from amity.incidents.origins import cite_outlet
    from amity.records import Source

    true, false = (cite_outlet(Source(name, "media", False)) for name in ("Reuters", "R\u0435uters"))
    assert true is not None and false is not None and true.key != false.key


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(FORMATS),
    st.lists(
        st.binary(max_size=40)
        | st.sampled_from(
            [
                b"<p>",
                b"</div>",
                b"<!--",
                b'{"text": "',
                b'"}\n',
                b"\xff\xfe",
                GOOD.encode(),
                b"3 June 2012 -",
                b"&#x110000;",
                b"\xed\xa0\x80",
            ]
        ),
        max_size=12,
    ),
)
def test_no_bytes_crash_a_reader(tmp_path_factory: pytest.TempPathFactory, form: object, parts: list[bytes]) -> None:
    """Any bytes in a file of any form give records; cuts and sentences lie in the text."""
    suffix = form.suffixes[0]  # type: ignore[attr-defined]
    path = tmp_path_factory.getbasetemp() / f"fuzz{suffix}"
    path.write_bytes(b"".join(parts))
    found = list(read_paths([path]))
    assert found
    for document in (f for f in found if isinstance(f, Document)):
        for sentence in split_sentences(document):
            assert document.text[sentence.start : sentence.end] == sentence.text
