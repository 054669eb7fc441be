"""Factuality on UW's development part (Lee et al. 2015): how surely a sentence says that an event happened, from -3 to 3.

The cues of `amity.claims.status.find_cues` speak, on the event and on the verb above it, and beside them the shape of its word
and the words that govern it. An event's value is the median of the training part and a shift for each of these, a median too,
for MAE is least at medians; MAE and Pearson's r against the crowd's means. Nothing that ships was fitted on UW, whose texts
have no licence to ship; `fixed_*` maps the statuses to values set by hand.
"""

from __future__ import annotations

import json
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import fmean, median

from amity.claims.cues import load_cues
from amity.claims.lemmas import settle_lemmas
from amity.claims.status import RANK, Cue, find_cues
from amity.language import Reader, load_reader
from amity.records import Sentence, Stretch
from bench import SHARED, need

# Values by hand, before any counting: what a careful reader would say of each status on the scale of -3 to 3.
FIXED = {"reported": 3.0, "denied": -2.5, "hypothetical": 0.5, "rumoured": 1.5, "planned": 1.5, "threatened": 1.0, "requested": 0.5}
# Events that weigh as much as no shift at all, and how often the families are gone through: by five folds of the training part,
# MAE .390 (1 to 3 times and 2 to 16 events give .388 to .405; the means of cues alone .463).
PRIOR, ROUNDS = 8.0, 2
# Sentences that go to the reader at once.
BATCH = 256


@dataclass(frozen=True, slots=True)
class Judged:
    """An event with the crowd's value, the status of its cues and what is said of it in each family of `FAMILIES`."""

    label: float
    status: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The value that every event begins with, and the shift for (family's number, what is said)."""

    start: float
    shifts: dict[tuple[int, str], float]


def parts_of(path: Path) -> list[str]:
    """The parts of UW that an archive has: "train", "dev", "test"."""
    with tarfile.open(path) as tar:
        return sorted(Path(m.name).stem for m in tar if m.name.endswith(".jsonl") and Path(m.name).parent.name == "UW")


def read_rows(path: Path, part: str) -> Iterator[dict[str, object]]:
    """Sentences of a part with their events."""
    with tarfile.open(path) as tar:
        stream = tar.extractfile(next(m for m in tar if m.name.endswith(f"UW/{part}.jsonl")))
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
    cues = _cues(sentence, word.index)
    yield Judged(
        float(str(target["label"])), cues[0].status if cues else "reported", tuple(f(sentence, word.index, cues) for f in FAMILIES)
    )


def _cues(sentence: Sentence, index: int) -> list[Cue]:
    return sorted(find_cues(sentence, index, load_cues()), key=lambda c: RANK.index(c.status))


def say_cue(sentence: Sentence, index: int, cues: Sequence[Cue]) -> str:
    """The first cue's status and rule; of an event without cues its part of speech."""
    word = sentence.words[index]
    return f"{cues[0].status} {cues[0].rule}" if cues else f"none {word.upos} {word.tag}"


def say_shape(sentence: Sentence, index: int, _: Sequence[Cue]) -> str:
    """Part of speech and relation."""
    word = sentence.words[index]
    return f"{word.upos} {word.tag} {word.rel}"


def say_cue_word(sentence: Sentence, index: int, cues: Sequence[Cue]) -> str:
    """The first cue with its word, and the other statuses that cues ask for."""
    if not cues:
        return say_shape(sentence, index, cues)
    others = "+".join(sorted({c.status for c in cues[1:]} - {cues[0].status}))
    return f"{cues[0].status} {cues[0].rule} {cues[0].word.lower()} {others}"


def say_head(sentence: Sentence, index: int, _: Sequence[Cue]) -> str:
    """The word that governs it."""
    word = sentence.words[index]
    return f"{word.rel} {sentence.words[word.head].lemma.lower()}" if word.head >= 0 else "root"


def say_outer(sentence: Sentence, index: int, _: Sequence[Cue]) -> str:
    """The cues on the next verb above it, or that verb's form, and whether the event is a noun."""
    above = next((a for a in sentence.ancestors(index) if sentence.words[a].upos in ("VERB", "AUX") or sentence.kids(a, "cop")), None)
    noun = sentence.words[index].upos == "NOUN"
    if above is None:
        return f"top {noun}"
    rules = sorted({f"{c.status} {c.rule}" for c in _cues(sentence, above)}) or [sentence.words[above].tag]
    return f"{'+'.join(rules)} {noun}"


def say_lemma(sentence: Sentence, index: int, _: Sequence[Cue]) -> str:
    """Its own word."""
    return sentence.words[index].lemma.lower()


def say_auxiliaries(sentence: Sentence, index: int, _: Sequence[Cue]) -> str:
    """Tense and aspect: its form with its auxiliaries."""
    return f"{sentence.words[index].tag} {_forms(sentence, index, 'aux', 'cop')}"


def say_mark(sentence: Sentence, index: int, _: Sequence[Cue]) -> str:
    """Its relation with what leads it in."""
    return f"{sentence.words[index].rel} {_forms(sentence, index, 'mark', 'case')}"


def say_rules(_: Sentence, __: int, cues: Sequence[Cue]) -> str:
    """All its cues' statuses and rules."""
    return "+".join(sorted({f"{c.status} {c.rule}" for c in cues}))


def _forms(sentence: Sentence, index: int, *rels: str) -> str:
    return "+".join(sorted(sentence.words[k].text.lower() for k in sentence.kids(index, *rels)))


# In the order in which they were taken up by five folds of the training part, each the one that lowered MAE most; determiners,
# modifiers, a second governor, the path upward and a question mark lowered it by less than .0005 and were left out.
FAMILIES = (say_cue, say_shape, say_cue_word, say_head, say_outer, say_lemma, say_auxiliaries, say_mark, say_rules)


def fit(rows: Sequence[Judged]) -> Fitted:
    """Events of the training part -> shifts, family by family: each the median of what the others leave, drawn towards none."""
    start = median(r.label for r in rows)
    left = [r.label - start for r in rows]
    shifts: dict[tuple[int, str], float] = defaultdict(float)
    for family in [*range(len(FAMILIES))] * ROUNDS:
        cells: dict[str, list[int]] = defaultdict(list)
        for i, row in enumerate(rows):
            cells[row.said[family]].append(i)
        for said, members in cells.items():
            step = median(left[i] for i in members) * len(members) / (len(members) + PRIOR) if len(members) > 1 else 0.0
            shifts[family, said] += step
            for i in members:
                left[i] -= step
    return Fitted(start, dict(shifts))


def value_of(row: Judged, fitted: Fitted) -> float:
    """An event -> its value, never beyond the scale of -3 to 3."""
    return max(-3.0, min(3.0, fitted.start + sum(fitted.shifts.get(key, 0.0) for key in enumerate(row.said))))


def correlate(a: Sequence[float], b: Sequence[float]) -> float:
    """Pearson's r."""
    x, y = fmean(a), fmean(b)
    top = sum((p - x) * (q - y) for p, q in zip(a, b, strict=True))
    return top / sqrt(sum((p - x) ** 2 for p in a) * sum((q - y) ** 2 for q in b))


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures on the development part; `data` is another archive of the same form, and where it has one part only, that is scored."""
    shared = need(SHARED / "data" / "claims" / "factuality_train_dev.tar.gz")
    path = data or shared
    parts = parts_of(path)
    reader = load_reader()
    fitted = fit(judge(path if "train" in parts else shared, "train", reader))
    rows = judge(path, "dev" if "dev" in parts else parts[0], reader)
    labels = [r.label for r in rows]
    figures: dict[str, float | int | str] = {"events": len(rows)}
    for name, said in (("", [value_of(r, fitted) for r in rows]), ("fixed_", [FIXED[r.status] for r in rows])):
        figures[f"{name}mae"] = fmean(abs(a - b) for a, b in zip(labels, said, strict=True))
        figures[f"{name}r"] = correlate(labels, said)
    figures["always_three_mae"] = fmean(abs(3 - v) for v in labels)
    return figures
