"""The reader, and one factory that turns short reports into claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from amity.claims import make_claims
from amity.language import Reader, load_reader
from amity.records import Actor, Claim, CodedEvent, Document, Mention, Sentence, Stretch

Code = Callable[..., Claim]


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The shipped model, loaded once."""
    return load_reader()


@pytest.fixture(scope="session")
def code(reader: Reader) -> Code:
    """Paragraphs, a predicate, a type and an actor's word -> the claim of that one event."""

    def code_event(
        paragraphs: Sequence[Sequence[str]] | str,
        predicate: str,
        kind: str = "ASSAULT",
        actor: str = "",
        published: str | None = "2018-06-08",
    ) -> Claim:
        text, stretches = "", []
        for number, paragraph in enumerate([[paragraphs]] if isinstance(paragraphs, str) else paragraphs):
            for line in paragraph:
                stretches.append(Stretch(len(text), len(text) + len(line), line, number))
                text += line + " "
            text += "\n"
        document = Document("case.txt", text, "text", published=published)
        sentences = reader.parse(document.id, stretches)
        event = find_event(sentences, predicate, kind, actor)
        mentions = [[event.actor] if s.index == event.sentence else [] for s in sentences]
        return make_claims(document, sentences, mentions, [event], "test")[0]

    return code_event


def find_event(sentences: Sequence[Sentence], predicate: str, kind: str, actor: str) -> CodedEvent:
    """The event whose predicate is the last word of that form in the report, done by the actor's last word in its sentence."""
    sentence, place = next((s, w.index) for s in reversed(sentences) for w in reversed(s.words) if w.text == predicate)
    doer = next((w.index for w in reversed(sentence.words) if w.text == actor), 0)
    party = Actor(f"unknown:{actor.lower()}", actor or "someone", "", "", "", known=False)
    mention = Mention(sentence.index, doer, doer + 1, doer, sentence.words[doer].text, "name", party, "test")
    return CodedEvent(sentence.index, "event", kind, mention, None, place)
