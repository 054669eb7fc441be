"""What a document has named so far: parties by surname, by noun class, and in order of their place."""

from __future__ import annotations

from dataclasses import dataclass, field

from amity.actors.table import ActorTable
from amity.records import Actor, Mention, Sentence, is_rel


@dataclass(frozen=True, slots=True)
class Trace:
    """A mention as later words may refer to it: where, who, of what number and kind, whether as subject."""

    sentence: int
    word: int
    governor: int
    actor: Actor
    person: bool
    plural: bool
    subject: bool
    possessor: bool
    topic: frozenset[str]


@dataclass(slots=True)
class Memory:
    """The state of one document while it is read; `day` is its publication day or None."""

    table: ActorTable
    day: str | None
    homes: frozenset[str] = frozenset()
    surnames: dict[str, Actor] = field(default_factory=dict)
    traces: list[Trace] = field(default_factory=list)
    offices: dict[str, Actor] = field(default_factory=dict)

    def keep(self, mention: Mention, sentence: Sentence, plural: bool, topic: frozenset[str]) -> None:
        """Remember a resolved mention that is no mere place."""
        if mention.actor is None:
            return
        word = sentence.words[mention.head]
        subject = is_rel(word.rel, "nsubj") and not mention.place
        person = mention.actor.id.startswith("person:") or "person" in topic
        trace = Trace(sentence.index, mention.head, word.head, mention.actor, person, plural, subject, word.rel == "nmod:poss", topic)
        self.traces.append(trace)

    def last_of(self, topic: frozenset[str] | set[str], sentence: int, within: int | None = None) -> Actor | None:
        """The last actor mentioned under one of some noun classes, at most `within` sentences back."""
        for trace in reversed(self.traces):
            if within is not None and sentence - trace.sentence > within:
                return None
            if trace.topic & topic and not trace.actor.anonymous:
                return trace.actor
        return None
