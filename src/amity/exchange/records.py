"""Lines -> records (a row may span lines) -> blocks of some hundred lines, each of which is kept as one document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from amity.exchange.files import LONGEST_LINE, mend_line
from amity.records import BadRow

Layout = Literal["lines", "quoted", "objects"]
# Lines of a block: few enough that SQLite cuts one row out of it in microseconds, many enough that a million rows
# are some thousand documents.
BLOCK_LINES = 500
# Lines that one quoted field may span before its opening quote is taken for a stray one.
MOST_LINES = 60
# Lines that one JSON object may span.
OBJECT_LINES = 400
BRACE = re.compile(r'"(?:[^"\\\n]|\\.)*"?|[{}]')


class Piece(NamedTuple):
    """Lines that belong together: their text with line ends, how many they are, and why they are no record.

    `wrong` is empty where they are one, None where they are blank.
    """

    text: str
    lines: int
    wrong: str | None


class Record(NamedTuple):
    """A row as it stands: its first line (from 1), where it starts in the block, its text without the line's end."""

    line: int
    start: int
    text: str


@dataclass(slots=True)
class Block:
    """Lines first..last of a file, word for word, the records in them, and the lines that are none."""

    first: int
    last: int = 0
    text: str = ""
    records: list[Record] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)


def split_blocks(lines: Iterable[str], layout: Layout) -> Iterator[Block]:
    """Lines -> blocks; a record never stands in two. Line numbers count from 1."""
    line, block, parts, offset = 1, Block(1), [], 0
    for text, count, wrong in PIECES[layout](mend_line(t) for t in lines):
        row = text.rstrip("\r\n")
        if wrong:
            block.bad.append(BadRow(line, *wrong.split(": ", 1)))
        elif wrong is not None and row and not row.isspace():
            block.records.append(Record(line, offset, row))
        parts.append(text)
        offset += len(text)
        line += count
        if line - block.first >= BLOCK_LINES:
            block.last, block.text = line - 1, "".join(parts)
            yield block
            block, parts, offset = Block(line), [], 0
    if parts:
        block.last, block.text = max(line - 1, block.first), "".join(parts)
        yield block


def join_plain(lines: Iterable[str]) -> Iterator[Piece]:
    """Each line a record; the pieces of an overlong line are told as one bad line."""
    broken = False
    for text in lines:
        whole = text.endswith(("\n", "\r"))
        if broken or (not whole and len(text) >= LONGEST_LINE):
            yield Piece(text, int(whole), "" if broken and whole else f"overlong line: longer than {LONGEST_LINE} characters")
            broken = not whole
        else:
            yield Piece(text, 1, "")


def join_quoted(lines: Iterable[str]) -> Iterator[Piece]:
    """Lines joined while a quoted field is open (RFC 4180); a quote that never closes makes only its own line bad."""
    waiting: list[Piece] = []
    source = iter(join_plain(lines))
    while True:
        piece = waiting.pop(0) if waiting else next(source, None)
        if piece is None:
            return
        if piece.wrong or piece.text.count('"') % 2 == 0:
            yield piece
            continue
        held = [piece]
        while sum(p.lines for p in held) < MOST_LINES and sum(p.text.count('"') for p in held) % 2:
            more = waiting.pop(0) if waiting else next(source, None)
            if more is None or more.wrong:
                waiting[:0] = [more] if more else []
                break
            held.append(more)
        if sum(p.text.count('"') for p in held) % 2 == 0:
            yield Piece("".join(p.text for p in held), sum(p.lines for p in held), "")
        else:
            yield Piece(piece.text, piece.lines, "open quote: a quoted field does not end")
            waiting[:0] = held[1:]


def join_objects(lines: Iterable[str]) -> Iterator[Piece]:
    """Lines joined into the top objects of JSON Lines or of a JSON list; an object that does not close makes its first line bad."""
    held: list[Piece] = []
    depth = 0
    for piece in join_plain(lines):
        if not held and (piece.wrong or "{" not in piece.text):
            stray = piece.text.strip(" \t\r\n[],")
            wrong = piece.wrong or ("no object: a line outside any JSON object" if stray else None)
            yield Piece(piece.text, piece.lines, wrong)
            continue
        if held and (piece.wrong or len(held) >= OBJECT_LINES or (depth == 1 and piece.text.startswith("{"))):
            yield from give_up(held)
            held, depth = [], 0
        held.append(piece)
        depth += sum((t == "{") - (t == "}") for t in BRACE.findall(piece.text))
        if depth <= 0:
            yield Piece("".join(p.text for p in held), sum(p.lines for p in held), "")
            held, depth = [], 0
    yield from give_up(held)


def give_up(held: list[Piece]) -> Iterator[Piece]:
    """Lines of an object that never closes: the first is bad, the others are shown as what they are."""
    for number, piece in enumerate(held):
        wrong = piece.wrong or ("open object: a JSON object does not end" if number == 0 else "no object: a line outside any JSON object")
        yield Piece(piece.text, piece.lines, wrong)


PIECES = {"lines": join_plain, "quoted": join_quoted, "objects": join_objects}
