"""Stretches of text -> sentences with words, tree and names: the one run of the model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from amity.language.lemmas import find_lemma
from amity.language.names import Read, SecondLook
from amity.language.quotations import Quotation, join_quotations
from amity.language.runs import Batch, Row, run_rows
from amity.language.spans import decode_spans
from amity.language.tokens import split_tokens
from amity.language.trees import best_trees
from amity.language.vocabulary import MODEL_FOLDER, Vocabulary, load_vocabulary, open_session
from amity.language.words import LONGEST_WORD, layout_pieces
from amity.records import Name, Sentence, Stretch, Word

# The encoder has 512 places; words beyond this many pieces are read in a row of their own.
MOST_PIECES = 480

Places = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Part:
    """What was read in one row: a sentence, or a part of a monstrous one."""

    words: list[Word]
    scores: NDArray[np.float32]
    quotes: list[tuple[int, int, str]]


class Reader:
    """A loaded model; `parse` reads a document, `analyse` one sentence with given tokens."""

    def __init__(self, folder: Path = MODEL_FOLDER, threads: int = 1) -> None:
        self._session = open_session(folder / "reader.onnx", threads)
        self._labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        words = Vocabulary(folder) if folder != MODEL_FOLDER else load_vocabulary()
        self._first, self._last, self._pieces = words.first, words.last, words.pieces
        self._lemma = lru_cache(maxsize=100_000)(find_lemma)
        weights = folder / "names.npz"
        self._second = SecondLook(weights) if weights.exists() else None

    def parse(self, document: str, stretches: Iterable[Stretch]) -> list[Sentence]:
        """Stretches of one document -> sentences, in the same order; a stretch without words gives none."""
        return [sentence for sentence, _ in self.parse_quoted(document, stretches)]

    def parse_quoted(self, document: str, stretches: Iterable[Stretch]) -> list[tuple[Sentence, tuple[Quotation, ...]]]:
        """Stretches of one document -> sentences, each with its quotations (by indices of its words)."""
        pairs = [(s, p) for s in stretches if (p := split_tokens(s.text))]
        return self.analyse_all(document, pairs)

    def analyse(self, document: str, index: int, stretch: Stretch, places: Places) -> Sentence:
        """One stretch with its tokens' places (within the stretch) -> a sentence."""
        return self.analyse_all(document, [(stretch, places)], index)[0][0]

    def analyse_all(
        self, document: str, pairs: Sequence[tuple[Stretch, Places]], index: int = 0
    ) -> list[tuple[Sentence, tuple[Quotation, ...]]]:
        """Stretches with their tokens' places -> sentences, numbered from `index`, and their quotations."""
        rows: list[Row] = []
        spans: list[tuple[int, slice]] = []
        for k, (stretch, places) in enumerate(pairs):
            for part, laid in self._lay_out([stretch.text[a:b] for a, b in places]):
                rows.append(laid)
                spans.append((k, part))
        found: dict[int, Part] = {}
        for batch in run_rows(self._session, rows):
            heads = best_trees(batch.out["arcs"], batch.sizes)
            for place, row in enumerate(batch.order):
                k, part = spans[row]
                found[row] = self._read(batch, place, heads[place], pairs[k], part)
        parts: list[list[tuple[Part, list[Name]]]] = [[] for _ in pairs]
        whole = [found[i] for i in range(len(rows))]
        for (k, _), piece, names in zip(spans, whole, self._name(whole), strict=True):
            parts[k].append((piece, names))
        return [_join(document, index + k, stretch, parts[k]) for k, (stretch, _) in enumerate(pairs)]

    def _lay_out(self, forms: Sequence[str]) -> list[tuple[slice, Row]]:
        """Words -> slices of them that each fit the encoder, and their rows; one for all but monstrous sentences."""
        row = Row(*layout_pieces(forms, self._pieces, self._first, self._last))
        if len(row.ids) - 2 <= MOST_PIECES:
            return [(slice(0, len(forms)), row)]
        parts = self._part([len(self._pieces(form[:LONGEST_WORD])) for form in forms])
        return [(p, Row(*layout_pieces(forms[p], self._pieces, self._first, self._last))) for p in parts]

    @staticmethod
    def _part(sizes: Sequence[int]) -> list[slice]:
        """Numbers of pieces of words -> slices of these that each fit the encoder."""
        parts, start, pieces = [], 0, 0
        for i, n in enumerate(sizes):
            if pieces + n > MOST_PIECES:
                parts.append(slice(start, i))
                start, pieces = i, 0
            pieces += n
        return [*parts, slice(start, len(sizes))]

    def _read(self, batch: Batch, place: int, heads: list[int], pair: tuple[Stretch, Places], part: slice) -> Part:
        """One row of a batch -> its words, scores of names and quotations, by their indices in the whole sentence."""
        (stretch, places), offset, size = pair, part.start, len(heads)
        out, labels, base, text = batch.out, self._labels, stretch.start, stretch.text
        upos, tags, scripts = (out[k][place, :size].tolist() for k in ("upos", "xpos", "lemma"))
        rels = out["rels"][place, np.arange(size), heads].tolist()
        words = []
        for i, (start, end) in enumerate(places[part]):
            form, kind, head = text[start:end], labels["upos"][upos[i]], heads[i]
            tag, rel = labels["xpos"][tags[i]], labels["rels"][rels[i]]
            lemma = self._lemma(form, tag, kind, labels["lemma"][scripts[i]])
            words.append(Word(offset + i, base + start, base + end, form, lemma, kind, tag, head - 1 + offset if head else -1, rel))
        quotes = [(a + offset, b + offset, kind) for a, b, kind in decode_spans(out["quotes"][place, :size], labels["quotes"])]
        return Part(words, out["names"][place, :size], quotes)

    def _name(self, parts: Sequence[Part]) -> list[list[Name]]:
        """Parts -> their names, by a second look where its weights are there."""
        scores = [p.scores for p in parts]
        if self._second:
            scores = self._second.weigh(
                [Read([w.text for w in p.words], [w.upos for w in p.words], [w.tag for w in p.words], p.scores) for p in parts]
            )
        spans = [decode_spans(s, self._labels["names"]) for s in scores]
        starts = [p.words[0].index for p in parts]
        return [[Name(a + start, b + start, kind) for a, b, kind in found] for start, found in zip(starts, spans, strict=True)]


def _join(document: str, index: int, stretch: Stretch, parts: list[tuple[Part, list[Name]]]) -> tuple[Sentence, tuple[Quotation, ...]]:
    """Parts of one stretch -> its sentence and quotations; later roots hang on the first as parataxis."""
    words = [w for p, _ in parts for w in p.words]
    if len(parts) > 1:
        root = next(w.index for w in words if w.head < 0)
        words = [replace(w, head=root, rel="parataxis") if w.head < 0 and w.index != root else w for w in words]
    names = tuple(n for _, found in parts for n in found)
    quotations = join_quotations([q for p, _ in parts for q in p.quotes])
    return (
        Sentence(document, index, stretch.start, stretch.end, stretch.text, stretch.paragraph, stretch.heading, tuple(words), names),
        quotations,
    )


@lru_cache(maxsize=2)
def load_reader(threads: int = 1) -> Reader:
    """The shipped reader, loaded once a process."""
    return Reader(threads=threads)
