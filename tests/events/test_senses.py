"""Senses of words: the particular bars the general, and a verb ends what its object names."""

import pytest

from amity.events.codebook import load_codebook
from amity.events.senses import senses_of, without_ended
from amity.language import load_reader
from amity.records import Sentence, Stretch


def read(text: str) -> Sentence:
    """One sentence as read."""
    (sentence,) = load_reader().parse("t", [Stretch(0, len(text), text, 0)])
    return sentence


def types_at(text: str, word: str) -> set[str]:
    """Types that a word of a sentence may state."""
    sentence = read(text)
    senses = without_ended(sentence, senses_of(sentence, load_codebook()))
    return {f.type for w in sentence.words if w.text == word for f in senses[w.index]}


@pytest.mark.parametrize(
    ("text", "word", "types"),
    [
        ("Kenya offered its condolences to Uganda.", "offered", {"SUPPORT"}),
        ("Kenya offered Uganda talks.", "offered", {"AGREE"}),
        ("Kenya lifted its sanctions on Uganda.", "sanctions", set()),
        ("Kenya imposed sanctions on Uganda.", "sanctions", {"SANCTION"}),
        ("Kenya scrapped a meeting with Uganda.", "meeting", set()),
        ("Kenya announced a ceasefire with Uganda.", "ceasefire", {"AGREE", "RETREAT"}),
    ],
)
def test_types(text: str, word: str, types: set[str]) -> None:
    """Each word keeps just these types."""
    assert types_at(text, word) == types


@pytest.mark.parametrize("text", ["Kenya offered its condolences to Uganda.", "Kenya scrapped a meeting with Uganda, its neighbour."])
def test_nothing_is_added(text: str) -> None:
    """Every word keeps a part of the senses that the codebook gives it, in their order."""
    sentence, codebook = read(text), load_codebook()
    fitting = senses_of(sentence, codebook)
    for index, frames in without_ended(sentence, fitting).items():
        whole = [f for f in fitting[index] if f in frames]
        assert list(frames) == whole
        assert set(frames) <= {*codebook.verb_frames(sentence.words[index]), *codebook.noun_frames(sentence.words[index])}
