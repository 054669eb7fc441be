"""The learnt ends of sentences: web text without full stops or capitals, and print that must stay as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.reading import split_sentences
from amity.reading.boundaries import end_chance, shape_of
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
    ],
)
def test_ends_that_rules_cannot_see_are_found_and_print_is_left_alone(text: str, count: int) -> None:
    """Sentences that begin in lower case are parted; titles and names are not."""
    assert len(split(text)) == count


def test_the_rules_count_as_evidence() -> None:
    """The same place is likelier an end where the rules say so."""
    words = ["The", "talks", "failed", ".", "Minsk", "withdrew"]
    assert end_chance(words, 3, 4, True) > end_chance(words, 3, 4, False)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aA0.!?:;,\"'”“ \n-…", max_size=60))
def test_any_text_keeps_its_places(text: str) -> None:
    """Whatever the text, every sentence is the slice it says, in order and without overlap."""
    last = 0
    for s in split_sentences(Document("d", text, "text")):
        assert text[s.start : s.end] == s.text and s.start >= last
        last = s.end


def test_shapes_are_short() -> None:
    """An address of any length has a short shape."""
    assert len(shape_of("http://example.org/" + "a1" * 5000)) <= 20
