"""The filter: its arithmetic, and truth recovered from simulated worlds."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from amity.records import DatedEvent
from amity.ties import DENSE, REPORTS, TieOptions, compute_ties_from_events, walk
from amity.ties import filter as ties_filter
from amity.ties.cells import cells_of, rows_of
from amity.ties.days import day_text
from amity.ties.foresight import run_model
from amity.worlds import World, WorldOptions, make_world

LAW = WorldOptions(half_life=60.0, sd=0.7, spread=1.0, rate=0.3)
# The law of that world: drift around a level that stays.
MATCHED = TieOptions(half_lives=(60.0, 1e6), sds=(0.7, 1.0))


@pytest.fixture(scope="module")
def world() -> World:
    """435 pairs over 400 days without breaks."""
    return make_world(seed=5, actors=30, days=400, options=LAW)


def test_mode_is_near_the_root() -> None:
    """The few Newton steps end within 0.001 log-odds of the mode that a hundred halvings find."""
    rng = np.random.default_rng(0)
    mean, var = rng.normal(0.0, 2.5, 20000), rng.uniform(0.01, 4.0, 20000)
    weight = rng.choice([0.3, 1.0, 2.0, 5.0, 10.0, 50.0], 20000)
    seen = weight * rng.choice([0.0, 0.1, 0.5, 1.0], 20000)
    low, high = mean - var * weight, mean + var * weight
    for _ in range(100):
        at = (low + high) / 2.0
        above = at < mean + var * (seen - weight / (1.0 + np.exp(-at)))
        low, high = np.where(above, at, low), np.where(above, high, at)
    assert np.abs(ties_filter._mode(mean, var, seen, weight)[0] - high).max() < 1e-3


def test_all_pairs_at_once_is_each_pair_alone(world: World) -> None:
    """Working every pair by rank of its days gives what each pair gives by itself."""
    together = {(t.a, t.b): t.warmth for t in compute_ties_from_events(world.events, "1971-02-04", MATCHED)}
    for pair in world.pairs[:5]:
        alone = compute_ties_from_events([e for e in world.events if {e.actor, e.recipient} == set(pair)], "1971-02-04", MATCHED)
        assert alone[0].warmth == pytest.approx(together[pair], abs=1e-12)


def test_a_pair_walked_alone_is_as_in_columns(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where few long pairs are left and each is walked by itself, the track is the same."""
    cells = cells_of(rows_of(world.events))
    columns = ties_filter.run_filter(cells, MATCHED)
    for name in ("FEW_PAIRS", "MANY_DAYS"):
        monkeypatch.setattr(ties_filter, name, 20)
    alone = ties_filter.run_filter(cells, MATCHED)
    for name in columns.__slots__:
        assert getattr(alone, name) == pytest.approx(getattr(columns, name), abs=1e-12)


@pytest.mark.parametrize("options", [MATCHED, DENSE, REPORTS])
def test_compiled_is_as_plain(world: World, monkeypatch: pytest.MonkeyPatch, options: TieOptions) -> None:
    """What numba compiles gives the chances that the plain lines give, of every layer."""
    rows = rows_of(world.events)
    assert walk.compiled(walk.walk_cells, walk.MANY_CELLS), "numba is not installed: pip install 'amity[fast]'"
    chances = []
    for least in (len(rows.day) + 1, 1):
        monkeypatch.setattr(walk, "MANY_CELLS", least)
        model = run_model(rows, 399, options)
        tracks = [t for t in (model.track, model.party_track) if t]
        chances.append([model.company.rows, model.company.pairs, *(getattr(t, name) for t in tracks for name in t.__slots__)])
    for plain, fast in zip(*chances, strict=True):
        assert np.abs(plain - fast).max() < 1e-12


def test_far_log_odds_are_walked_as_in_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """A prior beyond what an exponential can take is walked to the same end by each way, compiled too."""
    cells = cells_of(rows_of([DatedEvent(day, "a", "b", 1 + day % 4, 0.0) for day in range(300)]))
    offset = np.where(np.arange(300) % 2, -705.0, 705.0)
    columns = ties_filter.run_filter(cells, MATCHED, offset)
    monkeypatch.setattr(ties_filter, "MANY_DAYS", 10)
    alone = ties_filter.run_filter(cells, MATCHED, offset)
    monkeypatch.setattr(walk, "MANY_CELLS", 1)
    fast = ties_filter.run_filter(cells, MATCHED, offset)
    for name in columns.__slots__:
        assert getattr(alone, name) == pytest.approx(getattr(columns, name), rel=1e-12)
        assert getattr(fast, name) == pytest.approx(getattr(columns, name), rel=1e-12)


@pytest.mark.parametrize("day", [100, 250, 399])
def test_truth_is_recovered_and_covered(world: World, day: int) -> None:
    """Under the world's own law the tie follows the true chance, and its 90 % interval holds it 85 to 95 times in 100."""
    ties = {(t.a, t.b): t for t in compute_ties_from_events(world.events, day_text(day), MATCHED)}
    truth = {pair: 2.0 * world.chance[i, day] - 1.0 for i, pair in enumerate(world.pairs)}
    held = [ties[p].low <= truth[p] <= ties[p].high for p in ties]
    assert len(ties) > 400
    assert np.corrcoef([ties[p].warmth for p in ties], [truth[p] for p in ties])[0, 1] > 0.8
    assert 0.85 <= np.mean(held) <= 0.95


def test_intervals_widen_with_silence() -> None:
    """A pair that has not been heard of drifts back to the prior, and its interval opens."""
    events = [DatedEvent(day, "a", "b", 1, 1.0) for day in range(0, 100, 5)]
    near, far = (compute_ties_from_events(events, as_of)[0] for as_of in ("1970-04-10", "1999-01-01"))
    assert near.high - near.low < far.high - far.low
    assert near.warmth > far.warmth


def test_one_day_told_many_times_is_not_many_days() -> None:
    """Ten events of one day tell less than ten events of ten days."""
    options = TieOptions((180.0,), (1.5,), day_correlation=0.5)
    once = compute_ties_from_events([DatedEvent(9, "a", "b", 1, 1.0)] * 10, options=options)[0]
    often = compute_ties_from_events([DatedEvent(day, "a", "b", 1, 1.0) for day in range(10)], options=options)[0]
    assert once.low < often.low


def test_cells_add_up() -> None:
    """Cells hold every row's weight once, by pair and day."""
    rows = rows_of([DatedEvent(3, "b", "a", 1, 1.0, 0.5), DatedEvent(3, "a", "b", 4, -9.0), DatedEvent(2, "a", "c", 3, -1.0)])
    cells = cells_of(rows)
    assert rows.pairs == (("a", "b"), ("a", "c"))
    assert (cells.day.tolist(), cells.good.tolist(), cells.total.tolist()) == ([3, 2], [0.5, 0.0], [1.5, 1.0])
    assert cells.of_row.tolist() == [1, 0, 0]


def test_without_numba_nothing_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where numba is not installed the plain lines run, however many the cells."""
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.setattr(walk, "_compile", walk._compile.__wrapped__)
    assert walk.compiled(walk.walk_cells, walk.MANY_CELLS) is None
