"""The gate falls when it should: it cannot pass by being empty or stale."""

from __future__ import annotations

import importlib
import json

import pytest

from bench import SHARED
from bench.gate import FLOORS, digest, judge

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared folder is not beside this checkout")


def floor(least: float, stamp: str | None = None) -> dict[str, object]:
    """A floor for standings, the quickest benchmark."""
    cases = ["gold/standing-*.json"]
    return {"cases": cases, "digest": stamp or digest(cases), "least": {"f1": least}}


def test_a_figure_below_its_floor_falls() -> None:
    """Nobody reaches 1.01, everybody reaches 0."""
    assert not judge("standings", floor(1.01))[0]
    assert judge("standings", floor(0.0))[0]


def test_other_cases_than_the_floors_were_set_on_fall() -> None:
    """A changed digest stops the gate and says both."""
    holds, lines = judge("standings", floor(0.0, "0" * 16))
    assert not holds
    assert "cases changed" in lines[0]


def test_every_floor_names_a_benchmark_and_its_cases() -> None:
    """floors.json is whole: modules exist, cases are found, figures are numbers."""
    for name, held in json.loads(FLOORS.read_text(encoding="utf-8")).items():
        assert callable(importlib.import_module(f"bench.{name}").run)
        assert held["least"]
        assert digest(held["cases"]) == held["digest"]
