"""Sentences whose parties are given in marks -> the type that the coder reads between them; shared by benchmarks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amity.events import EventCoder, spans_of
from amity.language import Reader, load_acts
from amity.records import Actor, Mention, Sentence, Stretch

_MARK = re.compile(r"</?[st]>")
# Quad classes of the 15 roots in which CONCEDE and RETREAT are one (YIELD, counted as material cooperation).
QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}


def read_marked(marked: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """ "<s>A</s> met <t>B</t>" -> text without marks, places of source and target in it.

    >>> read_marked("<s>Mali</s> met <t>Niger</t>.")
    ('Mali met Niger.', (0, 4), (9, 14))
    """

    def place(letter: str) -> tuple[int, int]:
        ends = [len(_MARK.sub("", marked[: marked.index(mark)])) for mark in (f"<{letter}>", f"</{letter}>")]
        return ends[0], ends[1]

    return _MARK.sub("", marked), place("s"), place("t")


def type_between(marked: str, reader: Reader, coder: EventCoder) -> str:
    """Marked sentence -> the likeliest of the 15 roots, empty where no word of the codebook joins the two."""
    text, source, target = read_marked(marked)
    for sentence in reader.parse("given", [Stretch(0, len(text), text, 0)]):
        ends = [_mention(sentence, place, name) for place, name in ((source, "s"), (target, "t"))]
        if ends[0] and ends[1]:
            (scores,) = load_acts().read([sentence], [spans_of([m for m in ends if m])])
            chances = join_yield(coder.types_between(sentence, ends[0], ends[1], scores))
            return max(chances, key=lambda k: chances[k], default="")
    return ""


def join_yield(chances: dict[str, float]) -> dict[str, float]:
    """Sixteen types -> fifteen roots: CONCEDE and RETREAT are one."""
    out: dict[str, float] = {}
    for kind, chance in chances.items():
        root = "YIELD" if kind in ("CONCEDE", "RETREAT") else kind
        out[root] = max(chance, out.get(root, 0.0))
    return out


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
