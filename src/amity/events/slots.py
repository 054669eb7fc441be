"""One sentence with its mentions: the parties in each place that a frame may ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amity.events.clauses import Found, is_negated, object_of, subject_of
from amity.events.codebook import Codebook
from amity.events.parties import parties_at, parties_of, place_of, preposition
from amity.records import Mention, Sentence, is_rel

# Steps up the tree in search of the doer of a noun of action; beyond them the link is chance.
CLIMB = 4
# Places of a frame that are filled from what is said; the quad class of deeds that harm.
TOLD = frozenset({"must", "wrong", "deed"})
HARM = 4
LAND_MARKS = frozenset({"in", "inside", "across", "near", "over", "from"})


def side_of(mention: Mention | None) -> str:
    """Side of a mention's actor, its own id where no side is known."""
    if mention is None or mention.actor is None:
        return ""
    return mention.actor.side_id or mention.actor.id


@dataclass(frozen=True, slots=True)
class Slots:
    """Finds parties around a word; every method gives them in order of text, or none."""

    sentence: Sentence
    mentions: Sequence[Mention]
    codebook: Codebook

    def in_slot(self, index: int, slot: str, actors: Sequence[Mention]) -> list[Mention]:
        """Parties in one place of a frame, as the head of codebook.yaml names the places."""
        given = self.parties_of_all(self.sentence.kids(index, "iobj"))
        if slot == "obj":
            return given or self.parties(object_of(self.sentence, index))
        if slot == "iobj":
            return given
        if slot == "land":
            return self.lands(index)
        if slot == "pair":
            return self._partners(index, actors)
        if slot == "clause":
            return self._clause_subjects(index)
        if slot == "inner":
            return self._inner(index)
        if slot in TOLD:
            return self.told(index, slot)
        return self.by_preposition(index, slot)

    def _partners(self, index: int, actors: Sequence[Mention]) -> list[Mention]:
        """The others of a joined subject ("Russia and Iran clashed"), or of a noun's owners ("Russian-Israeli talks")."""
        is_noun = self.sentence.words[index].upos == "NOUN"
        joined = [] if is_noun else self.parties(subject_of(self.sentence, index))
        joined += self.parties_of_all(self.sentence.kids(index, "amod", "compound", "nmod:poss"))
        joined += self.climb(index) if is_noun else []
        return [m for m in joined if all(m.first != a.first for a in actors)]

    def told(self, index: int, slot: str) -> list[Mention]:
        """Subjects of what is said: of a duty ("said Iran must leave"), a wrong ("has lied"), a deed that harms ("has jailed")."""
        judged = {"must": self._is_duty, "wrong": self._is_wrong, "deed": self._does_harm}[slot]
        return [m for content in self._contents(index) if judged(content) for m in self.parties(subject_of(self.sentence, content))]

    def _contents(self, index: int) -> list[int]:
        """Heads of the clauses that a verb of saying holds, each with those joined to it."""
        contents = self.sentence.kids(index, "ccomp")
        if is_rel(self.sentence.words[index].rel, "parataxis") and self.sentence.words[index].head >= 0:
            contents.append(self.sentence.words[index].head)
        return [c for k in contents for c in [k, *self.sentence.kids(k, "conj", "xcomp")]]

    def _does_harm(self, verb: int) -> bool:
        """Whether a verb states a deed against another: one of the last quad class."""
        word, types = self.sentence.words[verb], self.codebook.types
        harms = word.upos == "VERB" and any(types[f.type]["quad"] == HARM for f in self.codebook.verb_frames(word))
        return harms and not is_negated(self.sentence, verb)

    def _is_duty(self, verb: int) -> bool:
        helpers = {self.sentence.words[k].lemma.lower() for k in self.sentence.kids(verb, "aux")}
        return bool(helpers & self.codebook.duties) or (
            self.sentence.words[verb].lemma in self.codebook.duties and bool(self.sentence.kids(verb, "xcomp", "obj"))
        )

    def _is_wrong(self, word: int) -> bool:
        lemmas = {self.sentence.words[i].lemma.lower() for i in [word, *self.sentence.kids(word, "amod", "obj", "compound")]}
        return bool(lemmas & self.codebook.wrongs) and not is_negated(self.sentence, word)

    def _inner(self, index: int) -> list[Mention]:
        """Parties inside the complement: its object first, then what prepositions bring, then its subject."""
        for clause in self.sentence.kids(index, "xcomp", "ccomp", "acl", "advcl"):
            for word in [clause, *self.sentence.kids(clause, "xcomp", "conj")]:
                objects = self.parties(object_of(self.sentence, word))
                others = [m for k in self._complements(word) for m in parties_of(self.sentence, self.mentions, k) if not m.place]
                if objects or others:
                    return objects or others
        return []

    def by_preposition(self, index: int, slot: str) -> list[Mention]:
        """Parties after a preposition; a starred one also takes the state that a bare place lies in."""
        wanted, bare = slot.rstrip("*"), slot.endswith("*")
        out: list[Mention] = []
        for noun in self._complements(index):
            marks = preposition(self.sentence, noun).split()
            if wanted in marks:
                found = parties_of(self.sentence, self.mentions, noun)
                out += found or (place_of(self.sentence, self.mentions, noun) if bare else [])
        return out

    def _complements(self, index: int) -> list[int]:
        """Prepositional phrases on the word, and on its object (they are often hung there by mistake or by style)."""
        near = self.sentence.kids(index, "obl", "nmod")
        for noun in self.sentence.kids(index, "obj"):
            near += self.sentence.kids(noun, "nmod")
        return near

    def lands(self, index: int) -> list[Mention]:
        """The state in whose land the object, or the act, lies."""
        nouns = [*object_of(self.sentence, index).nouns, *self.sentence.kids(index, "obl")]
        out = []
        for noun in nouns:
            if noun in self.sentence.kids(index, "obl") and preposition(self.sentence, noun) not in LAND_MARKS:
                continue
            out += place_of(self.sentence, self.mentions, noun) or parties_at(self.mentions, noun)
        return out

    def _clause_subjects(self, index: int) -> list[Mention]:
        out = []
        for clause in self.sentence.kids(index, "ccomp", "xcomp", "advcl"):
            found = subject_of(self.sentence, clause)
            if found.path in ("subject", "by"):
                out += self.parties(found)
        return out

    def nearby(self, index: int) -> list[Mention]:
        """Parties below the word but in no clause with a subject of its own; the nearest first, parties before places."""
        reach: list[int] = []
        stack = [
            k
            for k in self.sentence.children[index]
            if not is_rel(self.sentence.words[k].rel, "nsubj", "conj", "parataxis", "nmod:poss", "amod")
        ]
        while stack:
            k = stack.pop()
            if self.sentence.kids(k, "nsubj") and is_rel(self.sentence.words[k].rel, "ccomp", "advcl", "acl"):
                continue
            reach.append(k)
            stack.extend(self.sentence.children[k])
        found = [m for k in reach for m in parties_at(self.mentions, k) if m.head == k]
        return sorted(found, key=lambda m: (m.place, abs(m.head - index)))

    def parties(self, found: Found) -> list[Mention]:
        """Parties of all the nouns that were found."""
        return self.parties_of_all(found.nouns)

    def parties_of_all(self, nouns: Iterable[int]) -> list[Mention]:
        """Parties of several noun phrases, by their heads."""
        return [m for noun in nouns for m in parties_of(self.sentence, self.mentions, noun)]

    def climb(self, noun: int) -> list[Mention]:
        """The party that is subject of the nearest clause above a noun of action ("is behind the strikes on ...")."""
        for place, index in enumerate([noun, *self.sentence.ancestors(noun)]):
            if place > CLIMB:
                break
            found = self.parties_of_all(self.sentence.kids(index, "nsubj"))
            if not found and self.sentence.words[index].upos == "VERB" and index != noun:
                found = self.parties(subject_of(self.sentence, index))
            if found:
                return found
            owners = (
                [m for k in self.sentence.kids(index, "nmod:poss", "amod") for m in parties_at(self.mentions, k)] if index != noun else []
            )
            if owners:
                return owners
        return []
