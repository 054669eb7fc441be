"""The network's scores of names -> scores weighed once more, with what tables, shapes and neighbours tell.

The network learnt names from labels that hold few organisations. Words that may be part of a name (a capital, a known
name, a doubt of the network) are looked at again by a small network in whole numbers: sums of rows of features over five
words, one layer between. Trained by `training/name_weights.py`; the same whatever stands beside a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from amity.language.known_names import mark_known
from amity.language.name_features import features_of_form, features_of_runs, features_of_sentence
from amity.language.scores import take_log
from amity.language.vocabulary import MODEL_FOLDER

Floats = NDArray[np.float32]
# Words before and after one whose features count.
REACH = 2
# The network's probability of no name below which a word is looked at; one word of names in 300 is not reached.
DOUBT = 0.995
# Marks of the tables for which a word without a capital is looked at too, and parts of speech for which one with a capital is not.
NAMED = frozenset(("organisation", "place", "state", "person"))
UNNAMED = frozenset(("ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "PUNCT", "SCONJ"))
# What marks of persons lose on words of address ("Mr", "Gen."): by the labels these stand before a name, not in it.
ADDRESS, PERSON, BARRED = "address-S", slice(1, 3), 9.0
# Scores of words that are not looked at: no name.
NO_NAME = np.array([9.0] + [-9.0] * 6, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as the network read it: words, universal and Penn tags, scores of names (W, 7)."""

    forms: Sequence[str]
    upos: Sequence[str]
    tags: Sequence[str]
    scores: Floats


class Rows(dict[str, int]):
    """Features by name -> their rows; the first row, all zeros, for those that training did not keep."""

    def __missing__(self, name: str) -> int:
        return 0


class SecondLook:
    """Loaded weights; `weigh` gives sentences their scores."""

    def __init__(self, path: Path = MODEL_FOLDER / "names.npz") -> None:
        with np.load(path) as held:
            # Sums of a word's rows stay below 127 times its features: two bytes hold them.
            self._rows = np.concatenate([np.zeros_like(held["rows"][:1]), held["rows"]]).astype(np.int16)
            self._unit, self._near, self._bias = held["unit"], held["near"], held["bias"]
            self._last, self._last_bias, self._again = held["last"], held["last_bias"], held["again"]
            self._ids = Rows((name, i) for i, name in enumerate(str(held["features"]).split("\n"), start=1))
        self._form = lru_cache(maxsize=100_000)(lambda form: tuple(map(self._ids.__getitem__, features_of_form(form))))

    def weigh(self, sentences: Sequence[Read]) -> list[Floats]:
        """Sentences -> their scores of names (W, 7); what stands beside a sentence changes nothing."""
        gap = np.zeros((REACH, len(NO_NAME)), dtype=np.float32)
        log = np.concatenate([gap, *(x for s in sentences for x in (take_log(s.scores), gap))])
        looked: list[int] = []
        seen: list[int] = []
        ids: list[list[int]] = []
        barred: list[int] = []
        starts, at = [], REACH
        for sentence in sentences:
            starts.append(at)
            marks = mark_known(sentence.forms)
            mine = find_words(sentence, marks, log[at : at + len(marks), 0])
            if mine:
                near = sorted({j for i in mine for j in range(i - REACH, i + REACH + 1) if 0 <= j < len(marks)})
                for j, names in zip(near, list_features(sentence, marks, near), strict=True):
                    ids.append([*self._form(sentence.forms[j]), *map(self._ids.__getitem__, names)])
                barred += [at + i for i in mine if ADDRESS in marks[i]]
                looked += [at + i for i in mine]
                seen += [at + j for j in near]
            at += len(marks) + REACH
        weighed = np.tile(NO_NAME, (at, 1))
        if looked:
            weighed[looked] = self._run(np.array(looked), np.array(seen), ids, log)
            weighed[barred, PERSON] -= BARRED
        return [weighed[a : a + len(s.forms)] for a, s in zip(starts, sentences, strict=True)]

    def _run(self, looked: NDArray[np.int64], seen: NDArray[np.int64], ids: Sequence[Sequence[int]], log: Floats) -> Floats:
        """Words looked at, words seen with their rows, log-probabilities of all -> scores of the words looked at."""
        sums = add_rows(self._rows, ids).reshape(len(ids) + 1, 2 * REACH + 1, -1)
        place_of = np.full(len(log), len(ids))
        place_of[seen] = np.arange(len(seen))
        inner = np.tile(self._bias, (len(looked), 1))
        for place in range(-REACH, REACH + 1):
            inner += sums[place_of[looked + place], place + REACH] * self._unit[place + REACH]
        near = np.concatenate([log[looked - 1], log[looked], log[looked + 1]], axis=1)
        inner = np.maximum(multiply(inner, near, self._near), 0)
        return multiply(multiply(np.tile(self._last_bias, (len(looked), 1)), inner, self._last), near, self._again)


def add_rows(rows: NDArray[np.int16], ids: Sequence[Sequence[int]]) -> NDArray[np.int16]:
    """Rows (V, K) and which of them each word has -> their sums, and a last one of zeros (W + 1, K).

    >>> add_rows(np.array([[1], [10]], np.int16), [[0, 1], [1]]).tolist()
    [[11], [10], [0]]
    """
    # The first of every word, then the second of those that have two: few long sums are quicker than many short ones.
    order = sorted(range(len(ids)), key=lambda i: -len(ids[i]))
    sums = np.zeros((len(ids) + 1, rows.shape[1]), dtype=np.int16)
    left = [ids[i] for i in order]
    for k in range(len(left[0])):
        while len(left[-1]) <= k:
            left.pop()
        sums[: len(left)] += rows[[x[k] for x in left]]
    sums[order] = sums[:-1]
    return sums


def multiply(start: Floats, values: Floats, weights: Floats) -> Floats:
    """Start (N, K), values (N, J) and weights (J, K) -> start + values x weights, added one by one.

    A product of matrices may add in another order where there are more rows: what a word gets would depend on its company.
    """
    for j, row in enumerate(weights):
        start = start + values[:, j, None] * row
    return start


def find_words(sentence: Read, marks: Sequence[Sequence[str]], log: Floats) -> list[int]:
    """Indices of the words that may be part of a name, by the log-probability of none (W)."""
    doubt, forms, upos = (log < np.log(DOUBT)).tolist(), sentence.forms, sentence.upos
    return [
        i
        for i, known in enumerate(marks)
        if doubt[i] or (forms[i][0].isupper() and upos[i] not in UNNAMED) or (known and any(m.partition("-")[0] in NAMED for m in known))
    ]


def list_features(sentence: Read, marks: Sequence[Sequence[str]], seen: Sequence[int]) -> list[list[str]]:
    """Features of the words seen, but for those of their form alone."""
    forms = sentence.forms
    capital = [form[0].isupper() for form in forms]
    whole = features_of_sentence(forms, capital)
    runs = features_of_runs(forms, capital, marks)
    return [[*whole, *runs[i], *marks[i], "u=" + sentence.upos[i], "t=" + sentence.tags[i], *(("first",) if i == 0 else ())] for i in seen]
