"""Planted slips of the calendar: short reports in which one date is wrong, and the same without the slip."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SLIPS = ("weekday", "weekday without year", "no day", "beside", "later", "date line", "address", "order")
_PARTIES = ("Norland", "the Eastern League", "Suvara", "the Marsh Front", "Port Aldey", "the Hill Council")
_ACTS = ("signed a pact with", "recalled its envoy from", "shelled positions of", "met delegates of", "accused", "sent aid to")
# An act as a verb tells it and as a noun, for tellings that must be known to be of one act.
_DEEDS = (
    ("shelled", "shelling of"),
    ("raided", "raid on"),
    ("bombed", "bombing of"),
    ("attacked", "attack on"),
    ("stormed", "storming of"),
)
_PLACES = ("the consulate", "the port", "the airfield", "the border post", "the radar station")
_BEGUN = ("fighting began in the north", "the truce collapsed", "the blockade was imposed", "war broke out on the border")
_TOLD_LATER = (
    "The {noun} {place} came after {begun} last {month}.",
    "The {noun} {place} occurred after {begun} last {month}, diplomats said.",
    "Envoys recalled that {side} {verb} {place} after {begun} last {month}.",
)
_RARE = ("April 31", "June 31", "September 31", "November 31", "February 30")


@dataclass(frozen=True, slots=True)
class Slip:
    """A report with one planted slip of a kind, and the same report right; both as a text file whose first line dates it."""

    kind: str
    wrong: str
    right: str
    words: str


def plant_slips(seed: int, count: int) -> list[Slip]:
    """Seed and number -> so many reports, the kinds in turn; the same seed, the same reports."""
    draw = random.Random(seed)
    return [_plant(draw, SLIPS[n % len(SLIPS)]) for n in range(count)]


def _plant(draw: random.Random, kind: str) -> Slip:
    if kind == "order":
        return _plant_order(draw)
    published = date(2005, 1, 1) + timedelta(days=draw.randrange(7000))
    event = published - timedelta(days=draw.randrange(1, 40))
    other = event - timedelta(days=draw.randrange(1, 20))
    if kind == "beside":  # in one month: over the end of February a leap year may have both
        event = event.replace(day=20)
        other = event - timedelta(days=draw.randrange(1, 15))
    wrong, right, words = _words(draw, kind, published, event, other)
    undated = kind == "beside"
    lines = [f"{_head(kind, published, draw, bad)}{_body(draw_state, w)}" for draw_state, w, bad in _twins(draw, wrong, right)]
    if undated:
        lines = [line.partition("\n\n")[2] for line in lines]
    return Slip(kind, lines[0], lines[1], words)


def _plant_order(draw: random.Random) -> Slip:
    """An act told of "last year" that came after something of last autumn; right is "this year"."""
    year = draw.randrange(2006, 2024)
    published = date(year, 5, 1) + timedelta(days=draw.randrange(90))
    day = published - timedelta(days=draw.randrange(5, 100))
    (side, other), (verb, noun) = draw.sample(_PARTIES, 2), draw.choice(_DEEDS)
    names = {"side": side, "verb": verb, "noun": noun, "place": draw.choice(_PLACES), "begun": draw.choice(_BEGUN)}
    told = draw.choice(_TOLD_LATER).format(month=draw.choice(("September", "October", "November")), **names)
    lines = []
    for turn in ("last", "this"):
        when = f"{day:%B} {day.day} {turn} year"
        opening = f"On {when}, {side} {verb} {names['place']}, killing two guards of {other}."
        lines.append(f"https://example.org/{published:%Y/%m/%d}/act | Parties at odds | {published}\n\n{opening}\n\n{told}\n")
    return Slip("order", lines[0], lines[1], f"{day:%B} {day.day} last year")


def _twins(draw: random.Random, wrong: str, right: str) -> list[tuple[random.Random, str, bool]]:
    """The same draw of names for both twins."""
    seed = draw.random()
    return [(random.Random(seed), wrong, True), (random.Random(seed), right, False)]


def _said(day: date, weekday: int | None, year: bool) -> str:
    name = f"{WEEKDAYS[weekday]}, " if weekday is not None else ""
    return f"{name}{day:%B} {day.day}{f', {day.year}' if year else ''}"


def _words(draw: random.Random, kind: str, published: date, event: date, other: date) -> tuple[str, str, str]:
    """The sentence end with the slip, the same without, and the words that are wrong."""
    off = (event.weekday() + draw.randrange(1, 7)) % 7
    if kind == "weekday":
        bad, good = _said(event, off, True), _said(event, event.weekday(), True)
    elif kind == "weekday without year":
        bad, good = _said(event, off, False), _said(event, event.weekday(), False)
    elif kind == "no day":
        bad, good = f"{draw.choice(_RARE)}, {event.year}", _said(event, None, True)
    elif kind == "beside":
        first = _said(other, other.weekday(), False)
        bad, good = (f"{_said(event, w, False)}, after a first talk on {first}" for w in (off, event.weekday()))
    elif kind == "later":
        bad, good = _said(published + timedelta(days=draw.randrange(30, 900)), None, True), _said(event, None, True)
    else:
        bad = good = _said(event, None, False)
    return bad, good, bad.partition(", after")[0]


def _head(kind: str, published: date, draw: random.Random, bad: bool) -> str:
    """The first line with address, title and date, and a date line where that is the slip."""
    moved = published.replace(year=published.year - draw.randrange(1, 4), day=min(published.day, 28)) if bad else published
    at = moved if kind == "address" else published
    line = f"{_said(moved if kind == 'date line' else published, None, True)}\n\n" if kind in ("date line",) else ""
    return f"https://example.org/{at:%Y/%m/%d}/pact | Parties meet again | {published}\n\n{line}"


def _body(draw: random.Random, when: str) -> str:
    a, b, c = draw.sample(_PARTIES, 3)
    act, then = draw.sample(_ACTS, 2)
    opening = f"{a[0].upper()}{a[1:]} {act} {b} on {when}. Officials in the capital gave no reason and did not answer questions."
    return f"{opening}\n\n{c[0].upper()}{c[1:]} {then} {a} as well.\n"
