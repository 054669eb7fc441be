"""A document's text with its quotations marked and its cuts struck, as safe HTML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from amity.records import Cut, Document
from amity.show.picture import Picture
from amity.show.wording import clean_text, wording

# Least and most characters kept on either side of a quotation where texts are shown in part: a few words, three sentences.
CONTEXT = (40, 320)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text that is quoted, with the claims that quote it; `anchor` names its mark."""

    start: int
    end: int
    anchor: str
    claims: tuple[str, ...]


def find_passages(picture: Picture) -> dict[str, list[Passage]]:
    """A picture -> document id -> its quoted passages in order; quotes that the text does not hold are left out."""
    texts = {d.id: d.text for d in picture.documents}
    held: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for claim in picture.claims:
        if texts.get(claim.document_id, "")[claim.start : claim.end] == claim.quote and claim.quote:
            held[claim.document_id, claim.start, claim.end].append(claim.id)
    passages: dict[str, list[Passage]] = defaultdict(list)
    for (document, start, end), ids in sorted(held.items()):
        passages[document].append(Passage(start, end, f"q-{min(ids)}", tuple(sorted(ids))))
    return dict(passages)


def index_anchors(passages: Mapping[str, Sequence[Passage]]) -> dict[str, str]:
    """Passages -> claim id -> the anchor of its mark."""
    return {claim: p.anchor for group in passages.values() for p in group for claim in p.claims}


def fit_context(documents: Sequence[Document], passages: Mapping[str, Sequence[Passage]], most: int) -> int | None:
    """Documents -> characters to keep on either side of a quotation so that about `most` are shown; None: all."""
    if total_text(documents) <= most:
        return None
    quoted = sum(p.end - p.start for group in passages.values() for p in group)
    number = max(1, sum(len(group) for group in passages.values()))
    return max(CONTEXT[0], min(CONTEXT[1], (most - quoted) // (2 * number)))


def keep_ranges(document: Document, passages: Sequence[Passage], context: int | None) -> list[tuple[int, int]]:
    """A document -> the ranges of its text to show: all of it, or `context` characters around its passages."""
    size = len(document.text)
    if context is None or not size:
        return [(0, size)] if size else []
    ranges: list[tuple[int, int]] = []
    for p in passages:
        low, high = widen(document.text, p.start - context, p.end + context)
        if ranges and low <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(high, ranges[-1][1]))
        else:
            ranges.append((low, high))
    return ranges or [widen(document.text, 0, 2 * context)]


def widen(text: str, low: int, high: int) -> tuple[int, int]:
    """A range -> the same within the text, its ends moved outward to the next space within 40 characters."""
    low, high = max(0, low), min(len(text), high)
    left = text.rfind(" ", max(0, low - 40), low) if low else 0
    right = text.find(" ", high, high + 40) if high < len(text) else len(text)
    return (left if left >= 0 else low), (right if right >= 0 else high)


def mark_text(document: Document, passages: Sequence[Passage], context: int | None = None) -> Markup:
    """A document and its passages -> its text as HTML; what is left out (`context` given) is counted where it stood."""
    parts: list[Markup] = []
    at = 0
    for low, high in keep_ranges(document, passages, context):
        parts.append(say_gap(low - at))
        parts.append(mark_range(document, [p for p in passages if low <= p.start and p.end <= high], low, high))
        at = high
    parts.append(say_gap(len(document.text) - at))
    return Markup("").join(parts)


def say_gap(left_out: int) -> Markup:
    """A number of characters -> the note that stands for them, nothing for none."""
    note = Markup('<span class="gap">[{} characters left out]</span>')
    return note.format(f"{left_out:,}") if left_out > 0 else Markup("")


def mark_range(document: Document, passages: Sequence[Passage], low: int, high: int) -> Markup:
    """A range of the text -> segments between the ends of passages and cuts, each wrapped by what covers it."""
    cuts = [c for c in document.cuts if c.start < high and low < c.end]
    ends = {low, high} | {e for p in passages for e in (p.start, p.end)}
    points = sorted(ends | {min(high, max(low, e)) for c in cuts for e in (c.start, c.end)})
    starting: dict[int, list[Passage]] = defaultdict(list)
    ending: dict[int, list[Passage]] = defaultdict(list)
    for p in passages:
        starting[p.start].append(p)
        ending[p.end].append(p)
    parts: list[Markup] = []
    depth = 0
    for left, right in pairwise(points):
        begun = starting.get(left, [])
        depth += len(begun) - (len(ending.get(left, [])) if left > low else 0)
        segment = mark_segment(document.text[left:right], begun, depth > 0)
        cut = next((c for c in cuts if c.start <= left and right <= c.end), None)
        parts.append(strike(segment, cut) if cut else segment)
        parts.extend(link_back(p) for p in ending.get(right, []))
    return Markup("").join(parts)


def mark_segment(text: str, begun: Sequence[Passage], covered: bool) -> Markup:
    """A stretch of text -> itself escaped, in a mark where it is quoted; passages that begin here give their anchors."""
    inner = escape(clean_text(text))
    if not covered:
        return inner
    anchors = Markup("").join(Markup('<a id="{}"></a>').format(p.anchor) for p in begun[1:])
    name = Markup(' id="{}"').format(begun[0].anchor) if begun else ""
    return anchors + Markup("<mark{}>{}</mark>").format(name, inner)


def link_back(passage: Passage) -> Markup:
    """The way from a passage back to its first claim."""
    return Markup('<a class="back" href="#c-{}" aria-label="to the claim"></a>').format(passage.claims[0])


def strike(inner: Markup, cut: Cut) -> Markup:
    """A stretch that was cut -> struck, with its reason."""
    return Markup('<del title="cut: {}">{}</del>').format(say_cut(cut), inner)


def say_cut(cut: Cut) -> str:
    """A cut -> its reason in words, with its note."""
    reason = wording()["cuts"].get(cut.reason, cut.reason)
    return f"{reason} ({cut.note})" if cut.note else str(reason)


def total_text(documents: Iterable[Document]) -> int:
    """Documents -> characters of text in all."""
    return sum(len(d.text) for d in documents)
