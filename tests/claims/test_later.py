"""Dates told as past that lie after publication."""

from __future__ import annotations

import pytest

from amity.claims.later import find_later
from amity.language import Reader
from amity.reading import split_sentences
from amity.records import Document


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The council met on June 4, 2019.", True),
        ("The council met on June 4, 2018.", False),
        ("The council met on June 9, 2018.", False),
        ("The council will meet on June 4, 2019.", False),
        ("The council planned to meet on June 4, 2019.", False),
        ("The pact was scheduled for June 4, 2019.", False),
        ("The council met before June 4, 2019.", False),
    ],
)
def test_what_is_told_as_past_after_publication(text: str, found: bool, reader: Reader) -> None:
    """Only a date told in the past tense, more than a day after publication, is a conflict; publication is taken."""
    document = Document("t.txt", text, "text", published="2018-06-08")
    conflicts = find_later(document, reader.parse(document.id, split_sentences(document)))
    assert bool(conflicts) == found
    assert all(c.taken == "published 2018-06-08" and text[c.start : c.end] in c.note for c in conflicts)
