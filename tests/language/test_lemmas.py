"""Lemmas: the table, the network's edit, and the dictionary that overrules edits which give no word."""

from __future__ import annotations

import pytest

from amity.language.lemmas import find_lemma


@pytest.mark.parametrize(
    ("form", "tag", "upos", "script", "lemma"),
    [
        ("shelled", "VBN", "VERB", "2|", "shell"),
        ("evacuating", "VBG", "VERB", "3|", "evacuate"),
        ("Clashes", "NNS", "NOUN", "1|", "clash"),
        ("mopping", "VBG", "VERB", "3|", "mop"),
        ("has", "VBZ", "AUX", "2|ve", "have"),
        ("Zionists", "NNPS", "PROPN", "1|", "Zionists"),
        ("12,500", "CD", "NUM", "0|", "12500"),
        ("n’t", "RB", "PART", "0|", "not"),
        ("zorbles", "NNS", "NOUN", "1|", "zorble"),
    ],
)
def test_lemmas_are_words(form: str, tag: str, upos: str, script: str, lemma: str) -> None:
    """Each form has its dictionary form; unknown words follow the network."""
    assert find_lemma(form, tag, upos, script) == lemma
