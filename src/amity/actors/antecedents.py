"""`It`, `its`, `itself` -> whether a party is meant, a thing that is none, or nobody; and which, where the rules take none.

What speaks for each is written as features one can read (`back 1`, `rules True`), weighed by a table that `training/links.py`
fits to pronouns read one by one. What the rules of `pronouns.py` say is one feature among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amity.actors.governors import governors
from amity.actors.memory import MANY_AS_ONE, WE, Memory, Thing, Trace
from amity.actors.options import Option
from amity.actors.sheet import Sheet
from amity.records import Actor, Word, is_rel

# Words before the pronoun in its sentence are told in these steps.
STEPS = (3, 6, 12, 24)
# Mentions of a party, parties nearer than one, and parties between it and the pronoun in the tree, are told up to here.
MOST_TOLD, MOST_NEARER, MOST_ABOVE = 5, 4, 3
_ROLES = ("nsubj", "obj", "obl", "nmod", "nmod:poss", "conj", "appos", "root")
_PRONOUNS = frozenset({"it", "its", "itself", "they", "them", "their", "he", "his", "him", "she", "her"})


@dataclass(frozen=True, slots=True)
class _Asked:
    """The pronoun that is asked for, its role, and whether it stands in a quotation."""

    word: Word
    role: str
    spoken: bool


@dataclass(frozen=True, slots=True)
class Antecedents:
    """Lists what the singular pronouns of one sentence may stand for."""

    sheet: Sheet
    memory: Memory

    def list_options(self, word: Word, here: Sequence[Trace], rules: Actor | None) -> list[Option]:
        """A pronoun, the parties before it in its sentence, and whom the rules take -> its options, nobody first."""
        now = self.memory.clock
        traces = [t for t in (*self.memory.recent(), *here) if t.noun not in WE and _may_be_one(t)]
        it = _Asked(word, _role(word), self.memory.chain_at(word.index) >= 0)
        about = (f"spoken {it.spoken}", *self._of_word(word))
        above = {k: n for n, k in reversed(list(enumerate(governors(self.sheet.sentence, word, self.memory.table.controls))))}
        out = [Option(None, ("none", f"none {it.role}", f"none rules {rules is None}", *(f"none {x}" for x in about)))]
        told = Counter(t.actor.id for t in traces)
        alone = len({t.actor.id for t in traces if t.sentence == now}) == 1
        nearer: Counter[int] = Counter()
        for trace in reversed(traces):
            ruled = rules is not None and rules.id == trace.actor.id
            features = (
                *self._of_trace(trace, it, min(nearer[trace.sentence], MOST_NEARER), above.get(trace.word)),
                f"rules {ruled}",
                f"rules {ruled} {it.role} {min(now - trace.sentence, 1)}",
                f"told {min(told[trace.actor.id], MOST_TOLD)}",
                *(("alone here",) if alone and trace.sentence == now else ()),
            )
            nearer[trace.sentence] += 1
            out.append(Option(trace.actor, features))
        for thing in (*self.sheet.things_before(word), *self.memory.things):
            if not thing.plural:
                out.append(Option(None, (*self._of_thing(thing, it, thing.word in above), *(f"thing {x}" for x in about))))
        return out

    def _of_word(self, word: Word) -> Iterator[str]:
        """What is told of the pronoun."""
        sentence = self.sheet.sentence
        if word.head < 0:
            return
        head = sentence.words[word.head]
        party = bool(self.memory.table.nouns.get(head.text.lower()))
        owned = f"owns {'party' if party else 'thing'}" if word.rel == "nmod:poss" else f"with {head.upos}"
        clausal = any(is_rel(sentence.words[k].rel, "csubj", "ccomp", "xcomp") for k in sentence.children[word.head])
        yield owned
        yield f"{owned} lemma {head.lemma.lower()}"
        yield f"acting {is_rel(word.rel, 'nsubj') and head.lemma.lower() in self.memory.table.party_verbs}"
        yield f"{word.rel} clausal {clausal}"
        yield f"first {not any(is_rel(w.rel, 'nsubj') for w in sentence.words[: word.index])}"

    def _of_trace(self, trace: Trace, it: _Asked, nearer: int, above: int | None) -> Iterator[str]:
        """What speaks for a party: what it is, how far back, and in what role."""
        gap, theirs = self.memory.clock - trace.sentence, _role_of(trace)
        kind = trace.actor.id.partition(":")[0]
        sort = f"{kind}{' many' if trace.plural else ''} {'' if trace.actor.known else trace.actor.sector}"
        yield sort
        yield f"{sort} {theirs}"
        yield f"here {_step(it.word.index - trace.word)}" if not gap else f"back {gap}"
        yield f"{min(gap, 1)} {theirs}"
        yield f"{min(gap, 2)} nearer {nearer}"
        yield f"{it.role} {theirs} {min(gap, 1)}"
        yield f"word {trace.noun if trace.noun in _PRONOUNS else 'noun'}"
        yield f"{kind} spoken {it.spoken} {trace.quoted}"
        yield from (name for name, holds in (("quoted", trace.quoted), ("deep", trace.deep), ("heard", trace.heard)) if holds)
        yield from (f"topic {topic}" for topic in sorted(trace.topic))
        if not gap:
            yield f"above {it.role} {MOST_ABOVE if above is None else min(above, MOST_ABOVE)}"
        elif trace.of is not None and is_rel(trace.of.words[trace.word].rel, "nsubj"):
            yield f"leads {trace.of.words[trace.word].head == trace.of.root}"

    def _of_thing(self, thing: Thing, it: _Asked, above: bool) -> Iterator[str]:
        """What speaks for a thing."""
        gap = self.memory.clock - thing.sentence
        theirs = "subject" if thing.subject else "object" if thing.object else "other"
        yield "thing"
        yield f"thing here {_step(it.word.index - thing.word)}" if not gap else "thing back"
        yield f"thing {theirs} {gap}"
        yield f"thing {it.role} {theirs} {gap}"
        yield f"thing above {above and not gap}"


def _may_be_one(trace: Trace) -> bool:
    """Whether a singular that is no person may stand for a party at all."""
    many = trace.plural and not trace.actor.id.startswith(MANY_AS_ONE)
    return not (trace.person or many or trace.actor.id.startswith("joint:"))


def _role_of(trace: Trace) -> str:
    return "subject" if trace.subject else "possessor" if trace.possessor else "object" if trace.object else "other"


def _role(word: Word) -> str:
    base = word.rel if word.rel == "nmod:poss" else word.rel.partition(":")[0]
    return base if base in _ROLES else "other"


def _step(gap: int) -> int:
    return sum(gap > step for step in STEPS)
