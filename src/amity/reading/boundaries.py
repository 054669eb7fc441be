"""Place between two words -> how likely a sentence ends there: a small learnt model beside the rules.

Web text, mail and forums end sentences without a full stop, or begin them in lower case; rules cannot know. Features
of the words round the place are hashed into one vector of weights (logistic regression, trained on the English Web
Treebank by `training/boundaries.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import exp
from pathlib import Path
from typing import Any
from zlib import crc32

# Weights of the model: more gain nothing on the development set.
BITS = 15
FILE = Path(__file__).resolve().parents[1] / "model" / "boundaries.npy"
# Letters of a word that are read; longer words are addresses.
LONGEST = 20


def shape_of(word: str) -> str:
    """Word -> its letters by kind, runs shortened: A upper, a lower, 0 digit, other characters as they are.

    >>> shape_of("Graae."), shape_of("U.S."), shape_of("08/17/2000")
    ('Aa.', 'A.A.', '0/0/0')
    """
    out: list[str] = []
    for c in word[:LONGEST]:
        kind = "A" if c.isupper() else "a" if c.isalpha() else "0" if c.isdigit() else c
        if not out or out[-1] != kind:
            out.append(kind)
    return "".join(out)


def list_features(words: list[str], at: int, since: int, ruled: bool) -> Iterator[str]:
    """Features of the place after `words[at]`: the words beside it, how long the sentence is, what the rules say."""
    left, right = words[at], words[at + 1] if at + 1 < len(words) else ""
    before, after = words[at - 1] if at else "", words[at + 2] if at + 2 < len(words) else ""
    ls, rs, low = shape_of(left), shape_of(right), left.lower()[:LONGEST]
    low_right, tail, mark = right.lower()[:LONGEST], left[-1:], left.rstrip("\"'”’)]")[-1:]
    length, rest = min(since, 12), min(len(words) - at - 1, 8)
    yield f"r{ruled}"
    yield f"rt{ruled}{tail}"
    yield f"rs{ruled}{rs}"
    yield f"rl{ruled}{low}"
    yield f"rw{ruled}{low_right}"
    yield f"l{ls}"
    yield f"lr{ls} {rs}"
    yield f"ml{mark}{low_right}"
    yield f"mr{mark}{rs}{length}"
    yield f"mm{mark}{rs}{shape_of(after)}"
    yield f"lw{low} {rs}"
    yield f"wl{ls} {low_right}"
    yield f"bb{shape_of(before)} {ls} {rs}"
    yield f"n{length}{mark}"
    yield f"e{rest}{mark}{rs[:1]}"
    yield f"ra{low_right} {after.lower()[:LONGEST]}"
    yield f"ww{low} {low_right}"


def hash_features(words: list[str], at: int, since: int, ruled: bool) -> list[int]:
    """Features of a place -> their places in the vector of weights."""
    return [crc32(f.encode()) & ((1 << BITS) - 1) for f in list_features(words, at, since, ruled)]


@cache
def load_weights() -> Any:
    """The weights, loaded once a process."""
    import numpy as np

    return np.load(FILE).astype(np.float32).tolist()


def end_chance(words: list[str], at: int, since: int, ruled: bool) -> float:
    """Words of a paragraph, a place, words since the last end, the rules' word -> probability that a sentence ends."""
    weights = load_weights()
    total = sum(weights[k] for k in hash_features(words, at, since, ruled))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
