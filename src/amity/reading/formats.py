"""The forms a report may come in: one contract, one list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from amity.reading.jsonlines import JsonLines
from amity.reading.pages import HtmlPage
from amity.reading.plain import PlainText
from amity.records import Document, Unread


class Format(Protocol):
    """A form of file. `suffixes` are in lower case; where `streams`, it reads the path itself and `data` is empty.

    `read` gives at least one record, a Document or an Unread, for any bytes, and never raises for bad content.
    """

    @property
    def name(self) -> str: ...
    @property
    def suffixes(self) -> tuple[str, ...]: ...
    @property
    def streams(self) -> bool: ...

    def read(self, path: Path, data: bytes, name: str) -> Iterator[Document | Unread]:
        """A file's path, bytes and name for the user -> its documents, and what gave none."""


FORMATS: tuple[Format, ...] = (PlainText(), HtmlPage(), JsonLines())


def choose_format(path: Path) -> Format | None:
    """The format whose suffix ends the file's name, None where none does.

    >>> choose_format(Path("news/Feed.JSONL.gz")).name, choose_format(Path("photo.jpg"))
    ('jsonl', None)
    """
    name = path.name.casefold()
    return next((f for f in FORMATS if name.endswith(f.suffixes)), None)


def list_suffixes() -> str:
    """All known suffixes, for a message."""
    return " ".join(suffix for f in FORMATS for suffix in f.suffixes)
