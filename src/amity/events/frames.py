"""One frame at one word -> its parties, if they are there and of the kind that the sense asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amity.events.clauses import object_of, subject_of
from amity.events.codebook import Frame
from amity.events.parties import parties_of, preposition, with_conjuncts
from amity.events.slots import Slots, side_of
from amity.records import Mention, Sentence, is_rel

# Types that may stand without a recipient: the act matters though nobody is named.
OPEN_TYPES = frozenset({"RETREAT", "MOBILIZE", "REJECT"})
ARMED_SECTORS = frozenset({"military", "rebel", "militia", "armed"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One frame read at one word: the parties found, and by which paths."""

    frame: Frame
    predicate: int
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    path: str
    slot: str


def fits(sentence: Sentence, index: int, frame: Frame) -> bool:
    """Whether the words that a sense needs stand beside the word."""
    below = {sentence.words[k].lemma.lower() for k in sentence.children[index]}
    if frame.part and frame.part not in below:
        return False
    return not frame.needs or bool(frame.needs & _near_lemmas(sentence, index))


def read_frame(slots: Slots, index: int, frame: Frame) -> Reading | None:
    """The frame's parties at a word; None where the actor or a needed recipient is missing or of the wrong kind."""
    is_noun = slots.sentence.words[index].upos == "NOUN"
    actors, path = _noun_actors(slots, index, frame) if is_noun else _verb_actors(slots, index)
    recipients, slot = _recipients(slots, index, frame, actors)
    if slot == "between" and len(recipients) > 1:
        actors, path = recipients, "owner"
    if "swap" in frame.flags:
        actors, recipients = recipients, actors
    if not actors or (not recipients and frame.type not in OPEN_TYPES):
        return None
    reading = Reading(frame, index, tuple(actors), tuple(recipients), path, slot)
    return reading if _suits(slots, reading) else None


def _verb_actors(slots: Slots, verb: int) -> tuple[list[Mention], str]:
    doer = subject_of(slots.sentence, verb)
    return slots.parties(doer), doer.path


def _noun_actors(slots: Slots, noun: int, frame: Frame) -> tuple[list[Mention], str]:
    """By-phrase, owner, "of" where it names the doer, the subject of a light verb, the subject above."""
    sentence, mentions = slots.sentence, slots.mentions

    def phrase(mark: str) -> list[Mention]:
        kids = [k for k in sentence.kids(noun, "nmod", "obl") if preposition(sentence, k) == mark]
        return [m for k in kids for m in parties_of(sentence, mentions, k)]

    owned = [m for k in sentence.kids(noun, "nmod:poss", "amod", "compound") for m in parties_of(sentence, mentions, k)]
    for found in (phrase("by"), owned, phrase("of") if frame.of == "actor" else []):
        if found:
            return found, "owner"
    governor = _governor(slots, noun, frame)
    found = slots.parties(subject_of(sentence, governor)) if governor is not None else []
    return (found, "light") if found else (slots.climb(noun), "clause")


def _governor(slots: Slots, noun: int, frame: Frame) -> int | None:
    """The verb that carries the noun: "launched an attack"; any verb of the clause where the frame reaches so far."""
    words = slots.sentence.words
    word = words[noun]
    while is_rel(word.rel, "conj") and word.head >= 0:
        word = words[word.head]
    if word.head < 0 or words[word.head].upos != "VERB":
        return None
    verb = words[word.head]
    if is_rel(word.rel, "obj", "nsubj:pass") and slots.codebook.is_light(verb):
        return verb.index
    return verb.index if frame.reach == "clause" and is_rel(word.rel, "obj", "obl", "nsubj:pass") else None


def _recipients(slots: Slots, index: int, frame: Frame, actors: Sequence[Mention]) -> tuple[list[Mention], str]:
    """The first place of the frame that holds a party of another side; failing all, the nearest party below the word."""
    sides = {side_of(m) for m in actors}
    for slot in frame.to:
        if slot == "of" and frame.of != "recipient":
            continue
        found = [m for m in _fill(slots, index, slot, actors) if side_of(m)]
        if slot not in ("pair", "between"):
            found = [m for m in found if side_of(m) not in sides]
        if found:
            return found, slot
    near = [m for m in slots.nearby(index) if side_of(m) not in sides]
    return (near[:1], "near") if near and frame.to and actors else ([], "none")


def _fill(slots: Slots, index: int, slot: str, actors: Sequence[Mention]) -> list[Mention]:
    """A place of the frame; a noun's preposition may hang on the light verb that carries it."""
    found = slots.in_slot(index, slot, actors)
    word = slots.sentence.words[index]
    if not found and word.upos == "NOUN" and word.head >= 0 and slots.codebook.is_light(slots.sentence.words[word.head]):
        return slots.by_preposition(word.head, slot)
    return found


def _suits(slots: Slots, reading: Reading) -> bool:
    """Whether the parties are of the kind that the sense asks for."""
    flags = reading.frame.flags
    parties = [m.actor for m in (*reading.actors, *reading.recipients) if m.actor]
    if "military" in flags and not _is_armed(slots, reading):
        return False
    if "body" in flags and not any(p.id.startswith("body:") for p in parties):
        return False
    return not ("crowd" in flags and any(m.actor and m.actor.sector == "government" for m in reading.actors))


def _is_armed(slots: Slots, reading: Reading) -> bool:
    sentence = slots.sentence
    nouns = [*subject_of(sentence, reading.predicate).nouns, *object_of(sentence, reading.predicate).nouns]
    lemmas = {sentence.words[i].lemma.lower() for n in nouns for i in [n, *sentence.kids(n, "compound", "conj")]}
    return bool(lemmas & slots.codebook.military) or any(
        m.actor and (m.actor.sector in ARMED_SECTORS or m.actor.id.startswith(("group:", "state:"))) for m in reading.actors
    )


def _near_lemmas(sentence: Sentence, index: int) -> set[str]:
    """Lemmas of a word's objects and complements with their own modifiers, not of further clauses."""
    out = {sentence.words[k].lemma.lower() for k in sentence.kids(index, "advmod", "mark", "compound", "amod")}
    for kid in sentence.kids(index, "obj", "iobj", "obl", "nsubj:pass", "xcomp", "nmod"):
        for noun in with_conjuncts(sentence, kid):
            out.add(sentence.words[noun].lemma.lower())
            for k in sentence.kids(noun, "compound", "amod", "nmod", "nummod", "case"):
                out.add(sentence.words[k].lemma.lower())
                out |= {sentence.words[c].lemma.lower() for c in sentence.kids(k, "conj", "compound")}
    return out
