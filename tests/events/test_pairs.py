"""Which two parties are tried as actor and recipient, and what passes between two that are given."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amity.actors import load_actors, resolve_mentions
from amity.events import EventCoder
from amity.events.hints import spans_of
from amity.language import load_acts, load_reader
from amity.records import CodedEvent, Mention, Sentence, Silence, Stretch

Code = Callable[[str], tuple[list[CodedEvent], list[Silence]]]


def read(*texts: str) -> list[tuple[Sentence, list[Mention]]]:
    """Sentences of one text with their mentions, as of 2024."""
    stretches, at = [], 0
    for text in texts:
        stretches.append(Stretch(at, at + len(text), text, 0))
        at += len(text) + 1
    sentences = load_reader().parse("t", stretches)
    return list(zip(sentences, map(list, resolve_mentions(sentences, load_actors(), "2024-05-01")), strict=True))


def tried(sentence: Sentence, mentions: list[Mention]) -> set[tuple[str, str]]:
    """Texts of the pairs that the coder tries."""
    return {(c.actor.text, c.recipient.text) for c in EventCoder().candidates(sentence, mentions)}


def test_a_states_own_army_is_no_other_party() -> None:
    """What a state does through its forces it does not do to them."""
    pairs = tried(*read("Peru ordered Peruvian troops to attack Chile.")[0])
    assert any("Chile" in p for p in pairs)
    assert not {("Peru", "Peruvian troops"), ("Peruvian troops", "Peru")} & pairs


def test_two_politicians_of_one_state_may_quarrel() -> None:
    """Acts inside a country are tried as those between countries are."""
    assert ("Chuck Schumer", "Donald Trump") in tried(*read("Chuck Schumer accused Donald Trump of bowing to Turkey.")[0])


def test_those_whom_one_word_holds_act_on_each_other_only_where_it_takes_two() -> None:
    """ "They met" is tried among them, "they bombed" is not."""
    (_, _), met = read("Peru and Chile signed a pact.", "They met again in Lima.")
    (_, _), bombed = read("Peru and Chile signed a pact.", "They bombed Bolivia.")
    joint = [m for m in met[1] if m.actor and m.actor.id.startswith("joint:")]
    assert joint, "the pronoun should stand for both"
    assert ("They", "They") in tried(*met)
    assert ("They", "They") not in tried(*bombed)


@pytest.mark.parametrize(("text", "kind"), [("Mali accused Niger of lying.", "ACCUSE"), ("Niger was bombed by Mali.", "ASSAULT")])
def test_types_between_given_parties_run_from_actor_to_recipient(text: str, kind: str) -> None:
    """The likeliest type of an act from one given party to the other comes first."""
    sentence, mentions = read(text)[0]
    ends = {m.text: m for m in mentions}
    assert next(iter(EventCoder().types_between(sentence, ends["Mali"], ends["Niger"]))) == kind


def test_nothing_passes_between_parties_that_no_act_joins() -> None:
    """Where no word of the codebook stands, no type is guessed."""
    sentence, mentions = read("Mali and Niger are large.")[0]
    assert EventCoder().types_between(sentence, mentions[0], mentions[1]) == {}


def test_an_act_within_one_side_is_not_its_own_reverse(code: Code) -> None:
    """A quarrel of two politicians of one state is told, in one direction."""
    events, _ = code("Chuck Schumer sharply criticized Donald Trump over the invasion.")
    assert [(e.type, e.actor.text, e.recipient.text if e.recipient else "") for e in events] == [
        ("ACCUSE", "Chuck Schumer", "Donald Trump")
    ]


def test_parties_of_one_list_did_it_together() -> None:
    """Two that one noun holds are no proposal of the reader of acts on each other, but where they stand after "between"."""
    coder = EventCoder()
    listed, between = (
        "Kenya accused Ugandan and Rwandan pilots of hitting hospitals.",
        "Artillery duels between Uganda and Rwanda killed ten.",
    )
    for text, wanted in ((listed, False), (between, True)):
        sentence, mentions = read(text)[0]
        (scores,) = load_acts().read([sentence], [spans_of(mentions)])
        proposed = [c for c in coder.candidates(sentence, mentions, scores) if c.slot == "reading"]
        found = {(c.actor.actor.side, c.recipient.actor.side) for c in proposed if c.actor.actor and c.recipient.actor}
        assert (("Uganda", "Rwanda") in found) is wanted, text
