"""What a format found in a file -> Document: date, outlet, cuts and warnings put together in one place."""

from __future__ import annotations

from dataclasses import dataclass

from amity.reading.cleaning import find_cuts
from amity.reading.dates import date_of_address, parse_date, read_date_line
from amity.reading.heads import HEAD, read_byline_outlet, read_dateline
from amity.reading.lines import Line, read_lines
from amity.reading.page import Page
from amity.reading.weekdays import find_conflicts
from amity.records import Cut, CutReason, Document


@dataclass(frozen=True, slots=True)
class Found:
    """What a format read: the stored text, and what the file says of it; `date_basis` names the field of `date`.

    `cut_lines` are lines (by index among those not blank), `cut_parts` stretches, that the format itself
    knows to be no report.
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
    cut_lines: tuple[tuple[int, CutReason], ...] = ()
    cut_parts: tuple[Cut, ...] = ()


def make_document(found: Found) -> Document:
    """What was found -> Document with its cuts, date and warnings."""
    lines = read_lines(found.text[:20000])[:HEAD]
    published, basis = date_document(found, lines)
    given: dict[int, tuple[CutReason, str]] = {index: (reason, "") for index, reason in found.cut_lines}
    page = Page(found.text, found.title, found.outlet, read_lines(found.text), given, list(found.cut_parts))
    outlet = found.outlet or read_byline_outlet(lines) or read_agency(lines)
    warnings = list(found.warnings)
    if found.date and not published:
        warnings.append(f"date: got {str(found.date)[:60]!r} in {found.date_basis}, which tells no one day")
    warnings.extend(find_conflicts(found.text, published))
    return Document(
        name=found.name,
        text=found.text,
        format=found.format,
        url=found.url,
        title=found.title or read_title(lines),
        outlet=outlet,
        published=published,
        published_basis=basis,
        cuts=find_cuts(page),
        warnings=tuple(warnings),
    )


def date_document(found: Found, lines: list[Line]) -> tuple[str | None, str]:
    """When it was published and by which words or field: the file's own field, a date line of the head, the address."""
    told = parse_date(found.date)
    if told:
        return told, f"{found.date_basis}: {str(found.date)[:60]}"
    for line in lines:
        dated = read_date_line(line.text)
        if dated:
            return dated, f"date line: {line.text}"
    told = date_of_address(found.url)
    return (told, f"address: {found.url[:200]}") if told else (None, "")


def read_agency(lines: list[Line]) -> str:
    """The agency that a dateline in the head names, or nothing."""
    for line in lines:
        dateline = read_dateline(line.text) if len(line.text) > 80 else None
        if dateline:
            return dateline[1]
    return ""


def read_title(lines: list[Line]) -> str:
    """The first line of the head that can be a title: short, no full stop, no date, no list sign."""
    for line in lines[:3]:
        if read_date_line(line.text) is None and not line.bullet and line.words >= 3:
            return line.text if line.words <= 30 and not line.stopped and len(line.text) <= 250 else ""
    return ""
