"""Codes of other people's event schemes -> types of the codebook, through tables; a code without a type is UNCODED."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

from amity.records import UNCODED, RowType

TABLES = Path(__file__).resolve().parent.parent / "tables"
SPACES = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=1)
def load_codebook() -> dict[str, dict[str, Any]]:
    """`types.yaml`: quad, score, CAMEO root and modes of the 16 types."""
    import yaml

    with (TABLES / "types.yaml").open(encoding="utf-8") as stream:
        return dict(yaml.safe_load(stream))


def make_type(scheme: str, code: str, label: str, type: str, mode: str = "", contexts: tuple[str, ...] = ()) -> RowType:
    """A code and what it stands for -> the record, with quad and score of the codebook; no or another type is UNCODED.

    >>> make_type("CAMEO", "190", "Use force", "ASSAULT")[3:7]
    ('ASSAULT', None, 4, -9.0)
    """
    known = load_codebook().get(type)
    if known is None:
        return RowType(scheme, code, label, UNCODED, None, None, None, contexts, "reported")
    modes = known.get("modes", {})
    score = modes.get(mode, known["score"])
    return RowType(scheme, code, label, type, mode if mode in modes else None, known["quad"], float(score), contexts, "reported")


@lru_cache(maxsize=8)
def read_codes(scheme: str) -> dict[str, RowType]:
    """A table of codes (`cameo`, `weis`, `acled`, `ucdp`) -> its types by code."""
    with (TABLES / "exchange" / f"{scheme}.csv").open(encoding="utf-8", newline="") as stream:
        return {r["code"]: make_type(scheme.upper(), r["code"], r["label"], r["type"], r["mode"]) for r in csv.DictReader(stream)}


@lru_cache(maxsize=2)
def read_labels(scheme: str) -> dict[str, str]:
    """A table of codes -> code by label, for files that give words for codes; letters and digits only."""
    with (TABLES / "exchange" / f"{scheme}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {label_key(label): r["code"] for r in rows for label in (r["label"], *r["also"].split("|")) if label}


def label_key(label: str) -> str:
    """A label as it is compared.

    >>> label_key("Make_statement"), label_key("Threaten non-force")
    ('make statement', 'threaten non force')
    """
    return SPACES.sub(" ", label.lower()).strip()


class Types:
    """The types of one scheme: a code, or the longest beginning of it that the table knows; counts what it does not know."""

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme
        self.table = read_codes(scheme)
        self.known: dict[tuple[str, str], RowType] = {}
        self.unmapped: Counter[str] = Counter()

    def of(self, code: str, label: str = "") -> RowType:
        """A code of the scheme (and its words, where the table has none) -> the type."""
        found = self.known.get((code, label))
        if found is None:
            found = self.known[code, label] = self._find(code, label)
        if found.type == UNCODED:
            self.unmapped[f"{code} {found.label}".strip()] += 1
        return found

    def _find(self, code: str, label: str) -> RowType:
        parts = [code[:n] for n in range(len(code), 0, -1)] if "/" not in code else [code, code.split("/")[0]]
        for part in parts:
            if part in self.table:
                return self.table[part]._replace(code=code, label=self.table[part].label if part == code else label)
        # CAMEO and WEIS roots that the table names only by their general code (04 by 040).
        if len(code) >= 2 and f"{code[:2]}0" in self.table:
            return self.table[f"{code[:2]}0"]._replace(code=code, label=label)
        return make_type(self.scheme.upper(), code, label, "")
