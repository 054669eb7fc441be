"""Encodings: marks, UTF-8, damage, code pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.reading.cleaning import remove_controls
from amity.reading.decoding import decode_bytes, is_binary

FRENCH = "Le ministre a déclaré que les deux États étaient alliés, malgré les réserves exprimées à l'été. "
RUSSIAN = "Министры двух стран встретились в столице и договорились о перемирии на севере. "


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_marked_and_wide_texts_decode_without_a_word(name: str) -> None:
    """UTF-8, 16 and 32, marked or told by their NULs, decode exactly and without a warning."""
    text = "Two states signed – at last. " * 5
    assert decode_bytes(text.encode(name)) == (text, ())
    assert not is_binary(text.encode(name))


@pytest.mark.parametrize(("text", "name"), [(FRENCH, "cp1252"), (RUSSIAN, "cp1251")])
def test_code_pages_are_found_and_told(text: str, name: str) -> None:
    """Older code pages decode to the same text, and the doubt is told."""
    told, warnings = decode_bytes((text * 8).encode(name))
    assert told == text * 8 and len(warnings) == 1


def test_damaged_utf8_keeps_the_rest() -> None:
    """A few broken bytes in UTF-8 do not turn the text into another encoding."""
    text, warnings = decode_bytes((FRENCH * 20).encode() + b"\xff end")
    assert text == FRENCH * 20 + "\ufffd end" and "broken UTF-8" in warnings[0]


@given(st.binary(max_size=400))
def test_any_bytes_decode(data: bytes) -> None:
    """Decoding never raises, and what is stored can be written again as UTF-8."""
    text, _ = decode_bytes(data)
    remove_controls(text).encode("utf-8")
