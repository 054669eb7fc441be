"""Dates carried on from the sentence before, as bounds and never as a day of their own."""

from __future__ import annotations

from amity.claims.calendar import parse_edtf
from amity.claims.continuing import carry_date
from amity.claims.cues import load_cues
from amity.language import Reader
from amity.records import Stretch, When


def carry(reader: Reader, *texts: str, published: str = "2021-03-12", heading: bool = False) -> When | None:
    """Sentences -> what the last one's root verb gets."""
    spans, place = [], 0
    for n, text in enumerate(texts):
        spans.append(Stretch(place, place + len(text), text, n, heading and n == 0))
        place += len(text) + 1
    sentences = reader.parse("", spans)
    return carry_date(sentences, sentences[-1], sentences[-1].root, "reported", (parse_edtf(published), load_cues()))


def test_a_report_goes_on_from_its_day_to_publication(reader: Reader) -> None:
    """What follows a dated sentence happened on that day or later, up to publication."""
    found = carry(reader, "Rebels attacked the port on Tuesday.", "They burned two ships.")
    assert found and (found.earliest, found.latest) == ("2021-03-09", "2021-03-12")
    assert "sentence before" in found.basis


def test_background_is_not_gone_on_from(reader: Reader) -> None:
    """Years back, another tense, a date of its own, a heading between: nothing is carried."""
    assert carry(reader, "Rebels attacked the port in 2013.", "They burned two ships.") is None
    assert carry(reader, "Rebels attacked the port on Tuesday.", "They have burned two ships.") is None
    assert carry(reader, "Rebels attacked the port on Tuesday.", "They burned two ships last year.") is None
    assert carry(reader, "Rebels attacked the port on Tuesday.", "They burned two ships.", heading=True) is None
    assert carry(reader, "Rebels attacked the port on Tuesday.", "They burned two ships.", published="") is None
