"""Possessors and partners: `his forces`, `Assad's government`, `its allies` -> whose they are."""

from __future__ import annotations

from collections.abc import Callable

from amity.actors.memory import Found
from amity.records import Actor, Sentence

Resolve = Callable[[int], Actor | None]


def owner_of(sentence: Sentence, noun: int, found: list[Found], pronoun: Resolve) -> Actor | None:
    """The party that possesses a noun, by name or by pronoun; None where none does or it is not known."""
    for kid in sentence.kids(noun, "nmod:poss"):
        if sentence.words[kid].upos in ("PRON", "DET"):
            return pronoun(kid)
        for item in found:
            if item.mention.head == kid or item.mention.first <= kid < item.mention.last:
                return item.mention.actor
    return None


def has_pronoun_owner(sentence: Sentence, noun: int) -> bool:
    """Whether a possessive pronoun stands before a noun."""
    return any(sentence.words[k].upos in ("PRON", "DET") for k in sentence.kids(noun, "nmod:poss"))
