"""An act taken up again by a noun ("condemned the strikes", "criticised the move") -> a mention of the one who did it.

Nobody is named in the noun's phrase, but an earlier sentence told the act and its doer. The mention is `implied`: the
judge knows it for what it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from amity.events.codebook import Codebook
from amity.events.slots import side_of
from amity.records import CodedEvent, Mention, Sentence, Word, is_rel

# Sentences back within which an act is taken up; what a telling weighs for each sentence back, and how many times more in
# the same word ("strikes" for "strikes"). Chosen by reading the 60 nouns of the tuning articles: the nearest fitting act,
# as before, was another's in a report on a quarrel.
REACH, FADING, SAME_WORD = 40, 0.9, 3.0
_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})
_BY = frozenset({"of", "by", "from"})
# Quad classes of acts that "the move" and "the decision" take up: deeds, not words.
_DEEDS = frozenset({2, 4})

# An act told before, with the lemma of the word that told it.
Told = tuple[CodedEvent, str]


def find_answered(sentence: Sentence, mentions: Sequence[Mention], told: Sequence[Told], codebook: Codebook) -> list[Mention]:
    """A sentence, its mentions, and the events told before it in order -> the mentions that its nouns imply."""
    recent = [(e, lemma) for e, lemma in told if 0 < sentence.index - e.sentence <= REACH]
    if not recent:
        return []
    found = []
    for word in sentence.words:
        if word.upos == "NOUN" and is_rel(word.rel, "obj", "obl", "nmod", "nsubj", "nsubj:pass") and _points_back(sentence, word, mentions):
            types = _types_of(word, codebook)
            act = _likeliest_act(sentence, word, [(e, lemma) for e, lemma in recent if e.type in types])
            if act and act.actor.actor and not _is_doer(sentence, word, mentions, codebook):
                why = f"the one who did what {word.text!r} takes up, told in sentence {act.sentence}"
                found.append(Mention(sentence.index, word.index, word.index + 1, word.index, word.text, "implied", act.actor.actor, why))
    return found


def _likeliest_act(sentence: Sentence, word: Word, acts: Sequence[Told]) -> CodedEvent | None:
    """Of acts told before, the last one of the side for which most speaks: surer, nearer and repeated tellings, the same word."""
    weights: dict[str, float] = defaultdict(float)
    for act, lemma in acts:
        alike = SAME_WORD if lemma == word.lemma.lower() else 1.0
        weights[side_of(act.actor)] += alike * act.confidence * FADING ** (sentence.index - act.sentence)
    best = max(weights, key=lambda side: weights[side], default="")
    return next((act for act, _ in reversed(acts) if side_of(act.actor) == best), None)


def _points_back(sentence: Sentence, word: Word, mentions: Sequence[Mention]) -> bool:
    """Whether the noun is definite, is no party itself, and names no doer of its own."""
    kids = sentence.children[word.index]
    if not any(sentence.words[k].text.lower() in _POINTING for k in kids if is_rel(sentence.words[k].rel, "det")):
        return False
    taken = {i for m in mentions for i in range(m.first, m.last)}
    if word.index in taken:
        return False
    for kid in kids:
        rel = sentence.words[kid].rel
        owned = is_rel(rel, "amod", "compound", "nmod:poss") and kid in taken
        by = is_rel(rel, "nmod") and any(sentence.words[k].text.lower() in _BY for k in sentence.kids(kid, "case"))
        if owned or (by and kid in taken) or is_rel(rel, "acl", "acl:relcl"):
            return False
    return True


def _types_of(word: Word, codebook: Codebook) -> frozenset[str]:
    """Types of act that a noun may take up: those of its senses, or any deed for a noun that says no more than that."""
    if word.lemma.lower() in codebook.takes_up:
        return frozenset(t for t, row in codebook.types.items() if row["quad"] in _DEEDS)
    # "The talks" and "the deal" have two doers; none is meant more than the other.
    return frozenset(f.type for f in codebook.noun_frames(word) if not codebook.types[f.type].get("mutual"))


def _is_doer(sentence: Sentence, word: Word, mentions: Sequence[Mention], codebook: Codebook) -> bool:
    """Whether the noun is what a party does here ("Israel carried out the strikes"): its own verb has no other object."""
    verb = word.head
    light = verb >= 0 and codebook.is_light(sentence.words[verb])
    return light and any(m.head in sentence.kids(verb, "nsubj") for m in mentions)
