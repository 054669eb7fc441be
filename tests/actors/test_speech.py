"""Quotations of a document: who speaks them, across sentences and paragraphs; laws over any marks."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.actors import ActorTable, resolve_mentions
from amity.actors.speech import find_speech
from amity.records import Sentence, Word

Parse = Callable[..., list[Sentence]]
# Sentences of one document, the sentence looked at, a word in it, the side or person that it stands for.
CASES = [
    (("“We will not yield to them.", "We never shall,” President Vladimir Putin said."), 0, "We", "Russia"),
    (("President Vladimir Putin met the press.", "“We will not yield to anybody now.”"), 1, "We", "Russia"),
    (("“Obama asked: ‘Will we leave Syria soon?’” a Turkish official told reporters.",), 0, "we", "United States"),
    (("Narendra Modi spoke in Delhi.", "“Imran Khan is a man of his word, and I trust him,” he said."), 1, "he", "India"),
    (("“Peru has broken its word,” said President Sebastián Piñera.", "“We shall answer it in kind.”"), 1, "We", "Chile"),
]


@pytest.mark.parametrize("case", CASES, ids=[c[0][-1][:40] for c in CASES])
def test_speaker(case: tuple[tuple[str, ...], int, str, str], parse: Parse, table: ActorTable) -> None:
    """A pronoun in or beside a quotation stands for whoever the marks say speaks it."""
    texts, at, word, side = case
    day = "2012-05-01" if side in ("United States", "Chile") else "2020-05-01"
    mentions = resolve_mentions(parse(*texts), table, day)[at]
    assert next(m.actor.side for m in mentions if m.text == word and m.actor) == side


@given(st.lists(st.lists(st.sampled_from(["“", "”", '"', "said", "he", "war", "."]), min_size=1, max_size=9), max_size=6))
def test_stretches_lie_in_order_and_hold_no_mark(texts: list[list[str]]) -> None:
    """Whatever the marks, the quotations of a sentence do not overlap and their chains never fall."""
    sentences = []
    for i, tokens in enumerate(texts):
        words = tuple(Word(k, 2 * k, 2 * k + 1, t, t, "NOUN", "NN", k - 1, "nsubj" if k == 1 else "dep") for k, t in enumerate(tokens))
        sentences.append(Sentence("x", i, 0, 2 * len(tokens), " ".join(tokens), i // 2, False, words, ()))
    speech = find_speech(sentences)
    assert len(speech.stretches) == len(sentences)
    for sentence, here in zip(sentences, speech.stretches, strict=True):
        assert all(a.last <= b.first for a, b in itertools.pairwise(here))
        assert not {w.text for s in here for w in sentence.words[s.first : s.last]} & {"“", "”"}
    chains = [s.chain for here in speech.stretches for s in here]
    assert chains == sorted(chains)
    assert all(0 <= word < len(sentences[at].words) for at, word in speech.framing)
