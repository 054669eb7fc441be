"""Spans from scores: the best allowed sequence, against brute force."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from amity.language.spans import decode_spans

LABELS = ("O", "B-LOC", "I-LOC", "B-ORG", "I-ORG")


def is_allowed(tags: tuple[str, ...]) -> bool:
    """Whether every I goes on with a span of its kind."""
    return all(t[0] != "I" or (i > 0 and tags[i - 1][2:] == t[2:]) for i, t in enumerate(tags))


def tags_of(spans: list[tuple[int, int, str]], size: int) -> tuple[str, ...]:
    """Spans -> IOB2 tags."""
    tags = ["O"] * size
    for a, b, kind in spans:
        tags[a:b] = [f"B-{kind}", *[f"I-{kind}"] * (b - a - 1)]
    return tuple(tags)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 4).flatmap(lambda n: hnp.arrays(np.float32, (n, 5), elements=st.floats(-4, 4, width=16))))
def test_spans_are_those_of_the_best_allowed_tags(scores: np.ndarray) -> None:
    """No allowed sequence of tags scores higher than the one found."""
    tags = tags_of(decode_spans(scores, LABELS), len(scores))
    assert is_allowed(tags)

    def value(t: tuple[str, ...]) -> float:
        return float(sum(scores[i, LABELS.index(x)] for i, x in enumerate(t)))

    assert np.isclose(value(tags), max(value(t) for t in product(LABELS, repeat=len(scores)) if is_allowed(t)), atol=1e-4)
