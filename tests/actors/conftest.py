"""What the tests of actors/ share: the table, the reader, and sentences from a compact notation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amity.actors import ActorTable, load_actors
from amity.records import Name, Sentence, Stretch, Word


def build_sentence(notation: str, names: tuple[tuple[int, int, str], ...] = (), index: int = 0) -> Sentence:
    """`word/UPOS/TAG/head/rel` blank-separated (head counts from 1, 0 the root) -> a sentence."""
    words, at = [], 0
    for i, token in enumerate(notation.split()):
        text, upos, tag, head, rel = token.rsplit("/", 4)
        words.append(Word(i, at, at + len(text), text, text.lower(), upos, tag, int(head) - 1, rel))
        at += len(text) + 1
    text = " ".join(w.text for w in words)
    return Sentence("test", index, 0, len(text), text, 0, False, tuple(words), tuple(Name(*n) for n in names))


@pytest.fixture(scope="session")
def table() -> ActorTable:
    """The shipped table."""
    return load_actors()


@pytest.fixture(scope="session")
def build() -> Callable[..., Sentence]:
    """Sentences by hand."""
    return build_sentence


@pytest.fixture(scope="session")
def parse() -> Callable[..., list[Sentence]]:
    """Texts -> sentences by the shipped reader."""
    language = pytest.importorskip("amity.language", reason="the reader is not built")
    reader = language.load_reader()
    return lambda *texts: list(reader.parse("test", [Stretch(0, len(t), t, 0) for t in texts]))
