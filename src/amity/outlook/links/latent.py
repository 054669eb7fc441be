"""A factorisation of who meets whom, refreshed as days pass: near entities keep the same company."""

from __future__ import annotations

import numpy as np

from amity.outlook.links.facts import Doubled, Floats

DIMENSIONS = 48
# Days between refreshes, and the half-life of a meeting.
REFRESH, HALF_LIFE = 7, 90.0
# Rounds of subspace iteration; a refresh begins from the last result, so few are needed.
FIRST_ROUNDS, ROUNDS = 8, 2


class Latent:
    """Vectors of entities: the leading eigenvectors of the symmetric matrix of decayed meetings, degree-normalised."""

    def __init__(self, facts: Doubled) -> None:
        self.facts = facts
        self.rows: list[tuple[slice, int]] = []
        rng = np.random.default_rng(0)
        self.vectors: Floats = rng.normal(size=(facts.entities, DIMENSIONS)).astype(np.float32)
        self.ready = -(10**6)
        self.unit: Floats = np.zeros_like(self.vectors)

    def add(self, rows: slice, day: int) -> None:
        """Remember the facts of a day for the next refresh."""
        self.rows.append((rows, day))

    def refresh(self, day: int) -> None:
        """Factorise anew where the last time is a week ago."""
        if day - self.ready < REFRESH or not self.rows:
            return
        from scipy.sparse import coo_array

        f, end = self.facts, self.rows[-1][0].stop
        s, o = f.subject[:end], f.object[:end]
        weight = 0.5 ** ((day - f.day[:end]) / HALF_LIFE)
        n = f.entities
        matrix = coo_array((weight, (s, o)), shape=(n, n)).tocsr()
        matrix.sum_duplicates()
        matrix.data = np.log1p(matrix.data)
        degree = np.maximum(np.asarray(matrix.sum(1)).ravel(), 1e-9)
        scale = 1.0 / np.sqrt(degree + 1.0)
        first, second = np.repeat(np.arange(n), np.diff(matrix.indptr)), matrix.indices
        matrix.data = (matrix.data * scale[first] * scale[second]).astype(np.float32)
        vectors = self.vectors
        for _ in range(ROUNDS if self.ready > 0 else FIRST_ROUNDS):
            vectors, _ = np.linalg.qr(matrix @ vectors)
        values = (vectors * (matrix @ vectors)).sum(0)
        self.vectors = vectors.astype(np.float32)
        weighted = vectors * np.sqrt(np.abs(values))
        size = np.linalg.norm(weighted, axis=1, keepdims=True)
        self.unit = np.asarray(weighted / np.maximum(size, 1e-6) * np.minimum(size / 1e-4, 1.0), np.float32)
        self.ready = day
