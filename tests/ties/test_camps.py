"""Camps: ties and ledgers become signed networks, and planted camps are found again in their events."""

from __future__ import annotations

from dataclasses import replace

import networkx
import pytest

from amity.errors import BadInput
from amity.records import DatedEvent, Tie
from amity.ties.camps import BlocOptions, blocs, frustration, graph_of_ties
from amity.ties.estimate import compute_ties_from_events
from amity.ties.following import days_of, follow_blocs
from amity.ties.signed.blocs import compute_frustration, find_blocs
from amity.ties.signed.triads import count_triads
from amity.worlds import make_signed_world

BARE = Tie("a", "b", "A", "B", "2020-01-01", 0.0, -0.5, 0.5, None, None, None, 3, (), (), ())


def make_tie(a: str, b: str, alignment: float | None, **more: object) -> Tie:
    """A tie with an alignment."""
    return replace(BARE, a=a, b=b, a_name=a.upper(), b_name=b.upper(), alignment=alignment, **more)  # type: ignore[arg-type]


def test_ties_become_signed_and_the_rest_is_counted() -> None:
    """What tells neither friend nor foe is left out with its reason."""
    ties = [make_tie("a", "b", 0.8), make_tie("a", "c", None), make_tie("b", "c", 0.01), make_tie("a", "unknown:men", -0.9)]
    graph = graph_of_ties(ties)
    assert graph.weight.tolist() == [0.8]
    assert sum(count for _, count in graph.left_out) == 3
    assert len(graph_of_ties(ties, BlocOptions(unnamed=True)).weight) == 2


def test_warmth_counts_only_where_its_interval_tells() -> None:
    """By warmth a tie whose sign is a guess takes no part."""
    ties = [make_tie("a", "b", 0.8), make_tie("b", "c", None, warmth=-0.5, low=-0.9, high=-0.1)]
    graph = graph_of_ties(ties, BlocOptions(measure="warmth"))
    assert (graph.weight.tolist(), dict(graph.left_out)) == ([-0.5], {"sign less than 75 % sure": 1})


def test_how_sure_a_sign_must_be_is_said() -> None:
    """At .95 a tie counts just where its 90 % interval leaves 0 out."""
    ties = [
        make_tie("a", "b", 0.5, alignment_low=0.01, alignment_high=1.0),
        make_tie("a", "c", 0.5, alignment_low=-0.01, alignment_high=1.0),
    ]
    assert len(graph_of_ties(ties, BlocOptions(sure=0.95)).weight) == 1
    assert len(graph_of_ties(ties).weight) == 2
    with pytest.raises(BadInput, match="how sure"):
        BlocOptions(sure=0.3)


def test_every_source_gives_the_same_blocs() -> None:
    """Rows, a network and ties of one content fall alike; names and day come from ties."""
    ties = [make_tie("a", "b", 0.5), make_tie("b", "c", -0.75), make_tie("a", "c", 0.25)]
    rows = [(t.a, t.b, t.alignment) for t in ties]
    graph = networkx.Graph()
    graph.add_weighted_edges_from(rows)
    for find in (blocs, frustration):
        found = find(ties)
        assert (found.day, found.name_of("a")) == ("2020-01-01", "A")
        assert find(rows).blocs == find(graph).blocs == found.blocs
        assert find(rows).cost == found.cost == 0.25


def test_ties_of_another_day_are_refused() -> None:
    """Ties know one day only."""
    with pytest.raises(BadInput, match="2020-01-01"):
        blocs([BARE], BlocOptions(as_of="2019-01-01"))


def test_an_unknown_measure_is_refused() -> None:
    """The measures are two."""
    with pytest.raises(BadInput, match="allowed is alignment or warmth"):
        BlocOptions(measure="love")  # type: ignore[arg-type]


def test_nothing_gives_no_blocs() -> None:
    """No ties, no claims: an empty partition that is proven."""
    assert blocs([]).blocs == () == frustration([]).blocs
    assert blocs([]).certified


def test_planted_camps_are_found() -> None:
    """In a network of 60 with 8 in 100 ties turned, the camps come back for nearly all and cost no more than the noise."""
    world = make_signed_world(3, 60, 500, 0.08)
    found = compute_frustration(world.rows)
    first = max(found.blocs, key=lambda b: len(b.members)).members
    hits = max(sum((world.camp[p] == side) == (p in first) for p in world.camp) for side in (0, 1))
    assert found.cost <= world.noise
    assert hits >= 58


def test_planted_blocs_are_found() -> None:
    """Four planted blocs come back as four, whole."""
    world = make_signed_world(5, 40, 500, 0.04, camps=4)
    found = find_blocs(world.rows)
    planted = {frozenset(p for p in world.camp if world.camp[p] == c) for c in range(4)}
    assert {frozenset(b.members) for b in found.blocs} == planted


def events_between(start: int, camps: dict[str, int]) -> list[DatedEvent]:
    """A year of weekly acts: aid within camps, attacks across."""
    parties = sorted(camps)
    pairs = [(a, b) for a in parties for b in parties if a < b]
    rows = ((7.0, 2) if camps[a] == camps[b] else (-9.0, 4) for a, b in pairs)
    return [
        DatedEvent(start + week * 7, a, b, quad, score) for (a, b), (score, quad) in zip(pairs, rows, strict=True) for week in range(52)
    ]


def test_a_party_that_goes_over_is_seen() -> None:
    """One party leaves its camp after a year: the blocs keep their numbers and the move is told."""
    before = {"a": 0, "b": 0, "c": 0, "x": 1, "y": 1, "z": 1}
    rows = [*events_between(0, before), *events_between(1460, before | {"c": 1})]
    moments = follow_blocs(rows, ["1971-01-01", "1975-01-01"], "two")
    assert [m.partition.cost for m in moments] == [0.0, 0.0]
    assert [m.triads.share for m in moments] == [1.0, 1.0]
    home = [{p: t for b, t in zip(m.partition.blocs, m.tracks, strict=True) for p in b.members} for m in moments]
    assert home[0]["a"] == home[1]["a"] != home[0]["x"] == home[1]["x"]
    assert [(v.party, v.before, v.after) for v in moments[1].moves] == [("c", home[0]["a"], home[0]["x"])]


def test_what_is_no_longer_heard_of_is_no_move() -> None:
    """Two pairs of one bloc whose link fades are two blocs then, and nobody is told to have moved."""
    pairs = {"ab": 1460, "bc": 0, "cd": 1460}
    rows = [DatedEvent(day, *pair, 2, 7.0) for pair, last in pairs.items() for day in range(0, last + 364, 7)]
    first, second = follow_blocs(rows, ["1971-01-01", "1974-12-31"])
    assert [len(m.partition.blocs) for m in (first, second)] == [1, 2]
    assert second.moves == ()


def test_days_are_ends_of_steps() -> None:
    """Quarters end with their last day, the last with the last row; another step is refused."""
    rows = [DatedEvent(40, "a", "b", 1, 1.0), DatedEvent(200, "a", "b", 1, 1.0)]
    assert days_of(rows, "quarter") == ["1970-03-31", "1970-06-30", "1970-07-20"]
    assert days_of([]) == []
    with pytest.raises(BadInput, match="month, quarter, year"):
        days_of(rows, "week")  # type: ignore[arg-type]


def test_triads_are_counted() -> None:
    """All triangles of a random network, against counting by hand."""
    world = make_signed_world(1, 20, 90, 0.3)
    sign = {frozenset(row[:2]): row[2] for row in world.rows}
    parties = sorted(world.camp)
    threes = [
        [sign.get(frozenset(pair)) for pair in ((a, b), (b, c), (a, c))]
        for i, a in enumerate(parties)
        for j, b in enumerate(parties[i + 1 :], i + 1)
        for c in parties[j + 1 :]
    ]
    whole = [three for three in threes if None not in three]
    found = count_triads(world.rows)
    assert found.count == len(whole)
    assert found.balanced == sum(a * b * c > 0 for a, b, c in whole)  # type: ignore[operator]


def test_blocs_of_a_year_of_events_need_no_claims() -> None:
    """Event rows go in as they are."""
    found = blocs(events_between(0, {"a": 0, "b": 0, "x": 1, "y": 1}))
    assert {frozenset(b.members) for b in found.blocs} == {frozenset("ab"), frozenset("xy")}
    assert compute_ties_from_events(events_between(0, {"a": 0, "b": 0}))[0].alignment is not None
