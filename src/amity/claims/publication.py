"""An undated document -> when it was published, as far as its own text tells; no day is invented.

Every clue allows some days. The days on which most weight of clues agrees are the bounds; where they lie in
more than one stretch, or span more than a year, nothing is inferred and the document says what the text allows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from amity.claims.calendar import Span, month_span, year_span
from amity.claims.clues import Clue, Range, join_near, read_clues, read_weekdays
from amity.claims.cues import load_cues
from amity.claims.holders import drop_looking_back, read_holders, read_landmarks
from amity.claims.later import find_later
from amity.claims.order import find_order
from amity.records import Document, Sentence, Word

# Texts of before this year are no news; a turn of the calendar before the first reports that people feed in.
FIRST_YEAR = 1980
# Days: wider bounds are of no use for ties, and are told, not taken.
WIDEST = 366
# Least weight of clues that bound publication on both sides; one faint clue is too little.
FEWEST = 2.0
# Clues named in the basis.
NAMED = 4
# A cut stretch that tells of the report's own time.
TELLING_CUTS = ("caption", "date_line", "repeated_title")


@dataclass(frozen=True, slots=True)
class Inference:
    """First and last possible day of publication, the clues that agree on them, and those that do not."""

    span: Span
    agreeing: tuple[Clue, ...]
    against: tuple[Clue, ...]


def infer_published(document: Document, sentences: Sequence[Sentence], read_on: date) -> Document:
    """A document without a date -> the same with bounds inferred from its text, or with a note of what the text allows.

    `published` becomes a day, month or year marked `?`, or an interval of two such days; `published_basis` begins
    with "inferred" and names the words. `read_on` is the last possible day. A dated document keeps its day;
    what it tells of as past after that day is a warning, and so is, dated or not, "last year" against the order told.
    """
    known = document if document.published else _infer(document, sentences, read_on)
    later = find_later(document, sentences) if document.published else []
    notes = tuple(c.say() for c in (*later, *find_order(known, sentences)))
    return replace(known, warnings=(*known.warnings, *notes)) if notes else known


def _infer(document: Document, sentences: Sequence[Sentence], read_on: date) -> Document:
    days = Range(date(FIRST_YEAR, 1, 1), read_on)
    found = weigh_clues(collect_clues(document, sentences, days), days)
    if found is None:
        return document
    if (found.span[1] - found.span[0]).days > WIDEST:
        note = f"date: none given; the text allows {found.span[0]} to {found.span[1]} ({name_clues(found.agreeing)})"
        return replace(document, warnings=(*document.warnings, note))
    basis = f"inferred, {found.span[0]} to {found.span[1]}: {name_clues(found.agreeing)}"
    notes = tuple(f"date: '{c.words}' (character {c.start}) does not fit {write_edtf(found.span)}" for c in found.against)
    return replace(document, published=write_edtf(found.span), published_basis=basis, warnings=(*document.warnings, *notes))


def collect_clues(document: Document, sentences: Sequence[Sentence], days: Range) -> list[Clue]:
    """All clues of a document's sentences, and of its captions and repeated titles."""
    cues = load_cues()
    parts = [*sentences, *(_plain_sentence(document, c.start, c.end) for c in document.cuts if c.reason in TELLING_CUTS)]
    found = [clue for s in parts for read in (read_landmarks, read_holders) for clue in read(s, days)]
    found += [clue for s in parts for clue in read_clues(s, cues, days)]
    found += read_weekdays(sentences, found)
    unique = {(c.kind, c.spans): c for c in reversed(drop_looking_back(list(join_near(found))))}
    return sorted(unique.values(), key=lambda c: c.start)


def _plain_sentence(document: Document, start: int, end: int) -> Sentence:
    """A cut stretch as a sentence of words without a tree."""
    text = document.text[start:end]
    places = [m.span() for m in re.finditer(r"\w+|[^\w\s]", text)]
    words = (Word(i, start + a, start + b, text[a:b], text[a:b].lower(), "X", "", -1, "root") for i, (a, b) in enumerate(places))
    return Sentence(document.id, -1, start, end, text, -1, True, tuple(words), ())


def weigh_clues(clues: Sequence[Clue], days: Range) -> Inference | None:
    """Clues -> the stretch of days with most weight; None where nothing bounds it above, or two years bear as much.

    What is told with its year bounds publication below only, so clues of that kind alone give None.
    """
    stretches = _heaviest(clues, days)
    first, last = stretches[0][0], stretches[-1][1]
    if len(stretches) > 1 and (last - first).days > WIDEST:
        return None
    middle = stretches[0][0]
    agreeing = [c for c in clues if any(a <= middle <= b for a, b in c.spans)]
    if sum(c.weight for c in agreeing if not c.open) < FEWEST:
        return None
    against = [c for c in clues if c not in agreeing and not any(a <= last and first <= b for a, b in c.spans)]
    return Inference((first, last), tuple(_binding(agreeing, first, last)), tuple(c for c in against if c.kind != "near"))


def _heaviest(clues: Sequence[Clue], days: Range) -> list[Span]:
    """The stretches of days on which most weight agrees, each as long as can be."""
    changes: dict[date, float] = {days.first: 0.0, days.last + timedelta(days=1): 0.0}
    for clue in clues:
        for a, b in _joined(clue.spans, days):
            changes[a] = changes.get(a, 0.0) + clue.weight
            changes[b + timedelta(days=1)] = changes.get(b + timedelta(days=1), 0.0) - clue.weight
    level, best, found = 0.0, -1.0, list[Span]()
    order = sorted(changes)
    for day, following in pairwise(order):
        level = round(level + changes[day], 6)
        span = (day, following - timedelta(days=1))
        if level > best:
            best, found = level, [span]
        elif level == best:
            touching = found and found[-1][1] + timedelta(days=1) == day
            found = [*found[:-1], (found[-1][0], span[1])] if touching else [*found, span]
    return found


def _joined(spans: Sequence[Span], days: Range) -> list[Span]:
    """Spans within the range, overlapping ones made one."""
    found: list[Span] = []
    for a, b in sorted(spans):
        a, b = max(a, days.first), min(b, days.last)
        if a > b:
            continue
        if found and a <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(b, found[-1][1]))
        else:
            found.append((a, b))
    return found


def _binding(clues: Sequence[Clue], first: date, last: date) -> list[Clue]:
    """The clues that say most: those whose own bound is a bound found, then the weightier, each in its words once."""

    def rank(clue: Clue) -> tuple[bool, float, int]:
        bounds = any(a == first or b == last for a, b in clue.spans)
        return (not bounds, -clue.weight, clue.start)

    unique = {c.words: c for c in sorted(clues, key=rank, reverse=True)}
    return sorted(unique.values(), key=rank)[:NAMED]


def name_clues(clues: Sequence[Clue]) -> str:
    """Clues -> their words and places, for a basis."""
    return ", ".join(f"'{c.words}' (character {c.start})" for c in clues)


def write_edtf(span: Span) -> str:
    """Bounds -> EDTF text marked as uncertain: a day, a whole month or year, or else an interval.

    >>> write_edtf(month_span(2018, 6)), write_edtf((date(2018, 5, 24), date(2018, 6, 8)))
    ('2018-06?', '2018-05-24?/2018-06-08?')
    """
    first, last = span
    if first == last:
        return f"{first}?"
    if span == month_span(first.year, first.month):
        return f"{first:%Y-%m}?"
    return f"{first:%Y}?" if span == year_span(first.year) else f"{first}?/{last}?"
