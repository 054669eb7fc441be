"""The book joins what tells the same, whatever the order, and touches neighbours only."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from amity.incidents import IncidentBook
from amity.incidents import book as book_module
from amity.incidents.scoring import weigh_denial
from amity.incidents.traits import read_traits
from amity.records import Claim
from amity.worlds import make_press

MakeClaim = Callable[..., Claim]
PRESS = make_press(7, 12)


def test_claims_of_one_incident_are_joined_and_others_are_not() -> None:
    """On an invented press every incident is one group."""
    book = IncidentBook()
    book.add(PRESS.claims)
    groups = book.incidents()
    assert len(groups) == 12
    assert all(len({PRESS.truth[c] for c in group}) == 1 for group in groups)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(PRESS.claims))), st.lists(st.integers(1, len(PRESS.claims) - 1), max_size=4))
def test_the_order_of_reading_does_not_matter(order: list[int], cuts: list[int]) -> None:
    """The law of the room: any order, in any portions, gives the same incidents as all at once."""
    whole, parts = IncidentBook(), IncidentBook()
    whole.add(PRESS.claims)
    bounds = [0, *sorted(set(cuts)), len(order)]
    for first, last in pairwise(bounds):
        parts.add([PRESS.claims[i] for i in order[first:last]])
    assert parts.groups() == whole.groups()
    assert parts.incidents() == whole.incidents()


def test_the_law_holds_where_blocks_overflow(monkeypatch: object) -> None:
    """With blocks of three claims, keys are split and given up, and the order still does not matter."""
    monkeypatch.setattr(book_module, "MOST_IN_BLOCK", 3)  # type: ignore[attr-defined]  # pytest's own fixture
    crowd = make_press(8, 12, parties=3).claims
    results = []
    for claims in (crowd, crowd[::-1], crowd[1::2] + crowd[::2]):
        book = IncidentBook()
        for claim in claims:
            book.add([claim])
        results.append(book.groups())
    assert results[0] == results[1] == results[2]


def test_a_new_article_changes_its_own_incident_only() -> None:
    """What add gives back are the groups that changed."""
    book = IncidentBook()
    book.add(PRESS.claims[:-1])
    changed = book.add(PRESS.claims[-1:])
    assert len(changed) == 1
    assert PRESS.claims[-1].id in next(iter(changed))
    assert book.add(PRESS.claims) == set()


def test_a_persons_word_outweighs_every_term() -> None:
    """Claims joined or parted by judgement stay so, whatever is read later."""
    book = IncidentBook()
    book.add(PRESS.claims)
    one, two = book.groups()[:2]
    for a in one:
        for b in two:
            book.decide(a, b, True)
    assert tuple(sorted(one + two)) in book.incidents()
    for a in one:
        for b in two:
            book.decide(a, b, False)
    assert one in book.incidents()


def test_undated_claims_of_one_pair_and_season_are_compared(make_claim: MakeClaim) -> None:
    """Without a day or a word in common the same act of the same two is looked at where told within weeks, not a year apart."""
    one = make_claim("Chad objected to Sudan", "d1", "ACCUSE", day=None, published="2021-03-02")
    two = make_claim("protests in Chad over what Sudan did", "d2", "ACCUSE", day=None, published="2021-03-20")
    far = make_claim("Chad complained, Sudan shrugged", "d3", "ACCUSE", day=None, published="2022-03-20")
    book = IncidentBook()
    book.add([one, two, far])
    assert two.id in book.odds[one.id]
    assert far.id not in book.odds[one.id]


def test_a_denial_in_the_report_that_tells_the_act_belongs_to_it(make_claim: MakeClaim) -> None:
    """A denial beside the act weighs more in one report than between two."""
    told = make_claim("Chad raided villages in Sudan", start=0)
    denied = make_claim("Chad denied that it had raided Sudan", status="denied", start=2000)
    elsewhere = make_claim("Chad denied that it had raided Sudan", "d2", status="denied", start=2000)
    here, there = (sum(t.odds for t in weigh_denial(read_traits(told), read_traits(d))) for d in (denied, elsewhere))
    assert here > there > 0
