"""Who did what to whom, as columns of numbers, doubled so that both ends of a fact can be asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts in order of day: actor, type, recipient as numbers into `entities` and `relations`, and the day."""

    entities: tuple[str, ...]
    relations: tuple[str, ...]
    actor: Ints
    relation: Ints
    recipient: Ints
    day: Ints


@dataclass(frozen=True, slots=True)
class Doubled:
    """Each fact twice, so that every question has one form, (subject, relation, ?).

    Relation r asks for the recipient of `subject`; r + R asks who does r to `subject`. In order of day.
    """

    entities: int
    relations: int
    subject: Ints
    relation: Ints
    object: Ints
    day: Ints

    @property
    def role(self) -> Ints:
        """0 where the subject acts, 1 where it is acted upon."""
        return self.relation // self.relations


def double_facts(facts: Facts) -> Doubled:
    """Facts -> the doubled ones."""
    n, r = len(facts.entities), len(facts.relations)
    day = np.concatenate([facts.day, facts.day])
    order = np.argsort(day, kind="stable")
    return Doubled(
        n,
        r,
        np.concatenate([facts.actor, facts.recipient])[order],
        np.concatenate([facts.relation, facts.relation + r])[order],
        np.concatenate([facts.recipient, facts.actor])[order],
        day[order],
    )
