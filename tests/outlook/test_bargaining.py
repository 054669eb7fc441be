"""Bargaining: known outcomes, laws of the models, and a label that never goes missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import BadInput
from amity.outlook import read_issue, solve_bargain
from amity.records import Issue, Stake

STAKES = st.lists(st.tuples(st.floats(0, 100), st.floats(0.05, 1), st.floats(0.1, 50)), min_size=2, max_size=6)


def make_issue(rows: list[tuple[float, float, float]]) -> Issue:
    """Rows of position, salience, capability -> an issue from 0 to 100."""
    return Issue("?", 0.0, 100.0, "", "", tuple(Stake(f"s{i}", *row) for i, row in enumerate(rows)))


def test_mean_and_median_of_a_known_case() -> None:
    """Three of equal weight at 0, 40, 100: the mean is theirs, the median the middle one's; one of triple weight decides."""
    found = solve_bargain(make_issue([(0, 1, 1), (40, 1, 1), (100, 1, 1)]))
    assert found.mean == pytest.approx(140 / 3)
    assert found.median == 40.0
    assert solve_bargain(make_issue([(0, 1, 1), (40, 1, 1), (100, 1, 3)])).median == 100.0
    assert "not evidence" in found.label


@settings(max_examples=15, deadline=None)
@given(STAKES)
def test_outcomes_lie_among_the_positions_and_mirror(rows: list[tuple[float, float, float]]) -> None:
    """No model leaves the span of positions; all agree where all do; turning the scale round turns the mean round."""
    found = solve_bargain(make_issue(rows))
    low, high = min(r[0] for r in rows), max(r[0] for r in rows)
    for outcome in (found.mean, found.median, found.challenge, *found.ends):
        assert low - 1e-6 <= outcome <= high + 1e-6
    mirrored = solve_bargain(make_issue([(100 - p, s, c) for p, s, c in rows]))
    assert mirrored.mean == pytest.approx(100 - found.mean, abs=1e-6)


def test_where_all_agree_nothing_moves() -> None:
    """One position held by all is the outcome of every model."""
    found = solve_bargain(make_issue([(30, 0.5, 1), (30, 0.9, 5)]))
    assert {round(x, 6) for x in (found.mean, found.median, found.challenge)} == {30.0}


def test_a_file_is_read_and_a_bad_one_refused(tmp_path: Path) -> None:
    """The form of the docs is read; a salience above 1, a missing field and a lone actor are told."""
    path = tmp_path / "issue.yaml"
    good = "issue: Border\nscale: [0, 10]\nmeans: {low: open, high: shut}\nactors:\n" + "".join(
        f"  - {{name: {n}, position: {p}, salience: 0.5, capability: 2}}\n" for n, p in (("A", 1), ("B", 9))
    )
    path.write_text(good, encoding="utf-8")
    issue = read_issue(path)
    assert (issue.name, issue.high_means, solve_bargain(issue).mean) == ("Border", "shut", 5.0)
    for text, says in (
        (good.replace("salience: 0.5", "salience: 2", 1), "allowed is 0..10"),
        (good.replace(", capability: 2", "", 1), "allowed are the fields"),
        (good.rsplit("  -", 1)[0], "two or more"),
        ("actors: no", "no list"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadInput, match=says):
            read_issue(path)
    assert replace(issue, name="x").name == "x"
