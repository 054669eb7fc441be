"""Sentences with their parties -> how likely each act of each type runs from each to each: a second run of an encoder.

Only sentences of two parties and more are run. Trained by `training/acts.py`; what it says is weighed by the judge of
events, never taken by itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from amity.language.runs import MOST_PIECES_IN_RUN, STEP, Row, pad_rows
from amity.language.vocabulary import MODEL_FOLDER, Vocabulary, load_vocabulary, open_session
from amity.language.words import layout_pieces
from amity.records import ActScores, Sentence

Spans = Sequence[tuple[int, int]]
# Longer sentences were never seen in training; they are left to the tree alone.
MOST_PIECES = 240
# Parties of one sentence that are scored, from its start; more are a list of guests.
MOST_PARTIES = 16
# No party, first word of a party, later word of one.
NONE, BEGIN, INSIDE = range(3)


class ActReader:
    """A loaded model; `read` scores the parties of sentences."""

    def __init__(self, folder: Path = MODEL_FOLDER, threads: int = 1, vocabulary: Vocabulary | None = None) -> None:
        self._session = open_session(folder / "acts.onnx", threads)
        self.types = tuple(json.loads((folder / "acts.json").read_text(encoding="utf-8"))["types"])
        self._words = vocabulary or load_vocabulary()

    def read(self, sentences: Sequence[Sentence], parties: Sequence[Spans]) -> list[ActScores | None]:
        """Sentences, and for each the words [first, last) of its parties -> scores; None where there are not two or too many words."""
        spans = [sorted(set(p))[:MOST_PARTIES] for p in parties]
        rows = {i: self._row(sentences[i]) for i, s in enumerate(spans) if len(s) > 1}
        buckets: dict[int, list[int]] = {}
        for i, row in rows.items():
            if len(row.ids) <= MOST_PIECES:
                buckets.setdefault(-(-len(row.ids) // STEP) * STEP, []).append(i)
        found: list[ActScores | None] = [None] * len(spans)
        for length, members in buckets.items():
            size = max(1, MOST_PIECES_IN_RUN // length)
            for start in range(0, len(members), size):
                order = members[start : start + size]
                chosen = [rows[i] for i in order]
                fed = pad_rows(chosen, length) | mark_parties(chosen, [spans[i] for i in order], length)
                outputs = self._session.run(None, fed)
                for k, i in enumerate(order):
                    found[i] = self._scores([o[k] for o in outputs], rows[i].words, spans[i])
        return found

    def _row(self, sentence: Sentence) -> Row:
        return Row(*layout_pieces([w.text for w in sentence.words], self._words.pieces, self._words.first, self._words.last))

    def _scores(self, outputs: Sequence[NDArray[np.float32]], words: int, spans: Spans) -> ActScores:
        """One row's outputs without their padding, the words summed for each pair."""
        count = len(spans)
        states, does, bears = outputs[0][:words], outputs[1][:words, :count], outputs[2][:words, :count]
        return ActScores(
            self.types,
            {s: i for i, s in enumerate(spans)},
            states,
            does,
            bears,
            join_words(states, does, bears) + outputs[3][:count, :count],
        )


def mark_parties(rows: Sequence[Row], spans: Sequence[Spans], length: int) -> dict[str, NDArray[np.int64]]:
    """Rows and their parties -> marks of pieces (B, T) and places of parties (B, S, 2), padded."""
    marks = np.zeros((len(rows), length), dtype=np.int64)
    places = np.zeros((len(rows), max(len(s) for s in spans), 2), dtype=np.int64)
    places[..., 1] = 1
    for i, (row, held) in enumerate(zip(rows, spans, strict=True)):
        ends = [*row.first[1:], len(row.ids) - 1]
        for a, b in held:
            marks[i, ends[a] : ends[b]] = INSIDE
        for a, _ in held:
            marks[i, ends[a] : ends[a + 1]] = BEGIN
        places[i, : len(held)] = held
    return {"marks": marks, "spans": places}


def join_words(states: NDArray[np.float32], does: NDArray[np.float32], bears: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log-odds of words (W, K) and roles (W, S) -> log of the sum over words of exp(state + does + bears), (S, S, K).

    >>> one = np.zeros((1, 1), np.float32)
    >>> float(join_words(one + 2, one - 1, one)[0, 0, 0])
    1.0
    """
    whole = states[:, None, None, :] + does[:, :, None, None] + bears[:, None, :, None]
    top = whole.max(0)
    joined: NDArray[np.float32] = top + np.log(np.exp(whole - top).sum(0))
    return joined


@lru_cache(maxsize=2)
def load_acts(threads: int = 1) -> ActReader:
    """The shipped reader of acts, loaded once a process."""
    return ActReader(threads=threads)
