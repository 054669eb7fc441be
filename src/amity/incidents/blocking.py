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


def split_keys(key: Key, t: Traits) -> Iterable[Key]:
    """The finer keys of a claim under an overfull key: with each of its rarest stems, with its type, and with both of these."""
    return [(*key, "/", t.type, s) for s in rarest(t)]
