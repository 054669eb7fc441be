"""Claims -> ties and changes: standings, alignment, evidence, strain."""

from __future__ import annotations

import itertools

import pytest

from amity.records import Claim, Party, Source, Tie, When
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
        "document_id": "d",
    }
    return Claim("a.txt", start=at, end=at + 5, quote="quote", actor=party[0], recipient=party[1], **(values | other))


def only(ties: list[Tie]) -> Tie:
    """The one tie there is."""
    assert len(ties) == 1
    return ties[0]


@pytest.mark.parametrize(
    ("standings", "low", "high", "sign", "state"),
    [
        (["ALLIED"], 0.5, 1.0, 1, "allies"),
        (["PATRON"], 0.5, 1.0, 1, "patron and client"),
        (["HOSTILE"], -1.0, -0.5, -1, "enemies"),
        (["ALLIED", "STRAINED"], 0.1, 0.5, 0, "strained allies"),
        (["PATRON", "STRAINED"], 0.1, 0.5, 0, "strained patron and client"),
        (["DISTANT"], 0.0, 0.0, 0, "distant"),
        (["ALLIED", "HOSTILE"], 0.0, 0.0, 0, "allies"),
    ],
)
def test_alignment_from_standings(standings: list[str], low: float, high: float, sign: int, state: str) -> None:
    """One plain statement gives a tie its sign and its state in words; strained allies are a state of their own."""
    tie = only(compute_ties([claim("x", "y", kind, "2018-06-04") for kind in standings]))
    assert tie.alignment is not None and low <= tie.alignment <= high
    assert tie.alignment_low is not None and tie.alignment_high is not None
    assert tie.alignment_low <= tie.alignment <= tie.alignment_high
    assert (tie.sign, tie.state) == (sign, state)
    assert tie.standings == tuple(sorted(standings))
    assert (tie.warmth, tie.events, len(tie.claims)) == (0.0, 0, len(standings))


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


def test_a_standing_has_its_own_start_and_end() -> None:
    """Allies of 2015 that are stated foes in 2018 and allies again in 2021 have three spells, and stand as allies."""
    told = [("ALLIED", "2015-01-01"), ("ALLIED", "2016-01-01"), ("HOSTILE", "2018-03-01"), ("ALLIED", "2021-05-01")]
    claims = [claim("x", "y", kind, day) for kind, day in told]
    tie = only(compute_ties(claims))
    assert [(s.type, s.start, s.last, s.end) for s in tie.spells] == [
        ("ALLIED", "2015-01-01", "2016-01-01", "2018-03-01"),
        ("HOSTILE", "2018-03-01", "2018-03-01", "2021-05-01"),
        ("ALLIED", "2021-05-01", "2021-05-01", None),
    ]
    assert tie.spells[0].claims == (claims[0].id, claims[1].id) and tie.spells[0].ended_by == claims[2].id
    assert (tie.state, only(compute_ties(claims, "2019")).state) == ("allies", "enemies")


def test_a_dated_standing_starts_when_it_is_told_to() -> None:
    """Allies since 1979, told in 2018, are allies from 1979; a later denial ends that."""
    since = When("1979/..", "1979-01-01", "2018-06-04", "since 1979")
    told = claim("x", "y", "ALLIED", "2018-06-04", date=since)
    denied = claim("x", "y", "ALLIED", "2019-01-01", status="denied")
    assert [(s.start, s.end) for s in only(compute_ties([told, denied])).spells] == [("1979-01-01", "2019-01-01")]


def test_company_speaks_for_a_pair_of_which_nothing_is_said() -> None:
    """Two that share friends and foes are aligned though nobody says so, and less surely than if it were said."""
    said = [("a", "b", "ALLIED"), ("b", "c", "ALLIED"), ("a", "e", "HOSTILE"), ("c", "e", "HOSTILE"), ("b", "e", "HOSTILE")]
    ties = {
        (t.a, t.b): t
        for t in compute_ties([claim(x, y, kind, "2018-06-04") for x, y, kind in said] + [claim("a", "c", "PRESENCE", "2018-06-04")])
    }
    guess, stated = ties["a", "c"], ties["a", "b"]
    assert guess.alignment is not None and guess.alignment > 0.1
    assert guess.alignment_high - guess.alignment_low > stated.alignment_high - stated.alignment_low  # type: ignore[operator]  # both have one


def test_two_papers_that_quote_one_agency_are_not_two_witnesses() -> None:
    """The same act on one word told twice weighs one and a half; on two words it weighs two."""
    agency, other = (Source(name, "media", False) for name in ("Reuters", "AFP"))
    tell = [
        claim("x", "y", "ASSAULT", "2018-06-04", -9.0, document_id=d, sources=(s,))
        for d, s in (("d1", agency), ("d2", agency), ("d3", other))
    ]
    copies, witnesses = (only(compute_ties(rows)).warmth for rows in (tell[:2], tell[1:]))
    assert witnesses < copies < only(compute_ties(tell[:1])).warmth < 0.0


@pytest.mark.parametrize(
    ("rows", "trend"),
    [
        ([("SUPPORT", 5.0), ("CONSULT", 3.0)], 1),
        ([("ASSAULT", -9.0)], -1),
        ([("ALLIED", None), ("AID", 7.0)], 0),
        ([("COURTING", None)], 1),
        ([("DISTANT", None)], -1),
    ],
)
def test_where_a_tie_is_heading(rows: list[tuple[str, float | None]], trend: int) -> None:
    """New kind acts warm and hostile ones cool; kindness between stated allies is as ever."""
    assert only(compute_ties([claim("x", "y", kind, "2018-06-04", score) for kind, score in rows])).trend == trend


def test_old_enemies_are_as_ever() -> None:
    """One more attack cools a tie that had none, and not one that has had one every year."""
    past = [claim("x", "y", "ASSAULT", f"{1990 + i}-06-04", -9.0) for i in range(28)]
    attack = claim("x", "y", "ASSAULT", "2018-06-04", -9.0)
    assert (only(compute_ties([attack])).trend, only(compute_ties([*past, attack])).trend) == (-1, 0)


@pytest.mark.parametrize(
    ("score", "day", "sign", "state"),
    [
        (-6.0, "2018-06-04", 0, "strained allies"),
        (-3.0, "2018-06-04", 1, "allies"),
        (-6.0, "2017-06-04", 1, "allies"),
        (6.0, "2018-06-04", 1, "allies"),
    ],
)
def test_hostile_deeds_strain_a_partnership(score: float, day: str, sign: int, state: str) -> None:
    """Sanctions of these months against a stated ally strain the tie; words, deeds of last year and kind ones do not."""
    tie = only(compute_ties([claim("x", "y", "ALLIED", "2018-06-04"), claim("x", "y", "SANCTION", day, score)]))
    assert (tie.lean, tie.state) == (sign, state)
