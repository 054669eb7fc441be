"""Tests of dyads: every claim has one home."""

from __future__ import annotations

from dataclasses import replace

from amity.records import Claim
from amity.show import Picture
from amity.show.picture import day_bounds, gather_dyads


def test_every_claim_has_one_home(picture: Picture) -> None:
    """Dyads and claims without counterpart together hold each claim once."""
    dyads, alone = gather_dyads(picture)
    held = [c.id for d in dyads for c in d.claims] + [c.id for c in alone]
    assert sorted(held) == sorted(c.id for c in picture.claims)
    assert [c.recipient for c in alone] == [None]


def test_claims_without_a_tie_make_a_dyad(picture: Picture) -> None:
    """Where no tie was estimated, the sides of the parties make the pair, with their names."""
    dyads, _ = gather_dyads(replace(picture, ties=(), changes=()))
    labels = {d.label for d in dyads}
    assert "Iran – Israel" in labels
    assert all(d.tie is None for d in dyads)


def test_parties_of_one_side_are_a_pair_of_their_own(picture: Picture) -> None:
    """Two bodies of one state meet in a dyad by their own ids."""
    claim = next(c for c in picture.claims if c.actor.name == "Iran" and c.recipient)
    inner: Claim = replace(claim, recipient=replace(claim.actor, id="org:quds-force", name="Quds Force"))
    dyads, _ = gather_dyads(replace(picture, claims=(inner,), ties=(), changes=()))
    assert [d.label for d in dyads] == ["Quds Force – Iran"]


def test_bounds_of_a_leap_february() -> None:
    """A month ends on its own last day, and an impossible month is no time."""
    assert day_bounds("2024-02") == ("2024-02-01", "2024-02-29")
    assert day_bounds("circa") is None
