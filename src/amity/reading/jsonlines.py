"""JSON Lines, one report a line: `text`, and of `url`, `title`, `date`, `source`, `id` what is known; gzip too."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from amity.reading.cleaning import remove_controls
from amity.reading.decoding import decode_bytes
from amity.reading.documents import WORD, Found, make_document
from amity.records import Document, Unread

# A longer line is not read into memory (bytes); four times the longest text.
LONGEST_LINE = 20_000_000


class JsonLines:
    """JSON Lines; read a line at a time, so a file may be larger than memory."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
    streams = True

    def read(self, path: Path, data: bytes, name: str) -> Iterator[Document | Unread]:
        """A file -> a document a line, named `file.jsonl:LINE`, or why there is none; `data` is not used."""
        number = 0
        try:
            with open_lines(path) as file:
                for number, raw in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), 1):
                    if len(raw) > LONGEST_LINE:
                        skip_line(file, raw)
                        yield Unread(f"{name}:{number}", f"got a line over {LONGEST_LINE:,} bytes", "split it into one report a line")
                    elif raw.strip():
                        yield read_row(f"{name}:{number}", raw)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield Unread(f"{name}:{number + 1}", f"got broken gzip data ({error})", "fetch or pack the file again")
            return
        if not number:
            yield Unread(name, "got an empty file, allowed is one JSON object a line", "check that the file was saved whole")


def open_lines(path: Path) -> IO[bytes]:
    """The file, unpacked on the way if its name ends in .gz."""
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def skip_line(file: IO[bytes], raw: bytes) -> None:
    """Read past the rest of a line that is too long."""
    while raw and not raw.endswith(b"\n"):
        raw = file.readline(LONGEST_LINE)


def read_row(name: str, raw: bytes) -> Document | Unread:
    """One line -> its document, or why there is none."""
    line, warnings = decode_bytes(raw.rstrip(b"\r\n"))
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Unread(name, f"got broken JSON ({str(error)[:120]})", "write one JSON object a line")
    if not isinstance(row, dict):
        return Unread(name, f"got a JSON {type(row).__name__}, allowed is an object with a field 'text'", "write one JSON object a line")
    text = row.get("text")
    if not isinstance(text, str) or not WORD.search(text):
        return Unread(name, "got no words in the field 'text', allowed is the report's text", "name the text's field 'text'")
    return make_document(look(name, remove_controls(text), row, warnings))


def look(name: str, text: str, row: dict[str, Any], warnings: tuple[str, ...]) -> Found:
    """A row's fields; those that are no text are left aside."""
    fields = {k: remove_controls(v).strip() if isinstance(v := row.get(k), str) else "" for k in ("url", "title", "source")}
    date = row.get("date") or row.get("published")
    if isinstance(date, str):
        date = remove_controls(date).strip()
    return Found(name, text, JsonLines.name, fields["url"], fields["title"], fields["source"], date, "field 'date'", warnings)
