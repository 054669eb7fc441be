"""Quotations labelled in the sentences written for this project -> a tag for each word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from amity.language.tokens import split_tokens

ROLES = ("SOURCE", "CUE", "CONTENT")
QUOTE_LABELS = ("O", *(f"{mark}-{role}" for role in ROLES for mark in "BI"))


def read_quotations(folder: Path) -> dict[tuple[str, ...], list[str]]:
    """Report sentences -> words and their tags; sentences whose labels cannot be found in the text are left out."""
    found = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            places = split_tokens(record["text"])
            tags = tag_words(record["text"], places, record["quotes"])
            if tags is not None:
                found[tuple(record["text"][a:b] for a, b in places)] = tags
    return found


def tag_words(text: str, places: list[tuple[int, int]], quotes: list[list[str]]) -> list[str] | None:
    """Text, its words and [source, cue, content] of each quotation -> IOB2 tags; inner quotations over outer ones."""
    tags = ["O"] * len(places)
    for source, cue, content in sorted(quotes, key=lambda q: -len(q[2])):
        for role, part in (("CONTENT", content), ("SOURCE", source), ("CUE", cue)):
            if not part:
                continue
            at = nearest(text, part, text.find(cue) if cue else text.find(content))
            if at is None:
                return None
            inside = [i for i, (a, b) in enumerate(places) if a >= at and b <= at + len(part)]
            for i in inside:
                tags[i] = ("B-" if i == inside[0] else "I-") + role
    return tags


def nearest(text: str, part: str, to: int) -> int | None:
    """The place of `part` in the text that stands nearest to another place."""
    return min(list_places(text, part), key=lambda at: abs(at - to), default=None)


def list_places(text: str, part: str) -> Iterator[int]:
    """Every place at which `part` stands."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
