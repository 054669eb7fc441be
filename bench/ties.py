"""Ties read from text alone against hand-made gold: sign, and where they are heading; and the speed of the filter.

Gold: the ties of five reports (`seed-*.json`, 39 ties) and of the development reports (172), each of one report: sign 1,
-1 or 0 (mixed, strained), and trend (warming, cooling, steady; not labelled in all). The report is read, and each
pair of the gold is asked for; a name that no table knows is looked up among the words of the claims. A pair of
which nothing is told is placed by its company, and by sentences that may tell of the two (`Analysis.hints`); sentences of just two
parties that say which way relations turn count for the trend (`find_headings`). `common_sign` is always
guessing the commonest label.

The rules of `ties/stance.py` and their numbers were set on the development reports and by the meaning of the words;
the seeds' figures were looked at while that was done, so they are no kept-back test. `--data` names a folder
of gold (`*.json` with `ties`) and its texts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from amity.records import Claim, Document, Hint
from amity.ties.estimate import guess_stances
from amity.ties.evidence import read_evidence, sides_of
from amity.ties.headings import Heading, find_headings
from amity.ties.votes import pair_of
from bench import SHARED, need

TREND = {"warming": 1, "steady": 0, "cooling": -1}


def run(data: Path | None) -> dict[str, float | int | str]:
    """Shares of signs and trends that are right, over all pairs and over those something is told of."""
    sets = {"given": (data, data)} if data else {"seeds": (SHARED / "gold", SHARED / "seeds"), "dev": (SHARED / "gold/dev",) * 2}
    figures: dict[str, float | int | str] = {}
    for name, (gold, texts) in sets.items():
        figures |= {f"{name}_{key}": value for key, value in score(list(answers(need(gold), need(texts)))).items()}
    return figures


def answers(gold: Path, texts: Path) -> Iterator[tuple[dict[str, Any], int, int, bool]]:
    """Gold ties with the sign and trend read, and whether anything is told of the pair."""
    for path in sorted(gold.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(case, dict) and case.get("ties"):
            claims, hints, headings = read_report(need(texts / case["document"]), case.get("published"))
            evidence = read_evidence(claims)
            told = {pair_of(row.actor, row.recipient) for row in (*evidence.events, *evidence.standings)}
            pairs = [pair_of(*(find_id(tie[end], claims) for end in ("a", "b"))) for tie in case["ties"]]
            stances = guess_stances(evidence, pairs, hints=hints, headings=headings)
            yield from ((tie, stances[p][0].sign, stances[p][0].trend, p in told) for tie, p in zip(case["ties"], pairs, strict=True))


def read_report(text: Path, published: str | None) -> tuple[list[Claim], tuple[Hint, ...], tuple[Heading, ...]]:
    """A report -> its claims, hints and headings; the gold's day of publication stands in only where the report tells none."""
    from amity.pipeline import Pipeline, read_documents

    global _PIPELINE
    _PIPELINE = _PIPELINE or Pipeline()
    document = next(iter(read_documents([text])))
    assert isinstance(document, Document), document
    read = _PIPELINE.analyse(document)
    return (
        [replace(c, published=c.published or published or "2000-01-01") for c in read.claims],
        read.hints,
        find_headings(read.sentences, read.mentions),
    )


_PIPELINE: Any = None


def find_id(name: str, claims: list[Claim]) -> str:
    """A party as the gold names it -> the side it counts under, by the tables, else by the words of the claims.

    What the gold adds to tell where a party is ("Kurdish forces (Syria)", "terrorists in Syria") is left out where the whole is unknown.
    """
    from amity.actors import load_actors

    bare = name.removeprefix("the ").removeprefix("The ")
    parties = [p for c in claims for p in (c.actor, c.recipient) if p]
    for words in (name, bare, bare.partition(" (")[0], bare.partition(" in ")[0]):
        known = load_actors().find(words)
        if known:
            return known.side_id or known.id
        found = (sides_of(p)[0][0] for p in parties if words.lower() in (p.name.lower(), p.words.lower().removeprefix("the ")))
        if side := next(found, None):
            return side
    return name


def score(rows: list[tuple[dict[str, Any], int, int, bool]]) -> dict[str, float | int | str]:
    """Answers -> shares right; trends over those that have a label."""
    signs = [(gold["sign"], sign, told) for gold, sign, _, told in rows]
    trends = [(TREND[gold["trend"]], trend) for gold, _, trend, _ in rows if gold.get("trend")]
    told = [(gold, sign) for gold, sign, known in signs if known]
    return {
        "ties": len(rows),
        "told": len(told),
        "sign": sum(g == s for g, s, _ in signs) / len(rows),
        "sign_told": sum(g == s for g, s in told) / len(told) if told else 0.0,
        "opposite": sum(g * s < 0 for g, s, _ in signs) / len(rows),
        "common_sign": Counter(g for g, *_ in signs).most_common(1)[0][1] / len(rows),
        "trends": len(trends),
        "trend": sum(g == t for g, t in trends) / len(trends) if trends else 0.0,
        "common_trend": Counter(g for g, _ in trends).most_common(1)[0][1] / len(trends) if trends else 0.0,
    }
