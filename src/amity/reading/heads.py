"""What stands about the head of a report: bylines, date lines, datelines, a left-over picture word."""

from __future__ import annotations

import re
from functools import cache

from amity.reading.dates import read_date_line
from amity.reading.lines import Line
from amity.reading.page import Page
from amity.reading.vocabulary import flatten, load_table
from amity.records import Cut

# How many lines the head has, and how far from the end a credit may stand.
HEAD = 10
NAME = r"[A-ZÀ-Þ][\w.’'-]*"
LINK = r"(?:and |AND |of |for |in |the |und |et |y |de |al-|el-|bin |van |von )?"
BYLINE = re.compile(rf"(?:[Bb][Yy]\b[.:]?|[Pp]ar|[Vv]on|[Pp]or)\s+{NAME}(?:[ ,&]+{LINK}{NAME}){{0,12}}\s*(?:[|,–—-].{{0,80}})?")
FOR_OUTLET = re.compile(r"\b(?:for|of|,|\|)\s+(?P<outlet>(?:the |The )?[A-Z][\w’'.&-]*(?: [A-Z][\w’'.&-]*){0,4})\s*$")
DATELINE = re.compile(
    r"(?P<place>[^\W\d_][\w.’'/ ,-]{1,60}?)?,?\s*"
    r"(?:\((?P<agency>[^\W\d_][\w. /&-]{1,40})\)\s*)?(?P<dash>--|[-–—―])\s*(?=[\"“‘'«]?\w)"
)
LEFTOVER = re.compile(r"[a-zà-ÿ]{3,20}")


def find_bylines(page: Page) -> None:
    """Cut "By ..." lines in the head, and name lines next to the outlet's name."""
    outlet = flatten(page.outlet)
    for index, line in enumerate(page.lines):
        if not page.kept(index) or len(line.text) > 160:
            continue
        if index < HEAD and not line.stopped and BYLINE.fullmatch(line.text):
            page.cut(index, "byline")
        elif outlet and flatten(line.text) == outlet:
            page.cut(index, "byline")
            if (
                index < HEAD
                and page.kept(index - 1)
                and index > 1
                and re.fullmatch(rf"{NAME}(?: {NAME}){{1,3}}", page.lines[index - 1].text)
            ):
                page.cut(index - 1, "byline")


def read_byline_outlet(lines: list[Line]) -> str:
    """The outlet that a byline names ("By. Jo Doe for The Daily"), or nothing."""
    for line in lines[:HEAD]:
        if len(line.text) <= 160 and not line.stopped and BYLINE.fullmatch(line.text):
            found = FOR_OUTLET.search(line.text)
            if found:
                return found.group("outlet")
    return ""


def find_date_lines(page: Page) -> None:
    """Cut lines that hold a date and nothing else."""
    for index, line in enumerate(page.lines):
        if page.kept(index) and len(line.text) <= 120 and (index < HEAD or index >= len(page.lines) - HEAD) and read_date_line(line.text):
            page.cut(index, "date_line")


def find_datelines(page: Page) -> None:
    """Cut the dateline in front of the first sentence: `PLACE (Agency) - `."""
    for index, line in enumerate(page.lines[:HEAD]):
        found = read_dateline(line.text) if page.kept(index) else None
        if found and len(line.text) > 80:
            page.parts.append(Cut(line.start, line.start + found[0], "date_line", "dateline"))
            return


def read_dateline(line: str) -> tuple[int, str] | None:
    """A line -> length of its dateline and the agency named there ("" if none); None where it has none.

    >>> read_dateline("SEOUL/WASHINGTON (Reuters) - The two sides met.")
    (29, 'Reuters')
    """
    found = DATELINE.match(line[:140])
    if not found or not (found.group("place") or found.group("agency")):
        return None
    place, agency = (found.group("place") or "").strip(), (found.group("agency") or "").strip()
    letters = [c for c in place.split(",")[0] if c.isalpha()]
    capital = bool(letters) and all(c.isupper() or not (c.islower() or c.isupper()) for c in letters) and len(place.split(",")[0]) >= 3
    if agency in agencies() and len(place.split()) <= 8:
        return found.end(), agencies()[agency]
    spaced = (
        line[found.start("dash") - 1].isspace() or line[found.end("dash") : found.end("dash") + 1].isspace() or found.group("dash") in "--—"
    )
    if capital and spaced and place.split(",")[0].isupper() and len(place.split()) <= 6:
        return found.end(), agency
    return None


@cache
def agencies() -> dict[str, str]:
    """Agencies as datelines write them -> their names."""
    return {str(k): str(v) for k, v in load_table()["agencies"].items()}


def find_head_leftovers(page: Page) -> None:
    """Cut a single small word that stands alone in the head, before the first sentence: a picture's file name."""
    for index, line in enumerate(page.lines[:HEAD]):
        if line.words > 15 or (line.stopped and line.words > 6):
            return
        if page.kept(index) and LEFTOVER.fullmatch(line.text) and index + 1 < len(page.lines):
            page.cut(index, "caption", "left-over word")
