"""Words -> which of them the tables know as parts of names: of states, bodies, companies, persons, or words that names end in."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from amity.language.tokens import split_tokens

TABLES = Path(__file__).resolve().parents[1] / "tables"
LISTS = "name_lists.csv"
# Tables, the columns of names in them, and the class of these.
SOURCES = (
    ("actors/states.csv", ("name", "aliases", "capital"), "state"),
    ("actors/states.csv", ("adjectives", "people"), "people"),
    ("actors/cities.csv", ("name", "aliases"), "place"),
    ("actors/bodies.csv", ("name", "aliases"), "organisation"),
    ("actors/groups.csv", ("name", "aliases"), "organisation"),
    ("actors/parts.csv", ("name", "aliases"), "organisation"),
    ("outlets.csv", ("name", "aliases"), "organisation"),
    ("actors/holders.csv", ("name", "aliases"), "person"),
)
CLASSES = (
    "state", "people", "place", "organisation", "doubtful", "person", "given", "surname", "head", "ending", "place_word", "title",
    "address",
)  # fmt: skip
# Longer names are found by their parts.
LONGEST = 7
# Names in capitals up to this length are words when written otherwise ("WHO", "who").
SHORT = 4


@cache
def load_known() -> tuple[dict[tuple[str, ...], tuple[tuple[int, bool], ...]], dict[str, int]]:
    """Lower-case words of each name -> its classes, and whether it stands in capitals; first word -> most words of a name with it."""
    names: dict[tuple[str, ...], set[tuple[int, bool]]] = {}
    longest: dict[str, int] = {}
    for text, kind in read_tables():
        words = tuple(text[a:b].lower().replace("’", "'") for a, b in split_tokens(text))
        if 0 < len(words) <= LONGEST:
            names.setdefault(words, set()).add((CLASSES.index(kind), len(text) <= SHORT and text.isupper()))
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return {words: tuple(sorted(kinds)) for words, kinds in names.items()}, longest


def read_tables() -> Iterator[tuple[str, str]]:
    """Every name of the tables with its class."""
    for file, columns, kind in SOURCES:
        for name in read_columns(file, columns):
            # One word of a person's name is a surname, which others bear too.
            yield name, "surname" if kind == "person" and " " not in name else kind
    with (TABLES / LISTS).open(encoding="utf-8") as stream:
        yield from ((row["name"], row["class"]) for row in csv.DictReader(stream))


def read_columns(file: str, columns: Sequence[str]) -> Iterator[str]:
    """A table and its columns of names -> the names of each row, aliases apart."""
    with (TABLES / file).open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            yield from (name for c in columns for name in row[c].split("|") if name)


def mark_known(words: Sequence[str]) -> list[list[str]]:
    """Words -> marks of each: class, place in the known name (B, I, E, S), `low` where it has no capital; longest names first.

    >>> mark_known(("the", "World", "Bank"))
    [[], ['organisation-B'], ['organisation-E', 'head-S']]
    """
    names, longest = load_known()
    low = [w.lower().replace("’", "'") for w in words]
    marks: list[list[str]] = [[] for _ in words]
    taken = [0] * len(CLASSES)
    for i, most in [(i, longest[w]) for i, w in enumerate(low) if w in longest]:
        for size in range(min(most, len(low) - i), 0, -1):
            for kind, capitals in names.get(tuple(low[i : i + size]), ()):
                if taken[kind] <= i and not (capitals and not words[i].isupper()):
                    taken[kind] = i + size
                    _mark(marks, i, size, CLASSES[kind] + ("" if words[i][0].isupper() else "-low"))
    return marks


def _mark(marks: list[list[str]], first: int, size: int, kind: str) -> None:
    if size == 1:
        marks[first].append(f"{kind}-S")
        return
    for i in range(size):
        marks[first + i].append(f"{kind}-{'B' if i == 0 else 'E' if i == size - 1 else 'I'}")
