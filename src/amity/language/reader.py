"""Stretches of text -> sentences with words, tree and names: the one run of the model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import BadInput
from amity.language.tokens import split_tokens
from amity.language.trees import best_tree
from amity.language.words import LONGEST_WORD, apply_script, layout_pieces
from amity.records import Name, Sentence, Stretch, Word

MODEL_FOLDER = Path(__file__).resolve().parents[1] / "model"
# The encoder has 512 places; words beyond this many pieces are read in a second run of their own.
MOST_PIECES = 480


class Reader:
    """A loaded model; `parse` is the only verb.

    One sentence is one run: no padding and, since int8 activations are scaled per run, the same sentence
    gives the same analysis whatever stands beside it.
    """

    def __init__(self, folder: Path = MODEL_FOLDER, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        graph = folder / "reader.onnx"
        if not graph.exists():
            raise BadInput(f"{graph}: got no model, allowed is a folder with reader.onnx; install amity again")
        self._session: Any = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        marks: list[Any] = [self._tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]", "[UNK]")]
        self._first, self._last, self._unknown = (int(m) for m in marks)
        self._pieces = lru_cache(maxsize=100_000)(self._split_word)

    def _split_word(self, word: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(word, add_special_tokens=False).ids) or (self._unknown,)

    def parse(self, document: str, stretches: Iterable[Stretch]) -> list[Sentence]:
        """Stretches of one document -> sentences, in the same order; a stretch without words gives none."""
        sentences: list[Sentence] = []
        for stretch in stretches:
            places = split_tokens(stretch.text)
            if places:
                sentences.append(self.analyse(document, len(sentences), stretch, places))
        return sentences

    def analyse(self, document: str, index: int, stretch: Stretch, places: Sequence[tuple[int, int]]) -> Sentence:
        """One stretch with its tokens' places (within the stretch) -> a sentence."""
        forms = [stretch.text[a:b] for a, b in places]
        words: list[Word] = []
        names: list[Name] = []
        for part in self._parts(forms):
            offset = part.start
            run = self._run(forms[part])
            spots = [(stretch.start + a, stretch.start + b) for a, b in places[part]]
            words += self._words(forms[part], spots, run, offset)
            names += [Name(n.first + offset, n.last + offset, n.label) for n in decode_names(run["names"], self._labels["names"])]
        joined = _hang_parts(words)
        return Sentence(
            document, index, stretch.start, stretch.end, stretch.text, stretch.paragraph, stretch.heading, tuple(joined), tuple(names)
        )

    def _parts(self, forms: Sequence[str]) -> list[slice]:
        """Slices of the words that each fit the encoder; one for all but monstrous sentences."""
        parts, start, pieces = [], 0, 0
        for i, form in enumerate(forms):
            n = len(self._pieces(form[:LONGEST_WORD]))
            if pieces + n > MOST_PIECES:
                parts.append(slice(start, i))
                start, pieces = i, 0
            pieces += n
        return [*parts, slice(start, len(forms))]

    def _run(self, forms: Sequence[str]) -> dict[str, NDArray[Any]]:
        ids, shapes, first = layout_pieces(forms, self._pieces, self._first, self._last)
        row = np.array([ids], dtype=np.int64)
        feed = {
            "ids": row,
            "shapes": np.array([shapes], dtype=np.int64),
            "mask": np.ones_like(row),
            "first": np.array([first], dtype=np.int64),
        }
        outputs = self._session.run(None, feed)
        return {key: value[0] for key, value in zip(("upos", "xpos", "lemma", "names", "arcs", "rels"), outputs, strict=True)}

    def _words(self, forms: Sequence[str], spots: Sequence[tuple[int, int]], run: dict[str, NDArray[Any]], offset: int) -> list[Word]:
        heads = best_tree(_normalise(run["arcs"]))
        out = []
        for i, (form, (start, end), head) in enumerate(zip(forms, spots, heads, strict=True)):
            upos = self._labels["upos"][run["upos"][i]]
            lemma = form if upos == "PROPN" else apply_script(form, self._labels["lemma"][run["lemma"][i]])
            rel = self._labels["rels"][run["rels"][i][head]]
            tag = self._labels["xpos"][run["xpos"][i]]
            out.append(Word(offset + i, start, end, form, lemma, upos, tag, head - 1 + offset if head else -1, rel))
        return out


def _normalise(arcs: NDArray[Any]) -> NDArray[np.float64]:
    """Raw scores -> log-probabilities over heads, so that whole trees compare."""
    scores = arcs.astype(np.float64)
    scores -= scores.max(axis=1, keepdims=True)
    return np.asarray(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)), dtype=np.float64)


def _hang_parts(words: list[Word]) -> list[Word]:
    """Where a sentence was read in parts, later roots hang on the first as parataxis."""
    root = next(w.index for w in words if w.head < 0)
    return [
        Word(w.index, w.start, w.end, w.text, w.lemma, w.upos, w.tag, root, "parataxis") if w.head < 0 and w.index != root else w
        for w in words
    ]


def decode_names(scores: NDArray[Any], labels: Sequence[str]) -> list[Name]:
    """Name scores (W, labels) -> spans, greedy; an I of another kind than what stands before opens a new name."""
    names: list[Name] = []
    tags = [labels[i] for i in scores.argmax(axis=1)]
    for i, tag in enumerate(tags):
        if tag == "O":
            continue
        goes_on = bool(names) and tag[0] == "I" and names[-1].last == i and names[-1].label == tag[2:]
        if goes_on:
            names[-1] = Name(names[-1].first, i + 1, names[-1].label)
        else:
            names.append(Name(i, i + 1, tag[2:]))
    return names


@lru_cache(maxsize=2)
def load_reader(threads: int = 1) -> Reader:
    """The shipped reader, loaded once a process."""
    return Reader(threads=threads)
