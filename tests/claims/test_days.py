"""Dates that an act has from elsewhere: its speaker's verb, the same act told again, an announcement, a date told before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.claims.make import make_each
from amity.language import Reader
from amity.reading import split_sentences
from amity.records import Actor, Claim, CodedEvent, Document, Mention, Sentence

# Friday 14 December 2018.
PUBLISHED = "2018-12-14"
SIDES = {name: Actor(f"state:{name[:3].upper()}", name, f"state:{name[:3].upper()}", name, "state") for name in ("Chad", "Sudan", "Kenya")}
Act = tuple[str, str, str, str | None]


def mention(sentence: Sentence, name: str) -> Mention:
    """A state's name in a sentence; where it is not there, the sentence's first word stands for it."""
    head = next((w.index for w in sentence.words if w.text == name), -1)
    return Mention(sentence.index, max(head, 0), max(head, 0) + 1, head, name, "name", SIDES[name], "test")


def tell(reader: Reader, text: str, *acts: Act, published: str = PUBLISHED) -> list[Claim]:
    """A text and its acts (word, type, actor, recipient), the words in the text's order -> their claims."""
    document = Document("t.txt", text, "text", published=published)
    sentences = reader.parse(document.id, split_sentences(document))
    events, seen = [], set[tuple[int, int]]()
    for word, kind, actor, recipient in acts:
        place = next((s, w.index) for s in sentences for w in s.words if w.text == word and (s.index, w.index) not in seen)
        seen.add((place[0].index, place[1]))
        to = mention(place[0], recipient) if recipient else None
        events.append(CodedEvent(place[0].index, "event", kind, mention(place[0], actor), to, place[1]))
    parties = [[mention(s, w.text) for w in s.words if w.text in SIDES] for s in sentences]
    return make_each(document, sentences, parties, events, "test")


def days(claims: list[Claim]) -> list[str | None]:
    """Claims -> the EDTF text of their dates."""
    return [c.date.edtf if c.date else None for c in claims]


SAME = [
    ("Chad raided Sudan on Tuesday. Kenya condemned the raid.", ("raid", "ASSAULT", "Chad", "Sudan"), "2018-12-11"),
    ("Chad raided Sudan on Tuesday. Kenya feared further raids.", ("raids", "ASSAULT", "Chad", "Sudan"), None),
    ("Chad raided Sudan on Tuesday. Chad has condemned the raid.", ("raid", "ASSAULT", "Kenya", "Sudan"), None),
    ("Chad raided Sudan on Tuesday. Kenya blamed Chad for raiding the town.", ("raiding", "ASSAULT", "Chad", "Sudan"), "2018-12-11"),
    ("Chad raided Sudan on Tuesday. Chad would raid Sudan if attacked.", ("raid", "ASSAULT", "Chad", "Sudan"), None),
    ("Chad raided Sudan in 2011. Kenya has condemned the raid.", ("raid", "ASSAULT", "Chad", "Sudan"), None),
]


@pytest.mark.parametrize(("text", "again", "day"), SAME)
def test_the_same_act_told_again(text: str, again: Act, day: str | None, reader: Reader) -> None:
    """A definite noun or the same verb, of the same parties, has the day of the other telling, and says whose; another act has none."""
    claim = tell(reader, text, ("raided", "ASSAULT", "Chad", "Sudan"), again)[1]
    assert days([claim]) == [day]
    assert claim.date is None or "the same act" in claim.date.basis


def test_two_days_leave_it_open(reader: Reader) -> None:
    """Where two tellings have different days, a third that points back has none."""
    text = "Chad raided Sudan on Tuesday. Chad raided Sudan again on Thursday. Kenya has condemned the raid."
    raided = ("raided", "ASSAULT", "Chad", "Sudan")
    assert days(tell(reader, text, raided, raided, ("raid", "ASSAULT", "Chad", "Sudan"))) == ["2018-12-11", "2018-12-13", None]


OWN = [
    ("Kenya said on Tuesday it has suspended aid to Chad.", ("suspended", "SANCTION", "Kenya", "Chad"), "2018-12-11"),
    ("Kenya said on Tuesday it had suspended aid to Chad.", ("suspended", "SANCTION", "Kenya", "Chad"), None),
    ("Kenya said on Tuesday that Sudan has suspended aid to Chad.", ("suspended", "SANCTION", "Sudan", "Chad"), None),
    ("Kenya said on Tuesday it has shelled a camp in Chad.", ("shelled", "ASSAULT", "Kenya", "Chad"), None),
    ("Kenya announced last week Sudan is withdrawing from Chad.", ("withdrawing", "RETREAT", "Sudan", "Chad"), "2018-12-03/2018-12-09"),
    (
        "“Chad is right,” Kenya said at a meeting on Tuesday, praising the move.",
        ("right", "SUPPORT", "Kenya", "Chad"),
        "2018-12-11",
    ),
    ("Kenya late on Thursday said Chad was right.", ("said", "SUPPORT", "Kenya", "Chad"), "2018-12-13"),
    ("Kenya left the 2015 pact with Chad.", ("left", "SANCTION", "Kenya", "Chad"), None),
    ("Ties have been cold since last year, when Kenya expelled envoys of Chad.", ("expelled", "SANCTION", "Kenya", "Chad"), "2017"),
    ("Kenya praised an accord with Chad reached last year.", ("accord", "AGREE", "Kenya", "Chad"), "2017"),
    ("Kenya had asked Chad to leave, the envoy said on Tuesday.", ("asked", "REQUEST", "Kenya", "Chad"), None),
    ("Last month Kenya accused Chad of lying and urged it to leave.", ("urged", "REQUEST", "Kenya", "Chad"), "2018-11"),
    ("Kenya is blamed for its raid on Chad last month.", ("blamed", "ACCUSE", "Kenya", "Chad"), None),
    ("Kenya is blamed for its raid on Chad last month.", ("raid", "ASSAULT", "Kenya", "Chad"), "2018-11"),
    ("Kenya, which voted for the pact with Chad in 2011, said nothing.", ("voted", "SUPPORT", "Kenya", "Chad"), "2011"),
    ("Kenya will use a speech on Tuesday to call on Chad to leave.", ("call", "REQUEST", "Kenya", "Chad"), "2018-12-18"),
    ("Kenya will host next year’s summit with Chad.", ("host", "CONSULT", "Kenya", "Chad"), "2019"),
    ("Kenya sent troops last month to attack Chad.", ("attack", "ASSAULT", "Kenya", "Chad"), "2018-11"),
    ("Kenya recalled its envoy on Tuesday, a day after Chad closed the border.", ("closed", "SANCTION", "Chad", "Kenya"), "2018-12-10"),
    ("Kenya recalled its envoy on Tuesday. Two days later Chad closed the border.", ("closed", "SANCTION", "Chad", "Kenya"), "2018-12-13"),
    ("Kenya recalled its envoy on Tuesday. Chad closed the border the same day.", ("closed", "SANCTION", "Chad", "Kenya"), "2018-12-11"),
    ("Kenya recalled its envoy in 2011. Two days later Chad closed the border.", ("closed", "SANCTION", "Chad", "Kenya"), None),
    ("Kenya recalled its envoy in 2011. Two years later Chad closed the border.", ("closed", "SANCTION", "Chad", "Kenya"), "2013"),
]


@pytest.mark.parametrize(("text", "act", "day"), OWN, ids=[c[0] for c in OWN])
def test_day_from_the_words_around(text: str, act: Act, day: str | None, reader: Reader) -> None:
    """Announcements, what is counted from a date told before, what the tree hangs on the wrong word; nothing where nothing is told."""
    assert days(tell(reader, text, act)) == [day]


def test_a_quotation_has_the_day_of_its_speaking(reader: Reader) -> None:
    """What is said in a sentence of its own was said when the quotation was."""
    text = "“We stand with Chad,” Kenya said on Tuesday. “We condemn the raid on our friends in Chad and will not forget it.”"
    assert days(tell(reader, text, ("condemn", "ACCUSE", "Kenya", "Chad"))) in (["2018-12-11"], ["2018-12-11/2018-12-14"])


@given(st.permutations(range(3)))
def test_order_of_events_makes_no_difference(reader: Reader, order: list[int]) -> None:
    """Each event has the same date whatever the order in which events are handed in."""
    text = "Chad raided Sudan on Tuesday. Kenya condemned the raid. Chad announced a truce on Thursday."
    acts: list[Act] = [("raided", "ASSAULT", "Chad", "Sudan"), ("raid", "ASSAULT", "Chad", "Sudan"), ("truce", "AGREE", "Chad", None)]
    straight = tell(reader, text, *acts)
    turned = tell(reader, text, *(acts[i] for i in order))
    assert [replace(straight[i]) for i in order] == turned


AGAIN = [
    (
        "The call two weeks ago was tense. Kenya threatened Chad during the call.",
        ("threatened", "THREATEN", "Kenya", "Chad"),
        "2018-11-26/2018-12-02",
    ),
    ("The call two weeks ago was tense. Kenya has threatened Chad in another call.", ("threatened", "THREATEN", "Kenya", "Chad"), None),
    ("The call two weeks ago was tense. Kenya will threaten Chad in the call.", ("threaten", "THREATEN", "Kenya", "Chad"), None),
    (
        "Kenya’s statement on Monday was tense. In Chad’s statement Chad has threatened Kenya.",
        ("threatened", "THREATEN", "Chad", "Kenya"),
        None,
    ),
    (
        "Kenya’s announcement late Monday shows unease. The announcement brought protest. It ended the pact.",
        ("ended", "SANCTION", "Kenya", "Chad"),
        "2018-12-10/2018-12-14",
    ),
    ("The June 12 summit was cancelled. Kenya has insulted Chad at the summit.", ("insulted", "ACCUSE", "Kenya", "Chad"), "2018-06-12"),
]


@pytest.mark.parametrize(("text", "act", "day"), AGAIN, ids=[c[0] for c in AGAIN])
def test_a_happening_named_again(text: str, act: Act, day: str | None, reader: Reader) -> None:
    """What was done at the meeting that was dated before was done then; another's, another and one to come date nothing."""
    assert days(tell(reader, text, act)) == [day]


def test_after_a_dated_act(reader: Reader) -> None:
    """What came after a dated act happened from then on, up to publication."""
    assert days(tell(reader, "Kenya warned Chad after envoys met on Tuesday.", ("warned", "THREATEN", "Kenya", "Chad"))) == [
        "2018-12-11/2018-12-14"
    ]
    assert days(tell(reader, "Kenya warned Chad before envoys met on Tuesday.", ("warned", "THREATEN", "Kenya", "Chad"))) == [None]


@settings(max_examples=25)
@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)), st.integers(2, 9))
def test_a_count_moves_with_publication(reader: Reader, published: date, count: int) -> None:
    """What is counted from a day told before lies so many days from it, whatever the day of publication."""
    number = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine")[count]
    text = f"Kenya recalled its envoy yesterday. {number.title()} days earlier Chad closed the border."
    (claim,) = tell(reader, text, ("closed", "SANCTION", "Chad", "Kenya"), published=published.isoformat())
    assert claim.date and claim.date.edtf == (published - timedelta(days=1 + count)).isoformat()
