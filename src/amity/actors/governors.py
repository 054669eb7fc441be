"""Who governs a word: the possessors and subjects above it in the tree, and whoever is told to do what it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from amity.records import Sentence, Word, is_rel

# Whoever is told to do something is meant by a pronoun of that clause itself, at most this many words deep in it.
DEEPEST = 2
_TO_DO = ("xcomp", "advcl", "acl")


def governors(sentence: Sentence, word: Word, controls: frozenset[str]) -> Iterator[int]:
    """The words before a pronoun that could be it, the nearest first: "it urged the UN to meet its duty" gives UN, then it."""
    below = word.index
    for deep, up in enumerate(sentence.ancestors(word.index)):
        yield from (k for k in sentence.kids(up, "nmod:poss") if k < word.index and k != below)
        told = told_to_do(sentence, below, controls) if deep <= DEEPEST else -1
        if told >= 0 and told < word.index:
            yield told
        yield from (k for k in sentence.kids(up, "nsubj") if k < word.index and k != below)
        below = up


def told_to_do(sentence: Sentence, clause: int, controls: frozenset[str]) -> int:
    """`urged Iran to free them`, `called on Iran to free them`: the word for who shall do what a clause tells; -1 where none is told."""
    up = sentence.words[clause].head
    if up < 0 or not is_rel(sentence.words[clause].rel, *_TO_DO) or sentence.words[up].lemma.lower() not in controls:
        return -1
    if sentence.kids(clause, "nsubj"):
        return -1
    return next((k for k in sentence.kids(up, "obj", "iobj", "obl") if up < k < clause), -1)
