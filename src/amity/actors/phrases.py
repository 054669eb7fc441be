"""Noun phrases: what a head noun is, which words belong to it, and on whose side its modifiers put it."""

from __future__ import annotations

from amity.actors.table import ActorTable
from amity.records import Sentence, is_rel

# Relations by which a word stands before its noun as part of the phrase.
BEFORE = ("compound", "amod", "nmod:poss", "flat", "nummod", "nmod", "nmod:unmarked")
NOUNS = ("NOUN", "PROPN")
_LEAD_IN = frozenset({"anti", "pro", "non", "ex", "post", "pre"})


def classes_of(sentence: Sentence, index: int, table: ActorTable) -> frozenset[str]:
    """The noun classes of a word, by its two-word form, its own form, then its lemma.

    A noun of people or arms with `rebel` or `opposition` before it is of the opposition.
    """
    word = sentence.words[index]
    if word.upos not in ("NOUN", "PROPN", "ADJ", "VERB"):
        return frozenset()
    own_classes = _own_classes(sentence, index, table)
    if own_classes & {"military", "group", "civil", "source"} and any(
        "opposition" in table.nouns.get(sentence.words[k].text.lower(), ()) for k in sentence.kids(index, "compound", "amod")
    ):
        return frozenset({"opposition"})
    return own_classes


def _own_classes(sentence: Sentence, index: int, table: ActorTable) -> frozenset[str]:
    word = sentence.words[index]
    own = word.text.lower()
    if index:
        pair = table.nouns.get(f"{sentence.words[index - 1].text.lower()} {own}")
        if pair:
            return pair
    return table.nouns.get(own) or table.nouns.get(word.lemma.lower()) or frozenset()


def phrase_start(sentence: Sentence, index: int) -> int:
    """First word of a noun phrase without its article: the unbroken run of modifiers before the noun.

    A comma before the noun ends the run.
    """
    first = index
    members = {index}
    for i in range(index - 1, -1, -1):
        word = sentence.words[i]
        if word.head in members and is_rel(word.rel, *BEFORE):
            members.add(i)
            first = i
        elif word.head in members and word.rel in ("case", "punct", "cc", "conj", "advmod", "obl") and word.text not in (",", ";", ":"):
            members.add(i)
        elif i + 1 < len(sentence.words) and word.text in ("-", "–", "'s", "’s"):
            continue
        else:
            break
    return first


def phrase_end(sentence: Sentence, index: int) -> int:
    """Word after a noun phrase: over flat and compound parts that follow the noun directly."""
    last = index + 1
    while last < len(sentence.words) and is_rel(sentence.words[last].rel, "flat", "goeswith") and sentence.words[last].head <= index:
        last += 1
    return last


def modified_noun(sentence: Sentence, index: int, last: int) -> int:
    """The noun after a name that the name modifies (through joined modifiers), or -1."""
    for _ in range(4):
        word = sentence.words[index]
        up = word.head
        if up < 0:
            return -1
        if up >= last and is_rel(word.rel, *BEFORE) and sentence.words[up].upos in (*NOUNS, "ADJ", "VERB"):
            return up if not _has_left_case(sentence, index, up) else -1
        if word.rel == "conj" and up < index:
            index = up
            continue
        return -1
    return -1


def _has_left_case(sentence: Sentence, index: int, up: int) -> bool:
    """Whether a preposition marks the word: then it is no modifier before the noun."""
    return (
        any(
            sentence.words[k].rel == "case" and sentence.words[k].text not in ("'s", "’s", "'", "’") and k < index
            for k in sentence.children[index]
        )
        and up < index
    )


def is_led_in(sentence: Sentence, first: int) -> bool:
    """Whether a hyphen and a word like `anti` stand before a name: what follows is not the name's own."""
    return first >= 2 and sentence.words[first - 1].text in ("-", "–", "‑") and sentence.words[first - 2].text.lower() in _LEAD_IN


def is_plural(sentence: Sentence, index: int) -> bool:
    """Whether a word is plural, by its tag."""
    return sentence.words[index].tag in ("NNS", "NNPS")


def is_definite(sentence: Sentence, index: int) -> bool:
    """Whether a noun has a definite article, a demonstrative or a possessor."""
    kids = sentence.children[index]
    return any(
        (sentence.words[k].rel == "det" and sentence.words[k].text.lower() in ("the", "this", "that", "these", "those", "both"))
        or sentence.words[k].rel == "nmod:poss"
        for k in kids
    )
