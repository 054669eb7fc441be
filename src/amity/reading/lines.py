"""Stored text -> its lines with their places; everything that cleaning and splitting look at."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Signs that open an item of a list; a dash or star only with a space after it.
BULLET = re.compile(r"(?:[•◦▪●⦁‣∙·■►▶]\s*|[-*–—]\s+|\(?\d{1,2}[.)]\s+(?=\S))")
STOP = re.compile(r"""[.!?…。！？؟۔][\"'”’»)\]]*$""")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its place without the space round it, and blank lines before it."""

    start: int
    end: int
    text: str
    gap: int

    @property
    def words(self) -> int:
        """Number of words by spaces; counted only up to 400 characters."""
        return len(self.text[:400].split())

    @property
    def stopped(self) -> bool:
        """Whether it ends as a sentence does.

        >>> Line(0, 9, "He left.”", 0).stopped
        True
        """
        return STOP.search(self.text[-12:]) is not None

    @property
    def bullet(self) -> int:
        """Length of the list sign it opens with, 0 where there is none."""
        found = BULLET.match(self.text)
        return found.end() if found else 0


def read_lines(text: str) -> list[Line]:
    """Text -> its lines that are not blank, in order.

    >>> [(line.start, line.text, line.gap) for line in read_lines("a\\n\\n b ")]
    [(0, 'a', 0), (4, 'b', 1)]
    """
    found: list[Line] = []
    at = gap = 0
    for raw in text.split("\n"):
        body = raw.strip()
        if body:
            start = at + len(raw) - len(raw.lstrip())
            found.append(Line(start, start + len(body), body, gap))
            gap = 0
        else:
            gap += 1
        at += len(raw) + 1
    return found
