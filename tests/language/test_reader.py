"""The shipped reader: places, trees, sameness whatever stands beside a sentence."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import BadInput
from amity.language import Reader, load_reader
from amity.records import Sentence, Stretch

TEXTS = [
    "Oslo's foreign minister met the rebels on Monday, officials said.",
    "THE GENERAL SAID NO",
    "“We will not leave,” said the group’s leader, who has backed the accord",
    "?!",
]

COMPANY = [
    *TEXTS[:3],
    "Talks failed.",
    "No deal",
    "Nairobi and Kigali agreed to reopen the crossing at Cyanika after a week of closure, both ministries said on Friday.",
    "In Chad, the junta freed 72 rebels whom it had held since the battle of Kanem, among them a nephew of the late president.",
    "the ship was late again :)",
]


def stretches(*texts: str) -> list[Stretch]:
    """Texts as stretches of one document, one line each."""
    out, at = [], 0
    for i, text in enumerate(texts):
        out.append(Stretch(at, at + len(text), text, i))
        at += len(text) + 1
    return out


def shape(sentence: Sentence) -> list[tuple[object, ...]]:
    """What was decided about each word, without its place."""
    return [(w.text, w.lemma, w.upos, w.tag, w.head, w.rel) for w in sentence.words]


def test_words_stand_where_they_say() -> None:
    """Every word's place gives its text, and heads make one tree."""
    whole = "\n".join(TEXTS)
    for sentence in load_reader().parse("d", stretches(*TEXTS)):
        assert all(whole[w.start : w.end] == w.text for w in sentence.words)
        assert sum(w.head < 0 for w in sentence.words) == 1
        assert sentence.subtree(sentence.root) == list(range(len(sentence.words)))


def test_a_sentence_reads_the_same_alone_and_in_company() -> None:
    """Neither neighbours nor the number of threads change an analysis."""
    together = [shape(s) for s in load_reader().parse("d", stretches(*TEXTS))]
    alone = [shape(s) for t in TEXTS for s in Reader(threads=2).parse("d", stretches(t))]
    assert together == alone


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(COMPANY), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_the_batch_changes_nothing(texts: list[str], dice: Random) -> None:
    """Whatever stands in a batch, and in whatever order, each text has one analysis."""
    once = {t: shape(s) for t, s in zip(COMPANY, load_reader().parse("d", stretches(*COMPANY)), strict=True)}
    dice.shuffle(texts)
    for text, sentence in zip(texts, load_reader().parse("d", stretches(*texts)), strict=True):
        assert shape(sentence) == once[text]


def test_a_quotation_has_its_source_and_its_words() -> None:
    """The plainest quotation is found."""
    ((sentence, quotations),) = load_reader().parse_quoted("d", stretches("“We will not leave,” the minister said."))
    (quotation,) = quotations
    assert quotation.source is not None and quotation.cue is not None
    assert sentence.words_text(*quotation.source) == "the minister"
    assert sentence.words_text(*quotation.cue) == "said"
    assert "will not leave" in sentence.words_text(quotation.content[0][0], quotation.content[-1][1])


def test_a_monstrous_sentence_is_read_in_parts() -> None:
    """Ten thousand words come back as ten thousand words in one tree."""
    text = "Envoys met generals and " * 2500
    (sentence,) = load_reader().parse("d", stretches(text))
    assert len(sentence.words) == 10_000
    assert sum(w.head < 0 for w in sentence.words) == 1


def test_plain_news_is_understood() -> None:
    """Subject, object, lemma and names of a simple sentence are right."""
    (sentence,) = load_reader().parse("d", stretches("Brazil condemned the attacks on Kenya."))
    words = {w.text: w for w in sentence.words}
    assert sentence.words[words["Brazil"].head].text == "condemned"
    assert words["Brazil"].rel == "nsubj"
    assert words["attacks"].rel == "obj"
    assert words["attacks"].lemma == "attack"
    assert {sentence.words_text(n.first, n.last) for n in sentence.names} >= {"Brazil", "Kenya"}


def test_a_missing_model_is_one_sentence(tmp_path: object) -> None:
    """A folder without the graph says so and what to do."""
    with pytest.raises(BadInput, match="install amity again"):
        Reader(tmp_path)  # type: ignore[arg-type]
