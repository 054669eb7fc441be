"""The words that cleaning, dating and splitting go by, read once from `tables/furniture.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from amity.errors import BadTable
from amity.records import CutReason

TABLE = Path(__file__).resolve().parent.parent / "tables" / "furniture.yaml"
SPACES = re.compile(r"\s+")
# Marks that may stand round a furniture line without being part of it.
EDGES = " \t.:!|›»>«<…·*\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class LineRule:
    """What a line must look like to be cut for one reason."""

    reason: CutReason
    whole: frozenset[str]
    begins: tuple[str, ...]
    patterns: re.Pattern[str] | None
    limit: int

    def fits(self, line: str, plain: str) -> bool:
        """Whether the line, given as it stands and flattened, is cut for this reason."""
        if plain in self.whole:
            return True
        if len(line) <= self.limit and plain.startswith(self.begins):
            return True
        return self.patterns is not None and len(line) <= 1600 and self.patterns.fullmatch(line) is not None


def flatten(line: str) -> str:
    """A line -> its words in lower case, spaces single, edge marks and apostrophe kinds left aside.

    >>> flatten("  Read  More: ")
    'read more'
    """
    return SPACES.sub(" ", line).strip(EDGES).replace("’", "'").casefold()


@cache
def load_table() -> dict[str, Any]:
    """The whole table. Raises BadTable where it cannot be read."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        table = yaml.load(TABLE.read_text(encoding="utf-8"), Loader=loader)
    except (OSError, yaml.YAMLError) as error:
        raise BadTable(f"{TABLE.name}: got {error}, allowed is the table shipped with amity; reinstall it") from error
    return dict(table)


@cache
def words_of(*path: str) -> frozenset[str]:
    """The list at a path of the table, flattened."""
    at: Any = load_table()
    for key in path:
        at = at[key]
    return frozenset(flatten(str(w)) for w in at)


@cache
def line_rule(reason: CutReason) -> LineRule:
    """The rule of one reason."""
    part = load_table()[reason]
    patterns = part["patterns"]
    return LineRule(
        reason,
        frozenset(flatten(str(w)) for w in part["whole"]),
        tuple(str(w).replace("’", "'").casefold() for w in part["begins"]),
        re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE) if patterns else None,
        int(load_table()["begins_limit"]),
    )


@cache
def caption_label() -> re.Pattern[str]:
    """Signs in front of a caption, as one pattern."""
    return re.compile("|".join(f"(?:{p})" for p in load_table()["caption"]["labels"]), re.IGNORECASE)


@cache
def months() -> dict[str, int]:
    """Month names of several languages -> 1..12."""
    return {str(k): int(v) for k, v in load_table()["months"].items()}
