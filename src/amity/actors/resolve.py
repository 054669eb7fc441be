"""Sentences of one document -> mentions of parties, in order of text."""

from __future__ import annotations

from collections.abc import Sequence

from amity.actors.memory import Memory
from amity.actors.parties import Namer
from amity.actors.spots import Spot, find_spots
from amity.actors.table import ActorTable
from amity.records import Mention, Sentence


def resolve_mentions(sentences: Sequence[Sentence], table: ActorTable, published: str | None) -> list[list[Mention]]:
    """Sentences of one document -> for each, the mentions of parties in order of text.

    `published` is EDTF text or None; a year or month alone counts as its middle. Mentions do not overlap.
    """
    day = middle_day(published)
    first = [find_spots(s, table, day, frozenset()) for s in sentences]
    homes = frozenset(h for spots in first for s in spots for h in _homes(s, table))
    memory = Memory(table, day, homes)
    return [_read_sentence(s, find_spots(s, table, day, homes), memory) for s in sentences]


def middle_day(published: str | None) -> str | None:
    """EDTF text -> one ISO day to look offices up by, or None where the text begins with no year.

    >>> middle_day("2024-09"), middle_day("2018"), middle_day("2018-06-04T10:00Z"), middle_day(None)
    ('2024-09-15', '2018-07-01', '2018-06-04', None)
    """
    text = (published or "").strip().rstrip("~?%")
    if len(text) < 4 or not text[:4].isdigit():
        return None
    if len(text) >= 10 and text[4] == text[7] == "-" and text[8:10].isdigit():
        return text[:10]
    if len(text) >= 7 and text[4] == "-" and text[5:7].isdigit():
        return f"{text[:7]}-15"
    return f"{text[:4]}-07-01"


def _homes(spot: Spot, table: ActorTable) -> tuple[str, ...]:
    if spot.entry is None:
        return ()
    home = table.home(spot.entry.id)
    return (spot.entry.side, f"state:{home}") if home else (spot.entry.side,)


def _read_sentence(sentence: Sentence, spots: list[Spot], memory: Memory) -> list[Mention]:
    namer = Namer(sentence, spots, memory)
    found = sorted(namer.run(), key=lambda m: m[0].first)
    for mention, plural, topic in found:
        memory.keep(mention, sentence, plural, topic)
    return [m for m, _, _ in found]
