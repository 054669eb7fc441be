"""The events of one pair -> its turns: an online test of "it broke here" against "it drifts as ever".

Weeks are read in order. Two beliefs of the pair's log-odds run side by side: an old one that has learnt
from everything, and a new one that begins afresh at a week that might be a break. Each week the log of
how much better the new one foresaw the week is added to a score; at 0 or below the new belief is begun
again with the next week, above the threshold the turn is reported and the new belief becomes the old.

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


@dataclass(frozen=True, slots=True)
class ChangeOptions:
    """How much surprise makes a turn.

    `threshold` (nats) is the score to pass; `half_life` (days) and `sd` (log-odds) are the law of ordinary
    drift in the old belief; `fresh_sd` (log-odds) how open the new belief begins; `week_correlation` (0..1)
    how alike the events of one week are, as `TieOptions.day_correlation`.
    """

    threshold: float = 4.0
    half_life: float = 365.0
    sd: float = 1.5
    fresh_sd: float = 1.5
    week_correlation: float = 0.3


@dataclass(frozen=True, slots=True)
class Turn:
    """First day of the new level, the day it was seen, and warmth (-1..1) before and after."""

    start: int
    seen: int
    before: float
    after: float

    @property
    def direction(self) -> int:
        """1 warmer, -1 colder."""
        return 1 if self.after > self.before else -1


@dataclass(frozen=True, slots=True)
class _Week:
    start: int
    days: tuple[tuple[int, bool], ...]
    good: float
    total: float


@dataclass(slots=True)
class _Belief:
    """A normal belief of log-odds, carried from day to day."""

    mean: float
    var: float
    day: int

    def carry(self, day: int, options: ChangeOptions) -> None:
        """Let time pass: the law of ordinary drift."""
        decay = 0.5 ** ((day - self.day) / options.half_life)
        self.mean *= decay
        self.var = self.var * decay * decay + options.sd**2 * (1.0 - decay * decay)
        self.day = day

    def foresee(self, good: float, total: float) -> float:
        """Log of the chance given to what is seen."""
        p = self.chance()
        return good * log(p) + (total - good) * log(1.0 - p)

    def chance(self) -> float:
        """Chance that the next event is cooperative."""
        return _squash(self.mean / sqrt(1.0 + pi * self.var / 8.0))

    def leaves_out(self, chance: float) -> bool:
        """Whether the 90 % interval of the chance does not hold a value."""
        reach = Z90 * sqrt(self.var)
        return not _squash(self.mean - reach) <= chance <= _squash(self.mean + reach)

    def learn(self, good: float, total: float) -> None:
        """Take in a week: normal approximation at the mode, found by halving, for it lies between two known ends."""
        low, high = self.mean - self.var * total, self.mean + self.var * total
        for _ in range(40):
            at = (low + high) / 2.0
            low, high = (at, high) if at < self.mean + self.var * (good - total * _squash(at)) else (low, at)
        p = _squash(at)
        self.mean, self.var = at, self.var / (1.0 + self.var * total * p * (1.0 - p))


def find_turns(rows: Sequence[tuple[int, bool, float]], options: ChangeOptions) -> list[Turn]:
    """(day, cooperative, weight) of one pair in order of day -> its turns in order.

    A turn needs the score above the threshold and the interval before to leave out the mean after, so a
    pair with one or two events never turns.

    >>> find_turns([(day, day < 100, 1.0) for day in range(0, 200, 10)], ChangeOptions())[0].start
    100
    """
    turns: list[Turn] = []
    old: _Belief | None = None
    new, score, run, base = _Belief(0.0, 0.0, 0), 0.0, list[_Week](), _Belief(0.0, 0.0, 0)
    for week in _weeks(rows):
        weight = week.total / (1.0 + options.week_correlation * max(week.total - 1.0, 0.0))
        good = weight * week.good / week.total
        if old is None:
            old = _Belief(0.0, options.sd**2, week.start)
        old.carry(week.start, options)
        if not run:
            new, base = _Belief(0.0, options.fresh_sd**2, week.start), _Belief(old.mean, old.var, old.day)
        new.carry(week.start, options)
        score += new.foresee(good, weight) - old.foresee(good, weight)
        run.append(week)
        for belief in (old, new):
            belief.learn(good, weight)
        if score <= 0.0:
            score, run = 0.0, []
        elif score > options.threshold and base.leaves_out(new.chance()):
            turns.append(_turn(run, base, new))
            old, score, run = new, 0.0, []
    return turns


def _turn(run: Sequence[_Week], base: _Belief, new: _Belief) -> Turn:
    """The run of weeks that made a turn, the beliefs before and after -> the turn, from its first fitting event."""
    before, after = 2.0 * base.chance() - 1.0, 2.0 * new.chance() - 1.0
    days = [day for week in run for day, good in week.days if good == (after > before)]
    return Turn(days[0], run[-1].days[-1][0], before, after)


def _weeks(rows: Iterable[tuple[int, bool, float]]) -> Iterator[_Week]:
    """Rows -> weeks with events, counted from the pair's first day, so that a shift of time changes nothing."""
    weeks: dict[int, list[tuple[int, bool, float]]] = {}
    first: int | None = None
    for row in rows:
        first = row[0] if first is None else first
        weeks.setdefault((row[0] - first) // WEEK, []).append(row)
    for group in weeks.values():
        days = tuple((day, good) for day, good, _ in group)
        yield _Week(days[0][0], days, sum(sorted(w for _, good, w in group if good)), sum(sorted(w for *_, w in group)))


def _squash(x: float) -> float:
    return 1.0 / (1.0 + exp(-x)) if x > -30.0 else exp(x)
