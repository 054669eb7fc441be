"""Clues from who is in office and from happenings known by name: neither is written of before its time."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from amity.claims.calendar import Span
from amity.claims.clues import FAINT, FAIR, SURE, Clue, Range
from amity.claims.timex import tag_times
from amity.records import Sentence

HOLDERS_TABLE = Path(__file__).resolve().parents[1] / "tables" / "actors" / "holders.csv"
LANDMARKS_TABLE = Path(__file__).resolve().parents[1] / "tables" / "landmarks.csv"
# Days: who left office so soon after, or before, the latest time the text tells of may be named in looking back.
LOOKING_BACK = 90
# Words before a name in which its title stands.
TITLE = 8
# Words of a name, hyphens counted.
LONGEST_NAME = 7
# Offices that are not told by a title before the name, or that many hold at once.
LOOSE = {"politician", "lawmaker", "official", "adviser", "senator", "cleric", "scientist", "military commander", "spokesperson", "envoy"}
_NO_LONGER = {"former", "ex", "late", "then", "previous", "elect", "candidate", "nominee", "incoming", "ousted", "deposed", "onetime"}
_LESSER = {"deputy", "vice", "assistant", "under"}


@cache
def load_holders() -> Mapping[str, tuple[tuple[frozenset[str], Span], ...]]:
    """A person's names in lower case -> the words of each office held, with its first and last day; open where there is none."""
    found: defaultdict[str, list[tuple[frozenset[str], Span]]] = defaultdict(list)
    people: defaultdict[str, set[str]] = defaultdict(set)
    rows = []
    with HOLDERS_TABLE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            people[row["id"]] |= {row["name"], *filter(None, row["aliases"].split("|"))}
            if row["from"] and row["office"] not in LOOSE:
                rows.append(row)
    for row in rows:
        span = (date.fromisoformat(row["from"]), date.fromisoformat(row["to"]) if row["to"] else date.max)
        for name in people[row["id"]]:
            found[_plain(name)].append((frozenset(row["office"].replace("-", " ").split()), span))
    return {name: tuple(spans) for name, spans in found.items()}


@cache
def load_landmarks() -> tuple[re.Pattern[str], Mapping[str, date]]:
    """The names of happenings as one pattern, and the first day of each."""
    with LANDMARKS_TABLE.open(encoding="utf-8", newline="") as stream:
        days = {row["phrase"]: date.fromisoformat(row["first"]) for row in csv.DictReader(stream)}
    names = "|".join(re.escape(p) for p in sorted(days, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?:st|nd|rd|th)?(?!\w)"), days


def _plain(name: str) -> str:
    """A name without case, hyphens and accents of style, as it is looked up.

    >>> _plain("Bashar Al-Assad’s")
    'bashar al assad'
    """
    return " ".join(re.sub(r"[’']s$", "", name.casefold()).replace("-", " ").replace("’", "'").split())


def read_landmarks(sentence: Sentence, days: Range) -> Iterator[Clue]:
    """Happenings that a sentence names -> clues: it was published after they began."""
    pattern, first = load_landmarks()
    for match in pattern.finditer(sentence.text):
        day = first.get(match.group()) or first.get(re.sub(r"(?:st|nd|rd|th)$", "", match.group()))
        if day and days.first <= day <= days.last:
            yield Clue("landmark", match.group(), sentence.start + match.start(), ((day, days.last),), SURE, True)


def read_holders(sentence: Sentence, days: Range) -> Iterator[Clue]:
    """People who are named with their office -> clues: they held it; a sentence of a year of its own tells of that year."""
    if any("y" in t.classes for t in tag_times(sentence.words)):
        return
    done = 0
    for first, word in enumerate(sentence.words):
        title = _title_before(sentence, first) if first >= done and word.upos == "PROPN" else []
        last = _name_end(sentence, first) if title else None
        spans = _held(load_holders()[_plain(sentence.words_text(first, last))], title, days) if last else ()
        if last and spans:
            done = last
            words, start = " ".join(sentence.words_text(first - len(title), last).split()), word.start
            yield Clue("entered", words, start, ((min(a for a, _ in spans), days.last),), FAIR, True)
            yield Clue("office", words, start, tuple(sorted(set(spans))), FAINT)


def _name_end(sentence: Sentence, first: int) -> int | None:
    """Where the longest name of a holder that begins at a word ends; a name goes on to the end of its capitals."""
    for last in range(min(first + LONGEST_NAME, len(sentence.words)), first, -1):
        if _plain(sentence.words_text(first, last)) in load_holders():
            goes_on = last < len(sentence.words) and sentence.words[last].upos == "PROPN" and sentence.words[last].rel == "flat"
            return None if goes_on else last
    return None


def _title_before(sentence: Sentence, first: int) -> list[str]:
    """The words right before a name that may be its title, none where they say that it is held no longer."""
    found: list[str] = []
    for i in range(first - 1, max(-1, first - 1 - TITLE), -1):
        word = sentence.words[i]
        if word.upos not in ("NOUN", "PROPN", "ADJ", "ADP") or (word.upos == "ADP" and word.text.lower() != "of"):
            break
        found.insert(0, word.lemma.lower())
    return [] if set(found) & _NO_LONGER else found


def _held(offices: Sequence[tuple[frozenset[str], Span]], title: Sequence[str], days: Range) -> tuple[Span, ...]:
    have = {part for t in title for part in t.split("-")}
    fits = [(a, b) for words, (a, b) in offices if words <= have and not (have & _LESSER) - words]
    return tuple((max(a, days.first), min(b, days.last)) for a, b in fits if a <= days.last)


def drop_looking_back(clues: Sequence[Clue]) -> list[Clue]:
    """Clues without the terms of office that ended before, or hardly after, the latest time that the text tells of."""
    latest = max((c.spans[0][0] for c in clues if c.open), default=date.min)
    return [c for c in clues if c.kind != "office" or max(b for _, b in c.spans) > latest + timedelta(days=LOOKING_BACK)]
