"""Real parts for the room's tests: reader, actor tables, coder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from amity.actors import load_actors, resolve_mentions
from amity.events import Coded, EventCoder, spans_of
from amity.language import load_acts, load_reader
from amity.records import ActScores, CodedEvent, Mention, Sentence, Silence, Stretch

Code = Callable[[str], tuple[list[CodedEvent], list[Silence]]]
Report = Callable[..., list[Coded]]


def score(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> list[ActScores | None]:
    """What the shipped reader of acts says of each sentence's parties."""
    return load_acts().read(sentences, [spans_of(m) for m in mentions])


@pytest.fixture(scope="session")
def code_report() -> Report:
    """The sentences of a report of 2024, the first of them a heading or not -> what each gave."""
    coder, table = EventCoder(), load_actors()

    def run(*texts: str, heading: bool = False) -> list[Coded]:
        stretches, at = [], 0
        for number, text in enumerate(texts):
            stretches.append(Stretch(at, at + len(text), text, number, heading and number == 0))
            at += len(text) + 1
        sentences = load_reader().parse("t", stretches)
        return coder.code_all(sentences, resolve_mentions(sentences, table, "2024-05-01"), score)

    return run


@pytest.fixture(scope="session")
def code(code_report: Report) -> Code:
    """One sentence of 2024 -> its events and silences."""

    def run(text: str) -> tuple[list[CodedEvent], list[Silence]]:
        (first, *_) = code_report(text)
        return first.events, first.silences

    return run
