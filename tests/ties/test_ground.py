"""Strikes told by place alone: on a friend's ground they are no acts against the friend."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.records import Claim, Party, When
from amity.ties import read_evidence
from amity.ties.ground import is_ground

SPARED = "a strike on a place in a friend's land"


def told(kind: str, recipient: Party, at: int, day: str = "2024-05-02", quote: str = "Kestrel struck Sennar.") -> Claim:
    """A claim of something that Kestrel did to another, or of how the two stand, on a day."""
    standing = kind in ("ALLIED", "HOSTILE")
    score, quad = {"ASSAULT": (-9.0, 4), "AID": (7.0, 2), "AGREE": (3.0, 1), "ACCUSE": (-3.0, 3)}.get(kind, (None, None))
    return Claim(
        document="a.txt",
        document_id="d0",
        start=at,
        end=at + len(quote),
        quote=quote,
        kind="standing" if standing else "event",
        actor=Party("state:KES", "Kestrel", "Kestrel", "state:KES", False, "Kestrel", at, at + 7),
        recipient=replace(recipient, start=at + 15, end=at + 21),
        type=kind,
        mode=None,
        quad=quad,
        contexts=(),
        score=score,
        status="reported",
        sources=(),
        date=When(day, day, day, "told"),
        place=None,
        confidence=1.0,
        why=(),
        published="2024-05-20",
    )


STATE = Party("state:OST", "Ostria", "Ostria", "state:OST", False, "Ostria", 0, 6)
PLACE = Party("place:sennar", "Sennar", "Ostria", "state:OST", False, "Sennar", 0, 6)


@pytest.mark.parametrize(
    ("others", "spared"), [(("AID",), 1), (("ALLIED",), 1), (("AGREE", "AGREE"), 0), (("ACCUSE",), 0), (("AID", "HOSTILE"), 0), ((), 0)]
)
def test_a_strike_on_a_place_counts_unless_all_else_speaks_for_a_friend(others: tuple[str, ...], spared: int) -> None:
    """Bombs on a partner's town fall on those who hold it; those on an enemy's, or where nothing else is told, on the state."""
    claims = [told(kind, STATE, 100 * (i + 1), quote="Kestrel said so") for i, kind in enumerate(others)]
    evidence = read_evidence([told("ASSAULT", PLACE, 0), *claims])
    assert evidence.left_out[SPARED] == spared
    assert sum(e.type == "ASSAULT" for e in evidence.events) == 1 - spared


@pytest.mark.parametrize(
    ("quote", "ground"),
    [
        ("Kestrel hits in Ostria", True),
        ("Kestrel: in the north of Ostria", False),
        ("Raid inside northern Ostria", True),
        ("Kestrel struck Ostria", False),
    ],
)
def test_a_land_after_in_is_where_it_happened(quote: str, ground: bool) -> None:
    """ "Struck targets in Ostria" names a place; "struck Ostria" the state."""
    claim = told("ASSAULT", STATE, 0, quote=quote)
    at = quote.index("Ostria")
    assert is_ground(replace(claim, recipient=replace(STATE, start=at, end=at + 6))) is ground


@given(st.lists(st.tuples(st.sampled_from(["AID", "ACCUSE", "ALLIED", "HOSTILE"]), st.integers(1, 28)), max_size=6))
def test_nothing_but_strikes_on_places_is_ever_spared(rows: list[tuple[str, int]]) -> None:
    """Law: each claim is counted or left out, and only those that name a place can be spared; more friendship spares no less."""
    others = [told(kind, STATE, 100 * (i + 1), f"2024-05-{day:02d}", "Kestrel said so") for i, (kind, day) in enumerate(rows)]
    strike = told("ASSAULT", PLACE, 0)
    evidence = read_evidence([strike, *others])
    assert len(evidence.events) + len(evidence.standings) + sum(evidence.left_out.values()) == len(rows) + 1
    assert SPARED not in read_evidence(others).left_out
    friend = told("ALLIED", STATE, 1000, quote="Kestrel said so")
    assert read_evidence([strike, *others, friend]).left_out[SPARED] >= evidence.left_out[SPARED]
