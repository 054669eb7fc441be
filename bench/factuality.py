"""Factuality on UW's development part (Lee et al. 2015): how surely a sentence says that an event happened, from -3 to 3.

Only `amity.claims.status.find_cues` speaks: each event gets the value that its cues had in the training part (means, by
status and rule and, where it came often enough, by word); MAE and Pearson's r against the crowd's means. Nothing that ships
was fitted on UW, whose texts have no licence to ship; `fixed_*` maps the statuses to values set by hand.
"""

from __future__ import annotations

import json
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from amity.claims.cues import load_cues
from amity.claims.lemmas import settle_lemmas
from amity.claims.status import RANK, Cue, find_cues
from amity.language import Reader, load_reader
from amity.records import Sentence, Stretch
from bench import SHARED, need

# Values by hand, before any counting: what a careful reader would say of each status on the scale of -3 to 3.
FIXED = {"reported": 3.0, "denied": -2.5, "hypothetical": 0.5, "rumoured": 1.5, "planned": 1.5, "threatened": 1.0, "requested": 0.5}
# Events of a cell that weigh as much as the wider cell's mean; chosen by hand.
PRIOR = 8.0
# Sentences that go to the reader at once.
BATCH = 256


@dataclass(frozen=True, slots=True)
class Judged:
    """An event with the crowd's value and the keys of its cues, from the widest to the narrowest."""

    label: float
    status: str
    keys: tuple[str, ...]


def read_rows(path: Path, part: str) -> Iterator[dict[str, object]]:
    """Sentences of a part with their events."""
    with tarfile.open(path) as tar:
        stream = tar.extractfile(f"UW/{part}.jsonl")
        assert stream is not None
        yield from map(json.loads, stream.read().decode("utf-8").splitlines())


def judge(path: Path, part: str, reader: Reader) -> list[Judged]:
    """A part -> its events, each by what its sentence says of it."""
    rows = list(read_rows(path, part))
    found: list[Judged] = []
    for first in range(0, len(rows), BATCH):
        some = rows[first : first + BATCH]
        stretches, at = [], 0
        for i, row in enumerate(some):
            text = str(row["text"])
            stretches.append(Stretch(at, at + len(text), text, i))
            at += len(text) + 1
        for row, sentence in zip(some, reader.parse("uw", stretches), strict=True):
            settled = settle_lemmas(sentence)
            found += [f for target in row["targets"] for f in judge_target(settled, str(row["text"]), target)]  # type: ignore[attr-defined]
    return found


def judge_target(sentence: Sentence, text: str, target: dict[str, object]) -> Iterator[Judged]:
    """An event of a sentence -> its cues as keys; none where the reader cut words otherwise."""
    first = target["span1"][0]  # type: ignore[index]
    start = len(" ".join(text.split(" ")[:first])) + (1 if first else 0)
    word = next((w for w in sentence.words if w.start - sentence.start <= start < w.end - sentence.start), None)
    if word is None:
        return
    cues = sorted(find_cues(sentence, word.index, load_cues()), key=lambda c: RANK.index(c.status))
    yield Judged(float(str(target["label"])), cues[0].status if cues else "reported", name_keys(sentence, word.index, cues))


def name_keys(sentence: Sentence, index: int, cues: Sequence[Cue]) -> tuple[str, ...]:
    """Cues of an event -> keys, each narrower than the one before."""
    word = sentence.words[index]
    if not cues:
        shape = f"none {word.upos} {word.tag}"
        return ("none", shape, f"{shape} {word.rel}")
    best = cues[0]
    keys = [best.status, f"{best.status} {best.rule}", f"{best.status} {best.rule} {best.word.lower()}"]
    others = "+".join(sorted({c.status for c in cues[1:]} - {best.status}))
    return (*keys, f"{keys[-1]} {others}") if others else tuple(keys)


def fit(rows: Sequence[Judged]) -> dict[str, float]:
    """Events of the training part -> the value of each key, drawn towards that of the wider one."""
    labels: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for row in rows:
        for n in range(1, len(row.keys) + 1):
            labels[row.keys[:n]].append(row.label)
    values = {"": fmean(r.label for r in rows)}
    for keys in sorted(labels, key=len):
        wider = values[keys[-2] if len(keys) > 1 else ""]
        values[keys[-1]] = (sum(labels[keys]) + PRIOR * wider) / (len(labels[keys]) + PRIOR)
    return values


def value_of(row: Judged, values: dict[str, float]) -> float:
    """An event -> the value of the narrowest of its keys that is known."""
    return next((values[k] for k in reversed(row.keys) if k in values), values[""])


def correlate(a: Sequence[float], b: Sequence[float]) -> float:
    """Pearson's r."""
    x, y = fmean(a), fmean(b)
    top = sum((p - x) * (q - y) for p, q in zip(a, b, strict=True))
    return top / (sum((p - x) ** 2 for p in a) * sum((q - y) ** 2 for q in b)) ** 0.5


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures on the development part; `data` is another archive of the same form."""
    path = need(data or SHARED / "data" / "claims" / "factuality_train_dev.tar.gz")
    reader = load_reader()
    values = fit(judge(path, "train", reader))
    rows = judge(path, "dev", reader)
    labels = [r.label for r in rows]
    figures: dict[str, float | int | str] = {"events": len(rows)}
    for name, said in (("", [value_of(r, values) for r in rows]), ("fixed_", [FIXED[r.status] for r in rows])):
        figures[f"{name}mae"] = fmean(abs(a - b) for a, b in zip(labels, said, strict=True))
        figures[f"{name}r"] = correlate(labels, said)
    figures["always_three_mae"] = fmean(abs(3 - v) for v in labels)
    return figures
