"""Stretches of text -> sentences with words, tree and names: the one run of the model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from amity.language.lemmas import find_lemma
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
    names: list[Name]
    quotes: list[tuple[int, int, str]]


class Reader:
    """A loaded model; `parse` reads a document, `analyse` one sentence with given tokens."""

    def __init__(self, folder: Path = MODEL_FOLDER, threads: int = 1) -> None:
        self._session = open_session(folder / "reader.onnx", threads)
        self._labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        words = Vocabulary(folder) if folder != MODEL_FOLDER else load_vocabulary()
        self._first, self._last, self._pieces = words.first, words.last, words.pieces
        self._lemma = lru_cache(maxsize=100_000)(find_lemma)

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
            forms = [stretch.text[a:b] for a, b in places]
            for part in self._parts(forms):
                rows.append(Row(*layout_pieces(forms[part], self._pieces, self._first, self._last)))
                spans.append((k, part))
        found: list[Part] = [Part([], [], [])] * len(rows)
        for batch in run_rows(self._session, rows):
            heads = best_trees(batch.out["arcs"], batch.sizes)
            for place, row in enumerate(batch.order):
                k, part = spans[row]
                found[row] = self._read(batch, place, heads[place], pairs[k], part)
        parts: list[list[Part]] = [[] for _ in pairs]
        for (k, _), piece in zip(spans, found, strict=True):
            parts[k].append(piece)
        return [_join(document, index + k, stretch, parts[k]) for k, (stretch, _) in enumerate(pairs)]

    def _parts(self, forms: Sequence[str]) -> list[slice]:
        """Slices of the words that each fit the encoder; one for all but monstrous sentences."""
        sizes = [len(self._pieces(form[:LONGEST_WORD])) for form in forms]
        if sum(sizes) <= MOST_PIECES:
            return [slice(0, len(forms))]
        parts, start, pieces = [], 0, 0
        for i, n in enumerate(sizes):
            if pieces + n > MOST_PIECES:
                parts.append(slice(start, i))
                start, pieces = i, 0
            pieces += n
        return [*parts, slice(start, len(forms))]

    def _read(self, batch: Batch, place: int, heads: list[int], pair: tuple[Stretch, Places], part: slice) -> Part:
        """One row of a batch -> its words and names, by their indices in the whole sentence."""
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
        names, quotes = (decode_spans(out[k][place, :size], labels[k]) for k in ("names", "quotes"))
        return Part(
            words, [Name(a + offset, b + offset, kind) for a, b, kind in names], [(a + offset, b + offset, kind) for a, b, kind in quotes]
        )


def _join(document: str, index: int, stretch: Stretch, parts: list[Part]) -> tuple[Sentence, tuple[Quotation, ...]]:
    """Parts of one stretch -> its sentence and quotations; later roots hang on the first as parataxis."""
    words = [w for p in parts for w in p.words]
    if len(parts) > 1:
        root = next(w.index for w in words if w.head < 0)
        words = [replace(w, head=root, rel="parataxis") if w.head < 0 and w.index != root else w for w in words]
    names = tuple(n for p in parts for n in p.names)
    quotations = join_quotations([q for p in parts for q in p.quotes])
    return (
        Sentence(document, index, stretch.start, stretch.end, stretch.text, stretch.paragraph, stretch.heading, tuple(words), names),
        quotations,
    )


@lru_cache(maxsize=2)
def load_reader(threads: int = 1) -> Reader:
    """The shipped reader, loaded once a process."""
    return Reader(threads=threads)
