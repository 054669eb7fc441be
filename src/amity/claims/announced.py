"""Acts that are done by being announced: they have the day on which it was said."""

from __future__ import annotations

from amity.claims.calendar import Span
from amity.claims.cues import Cues
from amity.claims.times import date_event
from amity.records import CodedEvent, Sentence, When, is_rel

# A state or body does these by saying so; what is done with hands and weapons has its own time.
DECLARED = {"AGREE", "AID", "CONCEDE", "COOPERATE", "RETREAT", "SANCTION", "SUPPORT", "THREATEN"}
ANNOUNCING = {"announce", "inform", "declare", "unveil", "pledge", "promise"}
# What goes on while it is told of.
LASTING = DECLARED | {"CONSULT", "MOBILIZE", "COERCE"}
PERFECT, PROGRESSIVE = {"has", "have"}, {"is", "are", "was", "were", "been"}
# The speaker again, in the clause that says what was done.
AGAIN = {"it", "they", "he", "she", "we"}


def day_of_announcing(sentence: Sentence, event: CodedEvent, published: Span | None, cues: Cues) -> When | None:
    """An act that is told as its doer's announcement, or as under way -> the day of the telling.

    "The ministry said on Saturday it has suspended the aid", "announced a loan on Friday", "said on Friday that talks were being
    held". An act in the past tense happened before it was told, and one in the perfect of another than the speaker may be old.
    """
    verb = _verb_of_telling(sentence, event, cues)
    return None if verb is None else date_event(sentence, verb, "reported", published, cues)


def _verb_of_telling(sentence: Sentence, event: CodedEvent, cues: Cues) -> int | None:
    word = sentence.words[event.predicate]
    if word.upos == "NOUN":
        above = sentence.words[word.head] if word.head >= 0 and is_rel(word.rel, "obj", "obl", "nsubj:pass") else None
        if above is not None and above.lemma in ANNOUNCING and event.type in DECLARED:
            return above.index
        clause = word.head if is_rel(word.rel, "obj") else -1
    else:
        clause = event.predicate
    while clause >= 0 and is_rel(sentence.words[clause].rel, "conj"):
        clause = sentence.words[clause].head
    if clause < 0 or not is_rel(sentence.words[clause].rel, "ccomp"):
        return None
    verb = sentence.words[clause].head
    if verb < 0 or sentence.words[verb].lemma not in cues.say or sentence.words[verb].tag != "VBD":
        return None
    done = event.type in DECLARED and _is_of_speaker(sentence, clause, verb) and _has(sentence, clause, PERFECT)
    under_way = sentence.words[clause].tag == "VBG" and event.type in LASTING and _has(sentence, clause, PROGRESSIVE)
    return verb if done or under_way else None


def _is_of_speaker(sentence: Sentence, clause: int, verb: int) -> bool:
    """Whether the clause's subject is the speaker's pronoun, or what is done is told by "announced" itself."""
    if sentence.words[verb].lemma == "announce":
        return True
    return any(sentence.words[k].text.lower() in AGAIN for k in sentence.kids(clause, "nsubj"))


def _has(sentence: Sentence, verb: int, wanted: set[str]) -> bool:
    aux = sentence.kid_texts(verb, "aux")
    return bool(aux & wanted) and aux <= PERFECT | PROGRESSIVE
