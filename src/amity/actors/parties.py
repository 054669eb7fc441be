"""Lands, bodies and groups: a name, with the noun it modifies -> the party that the phrase stands for."""

from __future__ import annotations

from dataclasses import replace

from amity.actors import phrases
from amity.actors.kinds import arm_of, finer_sector, sector_of, unknown_actor
from amity.actors.names import name_key
from amity.actors.offices import COUNTERPARTS, holder_of
from amity.actors.place import is_place
from amity.actors.sheet import Sheet
from amity.actors.spots import Spot
from amity.actors.table import tenure_on
from amity.records import Actor, MentionKind, is_rel

_KINDS: dict[str, MentionKind] = {"adjective": "demonym", "people": "demonym"}
_HYPHENS = ("-", "–", "‑")
_PARTIES = frozenset({"source", "government", "military", "civil", "opposition", "group", "office"})
Told = tuple[Actor, MentionKind, str]
# Sectors of a state's parts under which a bare name may be taken up again ("the military", "the ministry").
_ARMS = frozenset({"military", "government", "police", "legislature", "intelligence", "judiciary"})
# Sentences back within which a land's group may be taken up, as for any definite noun.
GROUP_REACH = 12


class Parties:
    """Reads the spots of a sentence that name no person."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.sentence, self.memory, self.table = sheet, sheet.sentence, sheet.memory, sheet.table

    def run(self) -> None:
        """Bodies with the land before them first, then every other name."""
        names = [s for s in self.sheet.spots if not s.person]
        for spot in names:
            self._of_another(spot)
        for spot in names:
            if spot.first not in self.sheet.taken:
                self.read(spot)

    def read(self, spot: Spot) -> None:
        """A name that is no person: alone, or with the noun that it modifies."""
        if self.only_backs(spot):
            return
        noun = phrases.modified_noun(self.sentence, spot.head, spot.last)
        noun = noun if noun >= 0 else self._next_noun(spot)
        if noun >= 0 and noun not in self.sheet.taken and not any(s.first <= noun < s.last for s in self.sheet.spots):
            classes = phrases.classes_of(self.sentence, noun, self.table)
            if "office" in classes and self._sector_of_body(spot) and spot.entry is None and phrases.is_definite(self.sentence, noun):
                # "The Foreign Ministry spokesman", of no land told: an office that is taken up again.
                return
            if self._with_noun(spot, noun, classes):
                return
        self._alone(spot)

    def _next_noun(self, spot: Spot) -> int:
        """A noun of a party right after a name, where the tree does not join the two ("Whitehall sources"); else -1."""
        after = self.sentence.words[spot.last] if spot.last < len(self.sentence.words) else None
        fits = after is not None and after.upos == "NOUN" and spot.kind != "people" and spot.entry is not None
        return spot.last if fits and self._classes_at(spot.last) & _PARTIES else -1

    def _of_another(self, spot: Spot) -> bool:
        """`Chile's Defense Department`: a body known by a common name belongs to the land named right before it."""
        before = next(
            (s for s in self.sheet.spots if s.last in (spot.first, spot.first - 1) and s.entry and s.entry.id.startswith("state:")), None
        )
        sector = self._sector_of_body(spot)
        if before is None or not sector or before.first in self.sheet.taken:
            return False
        assert before.entry is not None
        between = self.sentence.words[before.last : spot.first]
        own = spot.entry is not None and before.entry.id == spot.entry.home
        if own or any(w.text not in ("'s", "’s", "'", "’") for w in between):
            return False
        actor = arm_of(self.sheet.side_of(before), sector)
        classes = phrases.classes_of(self.sentence, spot.head, self.table) - {"thing"}
        self.sheet.add((before.first, spot.last), spot.head, "name", actor, "common name of a body, of the land before it", classes)
        return True

    def _sector_of_body(self, spot: Spot) -> str:
        """The sector of a state's body: by the table, or by the head noun of a name that no table knows ("Foreign Ministry")."""
        if spot.entry is not None:
            return spot.entry.sector if spot.entry.id.startswith("org:") else ""
        classes = phrases.classes_of(self.sentence, spot.head, self.table) if spot.label == "ORG" else frozenset()
        sector = next((s for s in ("government", "military") if s in classes), "")
        return finer_sector(classes, sector) if sector and not classes & {"office", "group"} else ""

    def only_backs(self, spot: Spot) -> bool:
        """`X-backed Y`, `pro-X Y`: X is no party here; Y is named by all the words."""
        words, after = self.sentence.words, spot.last
        tied = after + 1 < len(words) and words[after].text in _HYPHENS and "tie" in self._classes_at(after + 1)
        led = spot.first >= 2 and words[spot.first - 1].text in _HYPHENS and "prefix" in self._classes_at(spot.first - 2)
        if not tied and not led:
            return False
        noun = self._noun_after(after + 2 if tied else after)
        classes = phrases.classes_of(self.sentence, noun, self.table) if noun >= 0 else frozenset()
        if not classes & _PARTIES:
            return False
        if any(s.entry and s is not spot and s.first <= noun < s.last for s in self.sheet.spots):
            return True
        first = spot.first if tied else spot.first - 2
        text = self.sentence.words_text(first, noun + 1)
        if noun not in self.sheet.taken:
            self.sheet.add(
                (first, noun + 1), noun, "noun", unknown_actor(text, sector_of(classes)), "backed by a party is not that party", classes
            )
        return True

    def _classes_at(self, index: int) -> frozenset[str]:
        return self.table.nouns.get(self.sentence.words[index].text.lower(), frozenset())

    def _noun_after(self, start: int) -> int:
        """The head noun of the phrase that begins at a word: the last of the nouns and adjectives in a row."""
        noun = -1
        for i in range(start, len(self.sentence.words)):
            word = self.sentence.words[i]
            if word.upos in phrases.NOUNS:
                noun = i
            elif word.upos not in ("ADJ",) and word.text not in _HYPHENS:
                break
        return noun

    def _with_noun(self, spot: Spot, noun: int, classes: frozenset[str]) -> bool:
        """The noun decides what the phrase stands for; False where the name stands for itself."""
        side = self.sheet.side_of(spot)
        joined = self._joined_before(spot, noun)
        # "The U.S. and other Western partners": what is counted among others stands for itself.
        if joined == "early" and any(w.text.lower() == "other" for w in self.sentence.words[spot.last : noun]):
            return False
        first = spot.first if joined else min(phrases.phrase_start(self.sentence, noun), spot.first)
        span = (first, spot.last) if joined == "early" else (first, phrases.phrase_end(self.sentence, noun))
        head = noun
        text = self.sentence.words_text(span[0], span[1])
        found = self._phrase_actor(spot, side, classes, text, noun)
        if found is None:
            return False
        actor, kind, why = found
        whole = spot.entry is not None and actor.id == spot.entry.id and actor.id.startswith(("body:", "group:"))
        self.sheet.add(span, head, kind, actor, why, classes | (_topic(spot) if whole else frozenset()))
        return True

    def _joined_before(self, spot: Spot, noun: int) -> str:
        """`Iranian and Russian forces`: "early" for the first of joined modifiers, "late" for the last, else nothing."""
        others = [
            s for s in self.sheet.spots if s is not spot and s.last <= noun and phrases.modified_noun(self.sentence, s.head, s.last) == noun
        ]
        others = [s for s in others if s.kind == spot.kind]
        if any(s.first > spot.first for s in others):
            return "early"
        return "late" if others else ""

    def _phrase_actor(self, spot: Spot, side: Actor, classes: frozenset[str], text: str, noun: int) -> Told | None:
        """A side and the noun that its name modifies -> who the phrase stands for; None where the name stands for itself."""
        if "source" in classes and self.sheet.unnamed(noun):
            return unknown_actor(text, "government", True, side), "noun", "unnamed source of a side"
        if spot.entry is None and spot.label in ("LOC", "PER") and classes & _PARTIES:
            return unknown_actor(text, sector_of(classes)), "noun", "party of a land that no table knows, by its words"
        if "office" in classes:
            return self._office(spot, side, text, noun)
        if spot.entry is not None and spot.entry.sector == "people" and classes & {"group", "military", "opposition"}:
            return replace(unknown_actor(text, "armed", False, side), known=True), "noun", "armed people of a nation"
        if "junta" in self.table.takes_up.get(self.sentence.words[noun].text.lower(), ()):
            junta = self.sheet.junta_of(side)
            if junta:
                return junta, "noun", "a land's junta"
        for sector in ("government", "military"):
            if sector in classes:
                return arm_of(side, finer_sector(classes, sector)), "noun", f"a side's {sector} is the side"
        return self._people(side, classes, text, noun)

    def _office(self, spot: Spot, side: Actor, text: str, noun: int) -> Told:
        words = [w.text.lower() for w in self.sentence.words[spot.last : noun + 1]]
        words = self._same_office() if not COUNTERPARTS.isdisjoint(words[-1:]) else words
        holder = holder_of(self.table, side.side_id, words, self.memory.day)
        if holder:
            return holder, "office", "office with its holder on the day"
        own = name_key(" ".join(w for w in words if w not in ("'s", "’s"))).replace(" ", "-")
        return replace(arm_of(side, "government"), id=f"{side.side_id}/{own}", name=text), "office", "office of a side"

    def _same_office(self) -> list[str]:
        """`his Turkish counterpart`: the words of the office that the person last named before holds on the day."""
        here = [f.mention.actor for f in self.sheet.found if f.mention.actor and f.mention.actor.id.startswith("person:")]
        last = here[-1] if here else next((t.actor for t in reversed(self.memory.traces) if t.person and t.subject), None)
        entry = self.table.entries.get(last.id) if last else None
        tenure = tenure_on(entry, self.memory.day) if entry and entry.tenures else None
        return tenure.office.split() if tenure else ["counterpart"]

    def _people(self, side: Actor, classes: frozenset[str], text: str, noun: int) -> Told | None:
        """People and groups of a land act for themselves; fighters of a group act for it."""
        if "opposition" in classes and side.id.startswith("state:"):
            return self.sheet.opposition_of(side), "noun", "opposition of a land"
        if "group" in classes:
            named = self.sheet.named_after(noun) or self._group_of(side, noun)
            if named:
                return named, "noun", "the group named beside it or last named of the land"
            if side.id.startswith("body:") and "body" in self.table.takes_up.get(text.split()[-1].lower(), ()):
                return side, "noun", "a body and what it is"
            if "patron" in classes and _is_whole_side(side) and self.sentence.kids(noun, "nmod:poss"):
                return side, "noun", "whose patron is of a side, is the side"
            if side.side_id.startswith(("state:", "body:", "outlet:")):
                return unknown_actor(text, "armed"), "noun", "armed group named by its words"
            return side, "noun", "a group's own"
        if "source" in classes:
            return unknown_actor(text, "government", True, side), "noun", "unnamed source of a side"
        if "civil" in classes:
            return unknown_actor(text, "civil"), "noun", "people are not their government"
        return None

    def _is_of_people(self, spot: Spot) -> bool:
        """`most Iraqis`, `five Americans` are people; `Iranians` may well be the state, and `the Iranians` mostly is."""
        own = spot.kind == "people" and spot.entry is not None and spot.entry.id.startswith("state:")
        return own and any(is_rel(self.sentence.words[k].rel, "nummod", "amod") for k in self.sentence.children[spot.head])

    def _group_of(self, side: Actor, noun: int) -> Actor | None:
        """`the Lebanese militant group`: the group last named that lives in the land."""
        if not phrases.is_definite(self.sentence, noun) or self.sentence.words[noun].tag != "NN" or not side.id.startswith("state:"):
            return None
        here = [f.mention.actor for f in reversed(self.sheet.found) if "group" in f.topic and f.mention.last <= noun]
        groups = (g for g in (*here, self.memory.last_of(frozenset({"group"}), GROUP_REACH)) if g and g.known)
        return next((g for g in groups if self.table.home(g.id) == side.id.removeprefix("state:")), None)

    def _alone(self, spot: Spot) -> None:
        if self._is_of_people(spot):
            text = self.sentence.words_text(spot.first, spot.last)
            people = unknown_actor(text, "civil")
            self.sheet.add((spot.first, spot.last), spot.head, "demonym", people, "people are not their government", frozenset({"civil"}))
            return
        actor = self.sheet.side_of(spot)
        kind = _KINDS.get(spot.kind, "name")
        land = spot.land or (spot.entry is None and spot.label == "LOC")
        place = spot.kind == "city" or (land and is_place(self.sentence, spot.head, self.table, unknown=spot.entry is None))
        why = f"table: {spot.entry.name}" if spot.entry else "name unknown to the table"
        self.sheet.add((spot.first, spot.last), spot.head, kind, actor, f"{why}, as a place" if place else why, _topic(spot))
        if place and self.sheet.found and self.sheet.found[-1].mention.first == spot.first:
            self.sheet.found[-1].mention = replace(self.sheet.found[-1].mention, place=True)


def _is_whole_side(side: Actor) -> bool:
    """Whether an actor is a state, or several told by one word ("Arab")."""
    return side.id.startswith("state:") or side.sector == "collective"


def _topic(spot: Spot) -> frozenset[str]:
    """The noun classes by which a bare name may be taken up again."""
    if spot.entry is None:
        return frozenset()
    if spot.entry.id.startswith("state:"):
        return frozenset({"state"})
    if "junta" in name_key(spot.entry.name):
        return frozenset({"junta"})
    if spot.entry.sector == "media":
        return frozenset()
    if spot.entry.sector in _ARMS and spot.entry.id.startswith("org:"):
        return frozenset({spot.entry.sector, "group"})
    return frozenset({"body" if spot.entry.sector == "body" else "group"})
