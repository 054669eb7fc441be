"""Ties: the laws they keep, and what they carry."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import BadInput
from amity.records import DatedEvent, Hint, Tie
from amity.ties import DENSE, Evidence, TieOptions, compute_ties_from_events, guess_stances
from amity.ties.days import day_text

PARTIES = ["state:a", "state:b", "group:c", "body:d"]
EVENTS = st.lists(
    st.builds(
        DatedEvent,
        day=st.integers(0, 2000),
        actor=st.sampled_from(PARTIES),
        recipient=st.sampled_from(PARTIES),
        quad=st.integers(1, 4),
        score=st.floats(-10, 10),
        weight=st.floats(0.05, 1.0),
    ),
    max_size=40,
)


def bare(ties: list[Tie]) -> dict[tuple[str, str], tuple[object, ...]]:
    """What a tie says, by pair, to the twelfth digit and without days."""
    values = {}
    for t in ties:
        numbers = (t.warmth, t.low, t.high, t.verbal, t.material, t.alignment, *(p.mean for p in t.series))
        values[tuple(sorted((t.a, t.b)))] = (t.events, *(None if n is None else round(n, 9) + 0.0 for n in numbers))
    return values


@settings(max_examples=60, deadline=None)
@given(EVENTS, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(events: list[DatedEvent], rng: random.Random) -> None:
    """Shuffled rows give the same ties, bit for bit."""
    shuffled = events[:]
    rng.shuffle(shuffled)
    assert compute_ties_from_events(events) == compute_ties_from_events(shuffled)


@settings(max_examples=60, deadline=None)
@given(EVENTS, st.integers(-5000, 5000))
def test_shift_of_time_only_shifts_days(events: list[DatedEvent], by: int) -> None:
    """The same events later give the same ties later."""
    assert bare(compute_ties_from_events(events)) == bare(compute_ties_from_events([replace(e, day=e.day + by) for e in events]))


@settings(max_examples=60, deadline=None)
@given(EVENTS, st.permutations(PARTIES))
def test_names_do_not_matter(events: list[DatedEvent], names: list[str]) -> None:
    """Renamed parties have the ties of the old ones."""
    new = dict(zip(PARTIES, names, strict=True))
    renamed = bare(compute_ties_from_events([replace(e, actor=new[e.actor], recipient=new[e.recipient]) for e in events]))
    old = bare(compute_ties_from_events(events))
    assert {tuple(sorted((new[a], new[b]))): v for (a, b), v in old.items()} == renamed


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_acts_turned_around_turn_the_ways(events: list[DatedEvent]) -> None:
    """If each acts as the other did, the tie is the same but for its two ways, which change places."""
    ties, turned = (
        compute_ties_from_events(events),
        compute_ties_from_events([replace(e, actor=e.recipient, recipient=e.actor) for e in events]),
    )
    assert bare(ties) == bare(turned)
    ways, swapped = ([(t.toward, t.back) for t in ties], [(t.back, t.toward) for t in turned])
    assert [w is None for pair in ways for w in pair] == [w is None for pair in swapped for w in pair]
    assert np.allclose([w or 0.0 for pair in ways for w in pair], [w or 0.0 for pair in swapped for w in pair], atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_a_tie_is_well_formed(events: list[DatedEvent]) -> None:
    """Pairs are in order and told once, means lie in their intervals, days of a series rise to as_of."""
    ties = compute_ties_from_events(events)
    assert [(t.a, t.b) for t in ties] == sorted({(t.a, t.b) for t in ties})
    for tie in ties:
        assert tie.a < tie.b and -1.0 <= tie.low <= tie.warmth <= tie.high <= 1.0
        days = [p.day for p in tie.series]
        assert days == sorted(set(days)) and days[-1] == tie.as_of
        assert all(p.low <= p.mean <= p.high for p in tie.series)


def test_later_events_do_not_count() -> None:
    """A tie on a day knows nothing of the days after."""
    events = [DatedEvent(day, "a", "b", 1 if day < 50 else 4, 0.0) for day in range(100)]
    assert compute_ties_from_events(events, day_text(49)) == compute_ties_from_events(events[:50], day_text(49))


def test_verbal_and_material_stand_apart() -> None:
    """Kind words and hostile deeds show as such; a part without events is None."""
    words = [DatedEvent(day, "a", "b", 1, 2.0) for day in range(20)]
    deeds = [DatedEvent(day, "a", "b", 4, -9.0) for day in range(20)]
    tie = compute_ties_from_events(words + deeds)[0]
    assert tie.verbal is not None and tie.material is not None and tie.material < 0.0 < tie.verbal
    assert compute_ties_from_events(words)[0].material is None


def test_the_ways_of_a_tie_stand_apart() -> None:
    """Where one only strikes and the other only talks, the way of the talker is the warmer."""
    strikes = [DatedEvent(day, "a", "b", 4, -9.0) for day in range(0, 400, 10)]
    talks = [DatedEvent(day, "b", "a", 1, 2.0) for day in range(5, 400, 10)]
    tie = compute_ties_from_events(strikes + talks)[0]
    assert tie.toward is not None and tie.back is not None and tie.toward < tie.back
    assert compute_ties_from_events(talks)[0].toward is None


def test_a_new_pair_is_met_as_its_company_tells() -> None:
    """One act between two who are at war with everyone is colder than one between two who are at peace with all."""

    def world(quad: int) -> float:
        crowd = [DatedEvent(day, who, other, quad, 0.0) for day in range(50) for who in "ab" for other in "cdef"]
        ties = compute_ties_from_events([*crowd, DatedEvent(50, "a", "b", 1, 0.0)])
        return next(t.warmth for t in ties if (t.a, t.b) == ("a", "b"))

    assert world(4) < world(1) - 0.2


def test_a_long_series_is_thinned() -> None:
    """A series has at most the points allowed, and keeps its first and last day."""
    tie = compute_ties_from_events([DatedEvent(day, "a", "b", 1, 1.0) for day in range(1000)])[0]
    assert len(tie.series) <= DENSE.points
    assert (tie.series[0].day, tie.series[-1].day) == (day_text(0), day_text(999))


@pytest.mark.parametrize(
    ("events", "as_of", "says"),
    [
        ([DatedEvent(1, "a", "b", 5, 0.0)], None, "quad 5"),
        ([DatedEvent(1, "a", "b", 1, 0.0, 2.0)], None, "weight 2.0"),
        ([], "last June", "'last June'"),
    ],
)
def test_bad_rows_are_refused(events: list[DatedEvent], as_of: str | None, says: str) -> None:
    """A row or day that cannot be used is named with what is allowed."""
    with pytest.raises(BadInput, match=says):
        compute_ties_from_events(events, as_of)


def test_bad_options_are_refused() -> None:
    """Options of unequal length say so."""
    with pytest.raises(BadInput, match="2 half-lives and 1 sds"):
        TieOptions((1.0, 2.0), (1.0,))


def test_a_hint_leans_an_untold_pair_and_no_other() -> None:
    """A sentence that may tell of blame between two of whom nothing is told makes them lean apart; of a told pair it says nothing."""
    friends = DatedEvent(0, "a", "b", 2, 9.0, 1.0, "x")
    evidence = Evidence((friends,), (), {}, Counter())
    blame = Hint("d", 0, 9, "sentence.", "a", "c", "ACCUSE", 3, -3.0, 0.6)
    pairs = [("a", "b"), ("a", "c")]
    without, hinted = guess_stances(evidence, pairs), guess_stances(evidence, pairs, hints=[blame])
    assert [without[p][0].sign for p in pairs] == [1, 0]
    assert [hinted[p][0].sign for p in pairs] == [1, -1]
    other = replace(blame, recipient="b")
    assert guess_stances(evidence, pairs, hints=[other])["a", "b"] == without["a", "b"]
