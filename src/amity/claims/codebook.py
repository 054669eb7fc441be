"""What a claim needs to know of the event types: quad class, score by mode, whether the act is an utterance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from amity.errors import BadTable

TYPES_TABLE = Path(__file__).resolve().parents[1] / "tables" / "types.yaml"


@dataclass(frozen=True, slots=True)
class Codebook:
    """Quad class 1-4 by type, score -10..10 by (type, mode or None), and the types that are utterances."""

    quad: Mapping[str, int]
    score: Mapping[tuple[str, str | None], float]
    voiced: frozenset[str]

    def score_of(self, kind: str, mode: str | None) -> float:
        """The mode's score where the type has that mode, else the type's."""
        return self.score.get((kind, mode), self.score[kind, None])


@cache
def load_codebook(table: Path = TYPES_TABLE) -> Codebook:
    """Table of types -> codebook.

    Raises BadTable where a type has no quad class or no score.

    >>> book = load_codebook()
    >>> book.quad["ASSAULT"], book.score_of("ASSAULT", "no such mode") == book.score_of("ASSAULT", None)
    (4, True)
    """
    quad: dict[str, int] = {}
    score: dict[tuple[str, str | None], float] = {}
    voiced = set()
    for kind, row in yaml.safe_load(table.read_text(encoding="utf-8")).items():
        if row.get("quad") not in (1, 2, 3, 4) or not isinstance(row.get("score"), int | float):
            raise BadTable(
                f"{table.name}: type {kind} has quad {row.get('quad')!r}, score {row.get('score')!r}; allowed are 1-4 and a number"
            )
        quad[kind], score[kind, None] = row["quad"], float(row["score"])
        score |= {(kind, mode): float(value) for mode, value in row.get("modes", {}).items()}
        if row.get("voiced"):
            voiced.add(kind)
    return Codebook(quad, score, frozenset(voiced))
