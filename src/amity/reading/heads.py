"""What stands about the head of a report: bylines, date lines, datelines, a left-over picture word."""

from __future__ import annotations

import re
from functools import cache

from amity.reading.dates import read_date_line
from amity.reading.lines import Line
from amity.reading.page import HEAD, Page
from amity.reading.signatures import is_outlet, read_leading_date, read_signature
from amity.reading.vocabulary import flatten, load_table
from amity.records import Cut

NAME = r"[A-ZÀ-Þ][\w.’'-]*"
LINK = r"(?:and |AND |of |for |in |the |und |et |y |de |al-|el-|bin |van |von )?"
BYLINE = re.compile(rf"(?:[Bb][Yy]\b[.:]?|[Pp]ar|[Vv]on|[Pp]or)\s+{NAME}(?:[ ,&]+{LINK}{NAME}){{0,12}}\s*(?:[|,·–—-].{{0,80}})?")
FOR_OUTLET = re.compile(r"\b(?:for|of)\s+(?P<outlet>(?:the |The )?[A-Z][\w’'.&-]*(?: [A-Z][\w’'.&-]*){0,4})\s*$")
DATELINE = re.compile(
    r"(?P<place>[^\W\d_][\w.’'/ ,-]{1,60}?)?,?\s*"
    r"(?:\((?P<agency>[^\W\d_][\w. /&-]{1,40})\)\s*)?(?P<dash>--|[-–—―])\s*(?=[\"“‘'«]?\w)"
)
# A line shorter than this is no first sentence behind a dateline (characters).
LEAST_LEAD = 60
BARE_AGENCY = re.compile(r"\(([A-Z][\w ]{1,30})\)\s+(?=[\"“‘']?[A-Z])")
LEFTOVER = re.compile(r"[a-zà-ÿ]{3,20}")


def find_bylines(page: Page) -> None:
    """Cut "By ..." lines in the head, and name lines next to the outlet's name."""
    outlet = flatten(page.outlet)
    for index, line in enumerate(page.lines):
        if not page.kept(index) or len(line.text) > 160:
            continue
        if index in page.head and not line.stopped and BYLINE.fullmatch(line.text):
            page.cut(index, "byline")
        elif outlet and flatten(line.text) == outlet and index not in page.outside:
            page.cut(index, "byline")
            if (
                index - 1 in (page.head if page.title else page.head[1:])
                and page.kept(index - 1)
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
    """Cut lines of the head or the end that hold a date and nothing else, and the line a paper signs with."""
    tail = range(len(page.lines) - HEAD, len(page.lines))
    for index, line in enumerate(page.lines):
        if page.kept(index) and len(line.text) <= 120 and (index in page.head or index in tail) and read_date_line(line.text) is not None:
            page.cut(index, "date_line")
    signed = [i for i in page.head[1:] if page.kept(i)]
    for index in signed:
        if read_signature(page.lines[index].text):
            page.cut(index, "date_line")
    for index in signed:
        beside = {page.reasons[i][0] for i in (index - 1, index + 1) if i in page.reasons}
        if page.kept(index) and beside & {"date_line", "byline"} and is_outlet(page.lines[index].text):
            page.cut(index, "byline")


def find_datelines(page: Page) -> None:
    """Cut the dateline in front of the first sentence: `PLACE (Agency) - `, or a date and a dash."""
    for index in page.head:
        line = page.lines[index]
        if not page.kept(index) or len(line.text) <= LEAST_LEAD:
            continue
        dateline = read_dateline(line.text)
        length = dateline[0] if dateline else read_leading_date(line.text)[0]
        if length:
            page.parts.append(Cut(line.start, line.start + length, "date_line", "dateline"))
            return


def read_dateline(line: str) -> tuple[int, str] | None:
    """A line -> length of its dateline and the agency named there ("" if none); None where it has none.

    >>> read_dateline("SEOUL/WASHINGTON (Reuters) - The two sides met.")
    (29, 'Reuters')
    """
    opening = BARE_AGENCY.match(line)
    if opening and opening.group(1) in agencies():
        return opening.end(), agencies()[opening.group(1)]
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
    for index in page.head:
        line = page.lines[index]
        if line.words > 15 or (line.stopped and line.words > 6):
            return
        if page.kept(index) and line.gap and LEFTOVER.fullmatch(line.text) and index + 1 < len(page.lines):
            page.cut(index, "caption", "left-over word")
