"""Claims -> ties and changes: standings, alignment, evidence, strain."""

from __future__ import annotations

import itertools

import pytest

from amity.records import Claim, Party, Tie, When
from amity.ties import compute_ties, find_changes

_places = itertools.count(0, 1000)


def claim(a: str, b: str, kind: str, day: str, score: float | None = None, **other: object) -> Claim:
    """A claim of an event (scored) or standing (not) between two sides on a day, told the same day."""
    at = next(_places)
    party = [Party(side, side.title(), side.title(), side, False, side, at + i, at + i + len(side)) for i, side in enumerate((a, b))]
    quad = None if score is None else {(True, True): 2, (True, False): 1, (False, True): 4, (False, False): 3}[score > 0, abs(score) > 5]
    values: dict[str, object] = {
        "kind": "standing" if score is None else "event",
        "type": kind,
        "mode": None,
        "quad": quad,
        "contexts": (),
        "score": score,
        "status": "reported",
        "sources": (),
        "date": When(day, day, day, ""),
        "place": None,
        "confidence": 1.0,
        "why": (),
        "published": day,
    }
    return Claim("a.txt", "d", at, at + 5, "quote", actor=party[0], recipient=party[1], **(values | other))


def only(ties: list[Tie]) -> Tie:
    """The one tie there is."""
    assert len(ties) == 1
    return ties[0]


@pytest.mark.parametrize(
    ("standings", "low", "high"),
    [
        (["ALLIED"], 0.5, 1.0),
        (["PATRON"], 0.5, 1.0),
        (["HOSTILE"], -1.0, -0.5),
        (["ALLIED", "STRAINED"], 0.1, 0.5),
        (["DISTANT"], 0.0, 0.0),
        (["ALLIED", "HOSTILE"], 0.0, 0.0),
    ],
)
def test_alignment_from_standings(standings: list[str], low: float, high: float) -> None:
    """What is stated of a pair gives its alignment, strain pulls it towards 0, and warmth stays at the prior."""
    tie = only(compute_ties([claim("x", "y", kind, "2018-06-04") for kind in standings]))
    assert tie.alignment is not None and low <= tie.alignment <= high
    assert tie.standings == tuple(sorted(standings))
    assert (tie.warmth, tie.events, tie.sign, len(tie.claims)) == (0.0, 0, 0, len(standings))


def test_alignment_is_none_where_nothing_speaks() -> None:
    """An act of score 0 and a standing that tells of power only give no alignment."""
    ties = compute_ties([claim("x", "y", "LEVERAGE", "2018-06-04"), claim("x", "z", "CONSULT", "2018-06-04", 0.0)])
    assert [t.alignment for t in ties] == [None, None]


def test_a_mediator_is_warm_and_not_aligned() -> None:
    """Many talks make a tie warm; alignment stays small, for talk weighs little."""
    tie = only(compute_ties([claim("x", "y", "CONSULT", f"2018-06-{day:02d}", 1.0) for day in range(1, 11)]))
    assert tie.alignment is not None and tie.low > 0.0 and tie.alignment < tie.warmth


def test_fellow_members_lean_together() -> None:
    """Two members of one body that have something to do with each other are aligned by it."""
    joined = [claim("x", "body:u", "MEMBER", "2018-06-04"), claim("y", "body:u", "MEMBER", "2018-06-04")]
    talk = claim("x", "y", "CONSULT", "2018-06-04", 0.1)
    apart, together = ({(t.a, t.b): t.alignment for t in compute_ties(c)}[("x", "y")] for c in ([talk], [talk, *joined]))
    assert apart is not None and together is not None and together > apart + 0.1


def test_as_of_hides_what_was_not_yet_told() -> None:
    """A claim published later does not count on an earlier day, even of an earlier event."""
    early = claim("x", "y", "AID", "2018-05-01", 7.0)
    late = claim("x", "y", "ASSAULT", "2018-05-02", -10.0, published="2018-07-01")
    assert only(compute_ties([early, late], "2018-06")).claims == (early.id,)
    assert only(compute_ties([early, late], "2018-07")).events == 2


def test_names_and_evidence_are_carried() -> None:
    """A tie bears the names of its sides and its claims in order of day."""
    second, first = claim("x", "y", "AID", "2018-05-03", 7.0), claim("y", "x", "AID", "2018-05-01", 7.0)
    tie = only(compute_ties([second, first]))
    assert (tie.a_name, tie.b_name, tie.claims) == ("X", "Y", (first.id, second.id))


def test_no_claims_give_no_ties() -> None:
    """Nothing in, nothing out."""
    assert compute_ties([]) == [] and find_changes([]) == []


def test_strain_between_allies_is_a_change() -> None:
    """Strain stated between allies is told once, as colder, with its claims; strain between strangers is not."""
    allied = claim("x", "y", "ALLIED", "2018-01-01")
    strains = [claim("x", "y", "STRAINED", day) for day in ("2018-06-04", "2018-06-20")]
    change = find_changes([*strains, allied, claim("x", "z", "STRAINED", "2018-06-04")])
    assert [c.measure for c in change] == ["alignment"]
    assert [(c.a, c.b, c.day, c.direction) for c in change] == [("x", "y", "2018-06-04", -1)]
    assert change[0].claims == tuple(s.id for s in strains) and change[0].after < change[0].before


def test_since_keeps_the_later() -> None:
    """Changes before `since` are not told."""
    claims = [claim("x", "y", "ALLIED", "2018-01-01"), claim("x", "y", "STRAINED", "2018-06-04")]
    assert find_changes(claims, "2018-06") and not find_changes(claims, "2018-07")
