"""One frame at one word -> the parties that may be its actor and recipient, with the way to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amity.events.clauses import object_of, subject_of
from amity.events.codebook import Frame
from amity.events.parties import first_of_list, preposition, with_conjuncts
from amity.events.slots import Slots
from amity.records import Mention, Sentence, is_rel

# Prepositions that tie a result to the act that brought it about.
MEANS = frozenset({"in", "during", "by", "from", "after", "with", "through"})


def fits(sentence: Sentence, index: int, frame: Frame) -> bool:
    """Whether the words that a sense needs stand beside the word."""
    below = {sentence.words[k].lemma.lower() for k in sentence.children[index]}
    if frame.part and frame.part not in below:
        return False
    return not frame.needs or bool(frame.needs & _near_lemmas(sentence, index))


def doers_of(slots: Slots, index: int, frame: Frame) -> dict[int, str]:
    """Parties that may be the actor of a predicate -> the way to each, by the mention's first word; the surest way wins."""
    found: dict[int, str] = {}
    for path, mentions in _ways_to_doers(slots, index, frame):
        for mention in mentions:
            found.setdefault(mention.first, path)
    return found


def _ways_to_doers(slots: Slots, index: int, frame: Frame) -> Iterator[tuple[str, list[Mention]]]:
    sentence = slots.sentence
    if sentence.words[index].upos != "NOUN":
        doer = subject_of(sentence, index)
        yield doer.path, slots.parties(doer)
        yield "means", _by_means(slots, index)
        return
    yield "by", _phrase(slots, index, "by")
    for rel in ("nmod:poss", "amod", "compound"):
        yield rel, slots.parties_of_all(sentence.kids(index, rel))
    yield "of", _phrase(slots, index, "of")
    yield "means", _by_means(slots, index)
    governor = _governor(slots, index, frame)
    if governor is not None:
        yield "light", slots.parties(subject_of(sentence, governor))
    yield "between", _phrase(slots, index, "between")
    yield "clause", slots.climb(index)


def _phrase(slots: Slots, noun: int, mark: str) -> list[Mention]:
    """Parties after a preposition on the noun."""
    kids = [k for k in slots.sentence.kids(noun, "nmod", "obl") if preposition(slots.sentence, k) == mark]
    return slots.parties_of_all(kids)


def _by_means(slots: Slots, index: int) -> list[Mention]:
    """Whose act another noun of action is: "killed in Israeli strikes", "the death of X during a Turkish raid"."""
    out: list[Mention] = []
    for kid in slots.sentence.kids(index, "obl", "nmod"):
        word = slots.sentence.words[kid]
        if preposition(slots.sentence, kid) in MEANS and slots.codebook.noun_frames(word):
            out += slots.parties_of_all(slots.sentence.kids(kid, "nmod:poss", "amod", "compound"))
    return out


def receivers_of(slots: Slots, index: int, frame: Frame, actor: Mention | None) -> dict[int, str]:
    """Parties that may be the recipient -> the place of the frame where each stands, the first place that holds it."""
    found: dict[int, str] = {}
    for slot in frame.to:
        for mention in _fill(slots, index, slot, [actor] if actor else []):
            found.setdefault(mention.first, slot.rstrip("*"))
    for mention in slots.parties(object_of(slots.sentence, index)):
        found.setdefault(mention.first, "object")
    for place, mention in enumerate(slots.nearby(index)[:3]):
        found.setdefault(mention.first, f"near{place}")
    for place, mention in enumerate(slots.lands(index)[:1]):
        found.setdefault(mention.first, f"land{place}")
    return found


def _governor(slots: Slots, noun: int, frame: Frame) -> int | None:
    """The verb that carries the noun: "launched an attack"; any verb of the clause where the frame reaches so far."""
    words = slots.sentence.words
    word = words[first_of_list(slots.sentence, noun)]
    if word.head < 0 or words[word.head].upos != "VERB":
        return None
    verb = words[word.head]
    if is_rel(word.rel, "obj", "nsubj:pass") and slots.codebook.is_light(verb):
        return verb.index
    return verb.index if frame.reach == "clause" and is_rel(word.rel, "obj", "obl", "nsubj:pass") else None


def _fill(slots: Slots, index: int, slot: str, actors: Sequence[Mention]) -> list[Mention]:
    """A place of the frame; a noun's preposition may hang on the light verb that carries it."""
    found = slots.in_slot(index, slot, actors)
    word = slots.sentence.words[index]
    if not found and word.upos == "NOUN" and word.head >= 0 and slots.codebook.is_light(slots.sentence.words[word.head]):
        return slots.by_preposition(word.head, slot)
    return found


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
