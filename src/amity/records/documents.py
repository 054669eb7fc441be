"""What is read: documents with their cuts, files that gave none, sentences before analysis."""

from __future__ import annotations

from dataclasses import dataclass, field

from amity.errors import BadRecord
from amity.records.kinds import CutReason, fingerprint


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a document's text that is kept but not read, with the reason."""

    start: int
    end: int
    reason: CutReason
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise BadRecord(f"cut {self.start}-{self.end}: got an empty or backward stretch, allowed is start < end")


@dataclass(frozen=True, slots=True)
class Document:
    """One report as read: its stored text never changes, what is not read is cut by place.

    `name` is how the user knows it (file name, or `file.jsonl:12`), `published` EDTF text or None with
    `published_basis` the words or field it was taken from; `warnings` are calendar and form conflicts.
    """

    name: str
    text: str
    format: str
    url: str = ""
    title: str = ""
    outlet: str = ""
    published: str | None = None
    published_basis: str = ""
    cuts: tuple[Cut, ...] = ()
    warnings: tuple[str, ...] = ()
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", fingerprint("document", self.name, self.url, self.text))
        for cut in self.cuts:
            if cut.end > len(self.text):
                raise BadRecord(f"{self.name}: got a cut to {cut.end}, allowed is at most {len(self.text)}")

    def cut_at(self, start: int, end: int) -> Cut | None:
        """The first cut that overlaps the stretch, if any."""
        return next((c for c in self.cuts if c.start < end and start < c.end), None)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file or line that gave no document: where, why, and what to do about it."""

    name: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence before it is analysed: its place, its paragraph, and whether it is a heading."""

    start: int
    end: int
    text: str
    paragraph: int
    heading: bool = False
