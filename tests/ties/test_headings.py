"""Words of a quotation -> which way relations turn, and what that does to a trend."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.records import Actor, Claim, Mention, Party, Sentence, When
from amity.ties import compute_ties, find_headings, guess_stances, read_evidence
from amity.ties.headings import read_way


def told(quote: str, **other: object) -> Claim:
    """A claim of praise between x and y with these words: an act that by itself tells no direction."""
    x, y = (Party(side, side.title(), side.title(), side, False, side, at, at + 1) for at, side in enumerate("xy"))
    values: dict[str, object] = {
        "kind": "event",
        "type": "SUPPORT",
        "mode": None,
        "quad": 1,
        "contexts": (),
        "score": 5.0,
        "status": "reported",
        "sources": (),
        "date": When("2018-06-04", "2018-06-04", "2018-06-04", ""),
        "place": None,
        "confidence": 1.0,
        "why": (),
        "published": "2018-06-05",
        "document_id": "d",
    }
    return Claim("a.txt", start=0, end=len(quote), quote=quote, actor=x, recipient=y, **(values | other))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("quote", "way"),
    [
        ("Norland restored diplomatic relations with Sudria.", 1.0),
        ("A rapprochement between Norland and Sudria began.", 1.0),
        ("Norland lifted the sanctions on Sudria.", 1.0),
        ("Norland lifted its flag in Sudria.", 0.0),
        ("Norland severed ties with Sudria.", -1.0),
        ("Norland and Sudria are at odds over fish, and tensions grow.", -1.0),
        ("Norland did not sever ties with Sudria.", 0.0),
        ("Norland severed ties and then restored them.", 0.0),
        ("Norland praised Sudria.", 0.0),
    ],
)
def test_way_of_a_quotation(quote: str, way: float) -> None:
    """A word tells a way of itself or of its object, a denied word nothing, and both ways together nothing."""
    assert read_way(quote) == way


@given(st.text())
def test_any_text_has_a_way(quote: str) -> None:
    """Whatever is quoted goes one way, the other or neither, in small letters as in capitals."""
    assert read_way(quote) in (-1.0, 0.0, 1.0)


@pytest.mark.parametrize(("words", "trend"), [("restored relations with", 1), ("severed ties with", -1), ("spoke well of", 0)])
def test_stated_change_is_a_trend(words: str, trend: int) -> None:
    """What is said of change gives the trend; praise alone tells how two stand, not that anything turns."""
    assert [t.trend for t in compute_ties([told(f"Norland {words} Sudria.")])] == [trend]


def test_a_quotation_counts_once() -> None:
    """Two claims of one sentence and pair are one heading, with the surer claim's weight and its id."""
    words = "Norland severed ties with Sudria and recalled its envoy."
    doubtful, sure = told(words, confidence=0.3), told(words, type="SANCTION", quad=4, score=-6.0, confidence=0.9)
    assert [(h.way, h.weight, h.claim) for h in read_evidence([doubtful, sure]).headings] == [(-1.0, 0.9, sure.id)]


def test_denied_change_is_none() -> None:
    """A claim that does not count says nothing of change either."""
    assert read_evidence([told("Norland severed ties with Sudria.", status="denied")]).headings == ()


@pytest.mark.parametrize(("standing", "ways"), [("COURTING", [1.0]), ("ALLIED", [])])
def test_a_lasting_standing_tells_no_change(standing: str, ways: list[float]) -> None:
    """Of a sentence that states an alliance the change may be of others: "its ally urged the two to restore ties"."""
    claim = told("Sudria, an ally, urged the two to restore ties.", kind="standing", type=standing, quad=None, score=None)
    assert [h.way for h in read_evidence([claim]).headings] == ways


def named(*ids: str, place: bool = False) -> list[Mention]:
    """Mentions of parties by id, each its own side."""
    return [Mention(0, i, i + 1, i, one, "name", Actor(one, one, one, one, "GOV"), "", place) for i, one in enumerate(ids)]


@pytest.mark.parametrize(
    ("mentions", "pairs"),
    [
        (named("x", "y"), [("x", "y")]),
        (named("y", "x", "x", "outlet:post", "unknown:envoy"), [("x", "y")]),
        (named("x;y"), [("x", "y")]),
        ([*named("x", "y"), *named("z", place=True)], [("x", "y")]),
        (named("x", "y", "z"), []),
        (named("x"), []),
        ([*named("x"), *named("y", place=True)], []),
    ],
)
def test_a_sentence_of_just_two_parties_tells_their_way(mentions: list[Mention], pairs: list[tuple[str, str]]) -> None:
    """Places, papers and unknown parties stand aside; of three parties it is not said which two are meant."""
    sentence = Sentence("d", 0, 0, 21, "Ties were severed.", 0, False, (), ())
    assert [(h.actor, h.recipient, h.way) for h in find_headings([sentence], [mentions])] == [(*pair, -1.0) for pair in pairs]


def test_a_sentence_without_a_claim_gives_the_trend() -> None:
    """What a sentence says of two parties' relations is their trend though nothing is claimed of them, and no other pair's."""
    found = find_headings([Sentence("d", 0, 0, 21, "Ties were severed.", 0, False, (), ())], [named("x", "y")])
    stances = guess_stances(read_evidence([told("Norland spoke well of Sudria.")]), [("x", "y"), ("x", "z")], headings=found)
    assert [stances[pair][0].trend for pair in (("x", "y"), ("x", "z"))] == [-1, 0]
