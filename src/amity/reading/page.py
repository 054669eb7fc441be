"""A text under cleaning: its lines and what has been cut of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from amity.reading.lines import Line
from amity.records import Cut, CutReason

# How many lines the head of a report has: title, standfirst, byline, date, picture, and some to spare.
HEAD = 10


@dataclass(slots=True)
class Page:
    """A text under cleaning: its lines, what it is known to be titled and by whom, and the cuts so far.

    `outside` are lines that the format does not count to the report; they are cut for the reason their own
    words give, else as page furniture.
    """

    text: str
    title: str = ""
    outlet: str = ""
    lines: list[Line] = field(default_factory=list)
    reasons: dict[int, tuple[CutReason, str]] = field(default_factory=dict)
    parts: list[Cut] = field(default_factory=list)
    outside: frozenset[int] = frozenset()

    @property
    def head(self) -> range:
        """Indices of the report's first lines."""
        first = next((i for i in range(len(self.lines)) if i not in self.outside), 0)
        return range(first, min(first + HEAD, len(self.lines)))

    def cut(self, index: int, reason: CutReason, note: str = "") -> None:
        """Cut a whole line; the first reason given stands."""
        self.reasons.setdefault(index, (reason, note))

    def kept(self, index: int) -> bool:
        """Whether the line is there and not cut."""
        return 0 <= index < len(self.lines) and index not in self.reasons
