"""How much more, or less, comes of late than a law says: a level for each pair and quad, and one for all.

A fitted law has one echo for all pairs and a rate of its own for each, as of the days it was fitted on. Pairs differ in
how strongly they answer, and what papers tell of the whole changes over the years. Both show in what came over what was
said, counted with decay; the rate of the next day is multiplied by them.
"""

from __future__ import annotations

import numpy as np

from amity.outlook.columns import QUADS, Floats, Ints

# Half-lives in days and the event-days that must speak before a level leaves 1: of a pair a year and few, for a pair has few;
# of all a fortnight and more (60 and 20: .002 nats an event less); of days on which several quads fall at once a year.
# Chosen on the first 70 % of days of KEDS Levant and Gulf, fitted on 49 % and scored on the 21 % after them; flat around.
PAIR_LIFE, PAIR_PRIOR = 400.0, 2.0
WHOLE_LIFE, WHOLE_PRIOR = 12.0, 60.0
UNION_LIFE, UNION_PRIOR = 365.0, 20.0
# Rates a day between which such days are counted apart: quads fall together most where each is neither rare nor certain.
UNION_STEPS = (0.02, 0.06, 0.15, 0.4, 1.0)
# Bounds of the product: what came of a few days shall not make a law explode, or fall silent for good.
LEAST, MOST = 0.25, 1.6


class Levels:
    """What came and what was said of each pair and quad, with decay; `factors` is what rates are multiplied by.

    With a number of laws, what each of them said is held by itself: `factors` and `rates` are (law, pair, quad).
    """

    def __init__(self, pairs: int, *laws: int) -> None:
        self.came, self.said = np.zeros((pairs, QUADS)), np.zeros((*laws, pairs, QUADS))
        self.all_came, self.all_said = np.zeros(QUADS), np.zeros((*laws, QUADS))

    @property
    def whole(self) -> Floats:
        """The level of all pairs, by quad."""
        return np.asarray((self.all_came + WHOLE_PRIOR) / (self.all_said + WHOLE_PRIOR))

    @property
    def own(self) -> Floats:
        """The level of each pair and quad, by itself."""
        return np.asarray(np.clip(self._free, LEAST, MOST))

    @property
    def factors(self) -> Floats:
        """The level of each pair and quad, that of all within."""
        return np.asarray(np.clip(self._free * self.whole[..., None, :], LEAST, MOST))

    @property
    def _free(self) -> Floats:
        """The level of each pair and quad, by itself and without bounds."""
        return np.asarray((self.came + PAIR_PRIOR) / (self.said + PAIR_PRIOR))

    def draw(self, rng: np.random.Generator) -> tuple[Floats, Floats]:
        """Levels that what came would allow as well as `own` and `whole`: gamma laws about the level of each pair and of all."""
        own = rng.gamma(self.came + PAIR_PRIOR, size=self.said.shape) / (self.said + PAIR_PRIOR)
        whole = rng.gamma(self.all_came + WHOLE_PRIOR, size=self.all_said.shape) / (self.all_said + WHOLE_PRIOR)
        return np.asarray(np.clip(own, LEAST, MOST)), np.asarray(whole)

    def next(self, pair: Ints, quad: Ints, rates: Floats) -> None:
        """A day with these event-days, and the rates (pair, quad) that the law alone had said for it."""
        whole, said = self.whole, -np.expm1(-rates)
        self.came *= 0.5 ** (1.0 / PAIR_LIFE)
        self.said *= 0.5 ** (1.0 / PAIR_LIFE)
        self.all_came *= 0.5 ** (1.0 / WHOLE_LIFE)
        self.all_said *= 0.5 ** (1.0 / WHOLE_LIFE)
        self.came[pair, quad] += 1.0
        self.said += said * whole[..., None, :]
        self.all_came += np.bincount(quad, minlength=QUADS)
        self.all_said += said.sum(-2)


class Union:
    """How much rarer "any of some quads" is than the sum of their rates says, since they often fall on one day; by step of the sum."""

    def __init__(self) -> None:
        self.came, self.said = np.zeros(len(UNION_STEPS) + 1), np.zeros(len(UNION_STEPS) + 1)

    def factors(self, rates: Floats) -> Floats:
        """Sums of rates -> what each is multiplied by."""
        return np.asarray(((self.came + UNION_PRIOR) / (self.said + UNION_PRIOR))[np.digitize(rates, UNION_STEPS)])

    def next(self, hit: Ints, rates: Floats) -> None:
        """A day with the pairs that had any of the quads, and the sums that had been said for all."""
        fade, step = 0.5 ** (1.0 / UNION_LIFE), np.digitize(rates, UNION_STEPS)
        self.came = self.came * fade + np.bincount(step[hit], minlength=len(self.came))
        self.said = self.said * fade - np.bincount(step, np.expm1(-rates), len(self.said))
