"""Acts taken up again by a noun, and the one whose they were."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from amity.actors import load_actors, resolve_mentions
from amity.events import EventCoder, spans_of
from amity.language import load_acts, load_reader
from amity.records import ActScores, Mention, Sentence, Stretch

ACT = "Ethiopia bombed a rebel camp in Eritrea on Monday."


def score(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> list[ActScores | None]:
    """What the shipped reader of acts says."""
    return load_acts().read(sentences, [spans_of(m) for m in mentions])


def implied(*texts: str) -> list[tuple[str, str]]:
    """Words and actors of the implied parties of the last sentence."""
    stretches, at = [], 0
    for text in texts:
        stretches.append(Stretch(at, at + len(text), text, 0))
        at += len(text) + 1
    sentences = load_reader().parse("t", stretches)
    mentions = resolve_mentions(sentences, load_actors(), "2024-05-01")
    coded = EventCoder().code_all(sentences, mentions, score)
    return [(m.text, m.actor.name) for m in coded[-1].mentions if m.kind == "implied" and m.actor]


@pytest.mark.parametrize(("answer", "word"), [("Kenya condemned the strikes.", "strikes"), ("Kenya warned against such a move.", "move")])
def test_a_definite_noun_stands_for_the_one_whose_act_it_was(answer: str, word: str) -> None:
    """What was condemned is another's deed, told in the sentence before."""
    assert implied(ACT, answer) == [(word, "Ethiopia")]


@pytest.mark.parametrize(
    "answer",
    [
        "Kenya condemned strikes on hospitals.",
        "Kenya condemned the Sudanese strikes.",
        "Kenya condemned the strikes by Sudan.",
        "Kenya condemned the harvest.",
    ],
)
def test_a_noun_with_a_doer_of_its_own_or_of_another_act_stands_for_nobody(answer: str) -> None:
    """Indefinite nouns, nouns with an owner, and nouns of no act take up nothing."""
    assert implied(ACT, answer) == []


def test_nothing_is_taken_up_where_nothing_was_told() -> None:
    """A first sentence implies nobody."""
    assert implied("Kenya condemned the strikes.") == []


def test_the_act_that_a_report_is_about_is_meant_before_the_latest_other_one() -> None:
    """ "The strikes" are those of whom the report tells again and again, in that word, not of who hit back once."""
    told = (
        "Ethiopia carried out air strikes on Eritrea on Monday.",
        "The strikes by Ethiopia on Eritrea were the first in years.",
        "Eritrea later shelled Ethiopia.",
        "Kenya condemned the strikes.",
    )
    assert implied(*told) == [("strikes", "Ethiopia")]
