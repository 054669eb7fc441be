"""The user's own events -> the law of their ties: the options that best foresee what they did not see.

Each event is foreseen from earlier days, so the loss needs no labels. Options are moved on the earlier part of the
events, and the later part, which the search never saw, decides whether they are taken.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from math import exp, log
from pathlib import Path

import numpy as np

from amity.errors import BadInput
from amity.records import DatedEvent
from amity.ties.cells import Floats, rows_of
from amity.ties.foresight import mean_loss
from amity.ties.options import REPORTS, TieOptions

# Events below which there is nothing to learn from: two hundred tell a share to within 6 %.
LEAST_EVENTS = 200
# Share of the events, in order of day, that the search sees.
LEARNT = 0.7
# First step, in logarithms of the numbers; steps at which the search ends; and what it costs, in nats an event, to leave
# the start by a factor of e, for a total of LEAST_EVENTS: as much as two events a number.
STEP, LAST_STEP, STAY = 0.5, 0.1, 2.0


@dataclass(frozen=True, slots=True)
class Fit:
    """What a fit found. Losses are nats an event on the events kept from the search, of the old options and the new.

    `taken` are the new options where they foresaw those better, else the old.
    """

    taken: TieOptions
    events: int
    held_out: int
    loss_before: float
    loss_after: float

    @property
    def better(self) -> bool:
        """Whether the new options were taken."""
        return self.loss_after < self.loss_before


def fit_options(events: Sequence[DatedEvent], start: TieOptions = REPORTS) -> Fit:
    """Event rows and options to begin from -> the fit. Raises BadInput for fewer than 200 events."""
    if len(events) < LEAST_EVENTS:
        raise BadInput(
            f"fit: got {len(events)} events, allowed is {LEAST_EVENTS} or more; read more reports first, the shipped options stand"
        )
    ordered = sorted(events, key=lambda e: e.day)
    split = ordered[int(LEARNT * len(ordered)) - 1].day
    early, whole = rows_of([e for e in ordered if e.day <= split]), rows_of(ordered)
    if not (whole.day > split).any():
        raise BadInput("fit: got events of one day, allowed are events of several; the shipped options stand")
    cost = STAY / len(early.day)
    found = _search(lambda x: mean_loss(early, _options_at(start, x)) + cost * float(np.square(x).sum()), np.zeros(_numbers(start)))
    new = _options_at(start, found)
    before, after = (mean_loss(whole, options, split) for options in (start, new))
    return Fit(new if after < before else start, len(whole.day), int((whole.day > split).sum()), before, after)


def save_options(options: TieOptions, path: Path) -> None:
    """Write options as JSON."""
    path.write_text(json.dumps(asdict(options), indent=1) + "\n", encoding="utf-8")


def load_options(path: Path) -> TieOptions:
    """Read options that `save_options` wrote. Raises BadInput for a file of another shape."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        company = tuple((str(role), float(days), float(weight)) for role, days, weight in row.pop("company"))
        return TieOptions(**row | {"half_lives": tuple(row["half_lives"]), "sds": tuple(row["sds"]), "company": company})
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise BadInput(f"{path}: got {fault}, allowed is a file written with: amity ties --fit --law {path}") from None


def _numbers(start: TieOptions) -> int:
    return 2 * len(start.sds) + 3


def _options_at(start: TieOptions, x: Floats) -> TieOptions:
    """Free numbers, all 0 at the start: log half-lives, log sds, the mean, the log of the odds of correlation, the log of company."""
    k = len(start.sds)
    odds = log(start.day_correlation / (1.0 - start.day_correlation)) if 0.0 < start.day_correlation < 1.0 else 0.0
    return replace(
        start,
        half_lives=tuple(h * exp(v) for h, v in zip(start.half_lives, x[:k].tolist(), strict=True)),
        sds=tuple(s * exp(v) for s, v in zip(start.sds, x[k : 2 * k].tolist(), strict=True)),
        mean=start.mean + float(x[2 * k]),
        day_correlation=1.0 / (1.0 + exp(-odds - float(x[2 * k + 1]))) if odds else start.day_correlation,
        company=tuple((role, days, weight * exp(float(x[2 * k + 2]))) for role, days, weight in start.company),
    )


def _search(loss: Callable[[Floats], float], at: Floats) -> Floats:
    """Coordinate search with shrinking steps -> the arguments of the least loss found."""
    best, step = loss(at), STEP
    while step >= LAST_STEP:
        moved = False
        for i in range(len(at)):
            for way in (step, -step):
                trial = at.copy()
                trial[i] += way
                value = loss(trial)
                if value < best:
                    at, best, moved = trial, value, True
                    break
        step = step if moved else step / 2.0
    return at
