"""The questions of a day with what stood before them, as sparse rows: what the network reads and rehearses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amity.outlook.links.facts import Floats, Ints
from amity.outlook.links.memory import Memory

# Others kept of each past of a question, the most often met first; and the columns of half-lives read: of past answers
# 5, 15 and 150 days, of partners 2, 15 and 100, of how often an entity is met at all 15 and 100.
MOST_MET = 30
ANSWERED, PARTNERS, MET = (1, 2, 4), (0, 1, 2), (1, 2)


@dataclass(frozen=True, slots=True)
class Sparse:
    """Numbers that stand at (row, entity): three decayed counts each."""

    row: Ints
    entity: Ints
    heat: Floats

    def pick(self, place: Ints) -> Sparse:
        """Some rows, by the new number of each (see `renumber`)."""
        keep = place[self.row] >= 0
        return Sparse(place[self.row[keep]], self.entity[keep], self.heat[keep])


@dataclass(frozen=True, slots=True)
class Posed:
    """Questions on a day: subject and doubled relation, whom they were answered by before, whom the subject met either way.

    `met` counts, by role and half-life, how often each entity was met at all.
    """

    day: int
    subject: Ints
    relation: Ints
    pasts: tuple[Sparse, Sparse, Sparse]
    met: Floats

    def pick(self, rows: Ints) -> Posed:
        """Some of the questions."""
        place = renumber(rows, len(self.subject))
        answered, same, other = (past.pick(place) for past in self.pasts)
        return Posed(self.day, self.subject[rows], self.relation[rows], (answered, same, other), self.met)


def renumber(rows: Ints, many: int) -> Ints:
    """Some rows in rising order, of so many -> the new number of each row from 0, -1 of those left out.

    >>> renumber(np.array([1, 3]), 5).tolist()
    [-1, 0, -1, 1, -1]
    """
    place = np.full(many, -1)
    place[rows] = np.arange(len(rows))
    return place


def pose(memory: Memory, s: Ints, r: Ints, day: int) -> Posed:
    """Questions on the day that a memory stands before -> the same with their pasts."""
    f = memory.facts
    role = r // f.relations
    answered = _look(memory, "sr_o", s * 2 * f.relations + r, (day, ANSWERED))
    same, other = (_look(memory, "s_o", s * 2 + side, (day, PARTNERS)) for side in (role, 1 - role))
    table = memory.tables["o"]
    met = np.zeros((2 * f.entities, len(MET)), np.float32)
    gone = (day - table.last).astype(np.float32)[:, None]
    met[table.keys] = table.heat[:, MET] * np.exp(gone * table.rates[list(MET)]) * (table.total > 0)[:, None]
    return Posed(day, s, r, (answered, same, other), np.log1p(met).T.reshape(len(MET), 2, f.entities).swapaxes(0, 1))


def _look(memory: Memory, name: str, base: Ints, when: tuple[int, tuple[int, ...]]) -> Sparse:
    """First parts of the keys of a table -> for each those met under it, the most often met first where they are too many."""
    table, n, (day, columns) = memory.tables[name], memory.facts.entities, when
    bases, place = np.unique(base, return_inverse=True)
    low, high = np.searchsorted(table.keys, bases * n), np.searchsorted(table.keys, (bases + 1) * n)
    at = np.repeat(low, high - low) + _count_up(high - low)
    at = at[table.total[at] > 0]
    heat = table.heat[at][:, columns] * np.exp((day - table.last[at]).astype(np.float32)[:, None] * table.rates[list(columns)])
    owner = np.searchsorted(bases, table.keys[at] // n)
    order = np.lexsort((-(heat[:, 0] + heat[:, 2]), owner))
    many = np.bincount(owner, minlength=len(bases))
    kept = np.sort(order[_count_up(many) < MOST_MET])
    first = np.searchsorted(owner[kept], np.arange(len(bases) + 1))
    length = np.diff(first)[place]
    take = kept[np.repeat(first[:-1][place], length) + _count_up(length)]
    return Sparse(np.repeat(np.arange(len(base)), length), table.keys[at[take]] % n, heat[take])


def _count_up(many: Ints) -> Ints:
    """Lengths of runs -> 0, 1, 2 ... within each.

    >>> _count_up(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    return np.asarray(np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many), np.int64)
