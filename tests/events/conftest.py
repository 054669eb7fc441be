"""Real parts for the room's tests: reader, actor tables, coder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amity.actors import load_actors, resolve_mentions
from amity.events import EventCoder
from amity.language import load_reader
from amity.records import CodedEvent, Silence, Stretch

Code = Callable[[str], tuple[list[CodedEvent], list[Silence]]]


@pytest.fixture(scope="session")
def code() -> Code:
    """One sentence of 2024 -> its events and silences."""
    coder, table = EventCoder(), load_actors()

    def run(text: str) -> tuple[list[CodedEvent], list[Silence]]:
        sentences = load_reader().parse("t", [Stretch(0, len(text), text, 0)])
        mentions = resolve_mentions(sentences, table, "2024-05-01")
        return coder.code(sentences[0], mentions[0])

    return run
