"""`They`, `them`, `their` -> the party of most weight among all that could be meant, things that are no party among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amity.actors.governors import DEEPEST, told_to_do
from amity.actors.memory import COUNTING, MANY_AS_ONE, THEM, WE, Memory, Thing, Trace
from amity.actors.sheet import Sheet
from amity.records import Actor, Sentence, Word, is_rel

# How well each kind fits a plural pronoun; of one scale with the weights below, all set by hand on read links.
_MANY, _ONE_OF_MANY, _LAND, _THING = 2.0, 1.3, 1.1, 1.9
_SUBJECT, _OBJECT, _POSSESSOR, _SAYING = 0.8, 0.3, -0.2, 0.6
# What is added for whoever is told to do what the pronoun stands in; what a party of an earlier sentence loses that stands
# in a clause beside the main one ("the bloc, which speaks for the militias").
_TOLD, _DEEP = 1.2, 0.4
# What a party that no table knows loses where an earlier sentence only has it beside its subject and object.
_BESIDE = 0.5
# What people who are no known party lose, and lose more where a party's act is told; what a thing loses that no sentence is about.
_PEOPLE, _PEOPLE_ACTING, _ASIDE = 0.4, 1.0, 0.5
# What each sentence back, and each word back within the sentence, takes away.
_PER_SENTENCE, _PER_WORD = 0.8, 0.02
# A thing loses this much where what is said of the pronoun is said of parties only.
_ACTING = 1.5
# Below this weight nobody is meant.
LEAST = 0.3
_MANNED = frozenset({"group", "body", "military", "government", "police", "legislature", "party"})
_PARTY_NOUNS = frozenset({"government", "military", "office", "civil", "group", "source", "opposition"})


@dataclass(frozen=True, slots=True)
class Plurals:
    """Reads the plural pronouns of one sentence."""

    sheet: Sheet
    memory: Memory

    def meant(self, word: Word, here: Iterable[Trace], speaker: Actor | None) -> Actor | None:
        """The party that weighs most, None where a thing does or nothing weighs enough; `here` are those before it in its sentence."""
        if any(self.sheet.sentence.words[k].text.lower() in ("between", "among") for k in self.sheet.sentence.kids(word.index, "case")):
            return self.two(here)
        acting = self._is_acting(word)
        best, weight = None, LEAST
        for trace in (*here, *self.memory.recent()):
            if trace.noun in WE:
                continue
            own = self._weigh(trace, word, acting)
            if own >= weight and not _is_speaker(trace.actor, speaker):
                best, weight = trace.actor, own
        for thing in (*self._things_here(word), *self.memory.things):
            if thing.plural and self._weigh_thing(thing, word, acting) > weight:
                return None
        return best

    def two(self, here: Iterable[Trace]) -> Actor | None:
        """Several parties told of together: those last named as one, here or of late."""
        joint = (t.actor for t in reversed((*self.memory.recent(), *here)) if t.actor.id.startswith("joint:"))
        return next(joint, None)

    def _weigh(self, trace: Trace, word: Word, acting: bool) -> float:
        fit = _fit(trace, acting)
        if not fit:
            return 0.0
        role = _SUBJECT if trace.subject else _POSSESSOR if trace.possessor else _OBJECT if trace.object else 0.0
        if trace.sentence == self.memory.clock:
            role += _TOLD if trace.word in self._told(word) else 0.0
        else:
            role -= _BESIDE if _is_beside(trace) else 0.0
            role -= _DEEP if trace.deep else 0.0
        return fit + role + self._place(trace.sentence, trace.word, word) + (_SAYING if self._says_it(trace, word) else 0.0)

    def _told(self, word: Word) -> set[int]:
        """The words for whoever is told to do what a possessive pronoun stands in."""
        if word.rel != "nmod:poss":
            return set()
        sentence = self.sheet.sentence
        clauses = [word.index, *sentence.ancestors(word.index)][: DEEPEST + 1]
        return {told_to_do(sentence, c, self.memory.table.controls) for c in clauses}

    def _weigh_thing(self, thing: Thing, word: Word, acting: bool) -> float:
        role = _SUBJECT if thing.subject else _OBJECT if thing.object else 0.0
        role -= _ASIDE if thing.sentence != self.memory.clock and not thing.subject else 0.0
        return _THING + role + self._place(thing.sentence, thing.word, word) - (_ACTING if acting else 0.0)

    def _place(self, sentence: int, at: int, word: Word) -> float:
        gap = self.memory.clock - sentence
        return -_PER_SENTENCE * gap if gap else -_PER_WORD * abs(word.index - at)

    def _says_it(self, trace: Trace, word: Word) -> bool:
        """Whether the pronoun stands in what the party says or thinks, or owns something in what it does."""
        if trace.sentence != self.memory.clock or not (trace.plural or trace.topic & _MANNED):
            return False
        subject = trace.word if self._role_word(trace.word) < 0 else self._role_word(trace.word)
        words, own = self.sheet.sentence.words, word.rel == "nmod:poss"
        for up in self.sheet.sentence.ancestors(word.index):
            subjects = [k for k in self.sheet.sentence.kids(up, "nsubj") if k < word.index and k != word.head]
            if own and subjects:
                return subject in subjects
            if not own and words[up].rel in ("ccomp", "xcomp", "advcl"):
                return words[subject].head == words[up].head and is_rel(words[subject].rel, "nsubj")
        return False

    def _role_word(self, at: int) -> int:
        """`some of the troops`: the counting word in whose role the noun stands; -1 where there is none."""
        words = self.sheet.sentence.words
        up = words[at].head
        return up if is_rel(words[at].rel, "nmod") and up >= 0 and words[up].text.lower() in COUNTING else -1

    def _things_here(self, word: Word) -> list[Thing]:
        """Nouns before the pronoun in its sentence that no mention has used and that are not of its own verb."""
        return [t for t in self.sheet.things_before(word) if not _same_clause(self.sheet.sentence, t.word, word)]

    def _is_acting(self, word: Word) -> bool:
        """Whether only parties do what is told of the pronoun, or own what it owns."""
        words, table = self.sheet.sentence.words, self.memory.table
        if word.head < 0:
            return False
        head = words[word.head]
        if word.rel == "nmod:poss":
            return bool((table.nouns.get(head.text.lower()) or table.nouns.get(head.lemma.lower(), frozenset())) & _PARTY_NOUNS)
        return word.rel == "nsubj" and head.lemma.lower() in table.party_verbs


def _fit(trace: Trace, acting: bool) -> float:
    """How well a party fits a plural pronoun; 0 where it cannot be meant."""
    actor = trace.actor
    if trace.plural:
        people = (_PEOPLE_ACTING if acting or trace.heard else _PEOPLE) if _is_people(trace) else 0.0
        return _MANY - people if _is_manned(trace) else 0.0
    if trace.person or actor.anonymous or actor.sector == "media":
        return 0.0
    if trace.topic & _MANNED or actor.id.startswith(MANY_AS_ONE):
        return _ONE_OF_MANY
    return _LAND if "state" in trace.topic or actor.id.startswith("state:") else 0.0


def _is_beside(trace: Trace) -> bool:
    """Whether a party that no table knows is neither subject nor object: a sentence is not about it."""
    return not trace.actor.known and not trace.subject and not trace.object


def _is_people(trace: Trace) -> bool:
    """Whether the party is people who are spoken about more than they speak."""
    joined = trace.actor.id.startswith("joint:unknown:")
    return not trace.actor.known and (trace.actor.sector == "civil" or "civil" in trace.topic or joined)


def _is_manned(trace: Trace) -> bool:
    """Whether many are meant who can act, and no houses or arms ("hospitals", "weapons")."""
    return (
        trace.actor.known
        or trace.noun in THEM
        or (trace.actor.sector not in ("medical", "education", "business") and bool(trace.actor.sector or trace.topic))
    )


def _is_speaker(actor: Actor, speaker: Actor | None) -> bool:
    """Whether whoever speaks would call the party `we`."""
    return speaker is not None and (actor.id == speaker.id or (actor.side_id == speaker.side_id and actor.side_id != actor.id))


def _same_clause(sentence: Sentence, at: int, word: Word) -> bool:
    """Whether a noun is subject or object of the verb that a pronoun hangs on."""
    return word.rel != "nmod:poss" and sentence.words[at].head == word.head and is_rel(sentence.words[at].rel, "nsubj", "obj")
