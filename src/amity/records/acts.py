"""What the reader of acts says of a sentence's parties: scores, not yet claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class ActScores:
    """Log-odds over S parties, K types and W words of one sentence; `place` gives a party's row by its words [first, last).

    `words` (W, K): the word states the type. `does`, `bears` (W, S): the party does, or bears, what the word states.
    `pairs` (S, S, K): the first party does the second an act of the type, through whatever word.
    """

    types: tuple[str, ...]
    place: Mapping[tuple[int, int], int]
    words: NDArray[np.float32]
    does: NDArray[np.float32]
    bears: NDArray[np.float32]
    pairs: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hint:
    """An act that a sentence may tell of two sides, too unlikely to be claimed; `document[start:end] == quote`, the chance is 0 to 1."""

    document_id: str
    start: int
    end: int
    quote: str
    actor: str
    recipient: str
    type: str
    quad: int
    score: float
    chance: float
