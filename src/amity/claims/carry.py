"""Quotations that run over sentences: which sentence stands in whose quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from amity.records import Sentence

# A quotation left open is closed at the end of its paragraph unless the next one opens with a mark again.
OPENERS, CLOSERS = ("“", "``"), ("”",)
# Two apostrophes are a straight mark, as wire services and archives write it.
MARK = re.compile(r"[“”\"]|''|``")
# Shorter quotations are single words in the writer's own sentence, not speech.
FEWEST_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of a document between quotation marks; `chain` numbers those that one speaker goes on in."""

    start: int
    end: int
    chain: int


def find_quotations(sentences: Sequence[Sentence]) -> list[Quotation]:
    """Sentences of one document -> its quotations in order; both curly and straight marks, read by paragraph."""
    found: list[Quotation] = []
    chain, left_open = 0, False
    for paragraph in _paragraphs(sentences):
        start: int | None = None
        first = True
        for place, mark in _marks(paragraph):
            opens = mark in OPENERS or (mark not in CLOSERS and start is None)
            if opens:
                at_start = first and place - paragraph[0].start <= 2
                chain += 0 if left_open and at_start else 1
                start = place + len(mark)
            elif start is not None:
                found.append(Quotation(start, place, chain))
                start = None
            first = False
        left_open = start is not None
        if start is not None:
            found.append(Quotation(start, paragraph[-1].end, chain))
    return [q for q in found if q.end - q.start >= FEWEST_CHARACTERS]


def _paragraphs(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    groups: list[list[Sentence]] = []
    for sentence in sentences:
        if groups and groups[-1][0].paragraph == sentence.paragraph:
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return groups


def _marks(paragraph: Sequence[Sentence]) -> list[tuple[int, str]]:
    return [(s.start + m.start(), m.group()) for s in paragraph for m in MARK.finditer(s.text)]
