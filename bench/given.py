"""Sentences whose parties are given in marks -> the type and the root that the coder reads between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amity.events import EventCoder, load_roots, spans_of
from amity.language import Reader, load_acts
from amity.records import Actor, Mention, Sentence, Stretch

_MARK = re.compile(r"</?[st]>")


def read_marked(marked: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """ "<s>A</s> met <t>B</t>" -> text without marks, places of source and target in it.

    >>> read_marked("<s>Mali</s> met <t>Niger</t>.")
    ('Mali met Niger.', (0, 4), (9, 14))
    """

    def place(letter: str) -> tuple[int, int]:
        ends = [len(_MARK.sub("", marked[: marked.index(mark)])) for mark in (f"<{letter}>", f"</{letter}>")]
        return ends[0], ends[1]

    return _MARK.sub("", marked), place("s"), place("t")


def root_between(marked: str, reader: Reader, coder: EventCoder, variant: str) -> tuple[str, str]:
    """Marked sentence -> the likeliest root of a variant, and our likeliest type by its name there; empty where nothing joins them."""
    text, source, target = read_marked(marked)
    same = load_roots().variant(variant).same
    for sentence in reader.parse("given", [Stretch(0, len(text), text, 0)]):
        ends = [_mention(sentence, place, name) for place, name in ((source, "s"), (target, "t"))]
        if ends[0] and ends[1]:
            (scores,) = load_acts().read([sentence], [spans_of([m for m in ends if m])])
            given = (sentence, ends[0], ends[1], scores)
            root = next(iter(coder.roots_between(*given, variant)), "")
            types: dict[str, float] = {}
            for kind, chance in coder.types_between(*given).items():
                types.setdefault(same.get(kind, kind), chance)
            return root, next(iter(types), "")
    return "", ""


def _mention(sentence: Sentence, place: tuple[int, int], name: str) -> Mention | None:
    inside = [w.index for w in sentence.words if w.end > place[0] and w.start < place[1]]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    head = next((i for i in inside if not first <= sentence.words[i].head < last), last - 1)
    party = Actor(f"given:{name}", name, f"given:{name}", name, "government")
    return Mention(sentence.index, first, last, head, sentence.words_text(first, last), "name", party, "given")


def macro_f1(gold: Sequence[object], said: Sequence[object]) -> float:
    """Mean over the gold's classes of F1, 0..1."""
    classes = set(gold)
    total = 0.0
    for c in classes:
        hits = sum(g == c == s for g, s in zip(gold, said, strict=True))
        total += 2 * hits / (sum(g == c for g in gold) + sum(s == c for s in said))
    return total / len(classes)
