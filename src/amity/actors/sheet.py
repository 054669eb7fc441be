"""The sheet of one sentence: its spots, the words used up, the mentions found so far."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from amity.actors import phrases
from amity.actors.kinds import unknown_actor
from amity.actors.memory import Found, Memory, Thing, words_used
from amity.actors.spots import Spot
from amity.records import Actor, Mention, MentionKind, Sentence, Word, is_rel

# A mention never begins with these.
_QUOTED = frozenset({"“", '"', "‘", "'", "’", "``"})
_SKIPPED = frozenset({"'s", "’s", "'", "’", "-", "–", "‘", "“", '"', "the", "The"})


class Sheet:
    """One sentence while it is read; `taken` marks words that a mention has used up, `joint` parties told apart that act as one."""

    def __init__(self, sentence: Sentence, spots: list[Spot], memory: Memory) -> None:
        self.sentence, self.spots, self.memory, self.table = sentence, spots, memory, memory.table
        self.taken: set[int] = set()
        self.found: list[Found] = []
        self.joint: list[tuple[int, Actor]] = []

    def add(self, span: tuple[int, int], head: int, kind: MentionKind, actor: Actor, why: str, topic: frozenset[str] = frozenset()) -> None:
        """Note a mention unless some of its words are used already."""
        first, last = span
        while first < last and (first in self.taken or self.sentence.words[first].text in _SKIPPED):
            first += 1
        if first >= last or any(i in self.taken for i in range(first, last)):
            return
        self.taken.update(range(first, last))
        many = kind != "name" or actor.id.startswith(("org:", "group:", "unknown:"))
        # "The Chinese", "the French": many, though the word has no plural form.
        people = kind == "demonym" and phrases.is_definite(self.sentence, head)
        plural = (phrases.is_plural(self.sentence, head) or people) and many and head not in {i for i, _ in self.joint}
        text = self.sentence.words_text(first, last)
        self.found.append(Found(Mention(self.sentence.index, first, last, head, text, kind, actor, why), plural, topic))

    def sides_at(self, heads: Collection[int]) -> set[str]:
        """Sides of the mentions that stand on some words."""
        return {f.mention.actor.side_id for f in self.found if f.mention.actor and f.mention.head in heads}

    def things_before(self, word: Word) -> list[Thing]:
        """The nouns before a word that no mention has used, as a pronoun there may mean them."""
        things = self.memory.things_of(self.sentence, words_used(self.found), self.memory.clock)
        return [t for t in things if t.word < word.index]

    def side_of(self, spot: Spot) -> Actor:
        """The actor that a spot names, as a side for what hangs on it."""
        if spot.entry is not None:
            actor = self.table.actor(spot.entry, self.memory.day)
            words = self.sentence.words_text(spot.first, spot.last)
            return replace(actor, name=words) if spot.entry.sector == "collective" else actor
        text = self.sentence.words_text(spot.first, spot.last)
        heard = self.table.heard(text, self.memory.day) if spot.label == "ORG" else None
        return heard if heard and heard.id.startswith(("group:", "body:", "org:")) else unknown_actor(text, spot.label)

    def named_after(self, noun: int) -> Actor | None:
        """`the militant group Hezbollah`: the group or body that is named right after a noun, over a quotation mark."""
        at = noun + 1
        while at < len(self.sentence.words) and self.sentence.words[at].text in _QUOTED:
            at += 1
        spot = next((s for s in self.spots if s.first == at and s.entry and s.entry.id.startswith(("group:", "body:"))), None)
        return self.side_of(spot) if spot else None

    def unnamed(self, noun: int) -> bool:
        """Whether a source noun is left unnamed: indefinite, counted, or a bare plural that says something."""
        kids = [self.sentence.words[k] for k in self.sentence.children[noun]]
        dets = {w.text.lower() for w in kids if w.rel == "det"}
        if dets & {"the", "this", "that", "these", "those"}:
            return False
        one = any(w.rel == "nummod" or w.text.lower() in ("second", "another", "anonymous", "unnamed", "senior") for w in kids)
        return bool(dets & {"a", "an", "another", "some"}) or one or self._says(noun)

    def _says(self, noun: int) -> bool:
        """Whether a plural noun is the subject of a verb with a clause for its content."""
        word = self.sentence.words[noun]
        if word.tag != "NNS" or not is_rel(word.rel, "nsubj") or word.head < 0:
            return False
        return bool(self.sentence.kids(word.head, "ccomp", "parataxis")) or self.sentence.words[word.head].rel == "parataxis"

    def opposition_of(self, land: Actor) -> Actor:
        """The opposition of a land: the table's, else one named after the land."""
        entry = self.table.oppositions.get(land.id)
        return self.table.actor(entry) if entry else unknown_actor(f"{self.table.adjective(land)} opposition", "opposition")

    def junta_of(self, land: Actor) -> Actor | None:
        """The junta of a land, where the tables hold one as a party of its own."""
        entry = self.table.juntas.get(land.id)
        return self.table.actor(entry) if entry else None
