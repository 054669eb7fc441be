"""Parties: actors, the words that stand for them, and what is read of two of them in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from amity.records.kinds import ClaimKind, MentionKind, SourceKind, Status


@dataclass(frozen=True, slots=True)
class Actor:
    """A party: `side` is the state or body it acts for (itself for a state), `sector` its kind of work.

    Ids: `state:SYR`, `group:hezbollah`, `body:un`, `org:irgc`, `person:...`, `unknown:...`.
    """

    id: str
    name: str
    side_id: str
    side: str
    sector: str
    known: bool = True
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Words [first, last) of a sentence that stand for a party; `why` says by which rule.

    `place` is true where the words name a place and no party acts ("in Damascus"). An unresolved pronoun
    has no actor.
    """

    sentence: int
    first: int
    last: int
    head: int
    text: str
    kind: MentionKind
    actor: Actor | None
    why: str
    place: bool = False


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """What events/ reads in a sentence: who did what to whom (or how two parties stand), not yet on whose word.

    `predicate` is the word that carries the act; `status_hint` is set where the codebook's frame itself
    decides the status ("agreed to withdraw"); `why` lists predicate, path and rule.
    """

    sentence: int
    kind: ClaimKind
    type: str
    actor: Mention
    recipient: Mention | None
    predicate: int
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    status_hint: Status | None = None
    over: str | None = None
    place: str | None = None
    confidence: float = 1.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """Why a sentence, or a predicate in it, gave no claim: the rule and what was missing."""

    sentence: int
    rule: str
    missing: str


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as a claim names it; `words` are those of the text, with their place."""

    id: str
    name: str
    side: str
    side_id: str
    anonymous: bool
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """One link of the chain of word: who said it, what kind of source, whether unnamed."""

    name: str
    kind: SourceKind
    anonymous: bool
