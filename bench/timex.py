"""Time expressions on the TempEval-3 training set: spans strict and relaxed, values of dates.

Spans of every kind (DATE, TIME, DURATION, SET) count; the document's own date line does not. The value is
compared for DATE only, to the day, month or year that the gold gives; references (PRESENT_REF ...) and
quarters are left out of the value figures and counted. `--data` names a folder of TimeML or such an archive.
"""

from __future__ import annotations

import argparse
import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

from amity.claims.calendar import Span, parse_edtf
from amity.claims.dating import date_timex
from amity.claims.timex import Timex, tag_times
from amity.language import load_reader
from amity.records import Sentence, Stretch
from bench import SHARED, need

ARCHIVE = SHARED / "data" / "claims" / "tempeval3_training.tar.gz"
_SENTENCE_END = re.compile(r"\n\s*\n|(?<=[.!?])[\"”']?\s+(?=[\"“A-Z])")
_PLAIN_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}$|\d{4}-W\d{2}$")


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated expression, by place in the text."""

    start: int
    end: int
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Found:
    """One tagged expression, by place in the text, with its value where it has one."""

    start: int
    end: int
    words: str
    value: str | None


def read_timeml(xml: bytes) -> tuple[str, Span | None, list[Gold]]:
    """TimeML -> text, publication date, expressions of the text."""
    root = ElementTree.fromstring(xml)
    created = root.find("DCT/TIMEX3")
    text, gold = "", []
    for kind, node in _walk(root.find("TEXT")):
        if kind == "text":
            text += str(node)
        elif kind == "open":
            gold.append([len(text), 0, node])
        else:
            next(g for g in reversed(gold) if g[2] is node)[1] = len(text)
    rows = [Gold(a, b, n.get("type", ""), n.get("value", "")) for a, b, n in gold if text[a:b].strip()]
    return text, parse_edtf(created.get("value") if created is not None else None), rows


def _walk(node: ElementTree.Element | None) -> Iterator[tuple[str, object]]:
    if node is None:
        return
    if node.tag == "TIMEX3":
        yield "open", node
    if node.text:
        yield "text", node.text
    for child in node:
        yield from _walk(child)
        if child.tail:
            yield "text", child.tail
    if node.tag == "TIMEX3":
        yield "close", node


def split_text(text: str) -> list[Stretch]:
    """A crude split, enough for expressions that seldom cross its cuts."""
    places = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]
    return [Stretch(a, b, text[a:b], 0) for a, b in pairwise(places) if text[a:b].strip()]


def tag_sentence(sentence: Sentence, published: Span | None) -> Iterator[Found]:
    """Sentence -> expressions with values; the direction of a bare weekday from the verbs' tags alone."""
    future = True if any(w.text.lower() in ("will", "'ll", "shall") for w in sentence.words) else None
    for timex in tag_times(sentence.words):
        first, last = sentence.words[timex.first], sentence.words[timex.last - 1]
        when = date_timex(sentence.words, timex, published, future)
        words = sentence.words_text(timex.first, timex.last)
        yield Found(first.start, last.end, words, _value(when.edtf, timex) if when else None)


def _value(edtf: str, timex: Timex) -> str:
    """EDTF -> the form of TimeML: a week's interval is its ISO week."""
    if "/" in edtf and timex.classes.endswith("u"):
        span = parse_edtf(edtf.split("/")[0])
        if span:
            year, week, _ = span[0].isocalendar()
            return f"{year}-W{week:02d}"
    return edtf


def documents(data: Path | None) -> Iterator[bytes]:
    """TimeML files of a folder or an archive."""
    path = data or need(ARCHIVE)
    if path.is_dir():
        yield from (p.read_bytes() for p in sorted(path.rglob("*.tml")))
        return
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            stream = archive.extractfile(member) if member.name.endswith(".tml") and "testpipeline" not in member.name else None
            if stream:
                yield stream.read()


def collect(data: Path | None) -> Iterator[tuple[str, list[Gold], list[Found]]]:
    """Text, gold and tagged expressions of each document."""
    reader = load_reader()
    for xml in documents(data):
        text, published, gold = read_timeml(xml)
        sentences = reader.parse("", split_text(text))
        yield text, gold, [f for s in sentences for f in tag_sentence(s, published)]


def measure(rows: list[tuple[str, list[Gold], list[Found]]]) -> dict[str, float | int | str]:
    """Documents -> F1 of spans and values; a value counts where the spans overlap."""
    counts: Counter[str] = Counter()
    for _, gold, found in rows:
        counts["gold"] += len(gold)
        counts["found"] += len(found)
        counts["strict"] += len({(g.start, g.end) for g in gold} & {(f.start, f.end) for f in found})
        counts["relaxed_gold"] += sum(any(_overlap(g, f) for f in found) for g in gold)
        counts["relaxed_found"] += sum(any(_overlap(g, f) for g in gold) for f in found)
        dates = [g for g in gold if g.kind == "DATE" and _PLAIN_DATE.match(g.value)]
        counts["dates"] += len(dates)
        counts["valued"] += sum(f.value is not None for f in found)
        counts["value"] += sum(any(_overlap(g, f) and f.value == g.value for f in found) for g in dates)
    return {
        "documents": len(rows),
        "expressions": counts["gold"],
        "strict_f1": 2 * counts["strict"] / (counts["gold"] + counts["found"]),
        "relaxed_f1": _f1(counts["relaxed_found"] / max(1, counts["found"]), counts["relaxed_gold"] / counts["gold"]),
        "dates_valued_in_gold": counts["dates"],
        "date_value_f1": _f1(counts["value"] / max(1, counts["valued"]), counts["value"] / counts["dates"]),
        "date_value_precision": counts["value"] / max(1, counts["valued"]),
        "date_value_recall": counts["value"] / counts["dates"],
    }


def _overlap(gold: Gold, found: Found) -> bool:
    return gold.start < found.end and found.start < gold.end


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def run(data: Path | None) -> dict[str, float | int | str]:
    """Measure on the training set, or on `data`."""
    return measure(list(collect(data)))


def main() -> None:
    """Print what was missed, what was too much, and which values differ, each with its count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=60)
    parser.add_argument("--data", type=Path)
    args = parser.parse_args()
    rows, wrong = list(collect(args.data)), Counter[tuple[str, ...]]()
    for text, gold, found in rows:
        for g in gold:
            near = [f for f in found if _overlap(g, f)]
            words = " ".join(text[g.start : g.end].split())
            if not near:
                wrong["missed", words, g.kind] += 1
            elif all((f.start, f.end) != (g.start, g.end) for f in near):
                wrong["span", words, near[0].words] += 1
            elif g.kind == "DATE" and _PLAIN_DATE.match(g.value) and near[0].value != g.value:
                wrong["value", words, g.value, str(near[0].value)] += 1
        for f in found:
            if not any(_overlap(g, f) for g in gold):
                wrong["surplus", f.words] += 1
    for what in ("missed", "span", "value", "surplus"):
        print(what, sum(n for k, n in wrong.items() if k[0] == what))
        for key, n in [(k, n) for k, n in wrong.most_common() if k[0] == what][: args.errors]:
            print("   ", n, *key[1:], sep=" | ")
    for key, value in measure(rows).items():
        print(key, value)


if __name__ == "__main__":
    main()
