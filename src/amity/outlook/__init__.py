"""Ties and events -> forecasts, simulations, what-ifs, and their scores. Method and figures: docs/outlook.md."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amity.outlook.dyads import OutlookOptions, forecast_dyads
    from amity.outlook.grading import grade_forecasts, report_grades
    from amity.outlook.words import say_likelihood

# Loaded on first use: numpy costs a tenth of a second that `amity --help` need not pay.
_HOME = {
    "OutlookOptions": "dyads",
    "forecast_dyads": "dyads",
    "grade_forecasts": "grading",
    "report_grades": "grading",
    "say_likelihood": "words",
}
__all__ = ["OutlookOptions", "forecast_dyads", "grade_forecasts", "report_grades", "say_likelihood"]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"amity.outlook.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
