"""Attributions on PolNeAR's development part: the reader's quotation head, the rules over the tree, and both.

The rules are read as the annotators mark: a source with its aside ("X, a professor, ...") or the relative pronoun itself, a
quotation to its end over sentences, the speaker and not the outlet spoken to, and none inside a quotation.

A found attribution is paired with the gold one whose cue shares most words with its own; `cue` is the F1 of pairs,
`source` counts pairs whose sources are the same words, `content` those whose contents overlap by half (Jaccard), `whole`
pairs with both. The first annotator of each text counts. Nothing that ships was trained on PolNeAR (no licence file);
rules and head were not tuned on this part.
"""

from __future__ import annotations

import re
import tarfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from amity.claims.attitudes import Attitude, find_attitudes
from amity.claims.carry import Quotation as Quoted
from amity.claims.carry import find_quotations
from amity.claims.cues import load_cues
from amity.claims.lemmas import settle_lemmas
from amity.claims.speech import Saying, find_sayings
from amity.language import Quotation, load_reader
from amity.reading import split_sentences
from amity.records import Document, Sentence, is_rel
from bench import SHARED, need

Words = frozenset[int]
Parsed = Sequence[tuple[Sentence, tuple[Quotation, ...]]]
# A content and a gold one are the same from this share of common words on.
SOFT = 0.5
# Relations of a source that are not part of its phrase as annotators mark it; seen on the training part.
OUTSIDE = ("parataxis", "punct")
RELATIVE = ("who", "which", "that")


@dataclass(frozen=True)
class Attribution:
    """Places (characters' word numbers) of cue, source and content; empty where there is none."""

    cue: Words
    source: Words
    content: Words


def read_texts(data: Path | None) -> Iterator[tuple[str, str]]:
    """Text and first annotation of every article of the development part; of an archive without one, of all of it."""
    with tarfile.open(data or need(SHARED / "data" / "claims" / "polnear_train_dev.tar.gz")) as tar:
        every = [m for m in tar if m.isfile()]
        files = {m.name: m for m in every if "/dev/" in m.name} or {m.name: m for m in every}
        for name in sorted(n for n in files if n.endswith(".txt")):
            stem = name.rsplit("/", 1)[1].removesuffix(".txt")
            notes = sorted(n for n in files if n.endswith(".ann") and n.rsplit("/", 1)[1].startswith(stem))
            if notes:
                yield tuple(tar.extractfile(files[n]).read().decode("utf-8") for n in (name, notes[0]))  # type: ignore[union-attr, misc]  # both are files


def read_gold(notes: str, places: list[tuple[int, int]]) -> list[Attribution]:
    """Annotation -> attributions, by the numbers of the text's words."""
    spans: dict[str, Words] = {}
    found = []
    for line in notes.splitlines():
        key, _, rest = line.partition("\t")
        if re.fullmatch(r"T\d+", key) and "\t" in rest:
            kind = rest.split("\t")[0].split(" ", 1)[1]
            parts = [tuple(map(int, p.split())) for p in kind.split(";")]
            spans[key] = frozenset(i for i, (a, b) in enumerate(places) if any(a < y and b > x for x, y in parts))
        elif re.fullmatch(r"E\d+", key):
            roles = dict(re.findall(r"(\w+):(T\d+)", rest))
            found.append(Attribution(*(spans.get(roles.get(r, ""), frozenset()) for r in ("Cue", "Source", "Content"))))
    return [f for f in found if f.cue]


def from_head(sentence: Sentence, quotations: tuple[Quotation, ...]) -> Iterator[Attribution]:
    """What the quotation head says."""
    for q in quotations:
        spans = [[q.cue] if q.cue else [], [q.source] if q.source else [], q.content]
        if q.cue:
            yield Attribution(*(frozenset(i for a, b in part for i in range(a, b)) for part in spans))


def from_rules(parsed: Parsed) -> Iterator[list[Attribution]]:
    """What the rules over the tree say of one text, sentence by sentence; word numbers are those of the sentence, and may go beyond it."""
    sentences = [s for s, _ in parsed]
    marks = Marks.of(sentences)
    base = 0
    for sentence in sentences:
        settled = settle_lemmas(sentence)
        said = [s for s in find_sayings(settled, load_cues()) if not s.carrier]
        sayings = [s for s in said if not any(s.cue in other.content for other in said)]
        both: list[Saying | Attitude] = [*sayings, *find_attitudes(settled, load_cues(), sayings)]
        rows = []
        for told in both:
            if marks.hold(sentence.words[told.cue].start):
                continue
            source = set() if told.source is None else spread(sentence, told.source, told.cue)
            more = {n - base for n in marks.going_on(sentence, told)} if isinstance(told, Saying) else set()
            rows.append(Attribution(frozenset({told.cue}), frozenset(source), frozenset({*told.content, *more} - source)))
        yield rows
        base += len(sentence.words)


@dataclass(frozen=True)
class Marks:
    """The quotations of a text, the starts of its words, and by a quotation's chain that which goes on in the next sentence."""

    quotations: Sequence[Quoted]
    places: Sequence[int]
    onward: dict[int, int]

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Marks:
        """Sentences of one text -> its quotations."""
        quotations = find_quotations(sentences)
        return cls(quotations, [w.start for s in sentences for w in s.words], dict(find_going_on(sentences, quotations)))

    def hold(self, place: int) -> bool:
        """Whether a character stands in a quotation."""
        return any(q.start <= place < q.end for q in self.quotations)

    def going_on(self, sentence: Sentence, saying: Saying) -> Iterator[int]:
        """Numbers, in the text, of the words of quotations that a saying's content begins."""
        starts = [sentence.words[i].start for i in saying.content]
        chains = {q.chain for q in self.quotations for place in starts if q.start <= place < q.end}
        chains |= {self.onward[c] for c in chains if c in self.onward}
        for q in self.quotations:
            if q.chain in chains:
                yield from range(bisect_left(self.places, q.start), bisect_left(self.places, q.end))


def find_going_on(sentences: Sequence[Sentence], quotations: Sequence[Quoted]) -> Iterator[tuple[int, int]]:
    """Chains of quotations -> the chain that goes on in the next sentence of the paragraph, where that is nothing but quotation."""
    for before, after in pairwise(sentences):
        last = next((q for q in reversed(quotations) if before.start <= q.start < before.end), None)
        first = next((q for q in quotations if after.start <= q.start <= after.start + 2), None)
        if last and first and before.paragraph == after.paragraph and first.end >= after.end - 3:
            yield last.chain, first.chain


def from_both(ruled: list[Attribution], headed: list[Attribution]) -> list[Attribution]:
    """What the rules say, and what the head says beside it."""
    taken = {i for a in ruled for i in a.cue}
    return ruled + [a for a in headed if not a.cue & taken]


def spread(sentence: Sentence, head: int, cue: int) -> set[int]:
    """A source's phrase: the words below its head on its side of the cue, without marks; of a clause with "who" that pronoun."""
    if is_rel(sentence.words[cue].rel, "acl:relcl") and sentence.words[cue].head == head:
        pronoun = {k for k in sentence.kids(cue, "nsubj") if sentence.words[k].text.lower() in RELATIVE}
        if pronoun:
            return pronoun
    found = {head}
    for kid in sentence.children[head]:
        below = set(sentence.subtree(kid))
        if not is_rel(sentence.words[kid].rel, *OUTSIDE) and cue not in below:
            found |= below
    return {i for i in range(min(found), max(found) + 1) if i != cue and (i < cue) == (head < cue)}


def overlap(a: Words, b: Words) -> float:
    """Jaccard; two empty sets are the same."""
    return len(a & b) / len(a | b) if a | b else 1.0


def score(pairs: list[tuple[Attribution, Attribution]], gold: list[Attribution], mine: list[Attribution]) -> dict[str, float]:
    """F1 in percent of each role."""
    hits = {
        "cue": [True for _ in pairs],
        "source": [bool(g.source) and g.source == m.source for g, m in pairs],
        "content": [overlap(g.content, m.content) >= SOFT for g, m in pairs],
        "whole": [overlap(g.source, m.source) >= SOFT and overlap(g.content, m.content) >= SOFT for g, m in pairs],
    }
    sizes = {k: len(gold) + len(mine) for k in hits} | {"source": sum(bool(a.source) for a in gold + mine)}
    return {k: 200 * sum(v) / max(1, sizes[k]) for k, v in hits.items()}


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures of each way."""
    reader = load_reader()
    gold: list[Attribution] = []
    mine: dict[str, list[Attribution]] = {"head": [], "rules": [], "both": []}
    base = 0
    for text, notes in read_texts(data):
        parsed = reader.parse_quoted("polnear", split_sentences(Document("polnear", text, "text")))
        places = [(w.start, w.end) for s, _ in parsed for w in s.words]
        gold += [shift(a, base) for a in read_gold(notes, places)]
        for (sentence, quotations), ruled in zip(parsed, from_rules(parsed), strict=True):
            headed = list(from_head(sentence, quotations))
            for name, found in (("head", headed), ("rules", ruled), ("both", from_both(ruled, headed))):
                mine[name] += [shift(a, base) for a in found]
            base += len(sentence.words)
    figures: dict[str, float | int | str] = {"attributions": len(gold)}
    for name, found in mine.items():
        figures |= {f"{name}_{k}": v for k, v in score(pair_all(gold, found), gold, found).items()}
    return figures


def shift(attribution: Attribution, base: int) -> Attribution:
    """Word numbers moved on by those of earlier sentences and texts."""
    return Attribution(*(frozenset(i + base for i in part) for part in (attribution.cue, attribution.source, attribution.content)))


def pair_all(gold: list[Attribution], mine: list[Attribution]) -> list[tuple[Attribution, Attribution]]:
    """Pairs over all texts, found near each other only, so that it stays quick."""
    near: dict[int, list[Attribution]] = {}
    for m in mine:
        for i in m.cue:
            near.setdefault(i, []).append(m)
    pairs, used = [], set[int]()
    for g in sorted(gold, key=lambda g: min(g.cue)):
        options = {id(m): m for i in g.cue for m in near.get(i, []) if id(m) not in used}.values()
        best = max(options, key=lambda m: (len(g.cue & m.cue), len(g.content & m.content)), default=None)
        if best is not None:
            used.add(id(best))
            pairs.append((g, best))
    return pairs
