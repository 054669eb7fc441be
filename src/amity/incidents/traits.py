"""A claim -> what of it is compared: parties, act, time, place, names, words, figures."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date

from amity.incidents.figures import find_figures
from amity.incidents.table import name_classes, phrases
from amity.incidents.words import find_names, fold, list_stems, name_key, plain_form, stem_word, weigh_words
from amity.records import Claim, Figure, Party

# What the coder names as carrying the act, at the head of a claim's reasons.
ACT_WORD = re.compile(r"'([^']{1,60})' states ")
# Names that tell less than this are no names for joining; see `name_classes` of the table.
LEAST_TELLING = 0.3
# Characters on either side of a quotation that make its setting, about three sentences; chosen by hand.
SETTING = 450
# A passage between marks of quotation, of some words; single marks are mostly apostrophes.
QUOTED = re.compile(r"[\"“”«]([^\"“”»]{25,600})(?:[\"”»]|$)")
# Days and months are written like names; times are compared as times.
# fmt: off
CALENDAR = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december"))
# fmt: on
# Names that tell less are states, capitals that stand for them, and parties: no place of an act.
LEAST_PLACE = 0.5
# A capital is a place where "in", "near" or "outside" it says so; `name_classes` gives it this much.
LEAST_CAPITAL = 0.25
# What stands before a name that is a place; the act's own place or another's, which a sentence seldom parts.
SET_IN = re.compile(r"\b(?:in|near|outside|at|inside|around|of|from|to)\s+(?:the\s+)?(?:[a-z]+\s+(?:of|in)\s+)?$")
# A name that no table knows is a place where one word of it stands so and ends its phrase.
SET_BARE = re.compile(r"\b(?:in|near|outside|inside|around)\s+(?:the\s+)?(?:[a-z]+\s+(?:of|in)\s+)?$")
ENDS_PHRASE = re.compile(r"\s*(?:[,.;:)]|$|(?:on|and|by|after|during|since|when|where|last|this|before|early|late|which|that|as)\b)")


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a claim is compared. Days count from 1-01-01; `days` and `told` are closed bounds, None where unknown.

    `actor` and `target` hold ids and side ids, `nations` the names within the parties' words ("Iraqi" of "Iraqi fighters");
    `names` maps a name's key to how much it tells. `words` is a unit vector, `quoted` likewise, of the words in quotation
    marks; `setting` and `around` are words and further names of the text about the quotation, empty where it is not at hand.
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
    nations: frozenset[str]
    days: tuple[int, int] | None
    told: tuple[int, int] | None
    places: frozenset[str]
    habit: bool
    names: Mapping[str, float]
    words: Mapping[str, float]
    quoted: Mapping[str, float]
    setting: Mapping[str, float]
    around: Mapping[str, float]
    shingles: frozenset[int]
    figures: tuple[Figure, ...]


def read_traits(claim: Claim, text: str = "") -> Traits:
    """A claim of an event, and its document's text where it is at hand -> its traits."""
    own = {name_key(p.words) for p in (claim.actor, claim.recipient) if p}
    names = telling_names(claim.quote, own)
    setting = text[max(0, claim.start - SETTING) : claim.end + SETTING]
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
        nations=frozenset(name_key(n) for p in (claim.actor, claim.recipient) if p for *_, n in find_names(f"- {p.words}")),
        days=(day_number(claim.date.earliest), day_number(claim.date.latest)) if claim.date else None,
        told=published_days(claim.published),
        places=frozenset(map(name_key, find_places(claim))),
        habit=bool(habit_words(claim.quote)),
        names=names,
        words=weigh_words(stems),
        quoted=weigh_words(list_stems(" ".join(QUOTED.findall(claim.quote)))),
        setting=weigh_words(list_stems(setting)),
        around={k: w for k, w in telling_names(setting, own).items() if k not in names},
        shingles=shingle_words(claim.quote),
        figures=tuple(find_figures(claim.quote)),
    )


def telling_names(text: str, own: Container[str]) -> dict[str, float]:
    """Text -> key of each name that tells something, parties' own words left out, with how much it tells."""
    telling = name_classes()
    names = {name_key(n): telling.get(plain_form(n), 1.0) for *_, n in find_names(text) if fold(n) not in CALENDAR}
    return {k: w for k, w in names.items() if w >= LEAST_TELLING and k not in own}


def find_places(claim: Claim) -> list[str]:
    """A claim -> the place that reading gave it, and the names of towns and spots that its words set "in", "near" or "outside"."""
    telling = name_classes()
    own = {plain_form(p.words) for p in (claim.actor, claim.recipient) if p}
    found = {plain_form(claim.place): claim.place} if claim.place and telling.get(plain_form(claim.place), 1.0) >= LEAST_PLACE else {}
    for start, end, name in find_names(claim.quote):
        plain = plain_form(name)
        lead = claim.quote[max(0, start - 30) : start]
        least = LEAST_CAPITAL if SET_BARE.search(lead) else LEAST_PLACE
        if plain in own or fold(name) in CALENDAR or telling.get(plain, 1.0) < least:
            continue
        bare = plain not in telling
        if (SET_BARE if bare else SET_IN).search(lead) and (not bare or (" " not in name and ENDS_PHRASE.match(claim.quote, end))):
            found.setdefault(plain, name.removesuffix("'s").removesuffix("’s"))
    return list(found.values())


def habit_words(quote: str) -> str:
    """The first words of a quotation that tell of many acts at once ("dozens of air strikes in recent years"); empty where none do."""
    plain = f" {fold(quote)} "
    return next((p for p in phrases("habit") if f" {p} " in plain), "")


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
    """EDTF text of a day, month, year or interval -> its bounds.

    >>> a, b = published_days("2018-06"); b - a
    29
    """
    low, slash, high = (edtf or "").partition("/")
    if slash:
        ends = published_days(low), published_days(high)
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] else ends[0]
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
