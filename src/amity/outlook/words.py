"""Chances -> words, by the bands of ICD 203."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _bands() -> tuple[tuple[float, str], ...]:
    import yaml

    rows = yaml.safe_load((files("amity") / "tables" / "likelihood.yaml").read_text("utf-8"))
    return tuple((float(row["upto"]), str(row["words"])) for row in rows)


def say_likelihood(chance: float) -> str:
    """A chance, 0..1 -> the words of its band; upper ends are closed.

    >>> say_likelihood(0.2), say_likelihood(0.21), say_likelihood(0.5)
    ('very unlikely', 'unlikely', 'roughly even chance')
    """
    return next(words for upto, words in _bands() if chance <= upto or upto >= 1.0)
