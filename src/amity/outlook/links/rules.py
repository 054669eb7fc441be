"""Learnt temporal rules: how often "r2 between s and o some days ago" was followed by r, and what they say of a question."""

from __future__ import annotations

import numpy as np

from amity.outlook.links.facts import Doubled, Floats, Ints
from amity.outlook.links.tally import Tally

# Weight of the share that a relation has in general, in past cases, against the share after r2: rules with fewer say little.
PRIOR = 20.0


class Rules:
    """For pairs: which relations were seen between them, and how the relations of a later day follow from those.

    `after[r2, r]` counts, over facts (s, r, o) as they came, the decayed r2 between s and o that stood before;
    `seen[r2]` the same for any r. Both only ever know the days taken in.
    """

    def __init__(self, facts: Doubled, pairs: Tally) -> None:
        self.facts, self.pairs = facts, pairs
        size = 2 * facts.relations
        self.after = np.zeros((size, size))
        self.plain = np.zeros(size)

    def add(self, rows: slice, day: int) -> None:
        """Learn from the facts of a day, then take them in."""
        f = self.facts
        s, r, o = f.subject[rows], f.relation[rows], f.object[rows]
        np.add.at(self.plain, r, 1.0)
        for back in (False, True):
            row, places = self._between(s, o, r // f.relations, back)
            if len(places):
                heat = np.minimum(self.pairs.heats(places, day), 3.0)
                np.add.at(self.after, (self.relations_at(places, back), r[row]), heat)
        self.pairs.add(rows, day)

    def relations_at(self, places: Ints, back: bool) -> Ints:
        """Places of the pair table -> their relations, those of the other direction turned to the asker's view."""
        size = 2 * self.facts.relations
        return np.asarray(self.pairs.keys[places] % size)

    def _between(self, s: Ints, o: Ints, role: Ints, back: bool) -> tuple[Ints, Ints]:
        """Pairs -> (row, place) for each relation ever seen between them in the given direction."""
        f = self.facts
        n, size = f.entities, 2 * f.relations
        base = ((s * 2 + ((1 - role) if back else role)) * n + o) * size
        first, last = np.searchsorted(self.pairs.keys, base), np.searchsorted(self.pairs.keys, base + size)
        many = last - first
        row = np.repeat(np.arange(len(s)), many)
        offset = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)
        places = first[row] + offset
        live = self.pairs.total[places] > 0
        return row[live], places[live]

    def strength(self) -> Floats:
        """after -> the log of how much likelier r is after r2 than in general, held towards 0 where little was seen."""
        share = self.plain / max(self.plain.sum(), 1.0)
        seen = self.after.sum(1, keepdims=True)
        return np.asarray((self.after + PRIOR * share) / (seen + PRIOR), np.float32)

    def say(self, s: Ints, r: Ints, o: Ints, day: int, strength: Floats) -> tuple[Floats, Floats, Floats]:
        """Questions with objects -> noisy-or of the rules that fire, the strongest, and the mean, each 0..1."""
        best, none, total = (np.zeros(len(s), np.float32) for _ in range(3))
        weight = np.full(len(s), 1e-6, np.float32)
        for back in (False, True):
            row, places = self._between(s, o, r // self.facts.relations, back)
            heat = self.pairs.heats(places, day)
            p = strength[self.relations_at(places, back), r[row]]
            np.maximum.at(best, row, p * np.minimum(heat, 1.0))
            none += np.bincount(row, np.log1p(-np.minimum(p * np.minimum(heat, 1.0), 0.95)), len(s)).astype(np.float32)
            total += np.bincount(row, p * heat, len(s)).astype(np.float32)
            weight += np.bincount(row, heat, len(s)).astype(np.float32)
        return (1.0 - np.exp(none)).astype(np.float32), best.astype(np.float32), (total / weight).astype(np.float32)

    def strongest(self, s: int, r: int, o: int, day: int) -> tuple[int, int, float, float] | None:
        """A question and an object -> the rule that speaks most for it: the relation that was, days since, its share, the general one.

        None where no rule that fires makes r likelier than it is in general.
        """
        strength, general = self.strength(), float(self.plain[r] / max(self.plain.sum(), 1.0))
        found = []
        for back in (False, True):
            _, places = self._between(np.array([s]), np.array([o]), np.array([r // self.facts.relations]), back)
            heat = np.minimum(self.pairs.heats(places, day), 1.0)
            share = strength[self.relations_at(places, back), r]
            rows = zip(
                self.relations_at(places, back).tolist(), self.pairs.last[places].tolist(), share.tolist(), heat.tolist(), strict=True
            )
            found += [(p * h, was, day - last, p) for was, last, p, h in rows if p > general]
        if not found:
            return None
        _, was, gap, p = max(found)
        return was, gap, p, general
