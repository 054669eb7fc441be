"""Words of names that tell which party is meant, or only what it is: titles, wings, generations, short forms, translations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from amity.actors import rows
from amity.errors import BadTable

# Classes of the table: which words each holds stands in its rows.
CLASSES = frozenset({"generic", "common", "wing", "ordinal", "small", "title", "apart", "short", "means"})


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words by class, as `tables/actors/name_words.csv` gives them.

    `generic` say what a party is, `common` are nouns of people and arms, `wing` tells a part from its whole, `ordinal` a
    son from his father, `small` stay out of initials, `title` are no part of a name. `apart` are given names that sound
    alike and are two, `short` the full form of a short one, `means` the English of a word that reports translate.
    """

    generic: frozenset[str]
    common: frozenset[str]
    wing: frozenset[str]
    ordinal: frozenset[str]
    small: frozenset[str]
    title: frozenset[str]
    apart: tuple[tuple[str, str], ...]
    short: dict[str, str]
    means: dict[str, str]


@lru_cache(maxsize=1)
def load_name_words() -> NameWords:
    """The shipped words.

    >>> load_name_words().short["Radek"], "brigade" in load_name_words().wing
    ('Radoslaw', True)
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows.read_rows(rows.TABLES / "name_words.csv"):
        if row["class"] not in CLASSES:
            raise BadTable(
                f"name_words.csv: got the class {row['class']!r}, allowed are {', '.join(sorted(CLASSES))}; mend the row of {row['word']!r}"
            )
        found[row["class"]].append((row["word"], row["of"]))
    sets = {c: frozenset(word for word, _ in found[c]) for c in ("common", "wing", "ordinal", "small", "title")}
    generic = frozenset(word for word, _ in found["generic"]) | sets["small"]
    return NameWords(generic, **sets, apart=tuple(found["apart"]), short=dict(found["short"]), means=dict(found["means"]))
