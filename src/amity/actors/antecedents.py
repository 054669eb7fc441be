"""`It`, `its`, `itself` -> whether a party is meant, a thing that is none, or nobody; and which, where the rules take none.

What speaks for each is written as features one can read (`back 1`, `rules True`), weighed by a table that `training/links.py`
fits to pronouns read one by one. What the rules of `pronouns.py` say is one feature among them.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amity.actors.governors import governors
from amity.actors.memory import WE, Memory, Thing, Trace, words_used
from amity.actors.sheet import Sheet
from amity.records import Actor, Word, is_rel

FILE = Path(__file__).resolve().parents[1] / "model" / "links.json"
# Sentences back within which a party may be meant; words before the pronoun in its sentence are told in these steps.
REACH, STEPS = 3, (3, 6, 12, 24)
# Mentions of a party, parties nearer than one, and parties between it and the pronoun in the tree, are told up to here.
MOST_TOLD, MOST_NEARER, MOST_ABOVE = 5, 4, 3
# Log-odds by which nobody must outweigh the likeliest party where the rules take one: in reports of agencies, by folds, .3 is
# right most often, and parties and nobodies are missed alike.
SURE = 0.3
_ROLES = ("nsubj", "obj", "obl", "nmod", "nmod:poss", "conj", "appos", "root")
_PRONOUNS = frozenset({"it", "its", "itself", "they", "them", "their", "he", "his", "him", "she", "her"})
_MANY_AS_ONE = ("group:", "org:", "body:")


@dataclass(frozen=True, slots=True)
class Option:
    """One that a pronoun may stand for, nobody or a thing where there is no actor, and what speaks for it."""

    actor: Actor | None
    features: tuple[str, ...]


class Links:
    """Weights of features."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights

    def choose(self, place: tuple[int, int], options: Sequence[Option], rules: Actor | None) -> Actor | None:
        """The options of a pronoun, by its sentence and word, and whom the rules take -> the actor meant.

        The weights decide whether a party is meant at all; which one, the rules where they take one.
        """
        get = self.weights.get
        weighed = [(sum(get(f, 0.0) for f in o.features), o.actor) for o in options]
        nobody = max((w for w, actor in weighed if actor is None), default=-math.inf)
        weight, party = max(((w, actor) for w, actor in weighed if actor), key=lambda x: x[0], default=(-math.inf, None))
        if rules:
            return rules if nobody - weight <= SURE else None
        return party if weight > nobody else None


@lru_cache(maxsize=1)
def load_links() -> Links:
    """The shipped weights, loaded once a process."""
    return Links(json.loads(FILE.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Antecedents:
    """Lists what the singular pronouns of one sentence may stand for."""

    sheet: Sheet
    memory: Memory

    def list_options(self, word: Word, here: Sequence[Trace], rules: Actor | None) -> list[Option]:
        """A pronoun, the parties before it in its sentence, and whom the rules take -> its options, nobody first."""
        now = self.memory.clock
        traces = [t for t in self.memory.traces if now - REACH <= t.sentence < now] + list(here)
        traces = [t for t in traces if t.noun not in WE and _may_be_one(t)]
        about, role = tuple(self._of_word(word)), _role(word)
        above = {k: n for n, k in reversed(list(enumerate(governors(self.sheet.sentence, word, self.memory.table.controls))))}
        out = [Option(None, ("none", f"none {role}", f"none rules {rules is None}", *(f"none {x}" for x in about)))]
        told = Counter(t.actor.id for t in traces)
        alone = len({t.actor.id for t in traces if t.sentence == now}) == 1
        nearer: Counter[int] = Counter()
        for trace in reversed(traces):
            ruled = rules is not None and rules.id == trace.actor.id
            features = (
                *self._of_trace(trace, word, min(nearer[trace.sentence], MOST_NEARER), above.get(trace.word)),
                f"rules {ruled}",
                f"rules {ruled} {role} {min(now - trace.sentence, 1)}",
                f"told {min(told[trace.actor.id], MOST_TOLD)}",
                *(("alone here",) if alone and trace.sentence == now else ()),
            )
            nearer[trace.sentence] += 1
            out.append(Option(trace.actor, features))
        for thing in (*self._things_here(word), *self.memory.things):
            if not thing.plural:
                out.append(Option(None, tuple(self._of_thing(thing, word, thing.word in above, about))))
        return out

    def _of_word(self, word: Word) -> Iterator[str]:
        """What is told of the pronoun."""
        sentence = self.sheet.sentence
        yield f"spoken {self.memory.chain_at(word.index) >= 0}"
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

    def _of_trace(self, trace: Trace, word: Word, nearer: int, above: int | None) -> Iterator[str]:
        """What speaks for a party: what it is, how far back, and in what role."""
        gap, mine, theirs = self.memory.clock - trace.sentence, _role(word), _role_of(trace)
        kind = trace.actor.id.partition(":")[0]
        sort = f"{kind}{' many' if trace.plural else ''} {'' if trace.actor.known else trace.actor.sector}"
        yield sort
        yield f"{sort} {theirs}"
        yield f"here {_step(word.index - trace.word)}" if not gap else f"back {gap}"
        yield f"{min(gap, 1)} {theirs}"
        yield f"{min(gap, 2)} nearer {nearer}"
        yield f"{mine} {theirs} {min(gap, 1)}"
        yield f"word {trace.noun if trace.noun in _PRONOUNS else 'noun'}"
        yield f"{kind} spoken {self.memory.chain_at(word.index) >= 0} {trace.quoted}"
        yield from (name for name, holds in (("quoted", trace.quoted), ("deep", trace.deep), ("heard", trace.heard)) if holds)
        yield from (f"topic {topic}" for topic in sorted(trace.topic))
        if not gap:
            yield f"above {mine} {MOST_ABOVE if above is None else min(above, MOST_ABOVE)}"
        elif trace.of is not None and is_rel(trace.of.words[trace.word].rel, "nsubj"):
            yield f"leads {trace.of.words[trace.word].head == trace.of.root}"

    def _of_thing(self, thing: Thing, word: Word, above: bool, about: tuple[str, ...]) -> Iterator[str]:
        """What speaks for a thing."""
        gap = self.memory.clock - thing.sentence
        theirs = "subject" if thing.subject else "object" if thing.object else "other"
        yield "thing"
        yield f"thing here {_step(word.index - thing.word)}" if not gap else "thing back"
        yield f"thing {theirs} {gap}"
        yield f"thing {_role(word)} {theirs} {gap}"
        yield f"thing above {above and not gap}"
        yield from (f"thing {x}" for x in about)

    def _things_here(self, word: Word) -> list[Thing]:
        """Nouns before the pronoun in its sentence that no mention has used."""
        things = self.memory.things_of(self.sheet.sentence, words_used(self.sheet.found), self.memory.clock)
        return [t for t in things if t.word < word.index]


def _may_be_one(trace: Trace) -> bool:
    """Whether a singular that is no person may stand for a party at all."""
    many = trace.plural and not trace.actor.id.startswith(_MANY_AS_ONE)
    return not (trace.person or many or trace.actor.id.startswith("joint:"))


def _role_of(trace: Trace) -> str:
    return "subject" if trace.subject else "possessor" if trace.possessor else "object" if trace.object else "other"


def _role(word: Word) -> str:
    base = word.rel if word.rel == "nmod:poss" else word.rel.partition(":")[0]
    return base if base in _ROLES else "other"


def _step(gap: int) -> int:
    return sum(gap > step for step in STEPS)
