"""The reader of acts: scores that depend on the sentence alone, and on which words are parties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from amity.errors import BadInput
from amity.language import ActReader, load_acts, load_reader
from amity.language.acts import MOST_PARTIES, join_words
from amity.records import Sentence, Stretch

TEXTS = (
    "Chad accused Sudan of shelling its border posts.",
    "Peru will send two frigates and forty engineers to help Chile clear the port, the minister told reporters in Lima.",
    "Norway thanked Japan.",
)
SPANS = ([(0, 1), (2, 3)], [(0, 1), (10, 11), (19, 20)], [(0, 1), (2, 3)])


def sentences() -> list[Sentence]:
    """The three sentences, read."""
    return [load_reader().parse("t", [Stretch(0, len(t), t, 0)])[0] for t in TEXTS]


def test_a_sentence_scores_the_same_alone_and_in_company() -> None:
    """What shares its run changes nothing."""
    together = load_acts().read(sentences(), SPANS)
    for sentence, spans, scores in zip(sentences(), SPANS, together, strict=True):
        (alone,) = load_acts().read([sentence], [spans])
        assert alone and scores
        assert np.array_equal(alone.pairs, scores.pairs) and np.array_equal(alone.words, scores.words)


def test_the_accuser_accuses() -> None:
    """The likeliest type and direction of a plain accusation."""
    (scores, *_) = load_acts().read(sentences(), SPANS)
    assert scores
    a, r = scores.place[0, 1], scores.place[2, 3]
    assert scores.types[int(scores.pairs[a, r].argmax())] == "ACCUSE"
    assert scores.pairs[a, r].max() > scores.pairs[r, a].max()


def test_one_party_alone_and_monstrous_sentences_have_no_scores() -> None:
    """Nothing passes between fewer than two; sentences longer than any in training are left alone."""
    (first, *_) = sentences()
    text = "Chad and Mali " + "met and met " * 200
    (long,) = load_reader().parse("t", [Stretch(0, len(text), text, 0)])
    assert load_acts().read([first, long], [[(0, 1)], [(0, 1), (2, 3)]]) == [None, None]


def test_a_list_of_guests_is_cut() -> None:
    """Of very many parties the first are scored."""
    text = ", ".join(f"Party{i}" for i in range(30)) + " met."
    (sentence,) = load_reader().parse("t", [Stretch(0, len(text), text, 0)])
    (scores,) = load_acts().read([sentence], [[(i, i + 1) for i in range(30)]])
    assert scores and len(scores.place) == MOST_PARTIES == scores.pairs.shape[0]


def test_a_missing_model_is_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """The file and the remedy are named."""
    with pytest.raises(BadInput, match=r"acts\.onnx"):
        ActReader(tmp_path)


@given(
    *(arrays(np.float32, (3, n), elements=st.floats(-8, 8, width=32)) for n in (2, 4, 4)),
)
def test_the_joined_score_is_between_the_best_word_and_all_words_as_good(states, does, bears) -> None:  # type: ignore[no-untyped-def]
    """Law of the log-sum: at least the best word's score, at most that plus the log of the number of words."""
    joined = join_words(states, does, bears)
    best = (states[:, None, None, :] + does[:, :, None, None] + bears[:, None, :, None]).max(0)
    assert np.all(joined >= best - 1e-4) and np.all(joined <= best + np.log(3) + 1e-4)
