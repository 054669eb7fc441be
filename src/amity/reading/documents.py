"""What a format found in a file -> Document: date, outlet, cuts and warnings put together in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from amity.reading.cleaning import find_cuts
from amity.reading.dates import date_of_address, date_of_name, parse_date, read_date_line
from amity.reading.heads import BYLINE, LEAST_LEAD, read_byline_outlet, read_dateline
from amity.reading.lines import STOP, Line, read_lines
from amity.reading.page import Page
from amity.reading.signatures import is_outlet, read_leading_date, read_signature
from amity.reading.weekdays import compare_published, find_conflicts
from amity.records import Cut, CutReason, Document, Unread

# A line that tells when a report was changed says nothing against the day of its publication.
CHANGED = re.compile(r"updat|modif|edit|correct|revis", re.IGNORECASE)
WORD = re.compile(r"\w")
# A text longer than this is a dump and not a report (characters); the longest novels are shorter.
LONGEST_TEXT = 5_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """What a format read: the stored text, and what the file says of it; `date_basis` names the field of `date`.

    `outside` are lines (by index among those not blank), `cut_parts` stretches, that the format itself
    knows to be no report; `hints` are reasons that the place of a line on its page gives.
    """

    name: str
    text: str
    format: str
    url: str = ""
    title: str = ""
    outlet: str = ""
    date: object = None
    date_basis: str = ""
    warnings: tuple[str, ...] = ()
    outside: frozenset[int] = frozenset()
    hints: tuple[tuple[int, CutReason], ...] = ()
    cut_parts: tuple[Cut, ...] = ()


def make_document(found: Found) -> Document | Unread:
    """What was found -> Document with its cuts, date and warnings; Unread where the text has no words or too many."""
    if not WORD.search(found.text):
        return Unread(found.name, "got no words, allowed is a text", "check that the file was saved whole")
    if len(found.text) > LONGEST_TEXT:
        got = f"got a text of {len(found.text):,} characters, allowed are {LONGEST_TEXT:,}"
        return Unread(found.name, got, "split it into one text per report")
    page = Page(found.text, found.title, found.outlet, read_lines(found.text), parts=list(found.cut_parts), outside=found.outside)
    lines = [page.lines[i] for i in page.head if i not in page.outside]
    readings = date_document(found, lines)
    published, basis = readings[0] if readings else (None, "")
    outlet = found.outlet or read_byline_outlet(lines) or read_signed_outlet(lines) or read_agency(lines)
    warnings = list(found.warnings)
    if found.date and not published:
        warnings.append(f"date: got {str(found.date)[:60]!r} in {found.date_basis}, which tells no one day")
    warnings.extend(c.say() for c in (*compare_published(readings), *find_conflicts(found.text, published)))
    return Document(
        name=found.name,
        text=found.text,
        format=found.format,
        url=found.url,
        title=found.title or read_title(lines),
        outlet=outlet,
        published=published,
        published_basis=basis,
        cuts=find_cuts(page, found.hints),
        warnings=tuple(warnings),
    )


def date_document(found: Found, lines: list[Line]) -> list[tuple[str, str]]:
    """When it was published, with the words or field of each telling, the one that counts first.

    The file's own field comes before a date line of the head, and that before the address. The day in a file's name counts only
    where nothing else tells one, since it may be that of the download.
    """
    readings = []
    if told := parse_date(found.date):
        readings.append((told, f"{found.date_basis}: {str(found.date)[:60]}"))
    for line in lines:
        signed = read_signature(line.text)
        dated = read_date_line(line.text) or (signed and signed[0]) or read_leading_date(line.text)[1]
        if dated:
            if not (readings and CHANGED.search(line.text)):
                readings.append((dated, f"date line: {line.text[:120]}"))
            break
    if told := date_of_address(found.url):
        readings.append((told, f"address: {found.url[:200]}"))
    if not readings and (told := date_of_name(found.name)):
        readings.append((told, f"file name: {found.name[:200]}"))
    return readings


def read_signed_outlet(lines: list[Line]) -> str:
    """The outlet that signs in the head, beside its date or on a line of its own below the title."""
    for line in lines[1:]:
        signed = read_signature(line.text)
        if signed and signed[1]:
            return signed[1]
        if is_outlet(line.text):
            return line.text.title() if line.text.isupper() else line.text
    return ""


def read_agency(lines: list[Line]) -> str:
    """The agency that a dateline in the head names, or nothing."""
    for line in lines:
        dateline = read_dateline(line.text) if len(line.text) > LEAST_LEAD else None
        if dateline:
            return dateline[1]
    return ""


def read_title(lines: list[Line]) -> str:
    """The first line of the head that can be a title: short, no full stop, no date, no list sign."""
    for index, line in enumerate(lines[:3]):
        if is_titular(line):
            after = lines[index + 1] if index + 1 < len(lines) else None
            wrapped = after is not None and not after.gap and after.text[0].islower() and not line.stopped
            title = f"{line.text} {after.text}" if after and wrapped else line.text
            return title if len(title.split()) <= 30 and not STOP.search(title[-12:]) and len(title) <= 250 else ""
    return ""


def is_titular(line: Line) -> bool:
    """Whether a line may be a title by what it is not: a date, a byline, a signature, a list item."""
    text = line.text[:300]
    signed = BYLINE.fullmatch(text) or read_signature(text) or is_outlet(text)
    return read_date_line(text) is None and not signed and not line.bullet and line.words >= 2
