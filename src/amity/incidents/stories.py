"""Documents -> stories: the reports of one happening at large, by words, names and numbers, weighted as learned from ECB+."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amity.incidents.joining import join_pairs
from amity.incidents.table import load_table
from amity.incidents.words import STOP, compare_words, find_names, fold, list_stems, load_counts, name_key
from amity.records import Document

NUMBER = re.compile(r"\d[\d.,:]*\d|\d")
# Sentences at the head of a report that are weighed apart: title and first, which tell what it is about.
LEAD = 2
# Log-odds beyond which a pair is no surer, so that no single pair outvotes the others.
MOST = 6.0
# A pair that shares none of its rarest words or names is as unlike as can be.
UNLIKE = -MOST
# Rarest keys of each document by which others are found at all.
RAREST = 40
Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class StoryTraits:
    """What of a document is compared: unit vectors of words, names and numbers, and of words and names of its lead."""

    words: Vector
    names: Vector
    numbers: Vector
    lead: Vector
    lead_names: Vector

    def vectors(self) -> tuple[Vector, ...]:
        """The five in the order of the weights."""
        return (self.words, self.names, self.numbers, self.lead, self.lead_names)


def read_story(text: str) -> StoryTraits:
    """A text, a sentence or paragraph a line -> its traits."""
    parts: tuple[Counter[str], ...] = tuple(Counter() for _ in range(5))
    for i, line in enumerate(line for line in text.split("\n") if line.strip()):
        stems = list_stems(line)
        names = [f"={name_key(p)}" for *_, n in find_names(line) for p in n.split() if fold(p) not in STOP]
        parts[0].update(stems)
        parts[1].update(names)
        parts[2].update(f"#{n.strip('.,:')}" for n in NUMBER.findall(line))
        if i < LEAD:
            parts[3].update(stems)
            parts[4].update(names)
    return StoryTraits(*map(weigh_counts, parts))


def weigh_counts(counts: Mapping[str, int]) -> dict[str, float]:
    """Counts of keys -> a unit vector, each key by the log of its count and its rarity in the background."""
    background = load_counts()
    total = background[""][0]
    weights = {k: (1 + math.log(n)) * math.log((total + 1) / (background.get(k, (0, 0))[0] + 1)) for k, n in counts.items()}
    length = math.sqrt(sum(w * w for w in weights.values()))
    return {k: w / length for k, w in weights.items()} if length else {}


def list_features(a: StoryTraits, b: StoryTraits) -> list[float]:
    """Two documents -> the five cosines, then their roots."""
    cosines = [compare_words(x, y) for x, y in zip(a.vectors(), b.vectors(), strict=True)]
    return cosines + [math.sqrt(max(0.0, c)) for c in cosines]


def score_stories(a: StoryTraits, b: StoryTraits) -> float:
    """Two documents -> log-odds that they are of one story, within MOST; the weights are of `training/incident_weights.py`."""
    table = load_table()["stories"]
    odds = float(table["base"]) + sum(float(w) * f for w, f in zip(table["weights"], list_features(a, b), strict=True))
    return max(-MOST, min(MOST, odds))


def group_stories(documents: Sequence[Document]) -> list[tuple[str, ...]]:
    """Documents -> stories, each the sorted ids of its documents, in order of their first; the order given does not matter."""
    return group_traits({d.id: read_story(d.text) for d in documents})


def group_traits(traits: Mapping[str, StoryTraits]) -> list[tuple[str, ...]]:
    """Traits by id -> stories: average linkage, then small groups join the nearest large one at a looser bar."""
    table = load_table()["stories"]
    odds = {pair: score_stories(traits[pair[0]], traits[pair[1]]) for pair in find_pairs(traits)}
    groups = join_pairs(traits, odds, float(table["least"]), UNLIKE)
    for _ in range(2):
        groups = attach_small(groups, odds, int(table["small"]), float(table["loose"]))
    return groups


def find_pairs(traits: Mapping[str, StoryTraits]) -> Iterable[tuple[str, str]]:
    """Traits -> pairs that share one of their rarest words, or a name or number, the smaller id first."""
    filed: dict[str, list[str]] = defaultdict(list)
    for id in sorted(traits):
        ranked = sorted(traits[id].words.items(), key=lambda kv: (-kv[1], kv[0]))[:RAREST]
        ranked += sorted(traits[id].names.items(), key=lambda kv: (-kv[1], kv[0]))[:RAREST]
        for key, _ in ranked:
            filed[key].append(id)
    return {(a, b) for ids in filed.values() for i, a in enumerate(ids) for b in ids[i + 1 :]}


Groups = list[tuple[str, ...]]


def attach_small(groups: Groups, odds: Mapping[tuple[str, str], float], small: int, loose: float) -> Groups:
    """Groups of at most `small` -> joined to the larger group they are nearest to, where the mean odds are above `loose`."""
    large = [g for g in groups if len(g) > small]
    joined: dict[tuple[str, ...], list[str]] = {g: list(g) for g in large}
    left = []
    for group in groups:
        if len(group) > small:
            continue
        means = [
            (sum(odds.get((min(a, b), max(a, b)), UNLIKE) for a in group for b in big) / (len(group) * len(big)), big) for big in large
        ]
        best = max(means, default=(UNLIKE, ()))
        if best[0] > loose:
            joined[best[1]] += group
        else:
            left.append(group)
    return sorted([*left, *(tuple(sorted(g)) for g in joined.values())])


def mean_between(one: tuple[str, ...], two: tuple[str, ...], odds: Mapping[tuple[str, str], float]) -> float:
    """Two groups -> the mean odds of their pairs."""
    return sum(odds.get((min(a, b), max(a, b)), UNLIKE) for a in one for b in two) / (len(one) * len(two))
