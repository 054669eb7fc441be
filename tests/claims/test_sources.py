"""The source chain: who is cited for an event, outermost first, within a sentence and across sentences."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from amity.claims.cues import load_cues
from amity.claims.phrases import is_unnamed
from amity.language import Reader
from amity.records import Actor, Claim, Mention, Stretch

CASES = yaml.safe_load((Path(__file__).parent / "sources.yaml").read_text(encoding="utf-8"))


def chain(claim: Claim) -> list[str]:
    """Sources as the table writes them."""
    return [f"{'!' if s.anonymous else ''}{s.name} ({s.kind})" for s in claim.sources]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:48])
def test_chain_of_a_sentence(code: Callable[..., Claim], case: dict[str, Any]) -> None:
    """Each sentence of the table gets its chain."""
    claim = code(case["text"].strip(), case["predicate"], case.get("type", "ASSAULT"), case.get("actor", ""))
    assert chain(claim) == case["sources"], claim.why


def test_pronoun_speaks_for_the_last_speaker(code: Callable[..., Claim]) -> None:
    """ "He added" stands on the word of him who spoke before."""
    claim = code([["Marc Dupont said the road was closed.", "He added that rebels had attacked the town."]], "attacked", actor="rebels")
    assert [s.name for s in claim.sources] == ["Marc Dupont"]


def test_quotation_carries_over_sentences(code: Callable[..., Claim]) -> None:
    """A sentence wholly inside a quotation stands on the word of the speaker named at its end."""
    claim = code([["“The army bombed the city for two days.", "Nobody could sleep,” Marc Dupont said."]], "bombed")
    assert [s.name for s in claim.sources] == ["Marc Dupont"]


def test_quotation_left_open_goes_on_in_the_next_paragraph(code: Callable[..., Claim]) -> None:
    """A paragraph that opens with a mark after one left open goes on with the same speaker."""
    claim = code([["“Nobody could sleep,” Marc Dupont said. “It was long."], ["“The army bombed the city for two days.”"]], "bombed")
    assert [s.name for s in claim.sources] == ["Marc Dupont"]


def test_words_in_marks_are_no_carried_speech(code: Callable[..., Claim]) -> None:
    """A phrase between marks within the writer's own sentence does not take a neighbour's speaker."""
    claim = code([["Marc Dupont said the road was closed.", "The army bombed the “centre of all resistance groups” on Monday."]], "bombed")
    assert claim.sources == ()


def test_document_given_in_full_carries_what_it_says(code: Callable[..., Claim]) -> None:
    """After "The following is the joint statement:" all stands on that statement."""
    claim = code(
        [["The following is the joint statement of the summit:"], ["1. The presidents condemned the attacks."]], "condemned", "ACCUSE"
    )
    assert chain(claim) == ["joint statement (document)"]


def test_unnamed_source_lowers_confidence_and_says_so(code: Callable[..., Claim]) -> None:
    """One unnamed source is a reason, printed."""
    claim = code("Two diplomats said that rebels attacked the town.", "attacked")
    assert claim.confidence < 1
    assert any("one unnamed source" in reason for reason in claim.why)


def test_whose_announcement_it_is_may_speak_on(code: Callable[..., Claim]) -> None:
    """ "The junta's announcement brought doubt. It said ..." goes on under a pronoun."""
    claim = code([["The junta's announcement brought doubt.", "It said it was expelling the envoy."]], "expelling", "SANCTION", "it")
    assert [s.name for s in claim.sources] == ["The junta"]


@pytest.mark.parametrize(
    ("words", "unnamed"), [("The spokesman", True), ("The official", True), ("A minister", True), ("The minister", False)]
)
def test_works_that_many_do_name_nobody(reader: Reader, words: str, unnamed: bool) -> None:
    """ "The minister" of a state is one man; its spokesmen and officials are many."""
    text = f"{words} said that rebels attacked the town."
    (sentence,) = reader.parse("case", [Stretch(0, len(text), text, 0)])
    state = Actor("state:NOR", "Norway", "Norway", "state:NOR", "", known=True)
    mention = Mention(0, 0, 2, 1, words, "office", state, "test")
    assert is_unnamed(sentence, 1, mention, load_cues()) is unnamed
