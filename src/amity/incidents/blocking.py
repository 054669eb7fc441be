"""Which claims are compared at all: those that share a key; an overfull key is split by rarer words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from amity.incidents.traits import Traits
from amity.incidents.words import rarity

# Claims that may share a key before it is split, and again before it is left unused. Comparing a block takes the
# square of its size; at 40 claims a block costs 780 comparisons, some 40 ms.
MOST_IN_BLOCK = 40
# Rare stems that make keys of their own in pairs, and that split an overfull key.
RAREST = 4
# Days to either side that a dated claim also answers to, so that reports a day apart meet.
SLACK = 1
# A time wider than this many days makes a key by month, or none.
NARROW, MONTH = 7, 31
# Days to which a wide time, or the publication of an undated claim, must be known for keys by month: a season.
WIDE = 100

Key = tuple[str, ...]


def name_keys(t: Traits) -> set[Key]:
    """A claim -> the keys under which it is filed: parties and day, a telling name and a party, two rare words, its sentence."""
    rare = rarest(t)
    sides = sorted(t.sides)
    keys: set[Key] = {("words", *sorted(pair)) for pair in pairwise(rare)}
    keys |= {("name", name, side) for name in (*t.names, *t.places) for side in sides}
    keys |= {("around", name, side) for name in (*t.names, *t.around) for side in sides}
    keys |= {("names", *sorted((a, b))) for a in t.names for b in t.names if a < b}
    keys |= {("day", day, side) for day in days_of(t) for side in sides}
    keys |= {("quoted", s, side) for s in sorted(t.quoted, key=lambda s: (-rarity(s), s))[: 2 * RAREST] for side in sides}
    keys |= {("figure", f.noun, str(f.low), str(f.high), t.type) for f in t.figures}
    keys |= {("told", month, t.type, *sides) for month in months_told(t) if len(sides) > 1}
    keys.add(("sentence", str(min(t.shingles, default=0))))
    keys.add(("near", t.document, str(t.start // 400)))
    keys.add(("near", t.document, str(t.start // 400 + 1)))
    return keys


def rarest(t: Traits) -> list[str]:
    """A claim's rarest stems, by weight and then by letters."""
    return sorted(t.words, key=lambda s: (-rarity(s), s))[:RAREST]


def days_of(t: Traits) -> Iterator[str]:
    """Days that a claim's time may touch, or its months where it is wide; nothing for a year and more."""
    if t.days is None:
        return
    first, last = t.days
    if last - first <= NARROW:
        yield from (str(d) for d in range(first - SLACK, last + SLACK + 1))


def months_told(t: Traits) -> Iterator[str]:
    """Stretches of 30 days that a claim without narrow time touches: by its wide time, else by its publication."""
    stretch = t.days or t.told
    if stretch is not None and stretch[1] - stretch[0] <= WIDE and (t.days is None or t.days[1] - t.days[0] > NARROW):
        yield from (str(m) for m in range(stretch[0] // 30 - 1, stretch[1] // 30 + 1))


def split_keys(key: Key, t: Traits) -> Iterable[Key]:
    """The finer keys of a claim under an overfull key: with each of its rarest stems, with its type, and with both of these."""
    return [(*key, "/", t.type, s) for s in rarest(t)]
