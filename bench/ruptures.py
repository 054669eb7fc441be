"""Textbook ruptures and thaws of the Gulf and the Levant against the changes told of those pairs.

Labels: keds_turns.csv, 78 dated turns of 45 pairs; those marked "tune" (48) helped to choose the surge's numbers; those
marked "test" (30: every second line of those written down last) did not. A hit is a change the right way seen from
two weeks before to nine weeks after the day; every other change of those pairs is extra, though many are real
turns that no textbook line of ours names. `ruptures_recall` and `thaws_recall` part the labels by way; `delay` is the
median, in days, from the label's day to the day the change could be seen. Saying nothing has recall 0. `peer_*` is PELT of
the `ruptures` package (if installed) on the weekly balance, offline, with a penalty that gives about as many changes: it
sees all data at once.

Source: KEDS Gulf and Levant; days as in Keesing's Record of World Events, A. Shlaim, The Iron Wall (2000), and
C. Tripp, A History of Iraq (2000).
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from itertools import pairwise
from math import copysign, log1p
from pathlib import Path

import numpy as np

import amity
from amity.records import DatedEvent
from amity.ties.changes import seen_turns
from amity.ties.days import last_day_of
from amity.ties.turns import WEEK, Turn
from amity.ties.votes import Pair, pair_of
from bench import SHARED
from bench.keds import read_weis

Finder = Callable[[list[DatedEvent]], list[Turn]]
Label = dict[str, str]
# Days before and after a label within which a change is a hit.
BEFORE, AFTER = 14, 63


def run(data: Path | None) -> dict[str, float | int | str]:
    """Recall, other changes a pair and year, and delay, on each half of the labels; `data` is another table of labels."""
    labels = read_labels(data or Path(__file__).parent / "keds_turns.csv")
    events = {
        "gulf": by_pair(read_weis(SHARED / "data/ties/keds/gulfAllR.zip")),
        "levant": by_pair(read_weis(SHARED / "data/ties/keds/LevantR.zip")),
    }
    figures: dict[str, float | int | str] = {"labels": len(labels), "recall_of_saying_nothing": 0.0}
    found = {key: seen_turns(events[key[0]].get(key[1:], [])) for key in {key_of(r) for r in labels}}
    for split in sorted({r["split"] for r in labels}):
        figures |= {f"{split}_{k}": v for k, v in score([r for r in labels if r["split"] == split], labels, events, found).items()}
    try:
        import_module("ruptures")
    except ImportError:
        return figures
    peer = {key: pelt_turns(events[key[0]].get(key[1:], [])) for key in {key_of(r) for r in labels}}
    test = [r for r in labels if r["split"] == "test"]
    return figures | {f"peer_{k}": v for k, v in score(test, labels, events, peer).items()}


def read_labels(path: Path) -> list[Label]:
    """A table of labelled turns -> its rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key_of(label: Label) -> tuple[str, str, str]:
    """Data set and pair of a label."""
    return (label["data"], *pair_of(label["a"], label["b"]))


def by_pair(events: list[DatedEvent]) -> dict[Pair, list[DatedEvent]]:
    """Events of WEIS categories -> those of each pair, with our types of act."""
    types = types_of_roots()
    found: dict[Pair, list[DatedEvent]] = {}
    for event in (replace(e, type=types.get(e.type, "")) for e in events):
        found.setdefault(pair_of(event.actor, event.recipient), []).append(event)
    return found


def types_of_roots() -> dict[str, str]:
    """WEIS category -> type of act, by the exchange table."""
    with (Path(amity.__file__).parent / "tables/exchange/weis.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["type"] for row in csv.DictReader(file)}


def score(
    due: list[Label], labels: list[Label], events: dict[str, dict[Pair, list[DatedEvent]]], found: dict[tuple[str, str, str], list[Turn]]
) -> dict[str, float | int | str]:
    """Labels to find and all labels, events and changes by pair -> recall, extra, delay; no label of another half makes a change extra."""
    hits = [(label, next((t for t in found[key_of(label)] if is_hit(t, label)), None)) for label in due]
    delays = [t.seen - last_day_of(label["day"], "label") for label, t in hits if t]
    extra, years = 0, 0.0
    for key in sorted({key_of(r) for r in due}):
        rows = events[key[0]].get(key[1:], [])
        known = [r for r in labels if key_of(r) == key]
        extra += sum(not any(is_hit(t, r) for r in known) for t in found[key])
        years += (max(e.day for e in rows) - min(e.day for e in rows)) / 365.25 if rows else 0.0
    return {
        "labels": len(due),
        "recall": len(delays) / len(due),
        **{f"{name}_recall": share_hit(hits, way) for name, way in (("ruptures", -1), ("thaws", 1))},
        "extra_per_pair_year": extra / years,
        "pair_years": years,
        "delay_days": float(np.median(delays)) if delays else float("nan"),
        "missed": "; ".join(f"{label['a']}-{label['b']} {label['day']}" for label, t in hits if not t),
    }


def share_hit(hits: list[tuple[Label, Turn | None]], way: int) -> float:
    """Labels with the change that hits each -> the share hit of those one way."""
    told = [turn is not None for label, turn in hits if int(label["direction"]) == way]
    return sum(told) / len(told) if told else float("nan")


def is_hit(turn: Turn, label: Label) -> bool:
    """Whether a change is the labelled one."""
    return turn.direction == int(label["direction"]) and -BEFORE <= turn.seen - last_day_of(label["day"], "label") <= AFTER


def pelt_turns(rows: list[DatedEvent], penalty: float = 6.0) -> list[Turn]:
    """The peer: offline change points of the weekly balance (signed log), each with its direction."""
    if not rows:
        return []
    start = min(e.day for e in rows)
    balance = np.zeros((max(e.day for e in rows) - start) // WEEK + 1)
    for event in rows:
        balance[(event.day - start) // WEEK] += 1.0 if event.quad <= 2 else -1.0
    value = np.array([copysign(log1p(abs(b)), b) for b in balance])
    ends = import_module("ruptures").Pelt(model="l2", min_size=3, jump=1).fit(value[:, None]).predict(pen=penalty)
    cuts = [0, *ends]
    means = [float(value[a:b].mean()) for a, b in pairwise(cuts)]
    days = [start + int(cut) * WEEK for cut in cuts[1:-1]]
    return [Turn(day, day + WEEK, before, after) for day, before, after in zip(days, means, means[1:], strict=False)]
