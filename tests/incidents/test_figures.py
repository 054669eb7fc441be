"""Figures are read with their bounds and what they count."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from amity.incidents.figures import find_figures

CASES = list(csv.DictReader(Path(__file__).with_name("figures.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"])
def test_figures_of_a_sentence(case: dict[str, str]) -> None:
    """The first figure of each sentence, or none."""
    found = find_figures(case["text"])
    if not case["noun"]:
        assert not found
        return
    assert (found[0].low, found[0].high, found[0].noun) == (float(case["low"]), float(case["high"]), case["noun"])
