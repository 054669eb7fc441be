"""What a pronoun may stand for, and the weights that choose among it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amity.records import Actor

FILE = Path(__file__).resolve().parents[1] / "model" / "links.json"
# Log-odds by which nobody must outweigh the likeliest party where the rules take one: in reports of agencies, by folds, .3 is
# right most often, and parties and nobodies are missed alike.
SURE = 0.3


@dataclass(frozen=True, slots=True)
class Option:
    """One that a pronoun may stand for, nobody or a thing where there is no actor, and what speaks for it."""

    actor: Actor | None
    features: tuple[str, ...]


class Links:
    """Weights of features."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights

    def choose(self, place: tuple[int, int], options: Sequence[Option], rules: Actor | None) -> Actor | None:
        """The options of a pronoun, nobody among them, by its sentence and word, and whom the rules take -> the actor meant.

        The weights decide whether a party is meant at all; which one, the rules where they take one.
        """
        get = self.weights.get
        weighed = [(sum(get(f, 0.0) for f in o.features), o.actor) for o in options]
        nobody = max(w for w, actor in weighed if actor is None)
        weight, party = max(((w, actor) for w, actor in weighed if actor), key=lambda x: x[0], default=(-math.inf, None))
        if rules:
            return rules if nobody - weight <= SURE else None
        return party if weight > nobody else None


@lru_cache(maxsize=1)
def load_links() -> Links:
    """The shipped weights, loaded once a process."""
    return Links(json.loads(FILE.read_text(encoding="utf-8")))
