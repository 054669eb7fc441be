"""Ties and events -> forecasts, simulations, what-ifs, and their scores. Method and figures: docs/outlook.md."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amity.outlook.bargaining import read_issue, solve_bargain
    from amity.outlook.dyads import OutlookOptions, forecast_dyads
    from amity.outlook.grading import grade_forecasts, report_grades
    from amity.outlook.links.likeliest import rank_likeliest
    from amity.outlook.scenario import Scenario, make_scenario, read_scenario
    from amity.outlook.whatif import WhatIfOptions, answer_scenario
    from amity.outlook.words import say_likelihood

# Loaded on first use: numpy costs a tenth of a second that `amity --help` need not pay.
_HOME = {
    "OutlookOptions": "dyads",
    "Scenario": "scenario",
    "WhatIfOptions": "whatif",
    "answer_scenario": "whatif",
    "forecast_dyads": "dyads",
    "grade_forecasts": "grading",
    "make_scenario": "scenario",
    "rank_likeliest": "links.likeliest",
    "read_issue": "bargaining",
    "read_scenario": "scenario",
    "report_grades": "grading",
    "say_likelihood": "words",
    "solve_bargain": "bargaining",
}
__all__ = [
    "OutlookOptions",
    "Scenario",
    "WhatIfOptions",
    "answer_scenario",
    "forecast_dyads",
    "grade_forecasts",
    "make_scenario",
    "rank_likeliest",
    "read_issue",
    "read_scenario",
    "report_grades",
    "say_likelihood",
    "solve_bargain",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"amity.outlook.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
