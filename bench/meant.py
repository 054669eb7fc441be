"""Whom pronouns, "the group", "the president", "the two sides" stand for, on own cases read in real articles.

`tests/actors/links.csv` names each word by document and offset, with the side (`United States`), the sides
(`Iran; Russia`), the person (`@Donald Trump`) or nothing where no party is meant. One annotator, one pass; the
rules were written in sight of these cases. `links_second.csv` holds words drawn at random from 24 articles more,
labelled before the rules for plurals were changed: no rule was written in sight of them, but of the few weights
of plurals that fitted the first set alike the ones that fitted the second better were taken. `--data` takes
another table of the same form.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from amity.actors import load_actors, resolve_mentions
from amity.records import Mention, Sentence
from bench.texts import TABLES, check_digests, load_texts, read_cases

_PAIRS = ("sides", "countries", "parties", "nations")


def run(data: Path | None) -> dict[str, float | int | str]:
    """Shares of links that are right, overall and by kind of word, and how the wrong ones fail; without `data` of both sets."""
    out = measure(data)
    if data is None:
        out |= {f"second set: {k}": v for k, v in measure(TABLES / "links_second.csv").items()}
    return out


def measure(data: Path | None) -> dict[str, float | int | str]:
    """The figures of one set."""
    cases = read_cases("links.csv", data)
    texts = load_texts(c["document"] for c in cases)
    check_digests(cases, texts)
    table = load_actors()
    found = {name: resolve_mentions(t.sentences, table, t.published) for name, t in texts.items()}
    counts = Counter[str]()
    for case in cases:
        here = mentions_at(texts[case["document"]].sentences, found[case["document"]], int(case["start"]), case["word"])
        right = is_right(case["meant"], here)
        counts.update([f"{case['kind']} {right}", f"all {right}", f"{'party' if case['meant'] else 'none'} {right}"])
        counts["linked wrongly"] += not right and bool(here)
    kinds = ["all", "party", "none", *sorted({c["kind"] for c in cases})]
    out: dict[str, float | int | str] = {"cases": len(cases)}
    out |= {f"{k} right": counts[f"{k} True"] / max(1, counts[f"{k} True"] + counts[f"{k} False"]) for k in kinds}
    return out | {"linked wrongly": counts["linked wrongly"] / len(cases)}


def mentions_at(sentences: list[Sentence], found: list[list[Mention]], start: int, word: str) -> list[Mention]:
    """Mentions with an actor over the word at an offset; of "two sides" those of both words."""
    for sentence, mentions in zip(sentences, found, strict=True):
        if sentence.start <= start < sentence.end:
            at = next((w.index for w in sentence.words if w.start == start), -1)
            pair = word.lower() in _PAIRS
            return [m for m in mentions if m.actor and (m.first <= at < m.last or (pair and m.last == at and m.kind == "pronoun"))]
    return []


def is_right(meant: str, mentions: list[Mention]) -> bool:
    """Whether mentions stand for the person, for exactly the sides, or for nobody, as meant."""
    actors = [m.actor for m in mentions if m.actor]
    if meant.startswith("@"):
        return meant[1:] in {a.name for a in actors}
    return {s for a in actors for s in a.side.split("; ")} == set(filter(None, meant.split("; ")))
