"""Nouns without a name -> mentions: "an official", "the regime", "rebels", "the group", "the two sides"."""

from __future__ import annotations

from amity.actors import phrases
from amity.actors.again import Again, Told, people_here
from amity.actors.kinds import arm_of, finer_sector, sector_of, unknown_actor
from amity.actors.memory import Found, Memory, chained, joint_actor
from amity.actors.offices import COUNTERPARTS, holder_of
from amity.actors.owners import Resolve, owner_of
from amity.actors.pairs import PAIRED, Pairs
from amity.actors.sheet import Sheet
from amity.records import Actor, Word, is_rel

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
_UPOS = (*phrases.NOUNS, "ADJ")
_ACTS = ("nsubj", "obl:agent", "obj", "iobj")
# Written small these are no parties but things.
_NAMES_ONLY = frozenset({"front", "fronts", "movements", "authority"})
_SIDES = frozenset({"of", "from", "in", "for", "at", "with", "to"})
# Whoever is sent to a party is not of it.
_SENT = frozenset({"envoy", "envoys", "ambassador", "ambassadors", "emissary", "emissaries", "delegate", "delegates", "delegation"})
_FROM = frozenset({"of", "from", "for"})
# Nouns that only count people, and verbs of people in the streets: the crowd is then named by what it does.
_CROWDS = frozenset({"people", "crowd", "crowds", "students", "women", "hundreds", "thousands", "dozens", "tens", "supporters", "youths"})
_FIGHTING = frozenset({"men", "fighters", "gunmen", "militants", "militiamen", "militias", "militia", "guerrillas"})
_COUNTS = frozenset({"tens", "dozens", "hundreds", "thousands"})
_PROTESTING = frozenset({"protest", "march", "rally", "demonstrate", "gather", "chant", "throng", "riot", "parade"})


class Nominals:
    """Reads the nouns of one sentence that no name has used."""

    def __init__(self, sheet: Sheet, memory: Memory, pronoun: Resolve) -> None:
        self.sheet, self.memory, self.pronoun = sheet, memory, pronoun
        self.sentence, self.table = sheet.sentence, memory.table
        self.again = Again(sheet, memory, pronoun)

    def read(self, word: Word) -> None:
        """A free noun of a class that may be a party -> its mention, if it is one."""
        if word.upos not in _UPOS or word.index in self.sheet.taken or not is_rel(word.rel, *_PLACES):
            return
        classes = phrases.classes_of(self.sentence, word.index, self.table)
        takes = self._takes(word)
        if (not classes and not takes) or word.text in _NAMES_ONLY or self._tells_no_party(word, classes):
            return
        if is_rel(word.rel, "compound", "amod"):
            self._modifier(word, classes)
            return
        if classes & PAIRED and Pairs(self.sheet, self.memory).read(word, "pair" in classes):
            return
        told = (
            self._beside_name(word, classes)
            or self._of_head(word, classes)
            or self._owned(word, classes)
            or self._told(word, classes)
            or self.again.of_body(word, classes)
            or self.again.taken_up(word, classes, takes)
            or self.again.office(word, classes)
            or self._unknown(word, classes)
        )
        if told:
            self._add(word, told, classes)

    def _tells_no_party(self, word: Word, classes: frozenset[str]) -> bool:
        """`their opposition to the plan` is an act; `a sponsor` alone tells nobody; `hundreds of men` are the men."""
        counts = word.text.lower() in _COUNTS and bool(self.sentence.kids(word.index, "nmod"))
        act = "opposition" in classes and word.text.lower() == "opposition" and self.again.is_act(word)
        return counts or act or classes == {"patron"}

    def _beside_name(self, word: Word, classes: frozenset[str]) -> Told | None:
        """`their alliance, the Popular Front`; `his backers, Chad and Niger`: the names after the noun are the same party."""
        beside = set(self.sentence.kids(word.index, "appos"))
        first = next((f for f in self.sheet.found if f.mention.head in beside and _names_party(f)), None)
        if first is None or "civil" in classes or not phrases.is_definite(self.sentence, word.index):
            return None
        joined = {first.mention.head, *chained(self.sentence, first)}
        actors = [f.mention.actor for f in self.sheet.found if f.mention.head in joined and f.mention.actor]
        return (actors[0] if len(actors) == 1 else joint_actor(actors)), "the name beside it"

    def _of_head(self, word: Word, classes: frozenset[str]) -> Told | None:
        """`the Popular Front, an ally of Chad`: what is said beside a name is said of the party that it names."""
        if word.rel != "appos" or "civil" in classes:
            return None
        found = next((f for f in self.sheet.found if f.mention.head == word.head and f.mention.last <= word.index), None)
        return (found.mention.actor, "said of the name beside it") if found and found.mention.actor and _names_party(found) else None

    def _takes(self, word: Word) -> frozenset[str]:
        """What the noun, with the word before it or alone, may take up again."""
        low = word.text.lower()
        before = self.sentence.words[word.index - 1].text.lower() if word.index else ""
        return self.table.takes_up.get(f"{before} {low}") or self.table.takes_up.get(low, frozenset())

    def _add(self, word: Word, told: Told, classes: frozenset[str]) -> None:
        actor, why = told
        kind = "office" if "office" in classes and not actor.anonymous else "noun"
        first = phrases.phrase_start(self.sentence, word.index)
        # "other Obama administration critics": the words before a party that is told already are not its own.
        first = max([first, *(i + 1 for i in self.sheet.taken if first < i < word.index)])
        span = first, phrases.phrase_end(self.sentence, word.index)
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
            told = self.again.opposition(word) or (unknown_actor(word.text, "opposition"), "party known by its words only")
            self.sheet.add((word.index, word.index + 1), word.index, "noun", told[0], told[1], classes)

    def _owned(self, word: Word, classes: frozenset[str]) -> Told | None:
        """`his forces`, `Assad's government`, `its allies`: the possessor's arm, or people named after the possessor."""
        owner = owner_of(self.sentence, word.index, self.sheet.found, self.pronoun)
        if owner is None or owner.anonymous or (not owner.known and owner.sector in ("media", "civil")):
            return None
        if word.text.lower() in COUNTERPARTS:
            return unknown_actor(f"{owner.name}'s {self._text(word.index)}", "government"), "somebody else's office like the possessor's"
        if "office" in classes and "civil" not in classes:
            words = self._text(word.index).lower().split()
            holder = holder_of(self.table, owner.side_id, words, self.memory.day)
            return (holder, "office with its holder on the day") if holder else (arm_of(owner, "government"), "office of its possessor")
        for sector in ("government", "military"):
            if sector in classes and not classes & {"thing", "civil"}:
                return arm_of(owner, finer_sector(classes, sector)), f"its possessor's {sector}"
        if word.text.lower() in _FIGHTING and owner.known and self._has_arms(owner):
            return arm_of(owner, "military"), "its possessor's men"
        if classes & {"group", "civil", "opposition"} and "thing" not in classes:
            text = f"{owner.side}'s {self._text(word.index)}"
            return unknown_actor(text, sector_of(classes)), "people or groups of a possessor"
        return None

    @staticmethod
    def _has_arms(owner: Actor) -> bool:
        """Whether men of a party fight for it: an armed group, an army, a head of state or of a movement."""
        return owner.sector in ("armed", "military", "opposition") or owner.id.startswith("person:")

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
        sides = self._joined_sides(word, side)
        if len(sides) > 1 and classes & {"office", "government", "military"}:
            return joint_actor(sides), "sides told after it"
        if "office" in classes and "civil" not in classes:
            holder = holder_of(self.table, side.side_id, text.lower().split(), self.memory.day)
            return (
                (holder, "office with its holder on the day") if holder else (arm_of(side, "government"), "office of a side told after it")
            )
        if "civil" in classes:
            return None
        sector = finer_sector(classes, "military" if "military" in classes else "government")
        return arm_of(side, sector), "its side told after it"

    def _joined_sides(self, word: Word, side: Actor) -> list[Actor]:
        """`the presidents of Iran, Russia and Turkey`: all the sides joined with the first."""
        first = next((f for f in self.sheet.found if f.mention.actor is side), None)
        joined = {first.mention.head, *chained(self.sentence, first)} if first and word.tag == "NNS" else set()
        return [f.mention.actor for f in self.sheet.found if f.mention.actor and f.mention.head in joined]

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

    def _unknown(self, word: Word, classes: frozenset[str]) -> Told | None:
        text = self._text(word.index)
        if "source" in classes and (self.sheet.unnamed(word.index) or is_rel(word.rel, *_ACTS) or "office" not in classes):
            land = self._land_of_service(word)
            return unknown_actor(text, "government" if land else "", True, land), "unnamed source"
        if word.text.lower() in ("sides", "parties") and "all" in self.sentence.kid_texts(word.index, "det", "det:predet"):
            own = f"unknown:all-{word.text.lower()}"
            return Actor(own, f"all {text}", own, f"all {text}", "", known=False), "all of them"
        if "thing" in classes or classes <= {"tie", "prefix", "place", "motion", "pair", "woman", "time"}:
            return None
        if is_rel(word.rel, *_ACTS) or classes & {"opposition", "group", "lands"} or word.tag in ("NNS", "NNPS"):
            return self._bare(word, text, sector_of(classes)), "party known by its words only"
        return None

    def _land_of_service(self, word: Word) -> Actor | None:
        """`a ministry official`, `an army officer`: of the land where the document is set."""
        own = self.sentence.kid_texts(word.index, "amod", "compound")
        served = any("domestic" in self.table.nouns.get(w, ()) or w == "security" for w in own)
        return self.table.get(self.memory.scene) if served and self.memory.scene else None

    def _bare(self, word: Word, text: str, sector: str) -> Actor:
        """People named by one plural noun are of the land where it happens; all others are named by their words."""
        if sector == "civil" and self._protests(word):
            return people_here(self.again, word, "protesters", sector)
        if word.text.lower() in _COUNTS:
            return people_here(self.again, word, "people", sector)
        bare = sector == "civil" and word.tag == "NNS" and not self.sentence.kids(word.index, "amod", "compound", "nmod:poss", "nmod")
        return people_here(self.again, word, word.text.lower(), sector) if bare else unknown_actor(text, sector)

    def _protests(self, word: Word) -> bool:
        """`some 300 people gathered`, `thousands took to the streets`: a crowd whose act is a protest."""
        words, low = self.sentence.words, word.text.lower()
        if low not in _CROWDS or self.sentence.kids(word.index, "amod", "compound", "nmod:poss"):
            return False
        top = words[word.head] if word.rel == "nmod" and words[word.head].text.lower() in _COUNTS else word
        if top.head < 0 or not is_rel(top.rel, "nsubj"):
            return False
        streets = any(words[k].text.lower() in ("street", "streets") for k in self.sentence.kids(top.head, "obl"))
        return streets or words[top.head].lemma.lower() in _PROTESTING

    def _text(self, index: int) -> str:
        first = phrases.phrase_start(self.sentence, index)
        while first < index and (first in self.sheet.taken or self.sentence.words[first].text in ("'s", "’s", "'", "’")):
            first += 1
        return self.sentence.words_text(first, phrases.phrase_end(self.sentence, index))


def _names_party(found: Found) -> bool:
    """Whether a mention is the name of a party that the tables know, and no place."""
    mention = found.mention
    return mention.kind == "name" and not mention.place and mention.actor is not None and mention.actor.known
