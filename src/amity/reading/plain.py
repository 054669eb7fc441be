"""Plain text files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from amity.reading.cleaning import remove_controls
from amity.reading.decoding import decode_bytes
from amity.reading.documents import Found, make_document
from amity.records import Cut, Document, Unread

HEAD_ADDRESS = re.compile(r"\s*(https?://\S{4,2000})(?:\s+\|\s+([^|\n]{3,300}))?(?:\s+\|\s*([^|\n]{0,60}))?")


class PlainText:
    """Plain text; a first line `address | title | date` is read as what it is."""

    name = "text"
    suffixes = (".txt", ".text")
    streams = False

    def read(self, path: Path, data: bytes, name: str) -> Iterator[Document | Unread]:
        """One file -> one document, or why there is none."""
        text, warnings = decode_bytes(data)
        yield make_document(self.look(name, remove_controls(text), warnings))

    def look(self, name: str, text: str, warnings: tuple[str, ...]) -> Found:
        """What the first line says of the text."""
        head = HEAD_ADDRESS.fullmatch(text[: text.find("\n")] if 0 < text.find("\n") < 3000 else "")
        if not head:
            return Found(name, text, self.name, warnings=warnings)
        url, title, date = head.group(1), (head.group(2) or "").strip(), (head.group(3) or "").strip()
        return Found(name, text, self.name, url, title, "", date, "first line", warnings, cut_parts=tuple(cut_head(head)))


def cut_head(head: re.Match[str]) -> Iterator[Cut]:
    """The address and the date of a first line are cut; the title between them stays as a heading."""
    if not head.group(2):
        yield Cut(head.start(1), head.end(1), "page_furniture", "address")
        return
    yield Cut(head.start(1), head.start(2), "page_furniture", "address")
    if head.end(2) < head.end():
        yield Cut(head.end(2), head.end(), "date_line", "date of the first line")
