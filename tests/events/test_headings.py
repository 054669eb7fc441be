"""Acts of a heading that the text tells again."""

from __future__ import annotations

from collections.abc import Sequence

from amity.actors import load_actors, resolve_mentions
from amity.events import Coded, EventCoder, spans_of
from amity.language import load_acts, load_reader
from amity.records import ActScores, Mention, Sentence, Stretch


def score(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> list[ActScores | None]:
    """What the shipped reader of acts says."""
    return load_acts().read(sentences, [spans_of(m) for m in mentions])


def code(*texts: str) -> list[Coded]:
    """A heading and the text below it -> what each sentence gave."""
    stretches, at = [], 0
    for number, text in enumerate(texts):
        stretches.append(Stretch(at, at + len(text), text, number, heading=number == 0))
        at += len(text) + 1
    sentences = load_reader().parse("t", stretches)
    return EventCoder().code_all(sentences, resolve_mentions(sentences, load_actors(), "2024-05-01"), score)


def test_an_act_of_a_heading_that_the_text_tells_again_counts_once() -> None:
    """The text's telling stays; the heading says why it is silent."""
    heading, text = code("Kenya condemns Uganda", "Kenya's president on Monday condemned Uganda over the raid.")
    assert not heading.events and [e.type for e in text.events] == ["ACCUSE"]
    assert [s.rule for s in heading.silences].count("told again") == 1


def test_an_act_that_only_the_heading_tells_stays() -> None:
    """Nothing is lost where the text tells other matters."""
    heading, _ = code("Kenya condemns Uganda", "Rain fell on the capital all day.")
    assert [e.type for e in heading.events] == ["ACCUSE"]
