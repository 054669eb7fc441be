"""Places of a frame that are filled from what is said."""

import pytest

from amity.actors import load_actors, resolve_mentions
from amity.events.codebook import load_codebook
from amity.events.slots import Slots, side_of
from amity.language import load_reader
from amity.records import Stretch


@pytest.mark.parametrize(
    ("text", "slot", "sides"),
    [
        ("Kenya's president said Uganda had jailed two monks.", "deed", ["state:UGA"]),
        ("Kenya's president said Uganda had not jailed the monks.", "deed", []),
        ("Kenya's president said Uganda had praised the monks.", "deed", []),
        ("“Uganda has bombed the port,” Kenya's president said.", "deed", ["state:UGA"]),
        ("Kenya's president said Uganda must leave.", "must", ["state:UGA"]),
        ("Kenya's president said Uganda had lied.", "wrong", ["state:UGA"]),
    ],
)
def test_what_is_said(text: str, slot: str, sides: list[str]) -> None:
    """A duty, a wrong and a deed each name whom the speech is about."""
    (sentence,) = load_reader().parse("t", [Stretch(0, len(text), text, 0)])
    (mentions,) = resolve_mentions([sentence], load_actors(), "2024-05-01")
    (verb,) = [w.index for w in sentence.words if w.text == "said"]
    assert [side_of(m) for m in Slots(sentence, mentions, load_codebook()).in_slot(verb, slot, [])] == sides
