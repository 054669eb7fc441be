"""Facts -> a ranker: for (who, does what, ?) on the next day, every entity in order, learnt from the past alone.

The past is walked day by day. On each day of the later part of the training days some of the questions that were
asked are put to the memory, and to the network, as they stood that morning; the features of their candidate answers,
and which came, train gradient-boosted trees. Then the network learns from the day. Later days are ranked the same way,
each from the memory as it stands that morning; network and trees do not change any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from amity.errors import BadInput
from amity.outlook.links.candidates import MOST, choose_candidates, sum_shares
from amity.outlook.links.facts import Doubled, Facts, Floats, Ints, double_facts
from amity.outlook.links.features import make_features
from amity.outlook.links.memory import Memory
from amity.outlook.links.network import Network
from amity.outlook.links.past import pose
from amity.outlook.links.trees import Trees, grow_trees

# Candidates of a question that are trained on: its answers, the first so many in order, and others drawn from the rest.
# More questions with fewer rows each tell more in the same time.
KEPT, FIRST = 40, 20
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

    questions: int = 60_000
    warm_up: float = 0.35
    candidates: int = MOST
    trees: int = 250
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
        self.network: Network | None = None
        self.trees: Trees | None = None
        self.columns: list[str] = []
        self.simple: Floats = np.zeros((0, 0), np.float32)

    def learn(self, end: int) -> None:
        """Train on the days before `end`."""
        self.network = Network(self.doubled, self.facts.entities, end, self.options.seed)
        x, y, weights = self._gather(end)
        self.trees = grow_trees(x, (y, weights), self.columns, self.options)

    def _gather(self, end: int) -> tuple[Floats, np.ndarray, Floats]:
        """Teach the network day by day -> features, answers and weights of a sample of the questions of the later training days."""
        assert self.network
        days = self.memory.days[self.memory.days < end]
        later = days[int(len(days) * self.options.warm_up) :]
        first, last = np.searchsorted(self.doubled.day, (later[0], end)) if len(later) else (0, 0)
        rng, share = np.random.default_rng(self.options.seed), self.options.questions / max(int(last - first), 1)
        xs, ys, weights = [], [], []
        for day in days.tolist():
            self.memory.learn_until(day)
            asked = questions_on(self.doubled, day)
            keep = np.flatnonzero(rng.random(len(asked.subject)) < share) if day >= later[0] else np.zeros(0, np.int64)
            if len(keep):
                row, entity, order, x = self._features(asked.subject[keep], asked.relation[keep], day)
                true = np.zeros((len(asked.subject), self.doubled.entities), bool)
                true[asked.question, asked.answer] = True
                y = true[keep][row, entity].reshape(len(keep), -1)
                taken, weight = thin_candidates(y, order[row, entity].reshape(y.shape), rng)
                xs.append(x[taken.ravel()])
                ys.append(y.ravel()[taken])
                weights.append(weight)
            self.network.rehearse(pose(self.memory, asked.subject, asked.relation, day), asked.question, asked.answer)
        if not sum(map(len, ys)):
            raise BadInput(f"ranker: got no question with an answer among its candidates before day {end}, allowed is one or more")
        return np.concatenate(xs), np.concatenate(ys), np.concatenate(weights)

    def _features(self, s: Ints, r: Ints, day: int) -> tuple[Ints, Ints, Floats, Floats]:
        """Questions -> (question, entity) of each candidate row, the order of all entities, the rows' features."""
        simple = sum_shares(self.memory, s, r, day)
        share, fit = self.network.score(pose(self.memory, s, r, day)) if self.network else (None, None)
        row, entity, order = choose_candidates(simple, share, self.options.candidates)
        said = None if share is None or fit is None else (share[row, entity], fit[row, entity])
        self.columns, x = make_features(self.memory, (s[row], r[row], entity, row), day, (simple[row, entity], said))
        self.simple = simple
        return row, entity, order, x

    def score(self, s: Ints, r: Ints, day: int) -> Floats:
        """Questions on a day (all before it known) -> a score for every entity: candidates by the trees, the rest behind."""
        self.memory.learn_until(day)
        row, entity, order, x = self._features(s, r, day)
        if self.trees is None:
            return self.simple.copy()
        said = self.trees.scores(x)
        order -= order.max() - said.min() + 1.0
        order[row, entity] = said
        return order

    def score_days(self, days: Iterable[int]) -> Iterator[tuple[Asked, Floats]]:
        """Days in order -> the questions asked on each, in batches, with the scores of every entity."""
        for day in days:
            asked = questions_on(self.doubled, day)
            for start in range(0, len(asked.subject), BATCH):
                part = asked.batch(start, start + BATCH)
                yield part, self.score(part.subject, part.relation, day)


def thin_candidates(answers: np.ndarray, order: Floats, rng: np.random.Generator) -> tuple[Ints, Floats]:
    """Which candidates came, and the order they were chosen by (question, candidate) -> the rows to train on, and their weights.

    A row of the result for each question with an answer among its candidates: the answers, the first in order, some of
    the rest, each of which stands for so many more.
    """
    place = np.argsort(np.argsort(-order, axis=1), axis=1).astype(float)
    rest = (place >= FIRST) & ~answers
    place[rest] = FIRST + place.shape[1] * rng.random(int(rest.sum()))
    place[answers] = -1.0
    picked = np.argsort(place, axis=1)[:, :KEPT]
    drawn = np.take_along_axis(rest, picked, axis=1)
    weights = np.where(drawn, rest.sum(1, keepdims=True) / np.maximum(drawn.sum(1, keepdims=True), 1), 1.0).astype(np.float32)
    some = answers.any(1)
    return (picked + np.arange(len(place))[:, None] * place.shape[1])[some], weights[some]


def fit_ranker(facts: Facts, end: int | None = None, options: RankerOptions | None = None) -> Ranker:
    """Facts -> a ranker trained on the days before `end` (by default all); needs the [outlook] extra.

    Facts from `end` on are never learnt from, but stand in the memory once their day is past, as they would in life.
    """
    ranker = Ranker(facts, options or RankerOptions())
    ranker.learn(int(facts.day.max()) + 1 if end is None else end)
    return ranker
