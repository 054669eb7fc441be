"""Incidents: the five of the seeds, events of ECB+ across documents, and the cost of 100,000 claims.

What was tuned on what: weights of words were fitted on ECB+ topics 1-35, the others set by hand in sight of the seeds
and the tuning articles; ECB+ topics 36-45 were opened for the figure only.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from amity.incidents import IncidentBook
from amity.pipeline import Pipeline, read_documents
from amity.records import Claim, Document
from amity.worlds import make_press
from bench import SHARED, need
from bench.goldclaims import read_gold

# Claims of the invented press; the last is the size of the target.
SIZES = (25_000, 50_000, 100_000)
# Each incident of the seeds by words of the sentences that tell it (seed, words), and sentences that must stay out.
SEED_INCIDENTS: dict[str, tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]] = {
    "qusayr": (
        (
            ("002", "spread soldiers in the area"),
            ("002", "near the Lebanese borders in a"),
            ("002", "expressed objection to the step"),
            ("004", "sparked protests by the Lebanese"),
            ("004", "set up three observation positions"),
            ("004", "They came and deployed"),
            ("004", "11th Division replaced them"),
            ("004", "a Russian force deployment on"),
        ),
        (("004", "capturing the then rebel stronghold"), ("004", "struck positions in the Golan"), ("002", "whole world was to try")),
    ),
    "sochi": (
        (("002", "latest meeting that joined"), ("004", "visited the Russian city of")),
        (("004", "visited Russia several times"), ("002", "Russian-Israeli military meetings")),
    ),
    "speech": ((("002", "whole world was to try"), ("004", "whole world tried to impose")), (("004", "told Al Jazeera"),)),
    "consulate": (
        (("001", "On April 1 last year"), ("001", "The targeting of the Iranian consulate")),
        (("001", "raid last December"), ("001", "Israeli raids and missiles now")),
    ),
    "crossing": (
        (("003", "fighters backed by Iran crossed"), ("003", "entered Syria in small groups"), ("003", "denied that they had crossed")),
        (("003", "airstrikes targeted rebel"), ("003", "takeover of Aleppo")),
    ),
}


def run(data: Path | None) -> dict[str, float | int | str]:
    """All figures; `data` is a folder of the same form as the shared one."""
    root = need(data or SHARED)
    documents = [d for d in read_documents([need(root / "seeds")]) if isinstance(d, Document)]
    gold = [c for d in documents for c in read_gold(root / "gold" / f"seed-{d.name[:3]}.json", d.text, d.id)]
    pipeline = Pipeline()
    read = [c for d in documents for c in pipeline.analyse(d).claims]
    return {**score_seeds("gold", gold, documents), **score_seeds("read", read, documents), **measure_cost()}


def measure_cost() -> dict[str, float | int | str]:
    """CPU seconds to cluster an invented press of 25,000, 50,000 and 100,000 claims, of one article more, and pairs rightly joined."""
    figures: dict[str, float | int | str] = {}
    for size in SIZES:
        press = make_press(3, size // 4)
        book, began = IncidentBook(), time.process_time()
        book.add(press.claims[:-12])
        book.incidents()
        figures[f"cpu_seconds_{size}"] = time.process_time() - began
    began = time.process_time()
    changed = book.add(press.claims[-12:])
    figures["cpu_seconds_article_of_12"] = time.process_time() - began
    figures["groups_changed_by_article"] = len(changed)
    groups = book.groups()
    joined = sum(len(g) - 1 for g in groups)
    right = sum(len(g) - len({press.truth[c] for c in g}) for g in groups)
    figures["press_precision"] = right / max(1, joined)
    figures["press_recall"] = right / (len(press.claims) - len(set(press.truth.values())))
    return figures


def score_seeds(how: str, claims: Sequence[Claim], documents: Sequence[Document]) -> dict[str, float | int | str]:
    """Claims of the seeds -> for each incident the share of its sentences (of those with a claim) in its largest group, and intruders."""
    book = IncidentBook()
    book.add(claims, documents)
    held = {c.id: c for c in claims}
    home = {claim: incident for incident in book.incidents() for claim in incident}
    figures: dict[str, float | int | str] = {}
    for name, (inside, outside) in SEED_INCIDENTS.items():
        groups = [sentence_groups(w, held, home) for w in inside]
        told = [g for g in groups if g]
        best = max({g for gs in told for g in gs}, key=lambda g: (sum(g in gs for gs in told), g), default=())
        together = sum(best in gs for gs in told)
        foreign = sum(best in sentence_groups(w, held, home) for w in outside)
        figures[f"{how}_{name}"] = f"{together} of {len(told)} told (of {len(inside)}), {foreign} intruders, {len(best)} claims"
        figures[f"{how}_{name}_recall"] = together / len(inside)
    return figures


def sentence_groups(where: tuple[str, str], held: dict[str, Claim], home: dict[str, tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Seed and words of a sentence -> the incidents in which its claims stand."""
    seed, words = where
    return {home[c.id] for c in held.values() if c.document.startswith(seed) and words.lower() in c.quote.lower() and c.id in home}
