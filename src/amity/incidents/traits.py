"""A claim -> what of it is compared: parties, act, time, place, names, words, figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from amity.incidents.figures import find_figures
from amity.incidents.table import name_classes
from amity.incidents.words import find_names, fold, list_stems, name_key, stem_word, weigh_words
from amity.records import Claim, Party
from amity.records.incidents import Figure

# What the coder names as carrying the act, at the head of a claim's reasons.
ACT_WORD = re.compile(r"'([^']{1,60})' states ")
# Names that tell less than this are no names for joining; see `name_classes` of the table.
LEAST_TELLING = 0.3


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a claim is compared. Days count from 1-01-01; `days` and `told` are closed bounds, None where unknown.

    `actor` and `target` hold ids and side ids; `names` maps a name's key to how much it tells; `words` is a unit vector.
    """

    id: str
    document: str
    start: int
    quote: str
    type: str
    quad: int
    act: str
    status: str
    actor: frozenset[str]
    target: frozenset[str]
    sides: frozenset[str]
    days: tuple[int, int] | None
    told: tuple[int, int] | None
    places: frozenset[str]
    names: Mapping[str, float]
    words: Mapping[str, float]
    shingles: frozenset[int]
    figures: tuple[Figure, ...]


def read_traits(claim: Claim) -> Traits:
    """A claim of an event -> its traits."""
    found = find_names(claim.quote)
    telling = name_classes()
    own = {name_key(p.words) for p in (claim.actor, claim.recipient) if p}
    names = {key: telling.get(key, 1.0) for key in (name_key(n) for *_, n in found) if key not in own}
    act = ACT_WORD.match(claim.why[0]) if claim.why else None
    actor, target = party_ids(claim.actor), party_ids(claim.recipient) if claim.recipient else frozenset()
    stems = list_stems(claim.quote)
    return Traits(
        id=claim.id,
        document=claim.document_id,
        start=claim.start,
        quote=claim.quote,
        type=claim.type,
        quad=claim.quad or 0,
        act=stem_word(act.group(1)) if act else "",
        status=claim.status,
        actor=actor,
        target=target,
        sides=frozenset(p.side_id or p.id for p in (claim.actor, claim.recipient) if p),
        days=(day_number(claim.date.earliest), day_number(claim.date.latest)) if claim.date else None,
        told=published_days(claim.published),
        places=frozenset(name_key(p) for p in (claim.place,) if p),
        names={k: w for k, w in names.items() if w >= LEAST_TELLING},
        words=weigh_words(stems),
        shingles=shingle_words(claim.quote),
        figures=tuple(find_figures(claim.quote)),
    )


def party_ids(party: Party) -> frozenset[str]:
    """A party -> its id and its side's; a party known by its words alone answers to them."""
    return frozenset(i for i in (party.id, party.side_id) if i)


def day_number(day: str) -> int:
    """An ISO day -> its number; a bound beyond the calendar is the calendar's own."""
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return 1 if day.startswith(("-", "0000")) else date.max.toordinal()


def published_days(edtf: str | None) -> tuple[int, int] | None:
    """EDTF text of a day, month or year -> its bounds.

    >>> a, b = published_days("2018-06"); b - a
    29
    """
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", edtf or "")
    if not found or not 1 <= int(found.group(1)) < 9999:
        return None
    year, month, day = (int(g) if g else 0 for g in found.groups())
    try:
        if day:
            number = date(year, month, day).toordinal()
            return number, number
        first = date(year, month or 1, 1).toordinal()
        last = (date(year, month + 1, 1) if 0 < month < 12 else date(year + 1, 1, 1)).toordinal() - 1
    except ValueError:
        return None
    return first, last


def shingle_words(text: str, size: int = 3) -> frozenset[int]:
    """Text -> hashes of each run of `size` words, case and marks left aside; a shorter text is one run.

    The hash is of the words alone, so that it is the same on every machine.
    """
    from zlib import crc32

    words = re.findall(r"\w+", fold(text))
    runs = (" ".join(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))
    return frozenset(crc32(r.encode("utf-8", "surrogatepass")) for r in runs)
