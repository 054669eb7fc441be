"""A signed network -> how many of its triangles are balanced."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from amity.records import Triads
from amity.ties.signed.graph import read_graph


def count_triads(source: Any, value: str | None = None) -> Triads:
    """Network (any form of `read_graph`) -> its triangles, and those with an even number of negative ties.

    >>> count_triads([("a", "b", 1), ("b", "c", -1), ("a", "c", -1), ("c", "d", 1)])
    Triads(count=1, balanced=1)
    """
    graph = read_graph(source, value)
    ends = (np.concatenate([graph.u, graph.v]), np.concatenate([graph.v, graph.u]))
    sign = csr_matrix((np.tile(np.sign(graph.weight), 2), ends), shape=(graph.size, graph.size))
    # Paths of two ties over each tie: every triangle is met once from each of its ties and each of its directions.
    met = (abs(sign) @ abs(sign)).multiply(abs(sign)).sum() / 6.0
    signed = (sign @ sign).multiply(sign).sum() / 6.0
    return Triads(round(met), round((met + signed) / 2.0))
