"""Spans of sources, cues and contents -> quotations: who is said to have said what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words [first, past the last) of the source, the cue and the parts of the content; None where the sentence has none."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]


def join_quotations(spans: Sequence[tuple[int, int, str]]) -> tuple[Quotation, ...]:
    """Tagged spans of a sentence -> quotations, in order of their cues.

    Sources and contents go to the nearest cue; contents without any cue are one quotation, as where a speech runs on.

    >>> join_quotations([(0, 4, "CONTENT"), (5, 6, "SOURCE"), (6, 7, "CUE")])
    (Quotation(source=(5, 6), cue=(6, 7), content=((0, 4),)),)
    """
    cues = [(a, b) for a, b, kind in spans if kind == "CUE"]
    contents = [(a, b) for a, b, kind in spans if kind == "CONTENT"]
    sources = [(a, b) for a, b, kind in spans if kind == "SOURCE"]
    if not cues:
        return (Quotation(sources[0] if sources else None, None, tuple(contents)),) if contents else ()
    owners = [nearest(cues, part) for part in contents]
    out = []
    for k, cue in enumerate(cues):
        mine = tuple(part for part, owner in zip(contents, owners, strict=True) if owner == k)
        own = [s for s in sources if nearest(cues, s) == k]
        source = own[nearest(own, cue)] if own else None
        if mine or source:
            out.append(Quotation(source, cue, mine))
    return tuple(out)


def nearest(spans: Sequence[Span], to: Span) -> int:
    """Index of the span with the fewest words between it and another; the earlier of two."""
    return min(range(len(spans)), key=lambda i: max(spans[i][0] - to[1], to[0] - spans[i][1], 0))
