"""Claims -> evidence: which count, on which day, how much."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from amity.records import Claim, Party, When
from amity.ties import events_of, read_evidence
from amity.ties.days import day_text

CASES = list(csv.DictReader((Path(__file__).parent / "evidence.csv").open(encoding="utf-8")))


def party(side: str, start: int, anonymous: bool = False) -> Party:
    """A party of a side, named by its words."""
    return Party(f"person:{side}:{start}", f"someone of {side}", side.title(), side, anonymous, side, start, start + len(side))


def claim(a: str, b: str | None, at: int = 0, **other: object) -> Claim:
    """A claim that a consulted b on 2018-06-04, told the day after, with changes."""
    quote = f"{a} met {b}."
    values: dict[str, object] = {
        "kind": "event",
        "type": "CONSULT",
        "mode": None,
        "quad": 1,
        "contexts": (),
        "score": 1.0,
        "status": "reported",
        "sources": (),
        "date": When("2018-06-04", "2018-06-04", "2018-06-04", "on 4 June"),
        "place": None,
        "confidence": 1.0,
        "why": (),
        "published": "2018-06-05",
    }
    recipient = party(b, at + 50) if b else None
    more = {"document_id": "d0"} | values | other
    return Claim("a.txt", start=at, end=at + len(quote), quote=quote, actor=party(a, at), recipient=recipient, **more)


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_day_of_a_claim(case: dict[str, str]) -> None:
    """The day is the middle of the bounds, never after publication, and publication where there is no date."""
    date = When(case["earliest"], case["earliest"], case["latest"], "") if case["earliest"] else None
    events = events_of([claim("x", "y", date=date, published=case["published"] or None)])
    assert [day_text(e.day) for e in events] == [d for d in [case["day"]] if d]


def test_weight_follows_status_and_confidence() -> None:
    """A rumour weighs less than a report, a denial nothing, and an uncertain reading its confidence."""
    claims = [
        claim("x", "y", at, status=s, confidence=c) for at, s, c in [(0, "reported", 0.8), (100, "rumoured", 1.0), (200, "denied", 1.0)]
    ]
    reported, rumoured = (e.weight for e in sorted(events_of(claims), key=lambda e: -e.weight))
    assert reported == pytest.approx(0.8) and 0.0 < rumoured < reported


def test_what_is_left_out_is_counted() -> None:
    """Claims of one side, without recipient, about an unnamed unknown, denied or undated are counted by reason."""
    nobody = Party("unknown:official", "an official", "", "", True, "an official", 300, 311)
    claims = [
        claim("x", "x", 0),
        claim("x", None, 100),
        claim("x", "y", 200, status="denied"),
        claim("x", "y", 400, date=None, published=None, document_id="d1"),
    ]
    stranger = claim("x", "y", 600)
    claims.append(Claim.from_json(stranger.to_json() | {"recipient": {k: getattr(nobody, k) for k in Party.__dataclass_fields__}}))
    evidence = read_evidence(claims)
    assert evidence.events == ()
    assert evidence.left_out == Counter(
        {"one side only": 1, "no recipient": 1, "status denied": 1, "no date": 1, "unnamed unknown party": 1}
    )


def test_parties_count_under_their_side() -> None:
    """A person counts as the side it acts for, under the side's name."""
    evidence = read_evidence([claim("state:SYR", "group:hezbollah")])
    assert [(e.actor, e.recipient) for e in evidence.events] == [("state:SYR", "group:hezbollah")]
    assert evidence.names["state:SYR"] == "State:Syr"


def test_a_claim_given_twice_counts_once() -> None:
    """The same claim from two exports is one row of evidence."""
    assert len(events_of([claim("x", "y"), claim("x", "y")])) == 1


def test_two_papers_that_print_one_text_are_one_origin() -> None:
    """Told apart, each paper's claim counts in full; found to rest on one origin, the second counts half, a day later too."""
    first, second = claim("a", "b"), claim("a", "b", 1, document_id="d1", published="2018-06-08", date=None)
    apart = {e.claim: e.weight for e in read_evidence([first, second]).events}
    one = {e.claim: e.weight for e in read_evidence([first, second], origins={first.id: "x", second.id: "x"}).events}
    assert list(apart.values()) == [1.0, 1.0]
    assert sorted(one.values()) == [0.5, 1.0]


def test_an_act_among_several_is_between_each_two() -> None:
    """ "They agreed", of three states, is evidence of three pairs, each once."""
    they = Party("joint:a;b;c", "A; B; C", "A; B; C", "a;b;c", False, "They", 0, 4)
    fields = {k: getattr(claim("x", "y"), k) for k in Claim.__dataclass_fields__ if k != "id"}
    found = read_evidence([Claim(**fields | {"actor": they, "recipient": they})])
    assert sorted((e.actor, e.recipient) for e in found.events) == [("a", "b"), ("a", "c"), ("b", "c")] and not found.left_out
