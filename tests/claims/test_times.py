"""Which day an event has, through the tree."""

from __future__ import annotations

import pytest

from amity.claims.calendar import parse_edtf
from amity.claims.cues import load_cues
from amity.claims.times import date_event
from amity.language import load_reader
from amity.records import Stretch

# Friday 14 December 2018; (text, word of the act, its day or None)
PUBLISHED = "2018-12-14"
CASES = [
    ("Kenya urged Uganda to save the talks on Wednesday.", "urged", "2018-12-12"),
    ("Kenya urged Uganda to return to the talks by Wednesday.", "urged", None),
    ("Kenya urged Uganda to return to the talks next Wednesday.", "urged", None),
    ("Kenya wants Uganda to return to the talks on Wednesday.", "wants", None),
    ("Speaking in Nairobi on Tuesday, the minister accused Uganda of lying.", "accused", "2018-12-11"),
    ("Peru condemned the coup that Bolivia had foiled on Monday.", "condemned", None),
]


@pytest.mark.parametrize(("text", "act", "day"), CASES)
def test_day_of_an_act(text: str, act: str, day: str | None) -> None:
    """A past weekday in what was asked is the day of asking; what is asked for by a day, or next week, has no such day."""
    (sentence,) = load_reader().parse("x", [Stretch(0, len(text), text, 0)])
    word = next(w.index for w in sentence.words if w.text == act)
    found = date_event(sentence, word, "reported", parse_edtf(PUBLISHED), load_cues())
    assert (found.edtf if found else None) == day
