"""Sentences written for the judge -> articles, each filled with parties of all regions."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

import amity

# Fills of the written sentences, each with other parties.
SEED, FILLS = 1, 3
TOWNS = {"P": "Zelbria", "Q": "Morvane"}
_PLACEHOLDER = re.compile(r"\b(?:(ADJ|CAP)_)?([ABCDPQ])\b")


@dataclass(frozen=True)
class Filler:
    """A party by its name, its adjective and the capital that stands for it (empty for a group)."""

    name: str
    adjective: str = ""
    capital: str = ""


def list_fillers() -> list[Filler]:
    """States and armed groups of the actor tables."""
    tables = Path(amity.__file__).parent / "tables" / "actors"
    with (tables / "states.csv").open(encoding="utf-8") as stream:
        fillers = [Filler(r["name"], r["adjectives"].split("|")[0], r["capital"].split("|")[0]) for r in csv.DictReader(stream)]
    with (tables / "groups.csv").open(encoding="utf-8") as stream:
        groups = [Filler(r["name"]) for r in csv.DictReader(stream)]
    return fillers + groups[:: max(1, 3 * len(groups) // len(fillers))]


def read_lines() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """All written sentences with their events as (placeholder, type, placeholder)."""
    lines = []
    for path in sorted(Path(__file__).parent.glob("sentences*.yaml")):
        for text, events in yaml.safe_load(path.read_text(encoding="utf-8")):
            lines.append((text, [tuple(e.split()) for e in events.split(";") if e.strip()]))
    return lines


def fill_sentences(fill: int) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Every written sentence filled once -> text and events by name; fills differ, the same fill is always the same."""
    dice, fillers = random.Random(SEED + fill), list_fillers()
    states = [f for f in fillers if f.adjective and f.capital]
    for text, events in read_lines():
        bound = {m.group(2) for m in _PLACEHOLDER.finditer(text) if m.group(1)}
        chosen = dice.sample(states, 4)
        parties = {k: f if k in bound or dice.random() < 0.8 else dice.choice(fillers) for k, f in zip("ABCD", chosen, strict=True)}
        yield (
            _PLACEHOLDER.sub(lambda m, parties=parties: _word(m, parties), text),
            [(parties[a].name, kind, parties[b].name) for a, kind, b in events],
        )


def _word(match: re.Match[str], parties: dict[str, Filler]) -> str:
    form, key = match.groups()
    if key in TOWNS:
        return TOWNS[key]
    party = parties[key]
    return party.adjective if form == "ADJ" else party.capital if form == "CAP" else party.name
