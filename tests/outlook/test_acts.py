"""Chances of single types of acts: who does it more is given more, nothing later is known, and grades follow the acts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from amity.outlook import forecast_dyads, grade_forecasts
from amity.outlook.acts import came_within, read_doings, sample_rows
from amity.outlook.columns import columns_of
from amity.outlook.days import day_text
from amity.records import DatedEvent

Make = Callable[..., list[DatedEvent]]


def test_who_does_it_more_is_given_more(make_rows: Make) -> None:
    """In a world where pairs differ for good, chances of each party's own act are ordered as its rate, with skill and in one direction."""
    rows = make_rows(days=1200)
    outlook = forecast_dyads(rows)
    skill = next(s for s in outlook.skills if (s.kind, s.horizon) == ("act", 30))
    assert skill.skill > 0.05
    assert skill.error < 0.06
    found = [f for f in outlook.forecasts if f.kind == "act" and f.horizon == 30]
    assert {(f.a[0], f.type) for f in found} == {("a", "ASSAULT"), ("b", "CONSULT")}
    said = {f.a: f.chance for f in found if f.type == "ASSAULT"}
    done = {a: sum(e.actor == a and e.quad == 4 for e in rows) for a in said}
    ranks = [np.argsort(np.argsort([d[a] for a in said])) for d in (said, done)]
    assert np.corrcoef(*ranks)[0, 1] > 0.8
    assert all(f.grounds and f.claims for f in found)


def test_nothing_later_is_known(make_rows: Make) -> None:
    """The rows of a day are the same whatever comes after it."""
    rows = make_rows(days=400)
    whole, early = (read_doings(columns_of(r)) for r in (rows, [e for e in rows if e.day <= 200]))
    of_day = [sample_rows(d, [150, 200]) for d in (whole, early)]
    assert len(of_day[0].key) == len(of_day[1].key)
    assert np.allclose(of_day[0].features, of_day[1].features)


def test_an_act_on_the_day_itself_is_past() -> None:
    """A window begins on the day after and ends with its last day."""
    rows = [DatedEvent(d, "a", "b", 4, -8.0, type="ASSAULT") for d in (1, 2, 3, 10, 17)]
    doings = read_doings(columns_of(rows))
    sample = sample_rows(doings, [3, 10])
    assert came_within(doings, sample, 1, 7).tolist() == [True, True]
    assert came_within(doings, sample, 1, 6).tolist() == [False, False]


def test_rows_without_a_type_give_no_such_forecast(make_rows: Make) -> None:
    """Event rows that tell no type are forecast by pair alone, and nothing is noted."""
    rows = [DatedEvent(e.day, e.actor, e.recipient, e.quad, e.score) for e in make_rows(days=300)]
    outlook = forecast_dyads(rows)
    assert not [f for f in outlook.forecasts if f.kind == "act"]
    assert not any("single types" in note for note in outlook.notes)


def test_grades_count_that_act_by_that_party(make_rows: Make) -> None:
    """A forecast of an act comes true by that type of that party alone."""
    rows = make_rows(days=900)
    found = [f for f in forecast_dyads(rows, (), day_text(800)).forecasts if f.kind == "act" and f.horizon == 30]
    assert found
    for grade in grade_forecasts(found, rows, (), day_text(899)):
        f = grade.forecast
        assert grade.happened == any((e.actor, e.recipient, e.type) == (f.a, f.b, f.type) and 800 < e.day <= 830 for e in rows)
