"""A tree -> who is the subject and the object of a verb, through passives, control and relative clauses."""

from __future__ import annotations

from dataclasses import dataclass

from amity.events.codebook import load_codebook
from amity.events.parties import preposition
from amity.records import Sentence, is_rel

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
# A chain of clauses longer than this is a parse gone wrong.
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Noun indices with the path that led to them."""

    nouns: tuple[int, ...]
    path: str


NOTHING = Found((), "none")


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Whether a verb form is passive, with or without its auxiliary ("strikes condemned by Moscow")."""
    if sentence.kids(verb, "aux:pass", "nsubj:pass", "obl:agent"):
        return True
    word = sentence.words[verb]
    return word.tag == "VBN" and is_rel(word.rel, "acl") and not sentence.kids(verb, "aux", "obj")


def subject_of(sentence: Sentence, verb: int, depth: int = 0) -> Found:
    """The doer of a verb: its subject, the agent of a passive, or the subject it borrows from a higher clause."""
    if depth > _DEEPEST:
        return NOTHING
    if is_passive(sentence, verb):
        agents = [k for k in sentence.kids(verb, "obl") if preposition(sentence, k) == "by"]
        return Found(tuple(agents), "by") if agents else NOTHING
    own = [k for k in sentence.kids(verb, "nsubj") if not is_rel(sentence.words[k].rel, "nsubj:outer")]
    if own:
        return _through_relative(sentence, verb, own)
    return _borrow_subject(sentence, verb, depth)


def _through_relative(sentence: Sentence, verb: int, nouns: list[int]) -> Found:
    """A relative pronoun stands for the noun its clause hangs on."""
    word = sentence.words[verb]
    if sentence.words[nouns[0]].text.lower() in _RELATIVE and is_rel(word.rel, "acl:relcl") and word.head >= 0:
        return Found((word.head,), "relative")
    return Found(tuple(nouns), "subject")


def _borrow_subject(sentence: Sentence, verb: int, depth: int) -> Found:
    word = sentence.words[verb]
    if word.head < 0:
        return NOTHING
    head = sentence.words[word.head]
    if is_rel(word.rel, "conj"):
        return subject_of(sentence, word.head, depth + 1)
    if is_rel(word.rel, "xcomp", "advcl", "parataxis", "ccomp", "dep"):
        if is_rel(word.rel, "xcomp") and head.lemma in load_codebook().object_control:
            objects = object_of(sentence, word.head, depth + 1)
            if objects.nouns:
                return Found(objects.nouns, "control")
        if is_rel(word.rel, "advcl") and is_passive(sentence, word.head):
            return Found(tuple(sentence.kids(word.head, "nsubj")), "shared")
        higher = subject_of(sentence, word.head, depth + 1)
        return Found(higher.nouns, "shared") if higher.nouns else NOTHING
    if is_rel(word.rel, "acl:relcl"):
        return NOTHING
    if is_rel(word.rel, "acl"):
        return Found((word.head,), "participle") if word.tag == "VBG" else _owner_of_plan(sentence, word.head, depth)
    return NOTHING


def _owner_of_plan(sentence: Sentence, noun: int, depth: int) -> Found:
    """`Turkey's plan to attack`, `announced a decision to withdraw`: the one whose plan it is."""
    owners = sentence.kids(noun, "nmod:poss", "amod", "compound")
    word = sentence.words[noun]
    if sentence.kids(noun, "nmod:poss"):
        return Found(tuple(sentence.kids(noun, "nmod:poss")), "owner")
    if word.head >= 0 and is_rel(word.rel, "obj", "obl", "xcomp"):
        return Found(subject_of(sentence, word.head, depth + 1).nouns, "shared")
    return Found(tuple(owners), "owner") if owners else NOTHING


def object_of(sentence: Sentence, verb: int, depth: int = 0) -> Found:
    """What a verb is done to: its object, or the subject of its passive."""
    if depth > _DEEPEST:
        return NOTHING
    word = sentence.words[verb]
    if is_passive(sentence, verb):
        own = sentence.kids(verb, "nsubj:pass", "nsubj")
        if own:
            return _through_relative(sentence, verb, own)
        if is_rel(word.rel, "acl", "acl:relcl"):
            return Found((word.head,), "participle")
        if is_rel(word.rel, "conj", "xcomp"):
            return Found(object_of(sentence, word.head, depth + 1).nouns or subject_of(sentence, word.head, depth + 1).nouns, "shared")
        return NOTHING
    own = sentence.kids(verb, "obj")
    if own and not (sentence.words[own[0]].text.lower() in _RELATIVE and is_rel(word.rel, "acl:relcl")):
        return Found(tuple(own), "object")
    if is_rel(word.rel, "acl:relcl") and sentence.kids(verb, "nsubj") and word.head >= 0:
        return Found((word.head,), "relative") if own or _lacks_relative_subject(sentence, verb) else NOTHING
    return NOTHING


def _lacks_relative_subject(sentence: Sentence, verb: int) -> bool:
    return all(sentence.words[k].text.lower() not in _RELATIVE for k in sentence.kids(verb, "nsubj"))


def is_negated(sentence: Sentence, index: int) -> bool:
    """Whether `not`, `never`, `no` or `without` hangs on the word or its auxiliary."""
    for kid in sentence.kids(index, "advmod", "det", "case", "mark", "cc"):
        if sentence.words[kid].lemma.lower() in ("not", "never", "no", "without", "n't", "n’t", "neither", "nor", "unlike"):
            return True
    return any(sentence.words[k].text.lower() in ("not", "never", "n't", "n’t") for k in sentence.children[index])
