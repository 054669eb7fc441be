"""Cleaning and splitting: junk of the seeds found, gold sentences lost or split otherwise, share cut, speed."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from amity.reading import read_paths, split_sentences
from amity.records import Document, Unread
from bench import SHARED, need

# Kinds of defect that are lines to cut; the rest are for other rooms (dates, sources, grammar).
CUTTABLE = {
    "byline_in_text", "duplicate_teaser", "mirror_title", "read_more_list", "spam_questions", "page_furniture", "fake_author",
    "caption_fragment", "stale_caption", "duplicate_standfirst",
}  # fmt: skip
LINES = re.compile(r"lines ((?:\d+(?:-\d+)?(?: '\(\d\)')?(?:, | and )?)+)")


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures over seeds, gold and corpus; `data` is a folder of the same form as the shared one."""
    root = need(data or SHARED)
    seeds = {d.name.split("_")[0]: d for d in read_documents(need(root / "seeds"))}
    documents = {d.name: d for d in [*seeds.values(), *read_documents(need(root / "gold" / "dev"))]}
    return {**score_defects(root, seeds), **score_gold(root, documents), **score_corpus(root)}


def read_documents(path: Path) -> Iterator[Document]:
    """Documents of a folder or file; what is unread is left out."""
    return (d for d in read_paths([path]) if isinstance(d, Document))


def score_defects(root: Path, seeds: dict[str, Document]) -> dict[str, float | int | str]:
    """Defects of which every line is cut, out of those that are lines to cut."""
    defects = json.loads(need(root / "gold" / "seed-defects.json").read_text(encoding="utf-8"))
    found = total = lines_found = lines_total = 0
    for seed, rows in defects.items():
        document = seeds.get(seed.removeprefix("seed-"))
        for row in rows if document else ():
            if row["type"] not in CUTTABLE:
                continue
            hits = [is_cut(document, span) for span in line_spans(document.text, name_lines(row))]
            found, total = found + all(hits), total + 1
            lines_found, lines_total = lines_found + sum(hits), lines_total + len(hits)
            if not all(hits):
                print(f"not cut: {seed} line {row['line']} {row['type']}")
    return {"defects_found": found, "defects_total": total, "junk_lines_found": lines_found, "junk_lines_total": lines_total}


def name_lines(row: dict[str, Any]) -> set[int]:
    """The lines that a defect's words name; a title told again is the title's first line aside."""
    named = {int(row["line"])} - ({1} if row["type"] == "mirror_title" else set())
    for group in LINES.findall(row["what"]):
        for first, last in re.findall(r"(\d+)(?:-(\d+))?(?! ?\))", re.sub(r"'\(\d\)'", "", group)):
            named.update(range(int(first), int(last or first) + 1))
    named.update(int(n) for n in re.findall(r" and (\d+): link", row["what"]))
    return named


def line_spans(text: str, numbers: set[int]) -> Iterator[tuple[int, int]]:
    """Line numbers from 1 -> places, blank lines left out."""
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        if number in numbers and line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def is_cut(document: Document, span: tuple[int, int]) -> bool:
    """Whether more than half of a stretch is cut."""
    start, end = span
    return sum(max(0, min(c.end, end) - max(c.start, start)) for c in document.cuts) > 0.5 * (end - start)


def score_gold(root: Path, documents: dict[str, Document]) -> dict[str, float | int | str]:
    """Gold sentences that are cut although told nowhere else, and those that a sentence of ours coincides with."""
    lost = doubled = agreed = total = 0
    for path in [*sorted((root / "gold").glob("*-0*.json")), *sorted((root / "gold" / "dev").glob("*.json"))]:
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = documents[gold["document"]]
        places = {(s.start, s.end) for s in split_sentences(document)}
        for start, end in sorted({(r["char_start"], r["char_end"]) for r in gold.get("events") or gold["standings"]}):
            total += 1
            if is_cut(document, (start, end)):
                again = is_told_again(document, start, end)
                doubled, lost = doubled + again, lost + (not again)
                print(f"{'told again' if again else 'lost'}: {path.name} {document.text[start:end][:100]!r}")
            elif trim_cut(document, start, end) in places:
                agreed += 1
            else:
                print(f"split otherwise: {path.name} {document.text[start:end]!r}")
    agreement = agreed / max(1, total - lost - doubled)
    return {"gold_sentences": total, "gold_lost": lost, "gold_told_again": doubled, "split_agreement": agreement}


def is_told_again(document: Document, start: int, end: int) -> bool:
    """Whether most words of a cut stretch stand together in a line that is kept."""
    words = set(re.findall(r"\w+", document.text[start:end].casefold()))
    kept = [s for s in split_sentences(document) if not s.start < end or not start < s.end]
    return any(len(words & set(re.findall(r"\w+", s.text.casefold()))) >= 0.75 * len(words) for s in kept)


def trim_cut(document: Document, start: int, end: int) -> tuple[int, int]:
    """A stretch without the cuts at its edges and the space beside them."""
    for cut in document.cuts:
        if cut.start <= start < cut.end < end:
            start = cut.end
        if start < cut.start < end <= cut.end:
            end = cut.start
    sign = re.match(r"\d{1,2}[.)] ", document.text[start:end])  # the gold keeps the number of a list item, a sentence of ours does not
    start += sign.end() if sign else 0
    part = document.text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def score_corpus(root: Path) -> dict[str, float | int | str]:
    """Share of the corpus that is cut, by reason too, unread lines, and documents per second."""
    began = time.perf_counter()
    size = documents = unread = sentences = 0
    cut: Counter[str] = Counter()
    for record in read_paths([need(root / "corpus" / "articles.jsonl.gz")]):
        if isinstance(record, Unread):
            unread += 1
            continue
        documents, size = documents + 1, size + len(record.text)
        sentences += len(split_sentences(record))
        for c in record.cuts:
            cut[c.reason] += c.end - c.start
    seconds = time.perf_counter() - began
    shares: dict[str, float | int | str] = {f"cut_{reason}": n / max(1, size) for reason, n in cut.most_common()}
    return {
        "documents": documents,
        "unread": unread,
        "sentences": sentences,
        "cut_share": cut.total() / max(1, size),
        **shares,
        "documents_per_second": documents / seconds,
    }
