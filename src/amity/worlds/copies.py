"""Planted copies: texts cut, given another head, run together or lightly rewritten, with what each was made from."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Literal, get_args

from amity.errors import BadInput

# The four ways in which papers reprint: part of it, under another head, two run together, a word changed here and there.
Reprint = Literal["cut", "headed", "merged", "rewritten"]
REPRINTS: tuple[Reprint, ...] = get_args(Reprint)
# Part of the sentences that a cut copy keeps, at least and at most; and the chance that a word with another for it is changed.
KEPT, CHANGED = (0.3, 0.8), 0.5
# Chance that a copy is made in a second way too.
TWICE = 0.3


@dataclass(frozen=True, slots=True)
class PlantedCopy:
    """A text made from others (their numbers), and in which ways."""

    text: str
    of: tuple[int, ...]
    ways: tuple[Reprint, ...]


def plant_copies(texts: Sequence[str], seed: int, count: int) -> list[PlantedCopy]:
    """Texts -> so many copies of them, each in one way or two; the same seed gives the same copies.

    Raises BadInput for fewer than two texts, which cannot be merged.
    """
    if len(texts) < 2:
        raise BadInput(f"planted copies: got {len(texts)} texts, allowed is two and more")
    rng = Random(seed)
    return [plant_copy(texts, rng, REPRINTS[i % len(REPRINTS)]) for i in range(count)]


def plant_copy(texts: Sequence[str], rng: Random, way: Reprint) -> PlantedCopy:
    """One copy in a way, and by chance in a second."""
    one, two = rng.sample(range(len(texts)), 2)
    of: tuple[int, ...] = (one,)
    sentences = cut_sentences(texts[one])
    if way == "merged":
        sentences, of = halve(sentences, rng) + halve(cut_sentences(texts[two]), rng), (one, two)
    ways = (way, *(w for w in [rng.choice(REPRINTS)] if rng.random() < TWICE and w not in (way, "merged")))
    for each in ways:
        sentences = REPRINT[each](sentences, rng)
    return PlantedCopy(" ".join(sentences), of, ways)


def cut_sentences(text: str) -> list[str]:
    """A text -> its sentences, roughly."""
    return [s for s in re.split(r"(?<=[.!?”\"])\s+", text.strip()) if s]


def halve(sentences: list[str], rng: Random) -> list[str]:
    """About half of a text, from its beginning."""
    return sentences[: max(1, int(len(sentences) * rng.uniform(0.4, 0.6)))]


def reprint_cut(sentences: list[str], rng: Random) -> list[str]:
    """A beginning of the text, as desks cut from below."""
    return sentences[: max(1, int(len(sentences) * rng.uniform(*KEPT)))]


def reprint_headed(sentences: list[str], rng: Random) -> list[str]:
    """The text under another head, its first sentence gone, a line of the desk's own below."""
    own = f"{rng.choice(['What it means', 'At a glance', 'In brief'])}: number {rng.randrange(10**6)} of our digest."
    return [own, *sentences[1:], f"Our desk added number {rng.randrange(10**6)} to this page."]


def reprint_rewritten(sentences: list[str], rng: Random) -> list[str]:
    """Here and there another word, and two neighbouring sentences changed about."""
    changed = [change_words(s, rng) for s in sentences]
    if len(changed) > 3:
        at = rng.randrange(len(changed) - 1)
        changed[at], changed[at + 1] = changed[at + 1], changed[at]
    return changed


def change_words(sentence: str, rng: Random) -> str:
    """A sentence -> the same with some words changed for others of `tables/rewrites.csv`."""
    instead, pattern = load_rewrites()
    return pattern.sub(lambda m: instead[m.group()] if rng.random() < CHANGED else m.group(), sentence)


@cache
def load_rewrites() -> tuple[dict[str, str], re.Pattern[str]]:
    """Words and what may stand for them, and the pattern that finds them, longest first."""
    with (files("amity") / "tables" / "rewrites.csv").open(encoding="utf-8") as rows:
        instead = {row["word"]: row["instead"] for row in csv.DictReader(rows)}
    words = sorted(instead, key=lambda w: (-len(w), w))
    return instead, re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


REPRINT: dict[Reprint, Callable[[list[str], Random], list[str]]] = {
    "cut": reprint_cut,
    "headed": reprint_headed,
    "merged": lambda sentences, _: sentences,
    "rewritten": reprint_rewritten,
}
