"""Tokens: places, English clitics, and text as newsrooms mangle it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.language.tokens import split_tokens

CASES = {
    "Iran's envoy": ["Iran", "'s", "envoy"],
    "Iran’s envoy": ["Iran", "’s", "envoy"],
    "U.S.-led raids": ["U.S.", "-", "led", "raids"],
    "won’t, can't": ["wo", "n’t", ",", "ca", "n't"],
    "cannot": ["can", "not"],
    "Gen. Vo said": ["Gen.", "Vo", "said"],
    "$1,500.50 (2018)": ["$", "1,500.50", "(", "2018", ")"],
    "“Go,” he said...": ["“", "Go", ",", "”", "he", "said", "..."],
    "O'Neill": ["O'Neill"],
    "i dont think im late :)": ["i", "do", "nt", "think", "i", "m", "late", ":)"],
    "Im Jong-seok resigned (Yonhap):(": ["Im", "Jong", "-", "seok", "resigned", "(", "Yonhap", ")", ":", "("],
    "see alt.animals.org, #Sahel and plan.pdf!?": ["see", "alt.animals.org", ",", "#Sahel", "and", "plan.pdf", "!?"],
    "200-300 troops": ["200", "-", "300", "troops"],
}


@pytest.mark.parametrize("text", CASES)
def test_tokens_follow_the_treebank(text: str) -> None:
    """Each case splits as the treebank would."""
    assert [text[a:b] for a, b in split_tokens(text)] == CASES[text]


@given(st.text(max_size=200))
def test_tokens_cover_all_but_blanks(text: str) -> None:
    """Places rise, never overlap, and leave out nothing that is not a blank."""
    places = split_tokens(text)
    end = 0
    for a, b in places:
        assert a >= end and b > a
        assert not text[end:a].strip()
        end = b
    assert not text[end:].strip()
