"""KEDS, TABARI and PETRARCH text: `date source target code label text`, parted by tabs or blanks; WEIS or CAMEO codes."""

from __future__ import annotations

import re
from collections import Counter

from amity.exchange.files import RowFile
from amity.exchange.records import Layout, Record
from amity.exchange.slots import Given, Refused, day_number
from amity.exchange.types import Types
from amity.records import EventRow

FIELD = re.compile(r"[^\t ]+")
# Years of two digits: KEDS begins in 1979, and nothing of it is older than 1946.
PIVOT = 46
NOBODY = re.compile(r"UNK|---|\*\*\*")


class Keds:
    """WEIS codes and the actor letters of the Kansas project."""

    dataset = "KEDS"
    layout: Layout = "lines"
    version = "1"
    scheme, letters = "weis", "keds"

    def __init__(self, given: Given) -> None:
        self.namer = given.namer
        self.types = Types(self.scheme)

    @property
    def unmapped(self) -> Counter[str]:
        """Codes without a type, counted."""
        return self.types.unmapped

    def begin(self, file: RowFile, first: Record) -> bool:
        """There is no head."""
        return False

    def code(self, record: Record) -> EventRow:
        """One row; an unknown source makes it no event, an unknown target an event without recipient."""
        line, start, text = record
        found = []
        for match in FIELD.finditer(text):
            found.append(match)
            if len(found) == 4:
                break
        if len(found) < 4:
            raise Refused("columns", f"got {len(found)} fields, needed are date, source, target, code")
        date, source, target, code = (m.group() for m in found)
        day = day_number(full_date(date))
        if not code[:2].isdecimal():
            raise Refused("no code", f"got {code[:20]!r}, allowed are digits")
        if NOBODY.match(source):
            raise Refused("no actor", f"got {source[:20]!r} as source")
        actor = self.namer.code(source, self.letters, source)
        recipient = None if NOBODY.match(target) else self.namer.code(target, self.letters, target)
        at, to = start + found[1].start(), start + found[2].start() if recipient else -1
        label = text[found[3].end() :].strip().split("\t")[0].strip("() ")[:80]
        end = start + len(text)
        return EventRow(line, start, end, actor, recipient, at, to, self.types.of(code, label), day, day, None, None, 100)


class Cameo(Keds):
    """CAMEO codes and letters."""

    dataset = "CAMEO text"
    scheme, letters = "cameo", "cameo"


def full_date(text: str) -> str:
    """`790415` or `19790415` -> eight digits; Raises Refused.

    >>> full_date("790415"), full_date("040115")
    ('19790415', '20040115')
    """
    if text.isdecimal() and len(text) == 6:
        return ("20" if int(text[:2]) < PIVOT else "19") + text
    if len(text) in (8, 10):
        return text
    raise Refused("bad date", f"got {text[:20]!r}, allowed is 790415 or 19790415")
