"""Noun phrases -> the parties that stand in them."""

from __future__ import annotations

from collections.abc import Sequence

from amity.records import Mention, Sentence, is_rel

# Ways down from a noun to the party that owns, qualifies or makes it up.
_OWNERS = ("nmod:poss", "amod", "compound")
# Prepositions of a noun's complement through which it still stands for that party ("forces of Russia").
_MADE_OF = ("of", "from", "including", "like")


def parties_at(mentions: Sequence[Mention], index: int) -> list[Mention]:
    """Mentions headed by the word, or covering it, the longest first."""
    here = [m for m in mentions if m.actor and m.head == index]
    return sorted(here, key=lambda m: m.first - m.last)[:1] or [m for m in mentions if m.actor and m.first <= index < m.last][:1]


def with_conjuncts(sentence: Sentence, index: int) -> list[int]:
    """The word and those joined to it."""
    found = [index]
    for kid in sentence.kids(index, "conj"):
        found += with_conjuncts(sentence, kid)
    return found


def first_of_list(sentence: Sentence, index: int) -> int:
    """The first of the words that a word is joined to, itself if it is joined to none."""
    while is_rel(sentence.words[index].rel, "conj") and sentence.words[index].head >= 0:
        index = sentence.words[index].head
    return index


def in_one_list(sentence: Sentence, a: int, b: int) -> bool:
    """Whether two words are one, or joined to each other ("Iran and Syria")."""
    return first_of_list(sentence, a) == first_of_list(sentence, b)


def parties_of(sentence: Sentence, mentions: Sequence[Mention], index: int) -> list[Mention]:
    """Noun phrase headed by `index` -> its parties, one for each joined noun; places count ("struck Syria").

    A noun that is no party itself stands for its owner: "Iranian positions", "Assad's forces", "targets in Syria".
    """
    found: list[Mention] = []
    for noun in with_conjuncts(sentence, index):
        found += parties_at(mentions, noun) or _owners(sentence, mentions, noun)
    return _distinct(found)


def _owners(sentence: Sentence, mentions: Sequence[Mention], noun: int) -> list[Mention]:
    for kid in sentence.kids(noun, *_OWNERS):
        found = [m for i in with_conjuncts(sentence, kid) for m in parties_at(mentions, i)]
        if found:
            return found
        deeper = _owners(sentence, mentions, kid) if is_rel(sentence.words[kid].rel, "nmod:poss", "compound") else []
        if deeper:
            return deeper
    for kid in sentence.kids(noun, "appos", "nmod"):
        if is_rel(sentence.words[kid].rel, "appos") or preposition(sentence, kid) in _MADE_OF:
            found = [m for i in with_conjuncts(sentence, kid) for m in parties_at(mentions, i)] or _owners(sentence, mentions, kid)
            if found:
                return found
    return []


def place_of(sentence: Sentence, mentions: Sequence[Mention], noun: int) -> list[Mention]:
    """Party in whose land a noun lies ("targets inside Syria", "the Russian city of Sochi")."""
    for kid in sentence.kids(noun, "nmod", "compound", "amod"):
        found = parties_at(mentions, kid) or _owners(sentence, mentions, kid)
        if found:
            return found
    return []


def preposition(sentence: Sentence, index: int) -> str:
    """The case marker of a noun in lower case, several joined by a blank; empty if none."""
    marks = [sentence.words[k] for k in sentence.kids(index, "case") if sentence.words[k].tag != "POS"]
    fixed = [sentence.words[f] for m in marks for f in sentence.kids(m.index, "fixed")]
    return " ".join(w.text.lower() for w in sorted([*marks, *fixed], key=lambda w: w.index))


def _distinct(found: Sequence[Mention]) -> list[Mention]:
    seen: set[tuple[int, int]] = set()
    out = []
    for m in found:
        if (m.first, m.last) not in seen:
            seen.add((m.first, m.last))
            out.append(m)
    return out
