"""Tests of the latest acts: late, named, told as done, one of a kind."""

from __future__ import annotations

from dataclasses import replace

from amity.records import Claim
from amity.show import Picture
from amity.show.recent import LATE, days_before, find_recent, news_day


def remake(claim: Claim, **changed: object) -> Claim:
    """A claim with other fields; its id is made anew."""
    return Claim(**{k: getattr(claim, k) for k in Claim.__dataclass_fields__ if k != "id"} | changed)


def test_latest_acts_are_late_named_and_one_of_a_kind(picture: Picture) -> None:
    """Every act lies in the days said, newest first, and no pair and type stands twice."""
    recent = find_recent(picture)
    assert recent and recent.late and recent.acts
    days = [news_day(c) or "" for c in recent.acts]
    assert days == sorted(days, reverse=True)
    assert all(days_before(picture.as_of) == recent.since <= d <= recent.until == picture.as_of for d in days)
    keys = [(frozenset((c.actor.side_id, c.recipient.side_id)), c.type) for c in recent.acts if c.recipient]
    assert len(set(keys)) == len(recent.acts) <= 12


def test_denied_doubtful_and_unnamed_acts_open_no_report(picture: Picture) -> None:
    """A denial, a supposition, a likely misreading or an unnamed party speaks for no change."""
    recent = find_recent(picture)
    assert recent
    act = max(recent.acts, key=lambda c: c.confidence)
    for changed in (
        {"status": "denied"},
        {"status": "hypothetical"},
        {"confidence": 0.4},
        {"actor": replace(act.actor, id="unknown:men", side_id="unknown:men")},
        {"actor": replace(act.actor, anonymous=True)},
        {"recipient": act.actor},
    ):
        assert find_recent(replace(picture, claims=(remake(act, **changed),))) is None, changed
    assert find_recent(replace(picture, claims=(act,))) is not None


def test_long_after_the_last_act_the_last_known_ones_stand(picture: Picture) -> None:
    """Where the last days are silent, the days before the last act are shown, and said to be so."""
    recent = find_recent(replace(picture, as_of="2031-01-01"))
    assert recent and not recent.late
    assert recent.acts[0] and recent.until == max(news_day(c) or "" for c in recent.acts)
    assert recent.since == days_before(recent.until) and LATE == 120


def test_standings_that_move_stand_with_the_acts(picture: Picture) -> None:
    """Courting of the same days is shown; an alliance, which says nothing of change, is not."""
    stance = next(c for c in picture.claims if c.type == "COURTING" and c.recipient)
    recent = find_recent(replace(picture, claims=(stance, remake(stance, type="ALLIED")), as_of="2024-08-01"))
    assert recent and [c.type for c in recent.stances] == ["COURTING"]
