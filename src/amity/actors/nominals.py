"""Nouns without a name -> mentions: "an official", "the regime", "rebels", "the group", "the two sides"."""

from __future__ import annotations

from amity.actors import phrases
from amity.actors.kinds import arm_of, finer_sector, sector_of, unknown_actor
from amity.actors.memory import Memory, chained, joint_actor
from amity.actors.offices import HEADS, holder_of, office_of
from amity.actors.owners import Resolve, owner_of
from amity.actors.sheet import Sheet
from amity.records import Actor, Word, is_rel

Told = tuple[Actor, str]
# How far back, in sentences, a definite noun may reach, and the same noun again.
REACH, SAME_REACH = 12, 60
_PLACES = (
    "nsubj",
    "obj",
    "iobj",
    "obl:agent",
    "conj",
    "nmod:poss",
    "obl",
    "appos",
    "nmod",
    "root",
    "parataxis",
    "compound",
    "amod",
    "ccomp",
)
_ACTS = ("nsubj", "obl:agent", "obj", "iobj")
_RULERS = frozenset({"government", "regime", "administration", "authorities", "leadership"})
_FORCES = frozenset({"army", "military", "forces", "troops"})
_OF_STATE = frozenset({"government", "loyalist", "state"})
_PEOPLE = frozenset({"leaders", "presidents", "ministers"})
_SIDES = frozenset({"of", "from", "in", "for", "at", "with", "to"})


class Nominals:
    """Reads the nouns of one sentence that no name has used."""

    def __init__(self, sheet: Sheet, memory: Memory, pronoun: Resolve) -> None:
        self.sheet, self.memory, self.pronoun = sheet, memory, pronoun
        self.sentence, self.table = sheet.sentence, memory.table

    def read(self, word: Word) -> None:
        """A free noun of a class that may be a party -> its mention, if it is one."""
        if word.upos not in (*phrases.NOUNS, "ADJ") or word.index in self.sheet.taken or not is_rel(word.rel, *_PLACES):
            return
        classes = phrases.classes_of(self.sentence, word.index, self.table)
        takes = self._takes(word)
        if not classes and not takes:
            return
        if is_rel(word.rel, "compound", "amod"):
            self._modifier(word, classes)
            return
        if "pair" in classes and self._pair(word):
            return
        told = (
            self._owned(word, classes)
            or self._told(word, classes)
            or self._taken_up(word, classes, takes)
            or self._office(word, classes)
            or self._unknown(word, classes)
        )
        if told:
            self._add(word, told, classes)

    def _takes(self, word: Word) -> frozenset[str]:
        """What the noun, with the word before it or alone, may take up again."""
        low = word.text.lower()
        before = self.sentence.words[word.index - 1].text.lower() if word.index else ""
        return self.table.takes_up.get(f"{before} {low}") or self.table.takes_up.get(low, frozenset())

    def _add(self, word: Word, told: Told, classes: frozenset[str]) -> None:
        actor, why = told
        kind = "office" if "office" in classes and not actor.anonymous else "noun"
        span = phrases.phrase_start(self.sentence, word.index), phrases.phrase_end(self.sentence, word.index)
        self.sheet.add(span, word.index, "office" if kind == "office" else "noun", actor, why, classes)

    def _modifier(self, word: Word, classes: frozenset[str]) -> None:
        """`rebel positions`: the noun before the noun is the party, unless the second is one too."""
        if word.head < word.index:
            return
        noun = phrases.classes_of(self.sentence, word.head, self.table)
        if (
            "opposition" in classes
            and word.head > word.index
            and not noun & {"opposition", "group", "military", "office", "civil", "government"}
        ):
            told = self._opposition(word) or (unknown_actor(word.text, "opposition"), "party known by its words only")
            self.sheet.add((word.index, word.index + 1), word.index, "noun", told[0], told[1], classes)

    def _owned(self, word: Word, classes: frozenset[str]) -> Told | None:
        """`his forces`, `Assad's government`, `its allies`: the possessor's arm, or people named after the possessor."""
        owner = owner_of(self.sentence, word.index, self.sheet.found, self.pronoun)
        if owner is None or owner.anonymous or (not owner.known and owner.sector in ("media", "civil")):
            return None
        if "office" in classes and "civil" not in classes:
            words = self._text(word.index).lower().split()
            holder = holder_of(self.table, owner.side_id, words, self.memory.day)
            return (holder, "office with its holder on the day") if holder else (arm_of(owner, "government"), "office of its possessor")
        for sector in ("government", "military"):
            if sector in classes and not classes & {"thing", "civil"}:
                return arm_of(owner, finer_sector(classes, sector)), f"its possessor's {sector}"
        if classes & {"group", "civil", "opposition"} and "thing" not in classes:
            text = f"{owner.side}'s {self._text(word.index)}"
            return unknown_actor(text, sector_of(classes)), "people or groups of a possessor"
        return None

    def _told(self, word: Word, classes: frozenset[str]) -> Told | None:
        """`the foreign minister of Iran`, `rebels in Syria`, `a source close to the Syrian government`: told after the noun."""
        if not classes & {"government", "military", "office", "source", "opposition"}:
            return None
        side = self._side_after(word.index)
        if side is None:
            return None
        text = self._text(word.index)
        if "source" in classes and self.sheet.unnamed(word.index):
            return unknown_actor(text, "government", True, side), "unnamed source, its side told after it"
        if "opposition" in classes:
            return self.sheet.opposition_of(side), "opposition of the land told after it"
        if "office" in classes and "civil" not in classes:
            holder = holder_of(self.table, side.side_id, text.lower().split(), self.memory.day)
            return (
                (holder, "office with its holder on the day") if holder else (arm_of(side, "government"), "office of a side told after it")
            )
        if "civil" in classes:
            return None
        sector = finer_sector(classes, "military" if "military" in classes else "government")
        return arm_of(side, sector), "its side told after it"

    def _joined_sides(self, side: Actor) -> list[Actor]:
        """`the presidents of Iran, Russia and Turkey`: all the sides joined with the first."""
        first = next((f for f in self.sheet.found if f.mention.actor is side), None)
        joined = {first.mention.head, *chained(self.sentence, first)} if first else set()
        return [f.mention.actor for f in self.sheet.found if f.mention.actor and joined & set(range(f.mention.first, f.mention.last))]

    def _side_after(self, index: int) -> Actor | None:
        words = self.sentence.words
        for kid in self.sentence.children[index]:
            if kid < index or not is_rel(words[kid].rel, "nmod", "obl", "amod", "acl"):
                continue
            marks = {words[c].text.lower() for c in self.sentence.kids(kid, "case")}
            deep = kid if marks & _SIDES else next(iter(self.sentence.kids(kid, "obl")), -1)
            for found in self.sheet.found:
                actor = found.mention.actor
                if found.mention.head == deep and actor and (actor.known or not found.mention.place) and not actor.id.startswith("person:"):
                    return actor
        return None

    def _taken_up(self, word: Word, classes: frozenset[str], takes: frozenset[str]) -> Told | None:
        """A definite noun that says again who was named before: the same noun first, then what it may stand for."""
        low = word.text.lower()
        plain = not self.sentence.kids(word.index, "amod", "compound", "nmod:poss")
        definite = phrases.is_definite(self.sentence, word.index)
        if self.sheet.unnamed(word.index):
            return None
        if "opposition" in classes:
            return self._opposition(word)
        if not definite and not self._is_states(word.index):
            return None
        if plain or low in _FORCES:
            same = self.memory.last_noun(low, SAME_REACH) if plain else None
            if same and ("source" in classes or same.known):
                return same, f"'{low}' said again"
        if takes and (plain or "body" in takes):
            actor = self._this_sentence(takes, word.index) or self.memory.last_of(takes, REACH)
            if actor and (actor.known or plain):
                return actor, f"'{low}' for the one last named"
        if low in _RULERS or (low in _FORCES and definite):
            return self._ruling(word, "government" if low in _RULERS else "military")
        return self._ruling(word, "government") if self._is_states(word.index) else None

    def _ruling(self, word: Word, topic: str) -> Told | None:
        """The government or army last named, else that of the land named in the sentence or where the document is set."""
        actor = self._this_sentence(frozenset({topic}), word.index) or self.memory.last_of(frozenset({topic}))
        if actor:
            return actor, f"the {topic} last named"
        lands = [
            f.mention.actor
            for f in self.sheet.found
            if f.mention.actor and f.mention.actor.id.startswith("state:") and f.mention.last <= word.index
        ]
        land = lands[-1] if lands else self.table.get(self.memory.scene) if self.memory.scene else None
        return (arm_of(land, topic), f"the {topic} of the land named") if land else None

    def _is_states(self, index: int) -> bool:
        """`government forces`: no article, and yet one state's."""
        return any(self.sentence.words[k].text.lower() in _OF_STATE for k in self.sentence.kids(index, "compound", "amod"))

    def _opposition(self, word: Word) -> Told | None:
        """The opposition last named, else that of the one land where the document takes place."""
        last = self.memory.last_of(frozenset({"opposition"}), SAME_REACH)
        if last and last.sector == "opposition":
            return last, "the opposition last named"
        land = self.table.get(self.memory.scene) if self.memory.scene else None
        return (self.sheet.opposition_of(land), "opposition of the land the document is set in") if land else None

    def _this_sentence(self, topics: frozenset[str], index: int) -> Actor | None:
        for found in reversed(self.sheet.found):
            mention = found.mention
            if mention.last <= index and found.topic & topics and mention.actor and not mention.actor.anonymous and not mention.place:
                return mention.actor
        return None

    def _office(self, word: Word, classes: frozenset[str]) -> Told | None:
        """`the president`: the person last named with that title, else the last person named who holds such an office."""
        if "office" not in classes or not phrases.is_definite(self.sentence, word.index) or word.tag == "NNS":
            return None
        low = word.text.lower()
        titled = self.memory.offices.get(low)
        if titled:
            return titled, "the last one named with the title"
        wanted = HEADS if low == "leader" else {office_of([low])}
        if low in ("spokesman", "spokeswoman", "spokesperson"):
            wanted = {"spokesperson"}
        for trace in reversed(self.memory.traces):
            entry = self.table.entries.get(trace.actor.id)
            if entry and any(t.office in wanted for t in entry.tenures):
                return trace.actor, "the last one named who holds such an office"
        return None

    def _unknown(self, word: Word, classes: frozenset[str]) -> Told | None:
        text = self._text(word.index)
        if "source" in classes and (self.sheet.unnamed(word.index) or is_rel(word.rel, *_ACTS) or "office" not in classes):
            return unknown_actor(text, "", True), "unnamed source"
        if "thing" in classes or classes <= {"tie", "prefix", "place", "motion", "pair", "woman"}:
            return None
        if is_rel(word.rel, *_ACTS) or classes & {"opposition", "group", "lands"} or word.tag in ("NNS", "NNPS"):
            return unknown_actor(text, sector_of(classes)), "party known by its words only"
        return None

    def _text(self, index: int) -> str:
        first = phrases.phrase_start(self.sentence, index)
        while first < index and first in self.sheet.taken:
            first += 1
        return self.sentence.words_text(first, phrases.phrase_end(self.sentence, index))

    def _pair(self, word: Word) -> bool:
        """`the two sides`: one mention each for the last two parties; `the leaders`: those last named together."""
        words = self.sentence.words
        low = word.text.lower()
        two = [k for k in self.sentence.children[word.index] if words[k].text.lower() in ("two", "both") and k < word.index]
        plain = not self.sentence.kids(word.index, "amod", "compound", "nmod:poss", "nmod", "nummod")
        if not two and not (plain and phrases.is_definite(self.sentence, word.index)):
            return False
        actors = self._last_two(low in _PEOPLE, word.index if is_rel(word.rel, "nsubj") else 0)
        actors = actors if len(actors) == 2 else self._last_two(low in _PEOPLE, word.index)
        if len(actors) < 2:
            return False
        if two:
            self.sheet.add((two[0], two[0] + 1), word.index, "pronoun", actors[0], "the two last named")
            self.sheet.add((word.index, word.index + 1), word.index, "pronoun", actors[1], "the two last named")
            return True
        joint = next((t.actor for t in reversed(self.memory.traces) if t.actor.id.startswith("joint:")), None)
        self._add(word, (joint or joint_actor(actors), "those last named together"), frozenset({"joint"}))
        return True

    def _last_two(self, persons: bool, index: int) -> list[Actor]:
        """The last two parties of different sides that the tables know, before a word of this sentence, latest last."""
        here = [f.mention.actor for f in self.sheet.found if f.mention.last <= index and f.mention.actor and not f.mention.place]
        before = [t.actor for t in self.memory.traces if self.memory.clock - t.sentence <= 4 and not t.heard]
        seen: list[Actor] = []
        for actor in reversed(before + here):
            fits = actor.id.startswith("person:") or not persons
            if fits and actor.known and not actor.id.startswith("joint:") and all(actor.side_id != s.side_id for s in seen):
                seen.append(actor)
            if len(seen) == 2:
                break
        return seen[::-1]
