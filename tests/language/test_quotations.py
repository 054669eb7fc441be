"""Quotations from tagged spans: who is paired with what."""

from __future__ import annotations

from amity.language.quotations import Quotation, join_quotations


def test_a_broken_speech_is_one_quotation() -> None:
    """Both halves of a content belong to the cue between them."""
    spans = [(0, 4, "CONTENT"), (5, 6, "SOURCE"), (6, 7, "CUE"), (8, 12, "CONTENT")]
    assert join_quotations(spans) == (Quotation((5, 6), (6, 7), ((0, 4), (8, 12))),)


def test_each_cue_keeps_its_own_source() -> None:
    """Two speakers in a sentence are told apart."""
    spans = [(0, 2, "SOURCE"), (2, 3, "CUE"), (3, 6, "CONTENT"), (8, 9, "SOURCE"), (9, 10, "CUE"), (10, 14, "CONTENT")]
    first, second = join_quotations(spans)
    assert (first.source, second.source) == ((0, 2), (8, 9))
    assert second.content == ((10, 14),)


def test_speech_without_a_cue_is_kept() -> None:
    """A sentence that only goes on with a speech has a content and no cue; tags alone make none."""
    assert join_quotations([(0, 9, "CONTENT")]) == (Quotation(None, None, ((0, 9),)),)
    assert join_quotations([(0, 1, "CUE")]) == ()
