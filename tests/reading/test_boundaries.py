"""The learnt ends of sentences: web text without full stops or capitals, and print that must stay as it is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.reading import boundaries as module
from amity.reading import split_sentences
from amity.reading.boundaries import find_chances, shape_of
from amity.records import Document


def split(text: str) -> list[str]:
    """Text -> its sentences."""
    return [s.text for s in split_sentences(Document("d", text, "text"))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("the food was great. we will come back soon, they were so nice to us.", 2),
        ("i loved the place. why do you think they are mean?", 2),
        ("The convoy left Goma at dawn. It reached Beni by noon.", 2),
        ("Gen. Amara Diallo met the U.S. envoy, Lt. Col. Park, in St. Petersburg on Sept. 3.", 1),
        ("The ministry in Hanoi said the Philippine Coast Guard had withdrawn from the reef", 1),
        ("Please send me the draft by Friday. Thanks, Kim Kim Lee 08/17/2000 11:36 AM To: Jo Park cc: Subject: Re: draft", 3),
        ("“Today, Ankara and Baku stand together,” the minister said, as President Park listened.", 1),
        ("They met on Monday, August 4. Tesfaye was named envoy the day after.", 2),
        ("US and EU Agree New Sanctions on Belarus After Minsk Summit", 1),
    ],
)
def test_ends_that_rules_cannot_see_are_found_and_print_is_left_alone(text: str, count: int) -> None:
    """Sentences that begin in lower case and sign-offs are parted; titles, names and headlines are not."""
    found = len(split(text))
    assert found == count if count < 3 else found >= count


def test_the_rules_count_as_evidence() -> None:
    """The same place is likelier an end where the rules say so."""
    words = ["The", "talks", "failed", ".", "Minsk", "withdrew"]
    yes, no = (find_chances([(words, [False, False, False, ruled, False, False])])[0][3] for ruled in (True, False))
    assert yes > no


def test_a_paragraph_reads_the_same_alone_and_in_company() -> None:
    """To the last digit: sums of whole numbers do not depend on what stands beside."""
    texts = [f"Thanks, Kim I am in Room {k} today Call me at {k} or later ok ? Bye Jo".split() for k in range(90)]
    paragraphs = [(words, [False] * len(words)) for words in texts]
    together: list[dict[int, float]] = [{} for _ in paragraphs]
    module.judge_batch(paragraphs, [(k, 0, len(words)) for k, (words, _) in enumerate(paragraphs)], together)
    for paragraph, mine in zip(paragraphs, together, strict=True):
        alone: list[dict[int, float]] = [{}]
        module.judge_batch([paragraph], [(0, 0, len(paragraph[0]))], alone)
        assert alone[0] == mine and mine


def test_a_document_of_print_gets_fewer_doubtful_ends_than_a_chat() -> None:
    """The same place is a likelier end among many such than in a text that has none."""
    doubtful = (["see", "you", "there", "Thanks", "Kim"], [False] * 5)
    words = [
        "The",
        "envoys",
        "of",
        "the",
        "two",
        "states",
        "met",
        "in",
        "Geneva",
        "and",
        "agreed",
        "on",
        "a",
        "date",
        "for",
        "the",
        "talks",
        ".",
    ]
    printed = (words, [w == "." for w in words])
    chat = find_chances([doubtful] * 20)[0]
    news = find_chances([doubtful] + [printed] * 200)[0]
    assert chat.keys() == news.keys() and all(chat[k] > news[k] for k in chat)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aA0.!?:;,\"'”“ \n-…", max_size=60))
def test_any_text_keeps_its_places(text: str) -> None:
    """Whatever the text, every sentence is the slice it says, in order and without overlap."""
    last = 0
    for s in split_sentences(Document("d", text, "text")):
        assert text[s.start : s.end] == s.text and s.start >= last
        last = s.end


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.text(min_size=1, max_size=8), max_size=12), max_size=6))
def test_any_words_have_chances_inside_their_paragraph(rows: list[list[str]]) -> None:
    """Whatever the words, lone surrogates and empty paragraphs included: places lie before the last word, twice the same."""
    paragraphs = [(row, [False] * len(row)) for row in rows]
    found = find_chances(paragraphs)
    assert [all(0 <= i < len(row) - 1 for i in chances) for row, chances in zip(rows, found, strict=True)] == [True] * len(rows)
    assert found == find_chances(paragraphs)


def test_a_paragraph_of_any_length_takes_linear_time() -> None:
    """Eight times the words take less than twenty times as long, and no end is lost where a long paragraph is read in parts."""
    words = ["We", "met", "them", "at", "the", "gate", ".", "They", "left", "before", "noon", "."]
    ruled = [w == "." for w in words]
    spent = []
    for times in (500, 4000):
        start = time.process_time()
        found = find_chances([(words * times, ruled * times)])[0]
        spent.append(time.process_time() - start)
        assert sum(k % len(words) in (6, 11) and v > 0 for k, v in found.items()) == 2 * times - 1
    assert spent[1] < 20 * max(spent[0], 0.01)


def test_shapes_are_short() -> None:
    """An address of any length has a short shape."""
    assert len(shape_of("http://example.org/" + "a1" * 5000)) <= 20
