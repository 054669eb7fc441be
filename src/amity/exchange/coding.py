"""Files of a kind -> blocks of coded rows, one at a time; what is known already is passed over without being coded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from amity.errors import BadInput
from amity.exchange.files import BROKEN, RowFile, open_lines
from amity.exchange.records import Block, Record, split_blocks
from amity.exchange.slots import Dialect, Refused
from amity.records import BadRow, Document, EventRow, RowBlock

Knows = Callable[[Document, str], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One block of a file: what was coded, or nothing where it was `known`; `broken` tells why a file ends before its end."""

    file: RowFile
    block: RowBlock | None
    lines: int
    characters: int
    known: bool = False
    broken: str = ""


def code_file(file: RowFile, dialect: Dialect, kind: str, maker: str, knows: Knows) -> Iterator[Step]:
    """A file -> its blocks in order; Raises BadInput where its head lacks what the kind needs."""
    try:
        with open_lines(file) as lines:
            begun = False
            for block in split_blocks(lines, dialect.layout):
                head = block.records[0] if block.records and not begun else None
                if head is not None:
                    begun = True
                    if begin(file, dialect, head):
                        block.records.pop(0)
                yield code_block(file, block, dialect, kind, (maker, knows))
    except BROKEN as error:
        yield Step(file, None, 0, 0, broken=f"cannot be read further ({error or type(error).__name__})")


def begin(file: RowFile, dialect: Dialect, head: Record) -> bool:
    """Whether the first record is a head; Raises BadInput where it can be neither head nor row."""
    try:
        return dialect.begin(file, head)
    except Refused as refused:
        raise BadInput(f"import {file.name}: its first line is no head ({refused.detail}), see that the file is whole") from None


def code_block(file: RowFile, block: Block, dialect: Dialect, kind: str, known: tuple[str, Knows]) -> Step:
    """One block -> its document, and its rows where this maker has not coded it yet."""
    maker, knows = known
    name = f"{file.name}:{block.first}-{block.last}"
    document = Document(name, block.text, f"{kind} rows", title=file.name, outlet=dialect.dataset)
    lines = block.last - block.first + 1
    if knows(document, maker):
        return Step(file, None, lines, len(block.text), known=True)
    rows, bad = code_records(block.records, dialect)
    coded = RowBlock(document, tuple(rows), tuple(sorted([*block.bad, *bad], key=lambda b: b.line)), maker)
    return Step(file, coded, lines, len(block.text))


def code_records(records: list[Record], dialect: Dialect) -> tuple[list[EventRow], list[BadRow]]:
    """Records -> events and bad lines; a record of several lines that does not hold is taken apart and tried line by line."""
    rows: list[EventRow] = []
    bad: list[BadRow] = []
    code = dialect.code
    for record in records:
        try:
            rows.append(code(record))
        except Refused as refused:
            if refused.rule == "columns" and "\n" in record.text and dialect.layout == "quoted":
                for part in split_record(record):
                    try:
                        rows.append(code(part))
                    except Refused as again:
                        bad.append(BadRow(part.line, again.rule, again.detail))
            else:
                bad.append(BadRow(record.line, refused.rule, refused.detail))
    return rows, bad


def split_record(record: Record) -> Iterator[Record]:
    """A record of several lines -> each line as a record of its own; empty lines are none."""
    start = record.start
    for number, text in enumerate(record.text.split("\n")):
        row = text.rstrip("\r")
        if row and not row.isspace():
            yield Record(record.line + number, start, row)
        start += len(text) + 1
