"""Words as the reader's model sees them: shapes of letters, word pieces, lemma scripts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

# The encoder was trained on lower-case text, so the case of a word travels beside it as a shape.
SHAPE_NONE, SHAPE_LOWER, SHAPE_TITLE, SHAPE_UPPER, SHAPE_MIXED, SHAPE_OTHER = range(6)
# Characters of a word that are read; longer words are addresses or junk.
LONGEST_WORD = 32


@lru_cache(maxsize=100_000)
def shape_of(word: str) -> int:
    """Word -> shape of its letters.

    >>> shape_of("Ankara"), shape_of("U.S."), shape_of("said"), shape_of("2018")
    (2, 3, 1, 5)
    """
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return SHAPE_OTHER
    if all(c.islower() for c in letters):
        return SHAPE_LOWER
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return SHAPE_UPPER
    if letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return SHAPE_TITLE
    return SHAPE_MIXED


def lemma_script(form: str, lemma: str) -> str:
    """Form and lemma -> the edit between them: letters cut from the end, then letters added.

    >>> lemma_script("withdrew", "withdraw")
    '2|aw'
    """
    form, lemma = form.lower(), lemma.lower()
    shared = 0
    while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
        shared += 1
    return f"{len(form) - shared}|{lemma[shared:]}"


def apply_script(form: str, script: str) -> str:
    """Form and edit -> lemma; a script that cuts more than there is gives the form in lower case."""
    cut, _, add = script.partition("|")
    form = form.lower()
    return form[: len(form) - int(cut)] + add if int(cut) <= len(form) else form


def layout_pieces(
    words: Sequence[str], pieces_of: Callable[[str], Sequence[int]], first_id: int, last_id: int
) -> tuple[list[int], list[int], list[int]]:
    """Words -> piece ids (T), shapes (T), place of each word's first piece (W + 1, root at 0)."""
    ids, shapes, first = [first_id], [SHAPE_NONE], [0]
    for word in words:
        pieces = pieces_of(word[:LONGEST_WORD])
        first.append(len(ids))
        ids.extend(pieces)
        shapes.extend([shape_of(word)] * len(pieces))
    return [*ids, last_id], [*shapes, SHAPE_NONE], first
