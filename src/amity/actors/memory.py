"""What a document has named so far: parties by surname, by title, by noun, and in order of their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from amity.actors.names import word_keys
from amity.actors.options import Links
from amity.actors.speech import QUOTES, Speech
from amity.actors.table import ActorTable
from amity.records import Actor, Mention, Sentence, Word, is_rel

# A sentence of fewer words (a list number, a byline) takes no part in counting how far a pronoun reaches.
SHORT = 4
_NOT_SPEAKING = frozenset({"it", "who", "which", "that", "we", "i"})
WE = frozenset({"we", "us", "our", "i", "my", "me"})
THEM = frozenset({"they", "them", "their", "themselves"})
# A pronoun reaches back this many sentences; further back, links were guesses.
PRONOUN_REACH = 3
# Ids of parties that are many, and are told of as one.
MANY_AS_ONE = ("group:", "org:", "body:")
# Nouns that count another noun, in whose role it then stands ("some of the troops").
COUNTING = frozenset(
    {"some", "many", "most", "several", "all", "both", "members", "dozens", "hundreds", "thousands", "number", "majority", "group"}
)


@dataclass(slots=True)
class Found:
    """A mention with what later words need to know of it: number, noun classes, its noun."""

    mention: Mention
    plural: bool
    topic: frozenset[str]
    # Its trace, with the mention that it was made of and how many women were known then.
    traced: tuple[Mention, int, Trace | None] | None = None


@dataclass(slots=True)
class Trace:
    """A mention as later words may refer to it: where, who, of what number and kind, in what role."""

    sentence: int
    word: int
    actor: Actor
    person: bool
    woman: bool
    plural: bool
    subject: bool
    possessor: bool
    topic: frozenset[str]
    noun: str
    object: bool = False
    quoted: bool = False
    of: Sentence | None = field(default=None, compare=False, repr=False)

    @property
    def deep(self) -> bool:
        """Whether it stands in a clause beside the main one of its sentence."""
        of = self.of
        return of is not None and any(is_rel(of.words[a].rel, "acl", "advcl", "appos") for a in of.ancestors(self.word))

    @property
    def heard(self) -> bool:
        """Whether it is a bystander that no pronoun takes up: the press told something, people seen in passing."""
        return not self.actor.known and not self.subject and ("civil" in self.topic or self.actor.sector == "media")


@dataclass(slots=True)
class Thing:
    """A noun that is no party, as a pronoun may mean it: where, of what number, in what role."""

    sentence: int
    word: int
    plural: bool
    subject: bool
    object: bool


@dataclass(slots=True)
class Memory:
    """The state of one document while it is read; `day` is its publication day or None."""

    table: ActorTable
    day: str | None
    links: Links
    homes: frozenset[str] = frozenset()
    scene: str = ""
    surnames: dict[str, Actor] = field(default_factory=dict)
    women: set[str] = field(default_factory=set)
    traces: list[Trace] = field(default_factory=list)
    offices: dict[str, list[Actor]] = field(default_factory=dict)
    heads: list[tuple[int, Actor]] = field(default_factory=list)
    lands: list[tuple[int, Actor]] = field(default_factory=list)
    # The last sentence, its mentions that are remembered, and all of them.
    previous: tuple[Sentence, list[Found], Sequence[Found]] | None = None
    clock: int = 0
    speaker: tuple[int, Actor] | None = None
    speech: Speech = field(default_factory=Speech)
    position: int = 0
    # The position of the sentence now read, and whether any words of it are joined.
    joins: tuple[int, bool] = (-1, False)
    voices: dict[int, Actor] = field(default_factory=dict)
    ahead: Callable[[int, int], Actor | None] = lambda _sentence, _word: None

    def trace(self, found: Found, sentence: Sentence) -> Trace | None:
        """A mention as a trace; a place or an unresolved pronoun leaves none."""
        done = found.traced
        if done is None or done[0] is not found.mention or done[1] != len(self.women):
            trace = self._trace(found, sentence)
            found.traced = done = found.mention, len(self.women), trace
        return done[2]

    def _trace(self, found: Found, sentence: Sentence) -> Trace | None:
        mention = found.mention
        if mention.actor is None or mention.place:
            return None
        word = sentence.words[mention.head]
        person = mention.actor.id.startswith("person:") or "person" in found.topic
        low = mention.text.lower()
        return Trace(
            self.clock,
            mention.head,
            mention.actor,
            person,
            person and self._woman(mention.actor, mention.text),
            found.plural or low in THEM,
            is_rel(word.rel, "nsubj", "root") or _counted_subject(sentence, word),
            word.rel == "nmod:poss",
            found.topic,
            word.text.lower(),
            is_rel(word.rel, "obj", "iobj", "obl:agent"),
            self.chain_at(mention.head) >= 0,
            sentence,
        )

    def chain_at(self, word: int) -> int:
        """The quotation that a word of the sentence now read stands in, -1 where in none."""
        return self.speech.chain_at(self.position, word)

    def _woman(self, actor: Actor, text: str) -> bool:
        if actor.id not in self.women:
            words = [k for w in f"{text} {actor.name}".split() for k in word_keys(w)]
            if any("woman" in self.table.nouns.get(w, ()) for w in words):
                self.women.add(actor.id)
        return actor.id in self.women

    def keep(self, found: Sequence[Found], sentence: Sentence, joint: Iterable[tuple[int, Actor]] = ()) -> None:
        """Remember a sentence's mentions, and joined ones (by the tree, or as told by `joint`) as one plural party."""
        kept = [f for f in found if not _in_byline(f, sentence)]
        self._note_speaker(kept, sentence)
        traces = [t for t in (self.trace(f, sentence) for f in kept) if t]
        told = [self.joint_trace(actor, sentence.words[word]) for word, actor in joint]
        self.traces += sorted([*traces, *self.joined(kept, sentence), *told], key=lambda t: t.word)
        if len(sentence.words) >= SHORT:
            self.previous = sentence, kept, found
            self.clock += 1
        self.position += 1

    @property
    def party_led(self) -> bool:
        """Whether a party leads the last sentence, so that `it` may take it up; looked at only when asked for."""
        return self.previous is None or _led_by_party(self.previous[1], self.previous[0])

    @property
    def things(self) -> list[Thing]:
        """The things of the last sentence; looked at only when asked for."""
        return self.things_of(self.previous[0], words_used(self.previous[2]), self.clock - 1) if self.previous else []

    def things_of(self, sentence: Sentence, used: set[int], clock: int) -> list[Thing]:
        """The nouns of a sentence that are no party, of the roles that pronouns take up."""
        return [
            Thing(clock, w.index, w.tag == "NNS", is_rel(w.rel, "nsubj"), is_rel(w.rel, "obj"))
            for w in sentence.words
            if w.upos == "NOUN"
            and w.index not in used
            and is_rel(w.rel, "nsubj", "obj", "obl", "nmod", "conj")
            and "time" not in self.table.nouns.get(w.text.lower(), ())
        ]

    def recent(self) -> list[Trace]:
        """The parties of the sentences that a pronoun of this one reaches back to."""
        return [t for t in self.traces if self.clock - PRONOUN_REACH <= t.sentence < self.clock]

    def joint_trace(self, actor: Actor, word: Word) -> Trace:
        subject, possessor = is_rel(word.rel, "nsubj", "root"), word.rel == "nmod:poss"
        return Trace(self.clock, word.index, actor, False, False, True, subject, possessor, frozenset({"joint"}), "")

    def _note_speaker(self, found: list[Found], sentence: Sentence) -> None:
        """Whoever is the subject beside a quotation speaks on in the next sentences that are quoted too."""
        if not any(w.text in QUOTES for w in sentence.words):
            return
        framed = self._note_voices(found)
        if framed:
            self.speaker = self.clock, framed
            return
        top = sentence.root
        verbs = {top, *sentence.kids(top, "parataxis"), *(a for a in sentence.kids(top, "ccomp"))}
        for item in found:
            word = sentence.words[item.mention.head]
            if item.mention.actor and item.mention.text.lower() not in _NOT_SPEAKING and is_rel(word.rel, "nsubj") and word.head in verbs:
                self.speaker = self.clock, item.mention.actor

    def _note_voices(self, found: list[Found]) -> Actor | None:
        """Whoever is named as speaking a quotation of the sentence speaks all of its chain; the last one so named."""
        last = None
        for chain, frames in ((s.chain, self.speech.frames.get(s.chain, ())) for s in self.speech.here(self.position)):
            for at, word in frames:
                item = next((f for f in found if f.mention.first <= word < f.mention.last or f.mention.head == word), None)
                if at == self.position and item and item.mention.actor:
                    self.voices[chain] = last = item.mention.actor
        return last

    def joined(self, found: list[Found], sentence: Sentence) -> list[Trace]:
        """`Iran, Russia and Turkey` -> one plural trace besides those of its members."""
        if self.joins[0] != self.position:
            self.joins = self.position, any(is_rel(w.rel, "conj") for w in sentence.words)
        if not self.joins[1]:
            return []
        parties = [f for f in found if f.mention.actor and f.mention.kind != "pronoun" and f.mention.actor.sector != "media"]
        at = {i: f for f in parties for i in (*range(f.mention.first, f.mention.last), f.mention.head)}
        out = []
        for first in parties:
            head = first.mention.head
            members = [first, *(at[k] for k in chained(sentence, first) if k in at)]
            actors = [f.mention.actor for f in members if f.mention.actor]
            if len({a.side_id for a in actors}) > 1 and not first.mention.place:
                out.append(self.joint_trace(joint_actor(actors), sentence.words[head]))
            elif len(members) > 1 and not first.mention.place:
                out.append(self.joint_trace(actors[0], sentence.words[head]))
        return out

    def last_of(self, topic: frozenset[str], within: int | None = None) -> Actor | None:
        """The last actor mentioned under one of some noun classes, at most `within` sentences back; of one sentence rather one that
        stands in its main clause ("it came from the movement, the largest bloc at the UN")."""
        last: Trace | None = None
        for trace in reversed(self.traces):
            if (within is not None and self.clock - trace.sentence > within) or (last and trace.sentence < last.sentence):
                break
            if trace.topic & topic and not trace.actor.anonymous and (trace.actor.known or "group" in topic):
                if not trace.deep:
                    return trace.actor
                last = last or trace
        return last.actor if last else None

    def only_land(self) -> Actor | None:
        """The one state that parties of the document are of, if there is but one."""
        states = [h for h in self.homes if h.startswith("state:")]
        return self.table.get(states[0]) if len(states) == 1 else None

    def scene_land(self) -> Actor | None:
        """The state where the document is set, else the one that its parties are of."""
        return self.table.get(self.scene) if self.scene else self.only_land()

    def last_land(self, within: int) -> Actor | None:
        """The state last named by its own name, as a place or a party, at most `within` sentences back."""
        return self.lands[-1][1] if self.lands and self.clock - self.lands[-1][0] <= within else None

    def last_noun(self, noun: str, within: int) -> Actor | None:
        """The last actor mentioned by the same noun, at most `within` sentences back."""
        for trace in reversed(self.traces):
            if self.clock - trace.sentence > within:
                return None
            if trace.noun == noun:
                return trace.actor
        return None


def words_used(found: Iterable[Found]) -> set[int]:
    """The words that mentions stand on, their heads among them."""
    return {i for f in found for i in (*range(f.mention.first, f.mention.last), f.mention.head)}


def _counted_subject(sentence: Sentence, word: Word) -> bool:
    up = sentence.words[word.head] if word.head >= 0 else word
    return is_rel(word.rel, "nmod") and is_rel(up.rel, "nsubj") and up.text.lower() in COUNTING


def _led_by_party(found: list[Found], sentence: Sentence) -> bool:
    """Whether the subject of the sentence's main verb is a party (or none is told), so that a later `it` may take it up."""
    subjects = sentence.kids(sentence.root, "nsubj") if sentence.root >= 0 else []
    heads = {f.mention.head for f in found} | {i for f in found for i in range(f.mention.first, f.mention.last)}
    pronoun = bool(subjects) and sentence.words[subjects[0]].upos == "PRON" and sentence.words[subjects[0]].text.lower() != "it"
    return not subjects or bool(heads.intersection(subjects)) or pronoun


def _in_byline(found: Found, sentence: Sentence) -> bool:
    """Whether an unknown person stands in a line without a verb: a reporter, a photographer, a name in a list."""
    actor = found.mention.actor
    unknown = actor is not None and not actor.known and "person" in found.topic
    return unknown and not any(w.upos in ("VERB", "AUX") for w in sentence.words)


def chained(sentence: Sentence, found: Found) -> list[int]:
    """The words joined with a mention, and those joined with these in turn."""
    out: list[int] = []
    stack = list(range(found.mention.first, found.mention.last))
    while stack:
        for kid in sentence.kids(stack.pop(), "conj"):
            if kid not in out and not found.mention.first <= kid < found.mention.last:
                out.append(kid)
                stack.append(kid)
    return sorted(out)


def joint_actor(actors: list[Actor]) -> Actor:
    """Several parties that act as one -> one actor whose side lists theirs, joined by semicolons.

    >>> a, b = (Actor(f"state:{c}", n, f"state:{c}", n, "government") for c, n in (("RUS", "Russia"), ("IRN", "Iran")))
    >>> joint_actor([a, b]).side
    'Iran; Russia'
    """
    sides = sorted(
        {(part, name) for a in actors for part, name in zip(a.side_id.split(";"), a.side.split("; "), strict=False)}, key=lambda s: s[1]
    )
    name = "; ".join(n for _, n in sides)
    ids = ";".join(i for i, _ in sides)
    return Actor(f"joint:{ids}", name, ids, name, actors[0].sector, all(a.known for a in actors))
