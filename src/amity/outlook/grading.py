"""Forecasts issued, and what came -> their grades: Brier, log score, CRPS, a reliability diagram, skill over the base rate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from amity.outlook.columns import Columns, columns_of
from amity.outlook.days import day_number
from amity.outlook.dyads import SEEN_AFTER
from amity.outlook.scores import LEAST_CHANCE, brier, calibration_error, crps_of_points, log_score, reliability
from amity.records import Change, DatedEvent, Forecast, Graded, Report

# Levels of `Forecast.counts`.
LEVELS = (0.05, 0.25, 0.50, 0.75, 0.95)


def grade_forecasts(forecasts: Iterable[Forecast], events: Iterable[DatedEvent], changes: Iterable[Change], today: str) -> list[Graded]:
    """Forecasts -> grades of those whose time had come by `today` (an ISO day, included), in the order given.

    The time of a rupture or thaw has come 60 days after its last day, since a change is seen late. An
    outcome is an act told as fact; the claims that decide are carried.
    """
    columns, now = columns_of(events), day_number(today)
    turned: dict[tuple[str, str, int], list[Change]] = {}
    for change in changes:
        turned.setdefault((change.a, change.b, change.direction), []).append(change)
    index = {pair: i for i, pair in enumerate(columns.pairs)}
    order = np.argsort(columns.pair, kind="stable")
    first = np.searchsorted(columns.pair[order], np.arange(len(columns.pairs) + 1))
    found = []
    for f in forecasts:
        if day_number(f.until) + (SEEN_AFTER if f.kind in ("rupture", "thaw") else 0) > now:
            continue
        if f.kind in ("rupture", "thaw"):
            due = turned.get((f.a, f.b, 1 if f.kind == "thaw" else -1), [])
            claims = tuple(c for change in due if f.issued < change.day <= f.until for c in change.claims)
            number = sum(f.issued < change.day <= f.until for change in due)
        else:
            pair = index.get((min(f.a, f.b), max(f.a, f.b)))
            rows = order[first[pair] : first[pair + 1]] if pair is not None else order[:0]
            number, claims = _acts(f, columns, rows)
        found.append(_grade(f, number, claims))
    return found


def _acts(f: Forecast, columns: Columns, rows: np.ndarray) -> tuple[int, tuple[str, ...]]:
    """How many acts of the forecast's kind fell in its days, and their claims."""
    start, end = day_number(f.issued), day_number(f.until)
    hits = [columns.rows[i] for i in rows if start < columns.day[i] <= end and columns.happened[i]]
    hits = [e for e in hits if (e.quad == 4 if f.kind == "conflict" else (e.actor, e.type) == (f.a, f.type))]
    return len(hits), tuple(dict.fromkeys(e.claim for e in hits if e.claim))


def _grade(f: Forecast, number: int, claims: tuple[str, ...]) -> Graded:
    happened = number > 0
    crps = crps_of_points(LEVELS, f.counts, number) if f.counts else None
    p = f.chance if happened else 1.0 - f.chance
    return Graded(f, happened, (f.chance - happened) ** 2, float(-np.log(max(p, LEAST_CHANCE))), claims[:5], crps)


def report_grades(grades: Sequence[Graded]) -> list[Report]:
    """Grades -> a report for each kind and horizon, in that order."""
    groups: dict[tuple[str, int], list[Graded]] = {}
    for grade in grades:
        groups.setdefault((grade.forecast.kind, grade.forecast.horizon), []).append(grade)
    found = []
    for (kind, horizon), rows in sorted(groups.items()):
        said, base = (np.array([getattr(g.forecast, name) for g in rows]) for name in ("chance", "base"))
        came = np.array([g.happened for g in rows])
        crps = [g.crps for g in rows if g.crps is not None]
        scores = (brier(said, came), brier(base, came), log_score(said, came), calibration_error(said, came))
        found.append(
            Report(
                kind, horizon, len(rows), int(came.sum()), *scores, float(np.mean(crps)) if crps else None, tuple(reliability(said, came))
            )
        )
    return found
