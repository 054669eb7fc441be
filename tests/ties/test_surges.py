"""Surges: what rises far above a pair's usual rate is told, scatter is not, and a war that grows is told again."""

from __future__ import annotations

import numpy as np
import pytest

from amity.ties.surges import find_surges

Row = tuple[int, bool, float]


def acts(week: int, many: int, kind: bool = False) -> list[Row]:
    """So many acts of a week."""
    return [(7 * week + i % 7, kind, 1.0) for i in range(many)]


def weeks(counts: list[int]) -> list[Row]:
    """Hostile acts week by week, in order of day."""
    return sorted(row for week, many in enumerate(counts) for row in acts(week, many))


@pytest.mark.parametrize(("later", "told"), [(20, 1), (60, 1), (400, 2)])
def test_a_war_that_grows_is_told_again(later: int, told: int) -> None:
    """Six weeks after a surge to 60 acts a week, another one is told only where it comes far above what the first came to."""
    surges = find_surges(weeks([2] * 60 + [60] + [5] * 5 + [later]))
    assert [turn.direction for turn in surges] == [-1] * told


def test_a_surge_is_forgotten() -> None:
    """Two years later a surge as high as the first is news again."""
    assert len(find_surges(weeks([2] * 60 + [60] + [2] * 104 + [60]))) == 2


def test_scatter_is_no_surge() -> None:
    """Weeks whose rate scatters as a gamma of squared coefficient .6 about 20 are told as surges less than once in five years."""
    rng = np.random.default_rng(7)
    told = sum(len(find_surges(weeks(rng.poisson(rng.gamma(1 / 0.6, 20 * 0.6, 260)).tolist()))) for _ in range(20))
    assert told / 20 < 1.0


def test_a_busier_press_is_no_surge() -> None:
    """Where kind and hostile acts rise tenfold alike, nothing is told."""
    rows = [row for week in range(70) for kind in (True, False) for row in acts(week, 20 if week >= 60 else 2, kind)]
    assert find_surges(sorted(rows)) == []


@pytest.mark.parametrize(("cuts", "told"), [(0, []), (1, []), (4, [-1])])
def test_cut_relations_are_told_amid_a_quarrel(cuts: int, told: list[int]) -> None:
    """Four acts that cut relations in a week of a long quarrel are a rupture, though hostile acts are not many more; one is none."""
    rows = weeks([4] * 90 + [4 + cuts])
    breaks = [(7 * 90 + i, 1.0) for i in range(cuts)]
    assert find_surges(rows) == []
    assert [turn.direction for turn in find_surges(rows, breaks)] == told


def test_cuts_that_go_on_are_told_once() -> None:
    """A pair whose envoys are recalled week after week is told of once, and not beside the surge of all hostile acts."""
    quiet = weeks([4] * 60 + [8] * 20)
    cuts = [(7 * week + i, 1.0) for week in range(60, 80) for i in range(4)]
    assert len(find_surges(quiet, cuts)) == 1
    loud = weeks([1] * 60 + [60] * 3)
    assert len(find_surges(loud, [(day, share) for day, share in cuts if day < 7 * 63])) == len(find_surges(loud))
