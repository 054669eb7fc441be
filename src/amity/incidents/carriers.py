"""Words that carry acts, each in its sentence -> groups that tell one act, across reports.

For whoever marks the words themselves, or wants more than the acts of the codebook: "quake", "tremor" and "shook" of ten
reports are one. Claims are joined by `book.py`, which knows parties, days and places as well.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from amity.incidents.joining import join_pairs
from amity.incidents.table import TABLES, load_table
from amity.incidents.words import STOP, compare_words, fold, list_stems, rarity, stem_word, weigh_words

# Content words before and after that are looked at: mostly who does it and to whom. Set by hand.
BEFORE, AFTER = 2, 3
# Share of letters at the head of two stems from which they may be one root ("acquir", "acquisit"). Set by hand.
ROOT = 0.55
# Log-odds beyond which a pair is no surer, so that no single pair outvotes the others; pairs of two stories count this against.
MOST = 6.0
# fmt: off
TIMES = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july",
    "august", "september", "october", "november", "december", "morning", "afternoon", "evening", "night", "yesterday", "today"))
# fmt: on


@dataclass(frozen=True, slots=True)
class Carrier:
    """A word (or a few) that carries an act: the document and story it stands in, what is before and behind it, what is around.

    `before` and `behind` are the rest of its sentence, `around` the sentence with its neighbours.
    """

    id: str
    document: str
    story: str
    words: str
    before: str
    behind: str
    around: str


@dataclass(frozen=True, slots=True)
class CarrierTraits:
    """What of a carrier is compared: stems, vectors of the nearest and of all words around, names, times, how often and where it comes."""

    document: str
    stems: frozenset[str]
    near: Mapping[str, float]
    wide: Mapping[str, float]
    names: frozenset[str]
    times: frozenset[str]
    often: int
    spread: float


def group_carriers(carriers: Sequence[Carrier]) -> list[tuple[str, ...]]:
    """Carriers -> groups that tell one act, each the sorted ids, in order of their first; none reaches over two stories.

    The order given does not matter. Source: weights learned by `training/carrier_weights.py` on ECB+ topics 1-35.
    """
    table = load_table()["carriers"]
    traits = read_carriers(carriers)
    odds = {pair: score_carriers(traits[pair[0]], traits[pair[1]]) for pair in pairs_within(carriers)}
    return join_pairs(sorted(traits), odds, float(table["least"]), -MOST)


def pairs_within(carriers: Iterable[Carrier]) -> Iterable[tuple[str, str]]:
    """Every two carriers of one story, the smaller id first."""
    stories: dict[str, list[str]] = defaultdict(list)
    for carrier in carriers:
        stories[carrier.story].append(carrier.id)
    return (pair for ids in stories.values() for pair in combinations(sorted(ids), 2))


def read_carriers(carriers: Sequence[Carrier]) -> dict[str, CarrierTraits]:
    """Carriers -> traits by id; how often a stem comes is counted in its story."""
    stems = {c.id: frozenset(list_stems(c.words)) or frozenset(map(stem_word, c.words.split())) for c in carriers}
    often = Counter((c.story, s) for c in carriers for s in stems[c.id])
    homes: dict[tuple[str, str], set[str]] = defaultdict(set)
    documents: dict[str, set[str]] = defaultdict(set)
    for c in carriers:
        documents[c.story].add(c.document)
        for s in stems[c.id]:
            homes[c.story, s].add(c.document)
    return {
        c.id: CarrierTraits(
            document=c.document,
            stems=stems[c.id],
            near=weigh_words(list_stems(c.before)[-BEFORE:] + list_stems(c.behind)[:AFTER]),
            wide=weigh_words(list_stems(c.around)),
            names=frozenset(stem_word(w) for w in re.findall(r"\b[A-Z]\w+", f"{c.before} {c.behind}") if fold(w) not in STOP | TIMES),
            times=frozenset(w for w in re.findall(r"\w+", fold(f"{c.before} {c.behind}")) if w in TIMES),
            often=max((often[c.story, s] for s in stems[c.id]), default=1),
            spread=max((len(homes[c.story, s]) for s in stems[c.id]), default=1) / len(documents[c.story]),
        )
        for c in carriers
    }


def score_carriers(a: CarrierTraits, b: CarrierTraits) -> float:
    """Two carriers of one story -> log-odds that they tell one act, within MOST."""
    table = load_table()["carriers"]
    odds = float(table["base"]) + sum(float(w) * f for w, f in zip(table["weights"], list_features(a, b, load_likes()), strict=True))
    return max(-MOST, min(MOST, odds))


def list_features(a: CarrierTraits, b: CarrierTraits, likes: Mapping[tuple[str, str], float]) -> list[float]:
    """Two carriers -> the features that the weights stand for: the same word, one known to be like it, or another; and their company."""
    shared = a.stems & b.stems
    same = bool(shared)
    like = 0.0 if same else max((likes.get((min(x, y), max(x, y)), 0.0) for x in a.stems for y in b.stems), default=0.0)
    known = same or like > 0.0
    company = [
        compare_words(a.wide, b.wide),
        compare_words(a.near, b.near),
        len(a.names & b.names) / (1 + min(len(a.names), len(b.names))),
        float(bool(a.times and b.times and not a.times & b.times)),
        float(a.document == b.document),
    ]
    return [
        float(same),
        float(like > 0.0),
        float(a.stems == b.stems),
        float(not known and share_root(a.stems, b.stems)),
        like,
        max((likes.get((s, s), 0.0) for s in shared), default=0.0),
        max((rarity(s) for s in shared), default=0.0),
        *(v if known else 0.0 for v in company),
        *(0.0 if known else v for v in company),
        math.log(max(a.often, b.often)) if known else 0.0,
        min(a.spread, b.spread) if known else 0.0,
        0.0 if known else max(a.spread, b.spread),
    ]


def share_root(one: Iterable[str], two: Iterable[str]) -> bool:
    """Whether a stem of each begins alike.

    >>> share_root(["acquir"], ["acquisit"]), share_root(["arrest"], ["arriv"])
    (True, False)
    """

    def alike(x: str, y: str) -> bool:
        same = next((i for i, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y)))
        return same >= ROOT * max(len(x), len(y))

    others = list(two)
    return any(alike(x, y) for x in one for y in others)


@cache
def load_likes() -> Mapping[tuple[str, str], float]:
    """Two stems (the smaller first, or one twice) -> log-odds, over those of any such two, that they tell one act."""
    with (TABLES / "act_words.csv").open(encoding="utf-8") as rows:
        return {(row["one"], row["other"]): float(row["odds"]) for row in csv.DictReader(rows)}
