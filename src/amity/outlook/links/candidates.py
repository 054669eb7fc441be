"""Questions of a day -> for each the objects worth ranking: those that a simple sum of shares, and the network, put first."""

from __future__ import annotations

import numpy as np

from amity.outlook.links.facts import Floats, Ints
from amity.outlook.links.memory import Memory

# How many objects are ranked for a question; the others come after them in the same order as they were chosen by. Of the
# answers of ICEWS14's validation days 83 % are among 100 of the simple sum, 85 % of the network, 86 % of both.
MOST = 100
# Beside the simple sum (a few units at most) when its logarithm is added to that of the network's share.
SMALL = 1e-3
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


def sum_shares(memory: Memory, s: Ints, r: Ints, day: int) -> Floats:
    """Questions of a day -> the simple scores of every entity, likeness of company within."""
    homes = memory.homes_known(day)
    scores = np.empty((len(s), memory.facts.entities), np.float32)
    for i, (subject, relation) in enumerate(zip(s.tolist(), r.tolist(), strict=True)):
        scores[i] = simple_scores(memory, subject, relation, int(homes[subject]) + 1, day)
    unit = memory.latent.unit
    scores += ALIKE * np.maximum(unit[s] @ unit.T, 0.0)
    return scores


def choose_candidates(simple: Floats, share: Floats | None, most: int = MOST) -> tuple[Ints, Ints, Floats]:
    """Simple scores of every entity, and the log of the share the network gives each (or none) -> candidates, and the order of all.

    Candidates come as (question, object) of each row. Entities nobody has met before stay possible, at the end of the order.
    """
    order = simple if share is None else np.log(simple + np.float32(SMALL)) + share
    n = order.shape[1]
    most = min(most, n)
    chosen = np.argpartition(-order, most - 1, axis=1)[:, :most] if most < n else np.tile(np.arange(n), (len(order), 1))
    return np.repeat(np.arange(len(order)), most), np.sort(chosen, axis=1).ravel(), order
