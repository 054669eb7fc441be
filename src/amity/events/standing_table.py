"""standings.yaml -> patterns by word form: the vocabulary that states how parties stand, as data.

English inflection is regular here (`word_forms`); the irregular forms stand in the table. Both the form and the
lemma of a word are looked up, so that a slip of the lemmatiser costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from amity.errors import BadTable, suggest

TABLE = Path(__file__).resolve().parents[1] / "tables" / "standings.yaml"
KINDS = ("ALLIED", "PATRON", "LEVERAGE", "HOSTILE", "STRAINED", "COURTING", "PRESENCE", "MEDIATES", "MEMBER", "DISTANT")
UNDIRECTED = ("ALLIED", "HOSTILE", "STRAINED")
SHAPES = (
    "role",
    "ward",
    "bond",
    "relation",
    "approach",
    "unit",
    "stay",
    "leave",
    "stance",
    "asset",
    "debt",
    "verb",
    "state",
    "tail",
    "prefix",
    "hold",
    "gift",
    "held",
    "include",
    "led",
    "union",
    "part",
)
PATHS = ("subject", "object", "agent", "owner", "prep", "within", "none")
_VOWELS = "aeiou"
# Two to four letters, one vowel, that do not double ("back" ends in two consonants, "woo" and "sow" in a glide).
_NO_DOUBLING = "wxy"
Part = Literal["noun", "verb", "adjective"]


@dataclass(frozen=True, slots=True)
class Path_:
    """Where a role is found: a relation, and for `prep` and `within` the prepositions; `open` may stay empty."""

    name: str
    preps: frozenset[str] = frozenset()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row: words of a part of speech, the kind they state, the shape of the phrase, and where its parties stand."""

    words: tuple[str, ...]
    kind: str
    part: Part
    shape: str
    trust: float
    a: Path_
    b: Path_
    preps: frozenset[str] = frozenset()
    needs: tuple[frozenset[str], ...] = ()
    without: frozenset[str] = frozenset()
    over: str = ""

    @property
    def rule(self) -> str:
        """The row's name in `why`: shape, kind and first word."""
        return f"{self.shape}:{self.kind}:{self.words[0]}"


@dataclass(frozen=True, slots=True)
class Table:
    """The patterns by word form and part, and the closed word lists."""

    nouns: Mapping[str, tuple[Pattern, ...]]
    verbs: Mapping[str, tuple[Pattern, ...]]
    adjectives: Mapping[str, tuple[Pattern, ...]]
    tails: Mapping[str, Pattern]
    heads: Mapping[str, Pattern]
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)


@lru_cache(maxsize=4)
def load_table(path: Path = TABLE) -> Table:
    """The table of a file, read once a process; Raises BadTable with the row's place in the file's sections."""
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    irregular = {k: v.split() for k, v in data["irregular"].items()}
    lists = {name: _list_forms(name, text, irregular) for name, text in data["lists"].items()}

    def rows(section: str, part: Part, shape: str) -> list[Pattern]:
        return [_read_row(row, part, shape, f"{path.name}, {section} row {n}") for n, row in enumerate(data[section], 1)]

    nouns, verbs = rows("nouns", "noun", "role"), rows("verbs", "verb", "verb")
    adjectives = rows("adjectives", "adjective", "state")
    tails, heads = rows("tails", "adjective", "state"), rows("heads", "adjective", "state")
    return Table(
        _by_form(nouns, irregular),
        _by_form(verbs, irregular),
        _by_form(adjectives, irregular),
        {w: p for p in tails for w in p.words},
        {w: p for p in heads for w in p.words},
        lists,
    )


def _list_forms(name: str, text: str, irregular: Mapping[str, list[str]]) -> frozenset[str]:
    """A list named `..._verbs` holds verbs, `..._nouns` nouns, both with all their forms; others as they stand."""
    part: Part | None = "verb" if name.endswith("_verbs") else "noun" if name.endswith("_nouns") else None
    words = text.split()
    return frozenset(f for w in words for f in word_forms(w, part, irregular)) if part else _phrases(text)


def _read_row(row: Mapping[str, Any], part: Part, shape: str, where: str) -> Pattern:
    known = {"words", "kind", "shape", "trust", "a", "b", "preps", "needs", "without", "over"}
    for key in row.keys() - known:
        raise BadTable(f"{where}: got the field {key!r}, allowed are {', '.join(sorted(known))}{suggest(key, known)}")
    kind, shape = row["kind"], row.get("shape", shape)
    if kind not in KINDS:
        raise BadTable(f"{where}: got the kind {kind!r}, allowed are {', '.join(KINDS)}{suggest(str(kind), KINDS)}")
    if shape not in SHAPES:
        raise BadTable(f"{where}: got the shape {shape!r}, allowed are {', '.join(SHAPES)}{suggest(str(shape), SHAPES)}")
    return Pattern(
        words=tuple(row["words"].split()),
        kind=kind,
        part=part,
        shape=shape,
        trust=float(row.get("trust", 0.8)),
        a=_read_path(row.get("a", "subject"), where),
        b=_read_path(row.get("b", "object"), where),
        preps=_phrases(row.get("preps", "")),
        needs=tuple(_phrases(n) for n in row.get("needs", ())),
        without=_phrases(row.get("without", "")),
        over=row.get("over", ""),
    )


def _phrases(text: str) -> frozenset[str]:
    """Words of a row, `_` standing for the blank inside one ("along_with")."""
    return frozenset(w.replace("_", " ") for w in text.split())


def _read_path(text: str, where: str) -> Path_:
    """`subject`, `prep on upon`, `object?` (may stay empty)."""
    name, _, preps = text.partition(" ")
    path = Path_(name.rstrip("?"), _phrases(preps), name.endswith("?") or name == "none")
    if path.name not in PATHS:
        raise BadTable(f"{where}: got the path {name!r}, allowed are {', '.join(PATHS)}{suggest(name, PATHS)}")
    return path


def _by_form(rows: Iterable[Pattern], irregular: Mapping[str, list[str]]) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, list[Pattern]] = {}
    for row in rows:
        for form in {f for w in row.words for f in word_forms(w, row.part, irregular)}:
            found.setdefault(form, []).append(row)
    return {form: tuple(patterns) for form, patterns in found.items()}


def word_forms(word: str, part: Part | None, irregular: Mapping[str, list[str]] | None = None) -> set[str]:
    """A base form -> its inflected forms, itself among them.

    >>> sorted(word_forms("ally", "noun")), sorted(word_forms("prop", "verb"))
    (['allies', 'ally'], ['prop', 'propped', 'propping', 'props'])
    """
    if part == "adjective" or part is None:
        return {word}
    others = irregular.get(word, ()) if irregular else ()
    plural = (
        word[:-1] + "ies"
        if word.endswith("y") and word[-2:-1] not in _VOWELS
        else word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
    )
    if part == "noun":
        return {word, plural, *others}
    if word.endswith("e"):
        past, present = word + "d", word[:-1] + "ing"
    elif word.endswith("y") and word[-2] not in _VOWELS:
        past, present = word[:-1] + "ied", word + "ing"
    else:
        stem = word + word[-1] if _doubles(word) else word
        past, present = stem + "ed", stem + "ing"
    return {word, plural, past, present, *others}


def _doubles(word: str) -> bool:
    """Whether the last consonant doubles: one syllable, one vowel before one consonant."""
    vowels = sum(c in _VOWELS for c in word)
    return vowels == 1 and len(word) > 2 and word[-1] not in _VOWELS + _NO_DOUBLING and word[-2] in _VOWELS
