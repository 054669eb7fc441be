"""Text -> the figures it gives and what they count: bounds, never a bare number."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from amity.incidents.table import counted_nouns, phrases
from amity.incidents.words import stem_word
from amity.records import Figure

# fmt: off
UNITS = {w: n for n, w in enumerate((
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"))}
TENS = {w: 10 * n for n, w in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)}
SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "m": 1e6, "trillion": 1e12, "dozen": 12.0}
# What plural scales leave open: "hundreds" are 200 and more, and rarely above ten times that.
VAGUE = {"dozens": (20, 240), "scores": (40, 400), "hundreds": (200, 2000),
         "thousands": (2000, 20000), "millions": (2e6, 2e7), "several": (3, 9),
         "tens": (20, 90)}
# fmt: on
# Around "about", figures within this share of each other agree.
ABOUT = 0.15
# Words on either side of a number among which its noun is looked for.
REACH = 8
WORD = re.compile(r"[$€£]?\d+(?:,\d{3})*(?:\.\d+)?%?|[^\W\d_]+(?:-[^\W\d_]+)?|[.;:,]")
SPELT = set(UNITS) | set(TENS) | set(SCALES) | {"a", "and"}


def find_figures(text: str) -> list[Figure]:
    """Text -> its figures with a noun that the table knows, in order; years, dates and ages are no figures.

    >>> [(f.low, f.high, f.noun) for f in find_figures("The raid killed at least seven people and wounded 300 to 400.")]
    [(7.0, inf, 'killed'), (300.0, 400.0, 'wounded')]
    """
    tokens = [(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]
    found: list[Figure] = []
    at = 0
    while at < len(tokens):
        read = read_number(tokens, at)
        if read is None:
            at += 1
            continue
        low, high, after = read
        noun = find_noun(tokens, at, after)
        if noun:
            low, high = widen(text[: tokens[at][1]], low, high)
            found.append(Figure(low, high, noun, text[tokens[at][1] : tokens[after - 1][2]]))
        at = after
    return found


def read_number(tokens: list[tuple[str, int, int]], at: int) -> tuple[float, float, int] | None:
    """Tokens from a place -> bounds and the place after the number; None where none begins there."""
    word = tokens[at][0].lower()
    following = tokens[at + 1][0].lower() if at + 1 < len(tokens) else ""
    if word == "several" and following in SCALES:
        return VAGUE[word][0] * SCALES[following], VAGUE[word][1] * SCALES[following], at + 2
    if word in VAGUE:
        low, high = VAGUE[word]
        if word == "tens" and at + 2 < len(tokens) and tokens[at + 2][0].lower() == "thousands":
            return 20_000, 200_000, at + 3
        return low, high, at + 1
    value, after = read_value(tokens, at)
    if value is None:
        return None
    if after + 1 < len(tokens) and tokens[after][0].lower() in ("to", "and", "or"):
        second, end = read_value(tokens, after + 1)
        if (
            second is not None
            and value < second <= 10 * value
            and (tokens[after][0].lower() != "and" or tokens[at - 1][0].lower() == "between")
        ):
            return value, second, end
    return value, value, after


def read_value(tokens: list[tuple[str, int, int]], at: int) -> tuple[float | None, int]:
    """Tokens -> one number written in digits or words, with its scale; None where there is none."""
    word = tokens[at][0].lower().lstrip("$€£")
    after = at + 1
    if word[0].isdigit():
        value = float(word.rstrip("%").replace(",", "") or "nan")
        if math.isnan(value) or is_date(tokens, at, value) or is_name(tokens, at):
            return None, at + 1
    else:
        value, after = read_words(tokens, at)
        if after == at:
            return None, at + 1
    while after < len(tokens) and tokens[after][0].lower() in SCALES:
        value *= SCALES[tokens[after][0].lower()]
        after += 1
    return value, after


def read_words(tokens: list[tuple[str, int, int]], at: int) -> tuple[float, int]:
    """Tokens -> a number in words below a thousand, and the place after; the same place where there is none."""
    total, after = 0.0, at
    while after < len(tokens):
        word = tokens[after][0].lower()
        parts = word.split("-")
        if all(p in UNITS or p in TENS for p in parts):
            total += sum(UNITS.get(p, 0) + TENS.get(p, 0) for p in parts)
        elif word == "a" and after + 1 < len(tokens) and tokens[after + 1][0].lower() in SCALES:
            total += 1
        elif word == "hundred" and total:
            total *= 100
        elif not (word == "and" and total >= 100 and after + 1 < len(tokens) and tokens[after + 1][0].lower() in {*UNITS, *TENS}):
            break
        after += 1
    return total, after


def is_name(tokens: list[tuple[str, int, int]], at: int) -> bool:
    """Whether digits number a thing by name: "Division 11", "Resolution 242"; not where what they count stands right behind."""
    before = tokens[at - 1][0] if at else ""
    following = tokens[at + 1][0] if at + 1 < len(tokens) else ""
    numbered = at > 1 and len(before) > 1 and before[0].isupper() and tokens[at - 2][0] not in ".:;"
    return numbered and before[:3].lower() not in MONTHS and stem_word(following) not in counted_nouns()


def is_date(tokens: list[tuple[str, int, int]], at: int, value: float) -> bool:
    """Whether digits are a year or a day of a month: beside a month's name, or 19xx or 20xx with no noun behind."""
    word = tokens[at][0]
    beside = {tokens[i][0][:3].lower() for i in (at - 1, at + 1) if 0 <= i < len(tokens) and tokens[i][0][0].isupper()}
    if beside & MONTHS and value <= 31:
        return True
    following = tokens[at + 1][0].lower() if at + 1 < len(tokens) else ""
    return 1900 <= value <= 2099 and "," not in word and not word.startswith("$") and stem_word(following) not in counted_nouns()


MONTHS = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}


def find_noun(tokens: list[tuple[str, int, int]], at: int, after: int) -> str | None:
    """Number at [at, after) -> what it counts: money by its sign; else what was done to them, else the noun behind it.

    >>> [f.noun for f in find_figures("Two days after Mali it broke off relations; the raid lasted three days.")]
    ['span']
    """
    if tokens[at][0][0] in "$€£":
        return "money"
    if tokens[at][0].endswith("%"):
        return "share"
    nouns = counted_nouns()
    behind = list(walk(tokens, range(after, min(len(tokens), after + REACH))))
    before = list(walk(tokens, range(at - 1, max(-1, at - 1 - REACH), -1)))
    kinds = [nouns[s] for s in behind if s in nouns]
    if kinds[:1] == ["span"] and not AS_LONG.isdisjoint(behind):
        return None
    if kinds and kinds[0] not in DEEDS | {"forces", "crowd", "diplomats"}:
        return kinds[0]
    clause = behind[: behind.index("and")] if "and" in behind else behind
    led = next((nouns[s] for s in before[:4] if nouns.get(s) in DEEDS), None)
    deeds = [nouns[s] for part in (clause, behind if led is None else ()) for s in part if nouns.get(s) in DEEDS]
    return deeds[0] if deeds else led or (kinds[0] if kinds else None)


# Stems that set a span of time between two happenings: "two days after" is no figure of either.
AS_LONG = frozenset(map(stem_word, ("after", "before", "later", "earlier", "ago", "since", "previously")))

# What is done to people tells more of a figure than who they are: "killed seven soldiers" counts the killed.
DEEDS = frozenset(("killed", "wounded", "arrested", "abducted", "freed", "displaced"))


def walk(tokens: list[tuple[str, int, int]], places: range) -> Iterator[str]:
    """Stems at places, up to the end of the clause or another number."""
    for i in places:
        word = tokens[i][0]
        if word in ".;:" or word[0].isdigit() or word.lower() in UNITS or word.lower() in TENS:
            return
        if word != ",":
            yield stem_word(word)


# Where "over" belongs to the verb and says nothing of the number.
TAKEN_OVER = tuple(
    f"{verb} over" for verb in ("take", "takes", "took", "taken", "taking", "hand", "handed", "hands", "fly", "flew", "flown", "turned")
)


def widen(before: str, low: float, high: float) -> tuple[float, float]:
    """Bounds, with what stands before the number: "at least" opens them upward, "up to" downward, "about" both ways."""
    lead = before[-24:].lower().rstrip()
    if lead.endswith(phrases("at_least")) and not lead.endswith(TAKEN_OVER):
        return low, math.inf
    if lead.endswith(("up to", "as many as", "at most", "fewer than", "less than", "no more than", "as much as")):
        return 0, high
    if lead.endswith(phrases("about")):
        return low * (1 - ABOUT), high * (1 + ABOUT)
    return low, high
