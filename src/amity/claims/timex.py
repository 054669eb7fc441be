"""Words -> time expressions: a tagger for news English, a few dozen patterns over classes of words.

Each word is one letter of a class string (`m` month, `d` day number, `y` year, ...), and the patterns are
regular expressions over that string, so that "the 4th of June, 2018" and "June 4" are read at one place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol

import yaml

TIMES_TABLE = Path(__file__).resolve().parents[1] / "tables" / "times.yaml"
TimeKind = Literal["date", "duration", "set", "reference"]
# Years that four digits alone are taken for; beyond them they are counts.
FIRST_YEAR, LAST_YEAR = 1500, 2100
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)$")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}$|\d{8}$")
_SLASH = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2}|\d{4})$")
_DECADE = re.compile(r"(?:\d{2}|')?\d0s$")
_HYPHENED = re.compile(r"([a-z]+|\d{1,4})-(?:to-[a-z]+-)?(minute|hour|day|week|month|year|decade|century)(?:s|-old|-long)?$")

# Pattern name -> regular expression over classes; tried in this order at each place, the longest wins.
# w weekday, m month, d day number, o ordinal, y year, u unit, n number word, v vague number, L last, N next,
# T this, a ago, e early/late, r earlier/later, t yesterday/today/tomorrow, p part of day, s season, c comma,
# f of, h the, I iso, S slash date, D decade, k daily, E every, R reference, H "two-year", q ordinal word, F G feast,
# i fiscal, P period, U future, V recent, - hyphen, z the s of "1990 s", Y the year of "April last year"
PATTERNS: tuple[tuple[str, TimeKind, str], ...] = (
    ("iso", "date", r"I|y-d-d"),
    ("slash", "date", r"S"),
    ("month_day", "date", r"(?:wc?)?m(?:d|h?o)(?:c?y|[cf]?[LNT]Y)?"),
    ("month_day", "date", r"(?:wc?)?h?(?:d|o)f?m(?:c?y|[cf]?[LNT]Y)?"),
    ("month", "date", r"(?:h?ef?|e-|r)?(?:[LNT]?)m(?:c?f?y|[cf]?[LNT]Y)?"),
    ("relative", "date", r"(?:h?ef?|r)?h?[LNT][uY]|he?u"),
    ("relative", "date", r"(?:h?ef?|r)?[LNT]s"),
    ("season", "date", r"(?:h?ef?)?h?sf?y"),
    ("ago", "date", r"(?:[nd]|nv|v)fu?u(?:a|r)|(?:[nd]|v|nv)u(?:a|r)"),
    ("weekday", "date", r"[LNT]?wp?"),
    ("day", "date", r"[re]?(?:tp?|Tp|Lp)"),
    ("year", "date", r"(?:h?ef?)?i?y"),
    ("decade", "date", r"(?:h?ef?)?h?(?:D|yz)"),
    ("feast", "date", r"[LNT]?FG*(?:c?y)?"),
    ("quarter", "date", r"h?i?[LNT]?i?q?Q|q-Q|h?(?:u-|[nd]u)[ar][QP]|h?[LNT]P|h?u-[ar]|h?iu"),
    ("span", "duration", r"h?[LNT](?:[nd]|v|nv)u"),
    ("span", "duration", r"h?(?:[nd]|v|nv|qn?)u|H|[nd]-u"),
    ("set", "set", r"k|E[uwmp]"),
    ("reference", "reference", r"R|hU|hL|Vu"),
)
# A month, with its day or not, before "last year".
_OF_YEAR = re.compile(r"(?:mh?[do]?|[do]f?m)[cf]?[LNT]u")
_COMPILED = tuple((name, kind, re.compile(p)) for name, kind, p in PATTERNS)


class Token(Protocol):
    """What the tagger reads of a word."""

    @property
    def text(self) -> str: ...

    @property
    def tag(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Timex:
    """Words [first, last) that tell a time, the pattern that found them, and their classes."""

    first: int
    last: int
    kind: TimeKind
    pattern: str
    classes: str


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The tables of time words, by class."""

    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    days: dict[str, int]
    seasons: dict[str, int]
    feasts: dict[str, list[int] | dict[str, int | str]]
    happenings: frozenset[str]
    alike: list[list[str]]
    classes: dict[str, str]


@cache
def load_times(table: Path = TIMES_TABLE) -> TimeWords:
    """The table of time words, with the letter of each plain class."""
    rows: dict[str, Any] = yaml.safe_load(table.read_text(encoding="utf-8"))
    letters = {
        "past": "L",
        "future": "N",
        "this": "T",
        "parts": "p",
        "early": "e",
        "earlier": "r",
        "references": "R",
        "sets": "k",
        "every": "E",
    }
    classes = {word: letter for name, letter in letters.items() for word in rows[name]}
    classes |= dict.fromkeys(rows["vague_numbers"], "v")
    classes |= {"fiscal": "i", "period": "P", "future": "U", "recent": "V"}
    classes |= {",": "c", "-": "-", "s": "z", "of": "f", "the": "h", "ago": "a", "before": "b"}
    named = ("months", "weekdays", "units", "numbers", "ordinals", "days", "seasons", "feasts", "alike")
    return TimeWords(**{name: rows[name] for name in named}, happenings=frozenset(rows["happenings"]), classes=classes)


def tag_times(words: Sequence[Token]) -> list[Timex]:
    """Words of one sentence -> its time expressions, in order, none overlapping."""
    return list(_tag(tuple(words)))


# Every claim of a sentence asks for its times, and the sentences of one document are asked one after the other.
@lru_cache(maxsize=512)
def _tag(words: tuple[Token, ...]) -> list[Timex]:
    classes = _mark_years(words, _mark_feasts(words, "".join(_class_of(words, i) for i in range(len(words)))))
    found: list[Timex] = []
    place = 0
    while place < len(classes):
        best: Timex | None = None
        for name, kind, pattern in _COMPILED:
            match = pattern.match(classes, place)
            if match and (best is None or match.end() > best.last):
                best = Timex(place, match.end(), kind, name, match.group())
        if best and _holds(words, best):
            found.append(best)
            place = best.last
        else:
            place += 1
    return found


def _mark_years(words: Sequence[Token], classes: str) -> str:
    """Classes with the "year" marked that a date has for its own: "April 1 last year", "in May this year"."""
    return _OF_YEAR.sub(lambda m: m.group()[:-1] + ("Y" if words[m.end() - 1].text.lower() == "year" else "u"), classes)


def _mark_feasts(words: Sequence[Token], classes: str) -> str:
    """Classes with the names of feasts marked, the longest first: F for its first word, G for the rest."""
    texts = [w.text.lower() for w in words]
    place = 0
    while place < len(texts):
        sizes = range(min(4, len(texts) - place), 0, -1) if words[place].text[:1].isupper() else ()
        length = next((n for n in sizes if feast_name(texts[place : place + n])), 0)
        if length:
            classes = classes[:place] + "F" + "G" * (length - 1) + classes[place + length :]
        place += max(length, 1)
    return classes


def feast_name(texts: Sequence[str]) -> str | None:
    """Words -> the feast of the table that they name, however their parts are joined by hyphens.

    >>> feast_name(["quds", "day"]), feast_name(["eid", "al", "-", "fitr"]), feast_name(["day"])
    ('quds day', 'eid al-fitr', None)
    """
    spaced = " ".join(texts)
    return next((n for n in (spaced, spaced.replace(" - ", "-")) if n in load_times().feasts), None)


def _class_of(words: Sequence[Token], index: int) -> str:
    """The letter of one word, "." for a word that tells no time."""
    word, times = words[index], load_times()
    text = word.text.lower()
    if text in times.months and word.text[0].isupper() and word.tag != "MD":
        return "m"
    if text in times.weekdays or text.rstrip("s") in times.weekdays:
        return "w"
    if text in times.days:
        return "t"
    if text in times.seasons and word.tag not in ("VB", "VBD", "VBP", "VBZ"):
        return "s"
    return _number_class(text, times) or times.classes.get(text, ".")


def _number_class(text: str, times: TimeWords) -> str:
    """The letter of a number, unit or date in figures, empty for other words."""
    if text in ("quarter", "quarters"):
        return "Q"
    if text in times.units:
        return "u"
    if text in times.ordinals:
        return "q"
    if text in times.numbers:
        return "n"
    if _ISO.match(text) and (len(text) == 10 or text[:2] in ("19", "20")):
        return "I"
    if text.isdigit() and text.isascii():
        if len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
            return "y"
        return "d" if len(text) <= 3 and int(text) > 0 else ""
    if _ORDINAL.match(text):
        return "o"
    if _SLASH.match(text):
        return "S"
    if _DECADE.match(text):
        return "D"
    hyphened = _HYPHENED.match(text)
    if hyphened and (hyphened[1].isdigit() or hyphened[1] in times.numbers):
        return "H"
    return ""


def _holds(words: Sequence[Token], found: Timex) -> bool:
    """Whether what looks like a time is one: four digits are often a count, "May" a verb, "second" an ordinal."""
    before = words[found.first - 1].text.lower() if found.first else ""
    after = words[found.last] if found.last < len(words) else None
    text = words[found.first].text
    if found.pattern == "year" and found.classes == "y":
        return before not in ("$", "no.", "#", "some", "about", "nearly", "than", "least") and not (
            after is not None and (after.tag == "NNS" or after.text in ("%", "percent"))
        )
    if found.pattern == "month" and found.classes == "m":
        return text != "March" or before in ("in", "since", "by", "until", "of", "during", "from", "to", "and", "through", "for", "")
    if found.pattern == "month_day" and found.classes[-1] == "d":
        return any(w.text.isdigit() and int(w.text) <= 31 for w in words[found.first : found.last])
    if found.classes in ("hU", "hL"):  # "the future", but "the future president"
        return after is None or after.tag[:2] not in ("NN", "JJ", "CD")
    if found.classes in ("hu", "heu"):
        return words[found.last - 1].text.lower() == "weekend"
    if found.classes == "Vu":
        return words[found.last - 1].text.lower().endswith("s")
    if found.classes == "Q":  # "a quarter of the country"
        return before not in ("a", "one", "-", "per")
    if found.pattern == "span" and [w.text.lower() for w in words[found.last : found.last + 2]] == ["-", "old"]:
        return False  # an age
    if found.pattern == "span":
        return text.lower() not in ("a", "an", "the", "second") or found.last - found.first > 1
    return True
