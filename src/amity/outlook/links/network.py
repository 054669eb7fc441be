"""A small network that shares the chance of being the answer among all entities, learnt as days pass.

Each entity has a vector, those of its country and sector (as the name tells them) within; what came about it in the
last weeks moves it by one step of message passing. A question is the vectors of its subject and relation, and the mean
vectors of whom it was answered by and whom the subject met. Two layers make of it a vector, whose product with an
entity's is that entity's score, beside learnt weights on how often that entity was met. Fitted by Adam on the softmax
loss; days gone by are rehearsed, the newer the oftener; scores are those of the running mean of the weights.

Source: the history terms of TiRGN (Li et al. 2022) and the evolving vectors of RE-GCN (Li et al. 2021), made small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from amity.outlook.links.facts import Doubled, Floats, Ints
from amity.outlook.links.names import read_names
from amity.outlook.links.past import Posed, renumber

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Weights = dict[str, Floats]

# Length of a vector, of the hidden layer, questions in a step, the share of numbers dropped in training, step length of
# Adam, and how much of the running mean of weights stays at each step. With the half-lives below chosen on the validation
# days of ICEWS14 by a network alone that learnt on through them (MRR 44.6; 100 numbers a vector: 44.3; .45 dropped: 44.2; no
# running mean: .6 less; without what moves vectors: 44.2; taught no more after the training days, as here: 44.4).
SIZE, HIDDEN, QUESTIONS, DROPPED, STEP, STAYS = 64, 128, 384, 0.3, 3e-3, 0.98
# How often each question is rehearsed on the whole (4 times overfits), how many at most in all, for the minutes it takes,
# and the half-life (days) of the age of the day that is: 150 gave 44.4.
PASSES, MOST_REHEARSED, REHEARSED = 2.0, 400_000, 45.0
# Days kept to be rehearsed: eight half-lives and more, beyond which next to none is drawn.
MOST_DAYS = 400
# Half-life of what moves a vector and how far it is looked back for, in days: 20 and 80 gave a tenth less.
MOVES, WINDOW = 7.0, 28
# Pull of the vectors towards 0.
DECAY = 1e-5


@dataclass(frozen=True, slots=True)
class Pass:
    """What a pass through the network leaves for the way back."""

    weights: Weights
    still: Floats
    around: tuple[csr_array, csr_array, Floats, Floats, Floats]
    entities: Floats
    means: tuple[csr_array, ...]
    read: Floats
    hidden: Floats
    question: Floats
    masks: tuple[Floats, Floats] | None
    scores: Floats


class Adam:
    """Steps down a slope, each number by its own measure (Kingma and Ba 2015), and the running mean of where they lead."""

    def __init__(self, weights: Weights) -> None:
        self.weights, self.steps = weights, 0
        self.mean = {k: v.copy() for k, v in weights.items()}
        self.first, self.second = ({k: np.zeros_like(v) for k, v in weights.items()} for _ in range(2))

    def step(self, slopes: Weights) -> None:
        """One step."""
        self.steps += 1
        size = STEP * np.sqrt(1.0 - 0.999**self.steps) / (1.0 - 0.9**self.steps)
        stays = min(STAYS, 1.0 - self.steps**-0.8)
        for name, slope in slopes.items():
            first, second, at, mean = self.first[name], self.second[name], self.weights[name], self.mean[name]
            first += 0.1 * (slope - first)
            second += 0.001 * (slope * slope - second)
            at -= size * first / (np.sqrt(second) + 1e-8)
            mean += (1.0 - stays) * (at - mean)


class Network:
    """The network of some entities and doubled relations; `rehearse` teaches it the days before `until`, `score` asks it."""

    def __init__(self, facts: Doubled, names: Sequence[str], until: int, seed: int = 0) -> None:
        from scipy.sparse import csr_array

        self.facts, self.rng = facts, np.random.default_rng(seed)
        n, q, rows, columns = facts.entities, 2 * facts.relations, [np.arange(facts.entities)], [np.arange(facts.entities)]
        width = n
        for label in read_names(names):
            known = np.flatnonzero(label >= 0)
            rows.append(known)
            columns.append(width + label[known])
            width += int(label.max(initial=-1)) + 1
        at = np.concatenate(rows), np.concatenate(columns)
        self.parts = csr_array((np.ones(len(at[0]), np.float32), at), shape=(n, width))

        def drawn(*shape: int, spread: float) -> Floats:
            return (self.rng.normal(size=shape) * spread).astype(np.float32)

        read = 6 * SIZE
        self.adam = Adam({
            "parts": drawn(width, SIZE, spread=0.1), "relations": drawn(q, SIZE, spread=0.3),
            "gates": drawn(q, SIZE, spread=0.1) + np.float32(1.0), "bare": np.zeros(n, np.float32),
            "in": drawn(read, HIDDEN, spread=read**-0.5), "shift": np.zeros(HIDDEN, np.float32),
            "out": drawn(HIDDEN, SIZE, spread=0.5 * HIDDEN**-0.5), "moved by entities": drawn(SIZE, SIZE, spread=0.5 * SIZE**-0.5),
            "moved by relations": drawn(SIZE, SIZE, spread=0.5 * SIZE**-0.5), "pasts": np.full((3, 3), 0.3, np.float32),
            "met": np.full(2, 0.2, np.float32),
        })  # fmt: skip
        self.days: list[tuple[Posed, Ints, Ints]] = []
        self.passes = min(PASSES, MOST_REHEARSED / max(int(np.searchsorted(facts.day, until)), 1))
        self.due = 0.0

    def score(self, posed: Posed) -> tuple[Floats, Floats]:
        """Questions -> the log of the share of every entity, and the part of the score that vectors give."""
        through = self._pass(posed, self.adam.mean)
        scores = through.scores - through.scores.max(1, keepdims=True)
        return scores - np.log(np.exp(scores).sum(1, keepdims=True)), through.question @ through.entities.T

    def rehearse(self, posed: Posed, question: Ints, answer: Ints) -> None:
        """A day's questions and their answers (question, entity): kept, and as many steps taken as are due, over days so far."""
        self.days = [*self.days[1 - MOST_DAYS :], (posed, question, answer)]
        self.due += self.passes * len(posed.subject)
        first, last = self.days[0][0].day, posed.day
        when = np.array([day.day for day, _, _ in self.days])
        while self.due >= QUESTIONS:
            day = last - self.rng.exponential(REHEARSED / np.log(2.0))
            day = day if day >= first else self.rng.integers(first, last + 1)
            past, question, answer = self.days[int(np.searchsorted(when, day, "right")) - 1]
            many = len(past.subject)
            if many > QUESTIONS:
                rows = np.sort(self.rng.choice(many, QUESTIONS, replace=False))
                place = renumber(rows, many)
                keep = place[question] >= 0
                past, question, answer = past.pick(rows), place[question[keep]], answer[keep]
            self.adam.step(self.slopes(past, question, answer)[1])
            self.due -= len(past.subject)

    def _around(self, day: int) -> tuple[csr_array, csr_array]:
        """Who met whom, and was of which doubled relation, in the last weeks: rows of decayed shares."""
        from scipy.sparse import csr_array

        f = self.facts
        part = slice(*np.searchsorted(f.day, (day - WINDOW, day)))
        s, weight = f.subject[part], (0.5 ** ((day - f.day[part]) / MOVES)).astype(np.float32)
        weight /= (np.bincount(s, weight, f.entities).astype(np.float32) + np.float32(0.2))[s]
        whom = csr_array((weight, (s, f.object[part])), shape=(f.entities, f.entities))
        return whom, csr_array((weight, (s, f.relation[part])), shape=(f.entities, 2 * f.relations))

    def _pass(self, posed: Posed, w: Weights, dropping: bool = False) -> Pass:
        """Questions of one day -> their scores, and what led to them."""
        from scipy.sparse import csr_array

        n, s, r = self.facts.entities, posed.subject, posed.relation
        whom, how = self._around(posed.day)
        still = self.parts @ w["parts"]
        near, kinds = whom @ still, how @ w["relations"]
        moved = np.tanh(near @ w["moved by entities"] + kinds @ w["moved by relations"])
        entities = still + moved
        means = []
        for past in posed.pasts:
            weight = np.log1p(past.heat[:, 2])
            whole = np.bincount(past.row, weight, len(s)).astype(np.float32) + np.float32(0.3)
            means.append(csr_array(((weight / whole[past.row]).astype(np.float32), (past.row, past.entity)), shape=(len(s), n)))
        own = entities[s]
        turned = own * w["gates"][r]
        read = np.concatenate([turned, w["relations"][r], own, *(mean @ entities for mean in means)], axis=1)
        masks = (self._mask(read.shape), self._mask((len(s), SIZE))) if dropping else None
        if masks:
            read = read * masks[0]
        hidden = np.maximum(read @ w["in"] + w["shift"], np.float32(0.0))
        question = hidden @ w["out"] + turned
        if masks:
            question = question * masks[1]
        scores = question @ entities.T + w["bare"]
        scores += np.einsum("h,rhn->rn", w["met"], posed.met)[r // self.facts.relations]
        for past, weights in zip(posed.pasts, w["pasts"], strict=True):
            scores[past.row, past.entity] += np.log1p(past.heat) @ weights
        return Pass(w, still, (whom, how, near, kinds, moved), entities, tuple(means), read, hidden, question, masks, scores)

    def _mask(self, shape: tuple[int, ...]) -> Floats:
        """Numbers that drop a share of those they multiply, and make the rest greater by as much."""
        return np.asarray((self.rng.random(shape, np.float32) > DROPPED) / np.float32(1.0 - DROPPED), np.float32)

    def slopes(self, posed: Posed, question: Ints, answer: Ints, dropping: bool = True) -> tuple[float, Weights]:
        """Questions of one day and their answers -> the loss (mean over answers), and its slope along each weight."""
        through = self._pass(posed, self.adam.weights, dropping)
        share = np.exp(through.scores - through.scores.max(1, keepdims=True))
        share /= share.sum(1, keepdims=True)
        loss = -float(np.log(share[question, answer] + 1e-12).mean())
        share *= (np.bincount(question, minlength=len(share)) / len(question)).astype(np.float32)[:, None]
        np.subtract.at(share, (question, answer), np.float32(1.0 / len(question)))
        return loss, self._back(posed, through, share)

    def _back(self, posed: Posed, through: Pass, pull: Floats) -> Weights:
        """The slope along each score (question, entity) -> the slope along each weight."""
        w, s, r, f = through.weights, posed.subject, posed.relation, self.facts
        out: dict[str, Any] = {"bare": pull.sum(0)}
        sides = np.stack([pull[r // f.relations == role].sum(0) for role in (0, 1)])
        out["met"] = np.einsum("rn,rhn->h", sides, posed.met)
        out["pasts"] = np.stack([pull[past.row, past.entity] @ np.log1p(past.heat) for past in posed.pasts])
        to_question, to_entities = pull @ through.entities, pull.T @ through.question
        if through.masks:
            to_question = to_question * through.masks[1]
        out["out"] = through.hidden.T @ to_question
        to_hidden = (to_question @ w["out"].T) * (through.hidden > 0.0)
        out["in"], out["shift"] = through.read.T @ to_hidden, to_hidden.sum(0)
        to_read = to_hidden @ w["in"].T
        if through.masks:
            to_read = to_read * through.masks[0]
        turned, relation, own, *means = np.split(to_read, 6, axis=1)
        turned = turned + to_question
        out["gates"] = _add_up(r, turned * through.entities[s], len(w["gates"]))
        out["relations"] = _add_up(r, relation, len(w["relations"]))
        to_entities = to_entities + _add_up(s, turned * w["gates"][r] + own, f.entities)
        for mean, slope in zip(through.means, means, strict=True):
            to_entities += mean.T @ slope
        whom, how, near, kinds, moved = through.around
        to_moved = to_entities * (1.0 - moved**2)
        out["moved by entities"], out["moved by relations"] = near.T @ to_moved, kinds.T @ to_moved
        to_entities += whom.T @ (to_moved @ w["moved by entities"].T)
        out["relations"] += how.T @ (to_moved @ w["moved by relations"].T)
        out["parts"] = self.parts.T @ to_entities + DECAY * w["parts"]
        return {name: np.asarray(slope, w[name].dtype) for name, slope in out.items()}


def _add_up(place: Ints, rows: np.ndarray, many: int) -> Floats:
    """Rows -> their sums by place."""
    from scipy.sparse import csr_array

    return np.asarray(csr_array((np.ones(len(place), np.float32), (place, np.arange(len(place)))), shape=(many, len(place))) @ rows)
