"""Paths -> readable streams of text lines: plain, gzip or the members of a zip, whatever their line ends and encoding."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from amity.errors import BadInput

# Code points of a line beyond which it is no row of any known dataset (ACLED notes run to some thousands).
LONGEST_LINE = 1_000_000
# Pieces of one line beyond which the rest of a file is not read.
MOST_PIECES = 50
# Bytes looked at to tell encoding and line ends.
HEAD = 65_536
# Members of archives that are programs or notes, never rows.
NO_ROWS = (".r", ".err", ".md", ".pdf", ".html", ".doc", ".docx")
# Files of names that lie beside the rows of a temporal graph; its dialect reads them itself.
NAMES_BESIDE = frozenset({"entity2id.txt", "relation2id.txt", "stat.txt"})
# What a damaged archive or encoding raises while it is read.
BROKEN = (OSError, EOFError, zipfile.BadZipFile, zlib.error, UnicodeError, RuntimeError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class RowFile:
    """One file of rows, perhaps inside an archive; `name` is what rows are cited by, `size` its bytes as stored."""

    name: str
    path: Path
    member: str
    size: int


def find_files(paths: list[Path]) -> list[RowFile]:
    """Files and folders -> the files of rows in them, by name; Raises BadInput where one is not there or is a broken archive."""
    found: list[RowFile] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            found += find_files(sorted(p for p in inside if p.name not in NAMES_BESIDE))
        elif not path.exists():
            raise BadInput(f"import {path}: there is no such file")
        else:
            found += list_members(path)
    return found


def list_members(path: Path) -> list[RowFile]:
    """A path -> itself, or the members of a zip that can hold rows."""
    size = path.stat().st_size
    if path.suffix.lower() != ".zip":
        return [RowFile(path.name, path, "", size)]
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.lower().endswith(NO_ROWS)]
    except BROKEN as error:
        raise BadInput(f"import {path}: is a damaged zip ({error}); fetch it again") from None
    return [RowFile(f"{path.name}/{m.filename}", path, m.filename, m.compress_size) for m in members]


@contextmanager
def open_lines(file: RowFile) -> Iterator[Iterator[str]]:
    """A file -> its lines with their ends; a byte that is not of the encoding comes as a lone surrogate."""
    with open_bytes(file) as head_stream:
        head = head_stream.read(HEAD)
    encoding, newline = guess_form(head)
    with open_bytes(file) as raw:
        text = io.TextIOWrapper(
            raw, encoding=encoding, errors="surrogateescape" if encoding.startswith("utf-8") else "replace", newline=newline
        )
        yield read_pieces(text)


def read_pieces(text: io.TextIOWrapper) -> Iterator[str]:
    """A stream -> its lines, a longer one in pieces of LONGEST_LINE; Raises OSError where it is no text but filling, as bombs are."""
    long = 0
    for piece in iter(partial(text.readline, LONGEST_LINE), ""):
        long = long + 1 if len(piece) >= LONGEST_LINE else 0
        if long and ("\0" in piece or long > MOST_PIECES):
            raise OSError(f"a line of more than {long * LONGEST_LINE:,} characters, which no dataset has")
        yield piece


@contextmanager
def open_bytes(file: RowFile) -> Iterator[IO[bytes]]:
    """A file's bytes, unpacked."""
    if file.member:
        with zipfile.ZipFile(file.path) as archive, archive.open(file.member) as stream:
            yield stream
    elif file.path.suffix.lower() == ".gz":
        with gzip.open(file.path, "rb") as stream:
            yield stream  # type: ignore[misc]  # GzipFile reads bytes but is not declared as IO[bytes]
    else:
        with file.path.open("rb") as stream:
            yield stream


def guess_form(head: bytes) -> tuple[str, str]:
    """The first bytes -> encoding and line end (`\\n`, or `\\r` where there is no other).

    >>> guess_form(b"a\\rb\\r"), guess_form(b"\\xff\\xfea\\x00")
    (('utf-8-sig', '\\r'), ('utf-16', '\\n'))
    """
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return encoding, "\r" if b"\r" in head and b"\n" not in head else "\n"


def mend_line(line: str) -> str:
    """A line with bytes that are not UTF-8 -> the line read as Latin-1, as the older datasets are written.

    >>> mend_line("Bogot\\udce1")
    'Bogotá'
    """
    if line.isascii():
        return line
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return line.encode("utf-8", "surrogateescape").decode("latin-1")
    return line
