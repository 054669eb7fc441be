"""Forecasts of pairs: laws of time, skill where there is some, base rates where there is none, and their grades."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from amity.errors import BadInput
from amity.outlook import OutlookOptions, forecast_dyads, grade_forecasts, report_grades, say_likelihood
from amity.outlook.columns import columns_of
from amity.outlook.days import day_number, day_text
from amity.outlook.panel import FEATURES, came_true, make_panel
from amity.records import DatedEvent, Forecast

Make = Callable[..., list[DatedEvent]]


def test_pairs_that_fight_often_get_higher_chances_and_skill_is_told(make_rows: Make) -> None:
    """In a world where pairs differ for good the law beats base rate and persistence, and its order is that of the truth."""
    rows = make_rows(days=1200)
    outlook = forecast_dyads(rows)
    skill = next(s for s in outlook.skills if (s.kind, s.horizon) == ("conflict", 30))
    assert skill.skill > 0.05
    assert skill.error < 0.06
    chances = {f.a: f.chance for f in outlook.forecasts if f.kind == "conflict" and f.horizon == 30}
    fights = {a: sum(e.quad == 4 for e in rows if e.actor == a) for a in chances}
    ranks = [np.argsort(np.argsort([d[a] for a in chances])) for d in (chances, fights)]
    assert np.corrcoef(*ranks)[0, 1] > 0.8


def test_a_coin_has_no_skill_and_gets_its_base_rate(make_rows: Make) -> None:
    """Where every pair fights at one and the same rate there is nothing to know, and no skill to speak of is claimed."""
    rng = np.random.default_rng(5)
    hits = np.argwhere(rng.random((900, 20)) < 0.02)
    rows = [DatedEvent(int(d), f"a{i}", f"b{i}", 4, -8.0) for d, i in hits]
    outlook = forecast_dyads(rows)
    for skill in outlook.skills:
        assert skill.skill < 0.03
    month = [f for f in outlook.forecasts if f.kind == "conflict" and f.horizon == 30]
    assert abs(np.mean([f.chance for f in month]) - (1 - 0.98**30)) < 0.12


def test_later_rows_change_no_earlier_forecast(make_rows: Make) -> None:
    """As of a day, what comes after it is not known: the forecasts are the same with and without it."""
    rows = make_rows(pairs=8, days=700)
    early = [e for e in rows if e.day <= 500]
    assert forecast_dyads(rows, (), day_text(500)).forecasts == forecast_dyads(early, (), day_text(500)).forecasts


def test_a_shift_of_time_and_the_order_of_rows_change_nothing(make_rows: Make) -> None:
    """The same rows a year later, in any order, get the same chances a year later."""
    rows = make_rows(pairs=6, days=500)
    later = [replace(e, day=e.day + 371) for e in reversed(rows)]
    first, second = (forecast_dyads(r) for r in (rows, later))
    assert [(f.a, f.kind, round(f.chance, 9)) for f in first.forecasts] == [(f.a, f.kind, round(f.chance, 9)) for f in second.forecasts]
    assert day_number(second.as_of) - day_number(first.as_of) == 371


def test_features_know_only_the_past_and_outcomes_only_the_future() -> None:
    """An act on the origin itself is in the features and not in the outcome."""
    rows = [DatedEvent(d, "a", "b", 4, -8.0) for d in (0, 1, 2, 3, 4, 100, 105)]
    columns = columns_of(rows)
    panel = make_panel(columns, [99, 100, 105])
    came = came_true(panel, columns.pair, columns.day, 5)
    assert came.tolist() == [True, True, False]
    gap = FEATURES.index("days since a deed of conflict")
    assert np.expm1(panel.features[:, gap]).round().tolist() == [95, 0, 0]


def test_a_thin_ledger_gets_base_rates_and_says_why() -> None:
    """Three acts carry no law; every forecast is the base rate, unmeasured, and the notes say so."""
    rows = [DatedEvent(0, "a", "b", 4, -8.0), DatedEvent(9, "a", "c", 1, 3.0), DatedEvent(20, "b", "a", 4, -8.0)]
    outlook = forecast_dyads(rows)
    assert {f.basis for f in outlook.forecasts} == {"base rate"}
    assert {f.skill for f in outlook.forecasts} == {None}
    assert all(0.0 < f.low <= f.chance <= f.high < 1.0 for f in outlook.forecasts)
    assert outlook.notes
    assert forecast_dyads([]).notes


def test_a_rumour_is_no_outcome(make_rows: Make) -> None:
    """Acts of half the weight move the features and decide nothing."""
    rows = [DatedEvent(d, "a", "b", 4, -8.0, 0.5) for d in range(0, 60, 10)]
    forecast = _forecast(issued=day_text(5), until=day_text(35))
    (grade,) = grade_forecasts([forecast], rows, (), day_text(60))
    assert not grade.happened


@pytest.mark.parametrize(("day", "happened"), [(10, False), (11, True), (40, True), (41, False)])
def test_the_window_is_open_at_its_start_and_closed_at_its_end(day: int, happened: bool) -> None:
    """An act on the day of issue is past; one on the last day counts."""
    rows = [DatedEvent(day, "b", "a", 4, -8.0, claim="c")]
    (grade,) = grade_forecasts([_forecast(issued=day_text(10), until=day_text(40))], rows, (), day_text(50))
    assert grade.happened is happened
    assert grade.claims == (("c",) if happened else ())
    assert grade.brier == pytest.approx((0.2 - happened) ** 2)


def test_what_is_not_due_is_not_graded_and_reports_add_up() -> None:
    """A forecast whose last day lies ahead waits; a rupture waits two months longer, since a change is seen late."""
    due, ahead = _forecast(issued=day_text(0), until=day_text(30)), _forecast(issued=day_text(40), until=day_text(70))
    rupture = _forecast(kind="rupture", issued=day_text(0), until=day_text(30))
    grades = grade_forecasts([due, ahead, rupture], [DatedEvent(20, "a", "b", 4, -8.0)], (), day_text(50))
    assert [g.forecast for g in grades] == [due]
    (report,) = report_grades(grades)
    assert (report.cases, report.happened, report.brier) == (1, 1, pytest.approx(0.64))
    assert len(grade_forecasts([rupture], [], (), day_text(90))) == 1


def test_forecasts_from_a_world_grade_as_calibrated(make_rows: Make) -> None:
    """Issued half way and graded at the end, chances of conflict match what came within a tenth, and beat the base rate."""
    rows = make_rows(seed=2, pairs=60, days=1300)
    issued = [f for day in range(800, 1200, 40) for f in forecast_dyads(rows, (), day_text(day), OutlookOptions(horizons=(30,))).forecasts]
    grades = grade_forecasts([f for f in issued if f.kind == "conflict"], rows, (), day_text(1299))
    (report,) = report_grades(grades)
    assert report.error < 0.1
    assert report.skill > 0.05


def test_words_follow_the_bands() -> None:
    """Each band of ICD 203 has its words, upper ends closed."""
    said = [say_likelihood(p) for p in (0.05, 0.06, 0.45, 0.46, 0.55, 0.8, 0.95, 0.96, 1.0)]
    assert said == ["almost no chance", "very unlikely", "unlikely", "roughly even chance", "roughly even chance", "likely", "very likely",
                    "almost certain", "almost certain"]  # fmt: skip


def test_a_day_that_is_none_is_refused() -> None:
    """The error says what was got and what is allowed."""
    with pytest.raises(BadInput, match="got 'soon', allowed is a day"):
        forecast_dyads([DatedEvent(0, "a", "b", 4, -8.0)], (), "soon")


def _forecast(**changes: object) -> Forecast:
    fields: dict[str, object] = {
        "kind": "conflict", "a": "a", "b": "b", "a_name": "A", "b_name": "B", "issued": day_text(0), "until": day_text(30), "horizon": 30,
        "chance": 0.2, "low": 0.1, "high": 0.3, "words": "very unlikely", "base": 0.1, "skill": None, "basis": "base rate",
    }  # fmt: skip
    return Forecast(**(fields | changes))  # type: ignore[arg-type]
