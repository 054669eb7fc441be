"""The weights and words of the room, read once from `tables/incidents.yaml`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from amity.errors import BadTable
from amity.incidents.words import plain_form, stem_word

TABLES = files("amity") / "tables"


@cache
def load_table() -> Mapping[str, Any]:
    """The whole table. Raises BadTable where it cannot be read."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return dict(yaml.load((TABLES / "incidents.yaml").read_text("utf-8"), Loader=loader))
    except (OSError, yaml.YAMLError) as error:
        raise BadTable(f"incidents.yaml: got {error}, allowed is the table shipped with amity; reinstall it") from error


@cache
def weights() -> Mapping[str, float]:
    """The log-odds of each term."""
    return {name: float(value) for name, value in load_table()["weights"].items()}


@cache
def episode_weights() -> Mapping[str, float]:
    """The log-odds of each term between acts."""
    return {name: float(value) for name, value in load_table()["episode"].items()}


@cache
def counted_nouns() -> Mapping[str, str]:
    """Stem of a noun or verb -> the class of figure that it makes; the first class that lists it."""
    found: dict[str, str] = {}
    for kind, words in load_table()["counted"].items():
        for word in words:
            found.setdefault(stem_word(str(word)), str(kind))
    return found


@cache
def phrases(name: str) -> tuple[str, ...]:
    """A list of phrases of the table, longest first."""
    return tuple(sorted((str(p) for p in load_table()[name]), key=lambda p: (-len(p), p)))


@cache
def name_classes() -> Mapping[str, float]:
    """Plain name -> how much it tells that two texts share it; one that is not here tells 1."""
    share: Mapping[str, float] = load_table()["name_classes"]
    found: dict[str, float] = {}

    def put(kind: str, *cells: str) -> None:
        for cell in cells:
            for name in cell.split("|"):
                if name.strip():
                    key = plain_form(name)
                    found[key] = min(found.get(key, 1.0), float(share[kind]))

    for file, kind in (("bodies", "body"), ("groups", "group"), ("parts", "part"), ("holders", "person"), ("cities", "city")):
        for row in read_rows(file):
            put(kind, row["name"], row.get("aliases") or "")
            if kind == "person":
                put(kind, row["name"].split()[-1])
    for row in read_rows("states"):
        put("state", row["name"], row["adjectives"], row["people"], row["aliases"])
        put("capital", row["capital"], row["seats"])
    return found


def read_rows(name: str) -> list[dict[str, str]]:
    """A table of actors -> its rows."""
    with (TABLES / "actors" / f"{name}.csv").open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


@cache
def agencies() -> Mapping[str, tuple[str, str]]:
    """Name or alias of a wire agency, folded -> its id and name."""
    with (TABLES / "outlets.csv").open(encoding="utf-8") as rows:
        found = [r for r in csv.DictReader(rows) if r["wire"] == "yes"]
    return {n.strip().casefold(): (r["id"], r["name"]) for r in found for n in [r["name"], *r["aliases"].split("|")] if n.strip()}


@cache
def outlets() -> Mapping[str, tuple[str, str]]:
    """Name or alias of any outlet, folded -> its id and name."""
    with (TABLES / "outlets.csv").open(encoding="utf-8") as rows:
        return {
            n.strip().casefold(): (r["id"], r["name"])
            for r in csv.DictReader(rows)
            for n in [r["name"], *r["aliases"].split("|")]
            if n.strip()
        }
