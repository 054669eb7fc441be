"""Real parts for the room's tests: reader, actor tables, coder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from amity.actors import load_actors, resolve_mentions
from amity.events import EventCoder, spans_of
from amity.language import load_acts, load_reader
from amity.records import ActScores, CodedEvent, Mention, Sentence, Silence, Stretch

Code = Callable[[str], tuple[list[CodedEvent], list[Silence]]]


def score(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> list[ActScores | None]:
    """What the shipped reader of acts says of each sentence's parties."""
    return load_acts().read(sentences, [spans_of(m) for m in mentions])


@pytest.fixture(scope="session")
def code() -> Code:
    """One sentence of 2024 -> its events and silences."""
    coder, table = EventCoder(), load_actors()

    def run(text: str) -> tuple[list[CodedEvent], list[Silence]]:
        sentences = load_reader().parse("t", [Stretch(0, len(text), text, 0)])
        mentions = resolve_mentions(sentences, table, "2024-05-01")
        (first, *_) = coder.code_all(sentences, mentions, score)
        return first.events, first.silences

    return run
