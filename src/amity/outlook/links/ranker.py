"""Facts -> a ranker: for (who, does what, ?) on the next day, every entity in order, learnt from the past alone.

The past is walked day by day. On each day of the later part of the training days some of the questions that were
asked are put to the memory as it stood that morning; the features of their candidate answers, and which came,
train gradient-boosted trees on a ranking loss. Later days are then ranked the same way, each from the memory as
it stands that morning; the trees do not change any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from amity.errors import BadInput
from amity.outlook.links.candidates import MOST, choose_candidates
from amity.outlook.links.facts import Doubled, Facts, Floats, Ints, double_facts
from amity.outlook.links.features import make_features
from amity.outlook.links.memory import Memory
from amity.outlook.links.trees import Trees, grow_trees

# Questions ranked at once: a row of scores for every entity each, 46 MB for 500 of 23,000.
BATCH = 500


@dataclass(frozen=True, slots=True)
class RankerOptions:
    """How a ranker is trained.

    `questions` is how many of the past are learnt from, `warm_up` the share of the training days before the
    first of them; `candidates` are ranked for each. `trees`, `leaves`, `rate`, `cutoff` (places of the ranking that
    LambdaMART looks at) and `columns` (the share of columns that a tree may split on) are those of each of the two
    rows of boosted trees; chosen on the validation days of ICEWS14.
    """

    questions: int = 30_000
    warm_up: float = 0.35
    candidates: int = MOST
    trees: int = 300
    leaves: int = 31
    rate: float = 0.08
    cutoff: int = 20
    columns: float = 0.15
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of a day: subject and doubled relation of each, and the answers that came as (question, entity)."""

    subject: Ints
    relation: Ints
    question: Ints
    answer: Ints

    def batch(self, start: int, end: int) -> Asked:
        """Questions start <= q < end, renumbered from 0."""
        keep = (self.question >= start) & (self.question < end)
        return Asked(self.subject[start:end], self.relation[start:end], self.question[keep] - start, self.answer[keep])


def questions_on(facts: Doubled, day: int) -> Asked:
    """The distinct questions that the facts of a day answer."""
    rows = slice(*np.searchsorted(facts.day, (day, day + 1)))
    size = 2 * facts.relations
    key, question = np.unique(facts.subject[rows] * size + facts.relation[rows], return_inverse=True)
    return Asked(key // size, key % size, question, facts.object[rows])


class Ranker:
    """A memory and the trees that read it; made by `fit_ranker`. `simple` holds the untaught scores of the last batch."""

    def __init__(self, facts: Facts, options: RankerOptions) -> None:
        self.facts, self.options = facts, options
        self.doubled = double_facts(facts)
        self.memory = Memory(self.doubled, facts.entities)
        self.trees: Trees | None = None
        self.columns: list[str] = []
        self.simple: Floats = np.zeros((0, 0), np.float32)

    def learn(self, end: int) -> None:
        """Train on the days before `end`."""
        x, y, groups = self._gather(end)
        if not len(groups):
            raise BadInput(f"ranker: got no question with an answer among its candidates before day {end}, allowed is one or more")
        self.trees = grow_trees(x, y, groups, self.columns, self.options)

    def _gather(self, end: int) -> tuple[Floats, np.ndarray, list[int]]:
        """Features and answers of a sample of the questions of the later training days."""
        days = self.memory.days[self.memory.days < end]
        days = days[int(len(days) * self.options.warm_up) :]
        first, last = np.searchsorted(self.doubled.day, (days[0], end)) if len(days) else (0, 0)
        rng, share = np.random.default_rng(self.options.seed), self.options.questions / max(int(last - first), 1)
        xs, ys, groups = [], [], []
        for day in days.tolist():
            self.memory.learn_until(day)
            asked = questions_on(self.doubled, day)
            keep = np.flatnonzero(rng.random(len(asked.subject)) < share)
            if not len(keep):
                continue
            row, entity, _, x = self._features(asked.subject[keep], asked.relation[keep], day)
            true = np.zeros((len(asked.subject), self.doubled.entities), bool)
            true[asked.question, asked.answer] = True
            y = true[keep][row, entity].reshape(len(keep), -1)
            some = y.any(1)
            xs.append(x.reshape(len(keep), y.shape[1], -1)[some].reshape(-1, x.shape[1]))
            ys.append(y[some].ravel())
            groups += [y.shape[1]] * int(some.sum())
        return np.concatenate(xs) if xs else np.zeros((0, 1), np.float32), np.concatenate(ys) if ys else np.zeros(0), groups

    def _features(self, s: Ints, r: Ints, day: int) -> tuple[Ints, Ints, Floats, Floats]:
        """Questions -> (question, entity) of each candidate row, the simple scores of all entities, the rows' features."""
        row, entity, simple = choose_candidates(self.memory, s, r, day, self.options.candidates)
        self.columns, x = make_features(self.memory, (s[row], r[row], entity, row), day, simple[row, entity])
        return row, entity, simple, x

    def score(self, s: Ints, r: Ints, day: int) -> Floats:
        """Questions on a day (all before it known) -> a score for every entity: candidates by the trees, the rest behind."""
        self.memory.learn_until(day)
        row, entity, simple, x = self._features(s, r, day)
        self.simple = simple.copy()
        if self.trees is None:
            return simple
        said = self.trees.scores(x)
        simple -= simple.max() - said.min() + 1.0
        simple[row, entity] = said
        return simple

    def score_days(self, days: Iterable[int]) -> Iterator[tuple[Asked, Floats]]:
        """Days in order -> the questions asked on each, in batches, with the scores of every entity."""
        for day in days:
            asked = questions_on(self.doubled, day)
            for start in range(0, len(asked.subject), BATCH):
                part = asked.batch(start, start + BATCH)
                yield part, self.score(part.subject, part.relation, day)


def fit_ranker(facts: Facts, end: int | None = None, options: RankerOptions | None = None) -> Ranker:
    """Facts -> a ranker trained on the days before `end` (by default all); needs the [outlook] extra.

    Facts from `end` on are never learnt from, but stand in the memory once their day is past, as they would in life.
    """
    ranker = Ranker(facts, options or RankerOptions())
    ranker.learn(int(facts.day.max()) + 1 if end is None else end)
    return ranker
