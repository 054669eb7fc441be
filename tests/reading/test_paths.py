"""Files and folders: names, order, and one clear reason for each thing that gives no document."""

from __future__ import annotations

import gzip
import json
import os
import time
from pathlib import Path

import pytest

from amity.reading import read_paths, split_sentences
from amity.records import Document, Unread

REPORT = "Two states sign a pact\n\nThe ministers met on Monday. They agreed to trade."


def read_one(path: Path) -> Document | Unread:
    """The only record that a path gives."""
    (record,) = read_paths([path])
    return record


BAD = {
    "empty.txt": (b"", "empty"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "paper.txt": (b"%PDF-1.7\n%junk", "binary"),
    "blank.txt": (b" \n\t\n", "no words"),
    "bare.html": (b"<html><body><script>x()</script></body></html>", "without visible text"),
    "broken.jsonl": (b'{"text": "half', "broken JSON"),
    "list.jsonl": (b"[1, 2]", "list"),
    "textless.jsonl": (b'{"title": "Only a title"}', "'text'"),
    "numbered.jsonl": (b'{"text": 5}', "'text'"),
    "packed.jsonl.gz": (b"not gzip", "gzip"),
    "nested.jsonl": (b"[" * 100_000, "JSON"),
    "picture.jpg": (b"\xff\xd8\xff", "unknown form"),
    "long.txt": (b"They met again. " * 3_200_000, "characters"),
    "long.jsonl": (b'{"text": "' + b"x y " * 5_200_000 + b'"}', "20,000,000"),
}


@pytest.mark.parametrize("name", BAD)
def test_each_bad_file_gives_one_reason_and_soon(tmp_path: Path, name: str) -> None:
    """A file that holds no report gives exactly one Unread that says so, within seconds."""
    data, word = BAD[name]
    (tmp_path / name).write_bytes(data)
    began = time.process_time()
    record = read_one(tmp_path / name)
    assert isinstance(record, Unread) and word in record.reason and record.remedy
    assert time.process_time() - began < 20


def test_a_missing_path_and_an_empty_folder_are_told(tmp_path: Path) -> None:
    """A path that is not there and a folder without an article give one Unread each."""
    records = list(read_paths([tmp_path / "none.txt", tmp_path]))
    assert [type(r) for r in records] == [Unread, Unread]
    assert "no file" in records[0].reason and "without any article" in records[1].reason


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    """A file that may not be read gives an Unread with the remedy."""
    path = tmp_path / "shut.txt"
    path.write_text(REPORT)
    path.chmod(0)
    record = read_one(path)
    assert isinstance(record, Unread) and "permission" in record.reason


def test_folders_are_walked_in_order_and_named_by_relative_path(tmp_path: Path) -> None:
    """Names are paths below the folder, sorted; hidden files and unknown suffixes are passed over."""
    for name in ("b/one.txt", "a/one.txt", "two.txt", ".hidden.txt", ".git/x.txt", "notes.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(REPORT)
    assert [r.name for r in read_paths([tmp_path])] == ["two.txt", "a/one.txt", "b/one.txt"]


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Two given files with the same base name get different names; the first keeps the short one."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.txt").write_text(REPORT)
    names = [r.name for r in read_paths([tmp_path / "a" / "one.txt", tmp_path / "b" / "one.txt"])]
    assert names == ["one.txt", "b/one.txt"]


def test_json_lines_are_named_by_line_and_bad_ones_leave_the_rest(tmp_path: Path) -> None:
    """A broken line is one Unread among documents; blank lines are counted and passed over; gzip reads the same."""
    rows = [
        json.dumps({"text": REPORT, "source": "The Valley Post", "date": "2024-12-05", "url": "https://v.example/1"}),
        "{",
        "",
        json.dumps({"text": REPORT}),
    ]
    plain, packed = tmp_path / "feed.jsonl", tmp_path / "feed2.jsonl.gz"
    plain.write_text("\n".join(rows))
    packed.write_bytes(gzip.compress("\n".join(rows).encode()))
    records = list(read_paths([plain]))
    assert [r.name for r in records] == ["feed.jsonl:1", "feed.jsonl:2", "feed.jsonl:4"]
    assert isinstance(records[1], Unread) and isinstance(records[0], Document)
    assert (records[0].outlet, records[0].published, records[0].url) == ("The Valley Post", "2024-12-05", "https://v.example/1")
    assert "date" in records[0].published_basis
    assert [type(r) for r in read_paths([packed])] == [type(r) for r in records]


def test_half_a_surrogate_pair_does_not_reach_the_stored_text(tmp_path: Path) -> None:
    """A lone surrogate in JSON is stored as U+FFFD, so the text can be written anywhere."""
    path = tmp_path / "odd.jsonl"
    path.write_text('{"text": "They met \\ud83d today.", "title": "\\udc00 odd"}')
    record = read_one(path)
    assert isinstance(record, Document) and record.text == "They met \ufffd today."
    record.title.encode("utf-8")


@pytest.mark.parametrize(
    "unit", ["A. ", "1 ", "word, ", "Monday, June 4 ", "Read more: ", '"Yes." ', "By Al ", "(AP Photo ", "... ", "a" * 50]
)
def test_a_long_line_reads_in_linear_time(tmp_path: Path, unit: str) -> None:
    """A million characters on one line, of whatever shape, are read and split in seconds."""
    path = tmp_path / "line.txt"
    path.write_text(unit * (1_000_000 // len(unit)) + " They met.")
    began = time.process_time()
    record = read_one(path)
    assert isinstance(record, Document)
    assert all(len(s.text.split()) <= 250 for s in split_sentences(record))
    assert time.process_time() - began < 15
