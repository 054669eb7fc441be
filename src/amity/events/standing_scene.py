"""A sentence with its mentions, asked for roles: who is the subject, the object, the owner, the one named with "with".

Paths go through passives, relative clauses, control, joined predicates, appositions and copulas; every answer is a
list of mentions, one for each joined party, empty where none stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amity.events.parties import parties_at, parties_of, preposition, with_conjuncts
from amity.events.standing_table import Path_, Table
from amity.records import Actor, Mention, Sentence, is_rel

# How far a missing subject is sought upwards.
MOST_STEPS = 4
_RELATIVES = ("WDT", "WP", "WP$")


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence, its mentions and the table; indices are words."""

    sentence: Sentence
    mentions: Sequence[Mention]
    table: Table

    def text(self, index: int) -> str:
        """The word in lower case."""
        return self.sentence.words[index].text.lower()

    def rel(self, index: int) -> str:
        """The word's relation to its head."""
        return self.sentence.words[index].rel

    def head(self, index: int) -> int:
        """The word's head, -1 at the root."""
        return self.sentence.words[index].head

    def is_in(self, index: int, words: Iterable[str]) -> bool:
        """Whether the word's form or lemma is among those."""
        word = self.sentence.words[index]
        return word.text.lower() in words or word.lemma.lower() in words

    def has(self, index: int, listed: str) -> bool:
        """Whether the word is in a list of the table."""
        return self.is_in(index, self.table.lists[listed])

    def preps(self, index: int) -> str:
        """The preposition before a noun; for joined nouns that of the first."""
        found = preposition(self.sentence, index)
        if not found and self.rel(index) == "conj":
            return self.preps(self.head(index))
        return found

    def parties(self, index: int) -> list[Mention]:
        """Parties of the noun phrase; a collective noun no one resolved stands for itself."""
        if self.sentence.words[index].tag in _RELATIVES:
            return self.antecedent(index)
        known = parties_of(self.sentence, self.mentions, index)
        return known or [self.unnamed(i) for i in with_conjuncts(self.sentence, index) if self.has(i, "group_nouns")]

    def known(self, index: int) -> list[Mention]:
        """Parties of the noun phrase that the actors' room has resolved."""
        return parties_of(self.sentence, self.mentions, index)

    def at(self, index: int) -> list[Mention]:
        """The mention headed by the word or covering it."""
        return parties_at(self.mentions, index)

    def antecedent(self, pronoun: int) -> list[Mention]:
        """Relative pronoun -> parties of the noun its clause hangs on."""
        for up in self.sentence.ancestors(pronoun):
            if is_rel(self.rel(up), "acl", "advcl:relcl"):
                return self.parties(self.head(up))
        return []

    def unnamed(self, index: int, side: Actor | None = None) -> Mention:
        """A noun no one resolved -> a mention of an unknown party by these words."""
        first, last = self.short_phrase(index)
        text = self.sentence.words_text(first, last)
        slug = "-".join(text.lower().split())
        actor = Actor(f"unknown:{slug}", text, side.side_id if side else "", side.side if side else "", "", known=False)
        return Mention(self.sentence.index, first, last, index, text, "noun", actor, "collective noun that no table names")

    def short_phrase(self, index: int) -> tuple[int, int]:
        """Noun -> [first, last) of the noun with the determiners, adjectives and owners that stand directly before it."""
        first = index
        while first and self.head(first - 1) in range(first - 1, index + 1) and self.rel(first - 1) not in ("case", "cc", "mark"):
            first -= 1
        while first < index and self.sentence.words[first].upos in ("PUNCT", "DET", "ADP"):
            first += 1
        return first, index + 1

    def negated(self, index: int) -> bool:
        """Whether the word or the predicate it belongs to is denied ("not", "no longer", "without")."""
        chain = [index]
        for up in self.sentence.ancestors(index):
            below = self.rel(chain[-1])
            if not is_rel(below, "obj", "xcomp", "cop", "obl", "amod", "nsubj") or len(chain) > 2:
                break
            if is_rel(below, "obl", "amod", "nsubj") and not (self.rel(chain[-1]) == "nsubj" and self.is_in(up, ("be", "exist"))):
                break
            chain.append(up)
        return any(self.has(k, "negations") for i in chain for k in self.sentence.kids(i)) or self.preps(index) == "without"

    def passive(self, verb: int) -> bool:
        """Whether a verb form is passive, or a bare past participle on a noun."""
        word = self.sentence.words[verb]
        if self.sentence.kids(verb, "nsubj:pass", "aux:pass", "obl:agent"):
            return True
        return (
            word.tag == "VBN"
            and is_rel(word.rel, "acl", "amod")
            and not is_rel(word.rel, "acl:relcl")
            and not self.sentence.kids(verb, "aux")
        )

    def subjects(self, verb: int, steps: int = MOST_STEPS) -> list[Mention]:
        """Who does it: the subject, the agent of a passive, or the one understood from the clause above."""
        if self.passive(verb):
            return self.agents(verb)
        return self.topics(verb, steps)

    def agents(self, verb: int) -> list[Mention]:
        """The one after "by"."""
        for kid in self.sentence.kids(verb, "obl:agent", "obl", "nmod"):
            if is_rel(self.rel(kid), "obl:agent") or preposition(self.sentence, kid) == "by":
                found = self.parties(kid)
                if found:
                    return found
        return []

    def topics(self, predicate: int, steps: int = MOST_STEPS) -> list[Mention]:
        """The grammatical subject, of verbs and of predicate nouns and adjectives."""
        for kid in self.sentence.kids(predicate, "nsubj", "nsubj:outer"):
            found = self.parties(kid)
            if found:
                return found
        if self.sentence.kids(predicate, "nsubj") or not steps:
            return []
        rel, head = self.rel(predicate), self.head(predicate)
        if head < 0:
            return []
        if is_rel(rel, "acl"):
            return self.parties(head) or self.topics(head, steps - 1)
        if rel == "xcomp":
            held = [m for k in self.sentence.kids(head, "obj", "iobj") for m in self.parties(k)]
            return held or self.topics(head, steps - 1)
        if is_rel(rel, "conj", "advcl", "xcomp", "ccomp", "parataxis"):
            return self.topics(head, steps - 1)
        return (
            self.parties(head)
            if is_rel(rel, "obj", "obl", "nmod") and self.sentence.words[head].upos in ("NOUN", "PROPN")
            else (self.topics(head, steps - 1) if is_rel(rel, "obj", "obl") else [])
        )

    def objects(self, verb: int) -> list[Mention]:
        """Whom it is done to: the object, the subject of a passive, the noun of a participle or relative clause."""
        if self.passive(verb):
            found = [m for k in self.sentence.kids(verb, "nsubj:pass", "nsubj") for m in self.parties(k)]
            if not found and is_rel(self.rel(verb), "acl", "amod"):
                found = self.parties(self.head(verb))
            return found or (self.topics(verb) if self.rel(verb) in ("conj", "xcomp", "advcl") else [])
        kids = self.sentence.kids(verb, "obj")
        if kids:
            return [m for k in kids for m in self.parties(k)]
        if self.rel(verb) == "acl:relcl" and not self.relative_inside(verb):
            return self.parties(self.head(verb))
        return []

    def relative_inside(self, verb: int) -> bool:
        """Whether a relative clause holds its own pronoun as subject ("who backs")."""
        return any(self.sentence.words[k].tag in _RELATIVES for k in self.sentence.kids(verb, "nsubj"))

    def complements(self, index: int, preps: Iterable[str], own: bool = True) -> list[int]:
        """Nouns that hang on the word, or on the verb whose object it is, by one of the prepositions."""
        wanted = frozenset(preps)
        found = [k for k in self.sentence.kids(index, "nmod", "obl", "acl", "advcl") if preposition(self.sentence, k) in wanted]
        if not found and own and is_rel(self.rel(index), "obj", "nsubj:pass", "nsubj") and self.head(index) >= 0:
            found = [k for k in self.sentence.kids(self.head(index), "obl", "nmod") if preposition(self.sentence, k) in wanted]
        return found

    def with_preps(self, index: int, preps: Iterable[str], own: bool = True) -> list[Mention]:
        """Parties named by one of the prepositions."""
        return [m for k in self.complements(index, preps, own) for m in self.parties(k)]

    def owners(self, noun: int) -> list[Mention]:
        """Whose it is: the possessor, else "of" someone, else a demonym or name before it."""
        for kid in self.sentence.kids(noun, "nmod:poss"):
            found = self.parties(kid)
            if found:
                return found
        for kid in self.sentence.kids(noun, "nmod"):
            if preposition(self.sentence, kid) == "of":
                found = self.parties(kid)
                if found:
                    return found
        return self.qualifiers(noun)

    def qualifiers(self, noun: int) -> list[Mention]:
        """Demonyms and names directly before a noun, hyphened pairs included ("the Franco-German axis")."""
        found: list[Mention] = []
        for kid in self.sentence.kids(noun, "amod", "compound", "nmod:desc", "nmod:unmarked", "nmod"):
            if kid < noun and not preposition(self.sentence, kid):
                found += [m for i in with_conjuncts(self.sentence, kid) for m in self.at(i)]
                found += [m for k in self.sentence.kids(kid, "compound", "amod") for m in self.at(k)]
        return distinct([m for m in found if not m.first <= noun < m.last])

    def follow(self, path: Path_, index: int) -> list[Mention]:
        """The parties a pattern's path leads to from its word."""
        if path.name == "prep":
            return self.with_preps(index, path.preps, own=False)
        if path.name == "within":
            return [
                m for k in self.sentence.kids(index, "obj", "nsubj:pass", "obl", "xcomp") for m in self.with_preps(k, path.preps, own=False)
            ]
        if path.name == "none":
            return []
        ways = {"subject": self.subjects, "object": self.objects, "agent": self.agents, "owner": self.owners}
        return ways[path.name](index)


def distinct(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions without repeats of the same words, in their order."""
    return list({(m.first, m.last): m for m in mentions}.values())
