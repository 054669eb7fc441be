"""Place or party: whether a land's or capital's name is where something happens or who acts."""

from __future__ import annotations

from amity.actors.table import ActorTable
from amity.records import Sentence, is_rel

# With these a land is where something is ...
_WHERE = frozenset(
    [
        "in",
        "at",
        "near",
        "across",
        "into",
        "inside",
        "outside",
        "through",
        "throughout",
        "around",
        "along",
        "within",
        "off",
        "onto",
        "over",
        "above",
        "via",
        "beyond",
        "amid",
        "out",
    ]
)
# ... with these it is so only where the governing word is of motion or of place ...
_WAYS = frozenset(["from", "to", "of", "toward", "towards", "on", "for", "between"])


def is_place(sentence: Sentence, index: int, table: ActorTable, unknown: bool = False) -> bool:
    """Whether the name at a word is a place in its sentence; a subject, object, possessor or agent is none.

    A place that no table knows counts as a party only as the subject of a clause or an agent.
    """
    word = sentence.words[_first_of_joined(sentence, index)]
    cases = sentence.kid_texts(word.index, "case")
    own = sentence.kid_texts(index, "case")
    marks = own or cases
    if is_rel(word.rel, "nsubj") or word.rel == "obl:agent":
        return False
    if marks & _WHERE:
        return True
    if unknown:
        return True
    if is_rel(word.rel, "obl", "nmod", "advmod") and marks & _WAYS:
        return _governed_by_way(sentence, word.head, table)
    return False


def _governed_by_way(sentence: Sentence, head: int, table: ActorTable) -> bool:
    if head < 0:
        return False
    lemma = sentence.words[head].lemma.lower()
    kinds = table.nouns.get(lemma, frozenset()) | table.nouns.get(sentence.words[head].text.lower(), frozenset())
    return bool(kinds & {"motion", "place"})


def _first_of_joined(sentence: Sentence, index: int) -> int:
    """The first of joined names: "in Syria and Iraq" places both."""
    while (
        sentence.words[index].rel == "conj"
        and sentence.words[index].head >= 0
        and sentence.words[sentence.words[index].head].upos in ("PROPN", "NOUN")
    ):
        index = sentence.words[index].head
    return index
