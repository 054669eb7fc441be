"""Questions of a day -> for each the objects worth ranking: those that a simple sum of shares puts first."""

from __future__ import annotations

import numpy as np

from amity.outlook.links.facts import Floats, Ints
from amity.outlook.links.memory import Memory

# How many objects are ranked for a question; the others come after them in order of the simple sum.
MOST = 100
# Weights of the simple sum, on shares: past answers of the same question, partners of the subject, answers of the
# relation at large, of the subject's country, the same country at all, likeness of company. Set by hand.
PAST, PARTNER, BACK, ANSWER, HOME_ANSWER, HOME, ALIKE = 3.0, 1.0, 1.0, 0.5, 1.0, 0.3, 0.02


def simple_scores(memory: Memory, s: int, r: int, home: int, day: int) -> Floats:
    """One question -> the simple sum for every entity, before any likeness of company."""
    f, n, q = memory.facts, memory.facts.entities, 2 * memory.facts.relations
    role = r // f.relations
    out = np.zeros(n, np.float32)
    for name, base, column, weight in (
        ("sr_o", s * q + r, 3, PAST),
        ("s_o", s * 2 + role, 1, PARTNER),
        ("s_o", s * 2 + 1 - role, 1, BACK),
        ("r_o", r, 1, ANSWER),
        ("hr_o", home * q + r, 1, HOME_ANSWER),
        ("h_o", home * 2 + role, 1, HOME),
    ):
        table = memory.tables[name]
        span = table.span(base * n, (base + 1) * n)
        if span.stop > span.start:
            heat = table.heat[span, column] * np.exp((day - table.last[span]).astype(np.float32) * table.rates[column])
            heat = np.where(table.total[span] > 0, heat, np.float32(0.0))
            out[table.keys[span] - base * n] += weight * heat / (heat.sum() + 1e-6)
    return out


def choose_candidates(memory: Memory, s: Ints, r: Ints, day: int, most: int = MOST) -> tuple[Ints, Ints, Floats]:
    """Questions of a day -> (question, object) of each candidate row, and the simple scores of every entity.

    Entities nobody has met before the day stay possible answers, at the end of the simple order.
    """
    n = memory.facts.entities
    homes = memory.homes_known(day)
    scores = np.empty((len(s), n), np.float32)
    for i, (subject, relation) in enumerate(zip(s.tolist(), r.tolist(), strict=True)):
        scores[i] = simple_scores(memory, subject, relation, int(homes[subject]) + 1, day)
    unit = memory.latent.unit
    scores += ALIKE * np.maximum(unit[s] @ unit.T, 0.0)
    most = min(most, n)
    chosen = np.argpartition(-scores, most - 1, axis=1)[:, :most] if most < n else np.tile(np.arange(n), (len(s), 1))
    chosen = np.sort(chosen, axis=1)
    return np.repeat(np.arange(len(s)), most), chosen.ravel(), scores
