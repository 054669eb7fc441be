"""A sentence -> the senses that each of its words has: those of the codebook that fit what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from amity.events.codebook import Codebook, Frame
from amity.events.frames import fits
from amity.records import Sentence, Word

# Types whose verbs end what another word names: a withdrawal, a cut in relations.
ENDING = frozenset({"RETREAT", "SANCTION"})

Senses = Mapping[int, Sequence[Frame]]


def senses_of(sentence: Sentence, codebook: Codebook) -> Senses:
    """Word -> its fitting senses, the most particular first.

    A sense that needs a word and has it leaves no room for another type of the same verb: who "offers condolences"
    offers nothing.
    """
    senses = {}
    for word in sentence.words:
        fitting = [f for f in _frames_of(word, codebook) if fits(sentence, word.index, f)]
        settled = {f.type for f in fitting if f.needs}
        senses[word.index] = [f for f in fitting if f.type in settled] if settled else fitting
    return senses


def without_ended(sentence: Sentence, senses: Senses) -> Senses:
    """Senses, without those of a noun whose act a verb ends: "lifted the sanctions" and "scrapped the meeting" tell neither."""
    kept = dict(senses)
    for index, frames in senses.items():
        ending = [f for f in frames if f.needs and sentence.words[index].upos == "VERB"]
        if not any(f.type in ENDING for f in ending):
            continue
        objects = sentence.kids(index, "obj", "nsubj:pass")
        for noun in [k for o in objects for k in [o, *sentence.kids(o, "conj", "compound", "nmod")]]:
            stated = {f.type for f in ending if sentence.words[noun].lemma.lower() in f.needs}
            if stated & ENDING:
                kept[noun] = [f for f in kept[noun] if f.type in stated]
    return kept


def find_refused(sentence: Sentence, senses: Senses) -> dict[int, int]:
    """Nouns that a verb of refusal has as objects -> the verb: who rejects a request has not made it."""
    refusing = [i for i, frames in senses.items() if sentence.words[i].upos == "VERB" and any(f.type == "REJECT" for f in frames)]
    return {noun: verb for verb in refusing for noun in sentence.kids(verb, "obj", "nsubj:pass")}


def _frames_of(word: Word, codebook: Codebook) -> tuple[Frame, ...]:
    if word.upos == "NOUN":
        return codebook.noun_frames(word)
    return codebook.verb_frames(word) if word.upos in ("VERB", "ADJ") else ()
