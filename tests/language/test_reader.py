"""The shipped reader: places, trees, sameness whatever stands beside a sentence."""

from __future__ import annotations

import pytest

from amity.errors import BadInput
from amity.language import Reader, load_reader
from amity.records import Sentence, Stretch

TEXTS = [
    "Oslo's foreign minister met the rebels on Monday, officials said.",
    "THE GENERAL SAID NO",
    "“We will not leave,” said the group’s leader, who has backed the accord",
    "?!",
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
