""" "Last year" against the order that the text itself states."""

from __future__ import annotations

import pytest

from amity.claims.order import find_order
from amity.language import Reader
from amity.reading import split_sentences
from amity.records import Document
from amity.worlds.slips import plant_slips

from .conftest import Code

AGAINST = "On April 1 last year, Norland struck the consulate. The strike on the mill occurred after war began in the north last October."
# (text, day of publication, what is taken; None where nothing is wrong)
CASES = [
    (AGAINST, "2024-05-20", "2024-04-01"),
    (AGAINST, None, ""),
    (AGAINST.replace("last year", "this year"), "2024-05-20", None),
    (AGAINST.replace("last October", "last February"), "2023-05-20", "2023-04-01"),
    (AGAINST.replace("after war began", "before war began"), "2024-05-20", None),
    ("Norland shelled the port on March 3 last year, after war broke out on the border last October.", "2019-06-02", "2019-03-03"),
    (
        "Norland shelled the port in December last year. The shelling of the port came before the truce of last October.",
        "2019-06-02",
        "2017-12",
    ),
    ("Norland raided the port on March 3 last year. The raid followed a truce of last October.", "2019-06-02", "2019-03-03"),
    ("Norland raided the port on March 3 last year. Suvara raided the mill after war broke out last October.", "2019-06-02", None),
    ("Norland raided the port last year. The raid on the port came after the truce of last October.", "2019-06-02", None),
]


@pytest.mark.parametrize(("text", "published", "taken"), CASES)
def test_last_year_against_the_order_told(text: str, published: str | None, taken: str | None, reader: Reader) -> None:
    """A conflict has both readings and the one taken: the year that fits the order; of two acts, or in order, there is none."""
    document = Document("t.txt", text, "text", published=published)
    conflicts = find_order(document, reader.parse(document.id, split_sentences(document)))
    assert [c.taken for c in conflicts] == ([] if taken is None else [taken])
    for conflict in conflicts:
        assert conflict.kind == "order" and len(conflict.readings) == 2
        assert "last year" in text[conflict.start : conflict.end] and text[conflict.start : conflict.end] in conflict.note


@pytest.mark.parametrize("slip", [s for s in plant_slips(3, 80) if s.kind == "order"], ids=lambda s: s.words)
def test_planted_order_is_named(slip: object, reader: Reader) -> None:
    """Each planted act that was told as of last year is named, and its right twin is left alone."""
    for text, wrong in ((slip.wrong, True), (slip.right, False)):  # type: ignore[attr-defined] # pytest hands on what it was given
        head, _, body = text.partition("\n\n")
        document = Document("t.txt", body, "text", published=head[-10:])
        assert bool(find_order(document, reader.parse(document.id, split_sentences(document)))) == wrong


def test_a_claim_takes_the_year_that_fits(code: Code) -> None:
    """The act is dated by the reading that is taken, and the basis says so."""
    told = [
        "On April 1 last year, Norland struck the consulate in Suvara.",
        "The strike on the consulate occurred after war began last October.",
    ]
    claim = code([told], "struck", published="2024-05-20")
    assert claim.date and claim.date.edtf == "2024-04-01" and "order told" in claim.date.basis
