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
# Words of one qualifier that still make a name to quote ("the Syrian government's" has four).
LONGEST_QUALIFIER = 5
DASHES = ("-", "‐", "‑", "–", "—")
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
        return distinct(m for noun in with_conjuncts(self.sentence, index) for m in self.party_at(noun))

    def party_at(self, noun: int) -> list[Mention]:
        """The parties of one noun; a collective in apposition to a name is that name."""
        known = self.known_at(noun)
        if known and not any(m.actor and m.actor.known for m in known):
            known = [m for k in self.sentence.kids(noun, "appos") for m in self.at(k) if m.actor and m.actor.known] or known
        if known or not self.has(noun, "group_nouns"):
            return known
        named = self.at(self.head(noun)) if self.rel(noun) == "appos" else []
        return named or [self.unnamed(noun)]

    def known(self, index: int) -> list[Mention]:
        """Parties of the noun phrase that the actors' room has resolved."""
        return distinct(m for noun in with_conjuncts(self.sentence, index) for m in self.known_at(noun))

    def known_at(self, noun: int) -> list[Mention]:
        """Parties of one noun without those joined to it; prefixed names left out."""
        joined = with_conjuncts(self.sentence, noun)[1:]
        other = {(m.first, m.last) for k in joined for m in parties_of(self.sentence, self.mentions, k)}
        found = [m for m in parties_of(self.sentence, self.mentions, noun) if not self.is_turned(m)]
        return [m for m in found if (m.first, m.last) not in other or m.first <= noun < m.last]

    def at(self, index: int) -> list[Mention]:
        """The mention headed by the word or covering it; one that "non-" or "anti-" turns round is none."""
        return [m for m in parties_at(self.mentions, index) if not self.is_turned(m)]

    def is_turned(self, mention: Mention) -> bool:
        """Whether a prefix and a hyphen stand before the words ("non-Syrian", "anti-Iran")."""
        i = mention.first
        return i > 1 and self.is_dash(i - 1) and self.has(i - 2, "turning_prefixes")

    def is_dash(self, index: int) -> bool:
        """Whether the word is a hyphen or dash."""
        return self.sentence.words[index].text in DASHES

    def antecedent(self, pronoun: int) -> list[Mention]:
        """Relative pronoun -> parties of the noun its clause hangs on."""
        for up in self.sentence.ancestors(pronoun):
            if is_rel(self.rel(up), "acl", "advcl:relcl"):
                return self.with_others(self.head(up))
        return []

    def with_others(self, noun: int) -> list[Mention]:
        """Parties of a noun, and of those before it in "A, B and other states"."""
        if self.rel(noun) == "conj" and any(self.text(k) == "other" for k in self.sentence.kids(noun)):
            return self.parties(self.head(noun))
        return self.parties(noun)

    def unnamed(self, index: int, side: Actor | None = None) -> Mention:
        """A noun no one resolved -> a mention of an unknown party by these words."""
        first, last = self.short_phrase(index)
        text = self.sentence.words_text(first, last)
        slug = "-".join([*text.lower().split(), *([side.side_id] if side else [])])
        actor = Actor(f"unknown:{slug}", text, side.side_id if side else "", side.side if side else "", "", known=False)
        return Mention(self.sentence.index, first, last, index, text, "noun", actor, "collective noun that no table names")

    def short_phrase(self, index: int) -> tuple[int, int]:
        """Noun -> [first, last) of the noun with the owner, adjectives and numbers directly before it.

        A hyphened compound and what stands before it are left out ("[Iran-backed] militia groups").
        """
        first, before = index, self.sentence.kids(index, "det", "nmod:poss", "amod", "compound", "nummod")
        for kid in sorted((k for k in before if k < index), reverse=True):
            below = self.sentence.subtree(kid)
            if below[-1] != first - 1 or any(self.is_dash(i) for i in below) or len(below) > LONGEST_QUALIFIER:
                break
            first = below[0]
        while first < index and (
            self.sentence.words[first].upos in ("DET", "PART", "PUNCT", "ADP") or self.is_dash(first - 1 if first else 0)
        ):
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
        if is_rel(rel, "advcl", "acl") and any(self.text(k) in ("of", "for") for k in self.sentence.kids(predicate, "mark", "case")):
            for rels in (("obj", "obl"), ("nsubj:pass",)):
                blamed = [m for k in self.sentence.kids(head, *rels) if k != predicate for m in self.parties(k)]
                if blamed:
                    return blamed
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
            return [m for k in kids for m in self.direct(k)]
        if self.rel(verb) == "acl:relcl" and not self.relative_inside(verb):
            return self.parties(self.head(verb))
        return []

    def direct(self, noun: int) -> list[Mention]:
        """Parties of an object that is a party itself, or its people; "backs Iran's plan" does not back Iran."""
        people = self.at(noun) or self.has(noun, "group_nouns") or self.sentence.words[noun].tag in _RELATIVES
        return self.parties(noun) if people else []

    def relative_inside(self, verb: int) -> bool:
        """Whether a relative clause holds its own pronoun as subject ("who backs")."""
        return any(self.sentence.words[k].tag in _RELATIVES for k in self.sentence.kids(verb, "nsubj"))

    def complements(self, index: int, preps: Iterable[str], own: bool = True) -> list[int]:
        """Nouns that hang on the word, or on the verb whose object it is, by one of the prepositions."""
        wanted = frozenset(preps)
        hung = self.sentence.kids(index, "nmod", "obl", "acl", "advcl", "xcomp")
        found = [k for k in hung if preposition(self.sentence, k) in wanted]
        if not found and "between" in wanted:
            found = [k for h in hung if h > index for k in self.sentence.kids(h, "nmod") if preposition(self.sentence, k) in wanted]
        if not found and own and is_rel(self.rel(index), "obj", "nsubj:pass", "nsubj") and self.head(index) >= 0:
            found = [k for k in self.sentence.kids(self.head(index), "obl", "nmod") if preposition(self.sentence, k) in wanted]
        return found

    def with_preps(self, index: int, preps: Iterable[str], own: bool = True) -> list[Mention]:
        """Parties named by one of the prepositions."""
        found = [m for k in self.complements(index, preps, own) for m in self.parties(k)]
        if len(found) == 1 and "between" in preps:
            found += [m for k in self.complements(index, ("including", "like", "such as"), own) for m in self.parties(k)]
        return found

    def owners(self, noun: int) -> list[Mention]:
        """Whose it is: the possessor, else "of" someone, else a demonym or name before it."""
        for kid in self.sentence.kids(noun, "nmod:poss"):
            found = self.parties(kid) or self.joined_owner(noun, kid) or self.possessor(noun, kid)
            if found:
                return found
        for kid in self.sentence.kids(noun, "nmod"):
            if preposition(self.sentence, kid) == "of":
                found = self.parties(kid)
                if found:
                    return found
        return self.qualifiers(noun)

    def joined_owner(self, noun: int, pronoun: int) -> list[Mention]:
        """ "Chad and its ally": the first of those joined, whoever the pronoun could mean elsewhere."""
        at = noun
        while (
            self.sentence.words[pronoun].tag == "PRP$"
            and self.head(at) >= 0
            and is_rel(self.rel(at), "nmod:desc", "compound", "conj", "appos")
        ):
            at = self.head(at)
            found = self.party_at(at)
            if found and at < pronoun:
                return found
        return []

    def possessor(self, noun: int, pronoun: int) -> list[Mention]:
        """A possessive pronoun no one resolved: the subject of the clause, if it stands before."""
        at = noun
        while is_rel(self.rel(at), "nmod:desc", "compound", "conj", "appos") and self.head(at) >= 0:
            at = self.head(at)
        verb = self.head(at)
        if self.sentence.words[pronoun].tag != "PRP$" or self.at(pronoun) or verb < 0 or is_rel(self.rel(at), "nsubj"):
            return []
        return [m for m in self.topics(verb) if m.last <= pronoun]

    def qualifiers(self, noun: int) -> list[Mention]:
        """Demonyms and names directly before a noun, hyphened pairs included ("the Franco-German axis")."""
        found: list[Mention] = []
        for kid in self.sentence.kids(noun, "amod", "compound", "nmod:desc", "nmod:unmarked", "nmod"):
            if kid < noun and not preposition(self.sentence, kid):
                found += [m for i in with_conjuncts(self.sentence, kid) for m in self.at(i)]
                found += [m for k in self.sentence.kids(kid, "compound", "amod") for m in self.at(k)]
        joined = [m for m in self.mentions if m.actor and m.first < noun and m.last in (noun, noun + 1)]
        found += [m for j in joined for m in self.mentions if m.actor and m.last == j.first - 1 and self.is_dash(m.last)]
        pair = joined if found else []
        return distinct([*(m for m in found if not m.first <= noun < m.last and not self.is_turned(m)), *pair])

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
