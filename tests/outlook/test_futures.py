"""The simulator: its law is recovered, its draws are paired, its means are those of the law."""

from __future__ import annotations

import numpy as np
import pytest

from amity.outlook.columns import columns_of
from amity.outlook.futures import Draws, Edits, Start, run_futures, start_of
from amity.outlook.hawkes import MOST_TOUCH, Law, design_of, fit_law, rates_of
from amity.outlook.heat import KERNELS, EventDays, event_days
from amity.outlook.posterior import draw_laws
from amity.outlook.whatif import mean_interval
from amity.worlds import EchoOptions, make_echo_world


@pytest.fixture(scope="module")
def echoes() -> EventDays:
    """Event-days of a world in which one event-day brings on 0.4 of its kind."""
    return event_days(columns_of(make_echo_world(4, 8, 1500, EchoOptions(echo=0.4, answer=0.05)).events), until=1499)


def test_the_planted_echo_is_found(echoes: EventDays) -> None:
    """28 pairs over four years give back an echo of 0.4 within 0.1, and hardly any stir of neighbours."""
    law = fit_law(echoes)
    assert abs(law.touch[3, 3].sum() - 0.4) < 0.1
    assert abs(law.touch[0, 0].sum() - 0.4) < 0.1
    assert law.touch[3, 0].sum() < 0.15
    assert law.stir.sum() < 0.1
    assert law.reach < MOST_TOUCH


def test_the_same_seed_gives_the_same_futures_and_edits_move_only_what_they_reach(echoes: EventDays) -> None:
    """Two runs of a scenario that changes nothing are equal; a forced act leaves pairs it cannot reach as they were."""
    law = fit_law(echoes)
    alone = Law(law.own, law.touch, np.zeros((4, 4)), law.week, law.kernels)
    start, draws = start_of(echoes, law.kernels), Draws(60, 60, 3, 20)
    base, same, forced = (run_futures([alone], start, draws, e).event_days for e in (None, Edits(), Edits(force=((0, 2, 3), (1, 2, 3)))))
    assert (base == same).all()
    others = np.arange(len(echoes.pairs)) != 2
    assert (base[:, others] == forced[:, others]).all()
    assert forced[:, 2, 3].mean() > base[:, 2, 3].mean() + 1.5


def test_what_is_held_back_does_not_happen(echoes: EventDays) -> None:
    """No act of a held pair and quad within its days, acts again after them."""
    law = fit_law(echoes)
    start = start_of(echoes, law.kernels)
    held = run_futures([law], start, Draws(30, 200, 1, 50), Edits(hold=((0, 3, 0, 29),))).event_days
    assert held[:, 0, 3].sum() == 0
    freed = run_futures([law], start, Draws(200, 200, 1, 50), Edits(hold=((0, 3, 0, 29),))).event_days
    assert freed[:, 0, 3].sum() > 0


def test_the_mean_of_futures_is_that_of_the_law() -> None:
    """With an own rate of .02 and an echo of .5, days with an act tend to .04 a day and pair, less what saturates."""
    own, touch = np.zeros((6, 4)), np.zeros((4, 4, len(KERNELS)))
    own[:, 3], touch[3, 3, 1] = 0.02, 0.5
    ends = np.array([(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)])
    start = Start(ends, np.zeros((6, 4, len(KERNELS))), 0, np.ones((6, 4)))
    found = run_futures([Law(own, touch, np.zeros((4, 4)), np.ones((7, 4)))], start, Draws(400, 200)).event_days[:, :, 3].mean() / 400
    assert 0.034 < found < 0.041


def test_rates_of_several_laws_are_those_of_each(echoes: EventDays) -> None:
    """Worked all at once, each law says what it says by itself."""
    law, rng = fit_law(echoes), np.random.default_rng(0)
    laws = draw_laws(law, design_of(echoes, 0, echoes.days, law.week), 2, 1)
    heat, beside = rng.random((len(echoes.pairs), 4, len(KERNELS))), rng.random((len(echoes.pairs), 4))
    assert np.allclose(rates_of(laws, heat, beside, 9), np.stack([one.rates(heat, beside, 9) for one in laws]))


def test_drawn_laws_spread_about_the_fit_and_do_not_explode(echoes: EventDays) -> None:
    """Draws are never below 0, hold the echo that was planted, and a reach below the bound."""
    law = fit_law(echoes)
    drawn = draw_laws(law, design_of(echoes, 0, echoes.days, law.week), 60, 1)
    echo = np.array([d.touch[3, 3].sum() for d in drawn])
    assert min(d.touch.min() for d in drawn) >= 0.0
    assert max(d.reach for d in drawn) <= MOST_TOUCH + 1e-9
    assert abs(np.median(echo) - law.touch[3, 3].sum()) < 0.08
    assert 0.01 < echo.std() < 0.3


def test_the_interval_of_a_mean_takes_out_the_noise_of_runs() -> None:
    """Where laws do not differ the interval is that of the overall mean; where they do it spans their spread."""
    rng = np.random.default_rng(0)
    same = [mean_interval(rng.normal(1.0, 1.0, (40, 25))) for _ in range(200)]
    assert np.mean([low <= 1.0 <= high for low, _, high in same]) > 0.85
    assert np.mean([high - low for low, _, high in same]) < 0.35
    low, _, high = mean_interval(rng.normal(rng.normal(0.0, 1.0, (40, 1)), 1.0, (40, 25)))
    assert 2.0 < high - low < 5.0
