"""Fitting: the law of a simulated world is found again, and a law that foresees no better is not taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.errors import BadInput
from amity.records import DatedEvent
from amity.ties.fitting import fit_options, load_options, save_options
from amity.ties.options import REPORTS, TieOptions
from amity.worlds import WorldOptions, make_world

# Pairs that stand firmly on one side for good: an option that forgets in a week foresees them badly.
FIRM = make_world(3, 8, 400, WorldOptions(half_life=2000.0, sd=0.1, spread=2.0, rate=0.2))
FORGETFUL = TieOptions((5.0,), (0.5,), day_correlation=0.1)


def test_the_law_of_a_world_is_found() -> None:
    """From a law that forgets too soon the fit moves to a longer memory and foresees what it did not see better."""
    fit = fit_options(FIRM.events, FORGETFUL)
    assert fit.better and fit.loss_after < fit.loss_before - 0.03
    assert fit.taken.half_lives[0] > 4 * FORGETFUL.half_lives[0]
    assert 0 < fit.held_out < fit.events


def test_too_little_is_refused() -> None:
    """A handful of events teaches nothing, and a single day leaves nothing to foresee."""
    with pytest.raises(BadInput, match="200 or more"):
        fit_options(FIRM.events[:50])
    with pytest.raises(BadInput, match="one day"):
        fit_options([DatedEvent(3, "a", "b", 1, 0.0)] * 300)


def test_a_law_is_kept_and_read_again(tmp_path: Path) -> None:
    """What is written is what is read; a file of another shape is refused with the command that writes one."""
    save_options(REPORTS, tmp_path / "law.json")
    assert load_options(tmp_path / "law.json") == REPORTS
    (tmp_path / "bad.json").write_text("[1]")
    with pytest.raises(BadInput, match="amity ties --fit"):
        load_options(tmp_path / "bad.json")
