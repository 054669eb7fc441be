"""Lines a paper signs a report with: its name, its name or place and the date, a date in front of the first sentence."""

from __future__ import annotations

import re

from amity.reading.dates import find_dates
from amity.reading.vocabulary import words_of

# Words that may stand small in a paper's name.
SMALL = frozenset(("and", "of", "the", "for", "in", "de", "la", "le", "du", "des", "al", "el", "und", "der", "die"))
LEAD_DASH = re.compile(r"\s*[.:,]?(?: \([^()]{2,30}\))?\s*[-–—]+\s*(?=\w|[\"“«‘'])")
# A place in capitals before a leading date.
LEAD_PLACE = re.compile(r"[^\W\d_a-z][^\W\d_a-z .'/-]{2,30},? ")
# Characters from a leading date to the first sentence; the pattern takes the square of a run of blanks.
LONGEST_DASH = 45
# A signature has at most so many words beside its date.
LONGEST_NAME = 6


def read_signature(line: str) -> tuple[str, str] | None:
    """A line that is a name or place and a full date -> the date and the outlet ("" where a place); else None.

    >>> read_signature("Valley Courier - Wednesday, June 6, 2018"), read_signature("Abuja, 2 August 2023")
    (('2018-06-06', 'Valley Courier'), ('2023-08-02', ''))
    """
    if len(line) > 120:
        return None
    dates = [d for d in find_dates(line) if d.edtf and d.day]
    if len(dates) != 1 or dates[0].end < len(line.rstrip(" .)")):
        return None
    name = line[: dates[0].start].strip(" ,-–—|·(:")
    return (dates[0].edtf or "", name if is_outlet(name) else "") if is_named(name) else None


def is_named(text: str) -> bool:
    """Whether a text is a few words in capitals, small ones aside."""
    words = re.findall(r"[^\W\d_][\w.’'-]*", text)
    return 0 < len(words) <= LONGEST_NAME and words[0][0].isupper() and all(w[0].isupper() or w in SMALL for w in words)


def is_outlet(text: str) -> bool:
    """Whether a line is the name of a paper or station by the words it is made of.

    >>> is_outlet("The Delta Gazette"), is_outlet("The Delta Offensive")
    (True, False)
    """
    if len(text) > 60 or not is_named(text):
        return False
    return bool(words_of("outlet_words") & {w.casefold() for w in text.split()[:1] + text.split()[-1:]}) and len(text.split()) > 1


def read_leading_date(line: str) -> tuple[int, str | None]:
    """A line -> length of a date and dash in front of its first sentence, and the date; 0 and None where there is none.

    A place in capitals may stand before the date, an agency in brackets after it.

    >>> read_leading_date("3 juillet 2012. - The league met."), read_leading_date("ACCRA, 4 May 2021 (AFP) - The league met.")
    ((18, '2012-07-03'), (26, '2021-05-04'))
    """
    place = LEAD_PLACE.match(line)
    first = next(find_dates(line[:60]), None)
    leads = first is not None and first.edtf and first.start in (0, place.end() if place else 0)
    dash = LEAD_DASH.match(line, first.end, first.end + LONGEST_DASH) if first and leads else None
    return (dash.end(), first.edtf) if first and dash else (0, None)
