"""The events of one pair -> its turns: an online test of "it broke here" against "it drifts as ever".

Weeks are read in order. At each week that might be a break the old belief of the pair's log-odds stands
still but for drift, and a new one begins afresh and learns. Each week the log of how much better the new
one foresaw it is added to a score. At 0 or below there was no break: the old belief learns the weeks it
missed. Above the threshold the turn is reported, and the new belief becomes the old.

Source: a cumulative sum test (Page 1954) whose ratio is a Bayes factor (Lai 1998), after a trial in which
adaptive cumulative sums found more ruptures than Bayesian online detection (docs/ties.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, log, pi, sqrt

from amity.ties.options import Z90

# Days in a step of the test: the unit in which a weekly press repeats itself.
WEEK = 7
# Halvings to a posterior mode: the ends are at most some 100 log-odds apart, so 24 leave less than 0.00001.
HALVINGS = 24
# Acts counted to undo a turn: beyond two years of one a week, more is no more telling.
MOST_ACTS = 104


@dataclass(frozen=True, slots=True)
class ChangeOptions:
    """How much surprise makes a turn.

    `threshold` (nats) is the score to pass; `half_life` (days) and `sd` (log-odds) are the law of ordinary
    drift in the old belief; `fresh_sd` (log-odds) how open the new belief begins; `week_correlation` (0..1)
    how alike the events of one week are, as `TieOptions.day_correlation`.
    """

    threshold: float = 4.0
    half_life: float = 730.0
    sd: float = 1.0
    fresh_sd: float = 1.5
    week_correlation: float = 0.3


@dataclass(frozen=True, slots=True)
class Turn:
    """First day of the new level, the day it was seen, and warmth (-1..1) before and after.

    `undo` is how many acts of the other kind, one a week (of a turn) or in one week (of a surge), would take the pair
    back half the way.
    """

    start: int
    seen: int
    before: float
    after: float
    undo: int = 0

    @property
    def direction(self) -> int:
        """1 warmer, -1 colder."""
        return 1 if self.after > self.before else -1


@dataclass(frozen=True, slots=True)
class _Week:
    """Its (day, cooperative) rows, and how many independent events they are worth, cooperative and in all."""

    days: tuple[tuple[int, bool], ...]
    good: float
    total: float

    @property
    def start(self) -> int:
        """Day of the first event."""
        return self.days[0][0]


@dataclass(frozen=True, slots=True)
class _Belief:
    """A normal belief of log-odds on a day."""

    mean: float
    var: float
    day: int

    def carried(self, day: int, options: ChangeOptions) -> _Belief:
        """The belief on a later day, by the law of ordinary drift."""
        decay = 0.5 ** ((day - self.day) / options.half_life)
        return _Belief(self.mean * decay, self.var * decay * decay + options.sd**2 * (1.0 - decay * decay), day)

    def foresee(self, week: _Week) -> float:
        """Log of the chance given to what a week brought."""
        p = self.chance()
        return week.good * log(p) + (week.total - week.good) * log(1.0 - p)

    def chance(self) -> float:
        """Chance that the next event is cooperative."""
        return _squash(self.mean / sqrt(1.0 + pi * self.var / 8.0))

    def leaves_out(self, chance: float) -> bool:
        """Whether the 90 % interval of the chance does not hold a value."""
        reach = Z90 * sqrt(self.var)
        return not _squash(self.mean - reach) <= chance <= _squash(self.mean + reach)

    def learnt(self, week: _Week) -> _Belief:
        """The belief after a week: normal at the mode, found by halving, for it lies between two known ends."""
        low, high = self.mean - self.var * week.total, self.mean + self.var * week.total
        for _ in range(HALVINGS):
            at = (low + high) / 2.0
            low, high = (at, high) if at < self.mean + self.var * (week.good - week.total * _squash(at)) else (low, at)
        p = _squash(high)
        return _Belief(high, self.var / (1.0 + self.var * week.total * p * (1.0 - p)), self.day)


def find_turns(rows: Sequence[tuple[int, bool, float]], options: ChangeOptions) -> list[Turn]:
    """(day, cooperative, weight) of one pair in order of day -> its turns in order.

    A turn needs the score above the threshold and the interval before to leave out the mean after, so a
    pair with one or two events never turns.

    >>> find_turns([(day, day < 100, 1.0) for day in range(0, 200, 10)], ChangeOptions())[0].start
    100
    """
    turns: list[Turn] = []
    run: list[_Week] = []
    old = new = _Belief(0.0, options.sd**2, rows[0][0] if rows else 0)
    score = 0.0
    for week in _weeks(rows, options.week_correlation):
        if not run:
            new = _Belief(0.0, options.fresh_sd**2, week.start)
        old_now, new = old.carried(week.start, options), new.carried(week.start, options)
        score += new.foresee(week) - old_now.foresee(week)
        new = new.learnt(week)
        run.append(week)
        if score <= 0.0:
            for past in run:
                old = old.carried(past.start, options).learnt(past)
            score, run = 0.0, []
        elif score > options.threshold and old_now.leaves_out(new.chance()):
            turns.append(_turn(run, old_now, new))
            old, score, run = new, 0.0, []
    return turns


def _turn(run: Sequence[_Week], base: _Belief, new: _Belief) -> Turn:
    """The run of weeks that made a turn, the beliefs before and after -> the turn, from its first fitting event."""
    before, after = 2.0 * base.chance() - 1.0, 2.0 * new.chance() - 1.0
    # The run may have begun by chance some weeks early: the turn starts where the weeks from there on speak most for it.
    gains = [new.foresee(week) - base.foresee(week) for week in run]
    start = max(range(len(run)), key=lambda i: sum(gains[i:]))
    days = [day for week in run[start:] for day, good in week.days if good == (after > before)] or [run[start].start]
    return Turn(days[0], run[-1].days[-1][0], before, after, _acts_to_undo(new, (base.chance() + new.chance()) / 2.0))


def _acts_to_undo(belief: _Belief, halfway: float) -> int:
    """How many acts of the other kind, one a week, take a belief to a chance; no more than MOST_ACTS are counted."""
    rising = belief.chance() < halfway
    for n in range(1, MOST_ACTS):
        belief = belief.learnt(_Week(((belief.day, rising),), float(rising), 1.0))
        if (belief.chance() >= halfway) == rising:
            return n
    return MOST_ACTS


def _weeks(rows: Iterable[tuple[int, bool, float]], correlation: float) -> Iterator[_Week]:
    """Rows -> weeks with events, counted from the pair's first day, so that a shift of time changes nothing."""
    weeks: dict[int, list[tuple[int, bool, float]]] = {}
    first: int | None = None
    for row in rows:
        first = row[0] if first is None else first
        weeks.setdefault((row[0] - first) // WEEK, []).append(row)
    for group in weeks.values():
        total = sum(sorted(weight for *_, weight in group))
        worth = 1.0 / (1.0 + correlation * max(total - 1.0, 0.0))
        good = sum(sorted(weight for _, good, weight in group if good))
        yield _Week(tuple((day, good) for day, good, _ in group), good * worth, total * worth)


def _squash(x: float) -> float:
    return 1.0 / (1.0 + exp(-x)) if x > -30.0 else exp(x)
