"""Persons: a name with the titles, demonyms and appositions around it -> who it is and on whose side."""

from __future__ import annotations

import re
from dataclasses import replace

from amity.actors import phrases
from amity.actors.kinds import arm_of
from amity.actors.names import name_key
from amity.actors.offices import HEADS, OF_MANY
from amity.actors.owners import Resolve
from amity.actors.rows import Entry
from amity.actors.sheet import Sheet
from amity.actors.spots import Spot, head_of
from amity.actors.table import tenure_on
from amity.records import Actor

# Before a title: the office is no longer held.
_FORMER = frozenset({"former", "ex", "ex-", "then", "late", "ousted", "deposed", "exiled", "one-time", "onetime", "retired"})
# Before a name and no part of it.
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "madam"})
# "Moon Jae-in", "Lai Ching-te": the family name stands first where the other is of two joined syllables, the second written small.
_FAMILY_FIRST = re.compile(r"[A-Z][a-z]{1,5} [A-Z][a-z]+ ?- ?[a-z]+")


class Persons:
    """Reads the spots of a sentence that name persons."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.sentence, self.memory, self.table = sheet, sheet.sentence, sheet.memory, sheet.table

    def read(self, spot: Spot) -> None:
        """A person with the titles before the name; the side is told by table, then by the words around."""
        if self._as_modifier(spot):
            return
        first = min(phrases.phrase_start(self.sentence, spot.head), spot.first)
        head, first = self._over_title(spot, first)
        first += first < spot.first and self.sentence.words[first].upos == "PRON"
        actor, why = self._who(spot, first)
        self._remember(spot, actor)
        self.sheet.add((first, spot.last), head, "name", actor, why, frozenset({"person"}))
        self._note_titles(first, spot.first, actor)
        self._swallow_apposition(spot)

    def settle(self, pronoun: Resolve) -> None:
        """`its chief, General X`: the side of a person whom no table knows is that of whoever the pronoun before the title stands for."""
        for found in self.sheet.found:
            actor = found.mention.actor
            if (
                found.mention.kind != "name"
                or actor is None
                or not actor.id.startswith("person:")
                or actor.side_id != actor.id
                or actor.known
            ):
                continue
            head = self.sentence.words[found.mention.head]
            titles = [*range(found.mention.first, found.mention.last), *([head.head] if head.rel == "appos" else [])]
            owned = [k for i in titles for k in self.sentence.kids(i, "nmod:poss") if k < found.mention.last]
            owner = next((pronoun(k) for k in owned if self.sentence.words[k].upos in ("PRON", "DET")), None)
            side = self.table.get(owner.side_id) if owner else None
            if side is None:
                continue
            told = replace(actor, side_id=side.id, side=side.name, sector="government")
            found.mention = replace(found.mention, actor=told, why="side told by whoever the pronoun before the title stands for")
            self.memory.surnames = {k: told if a.id == actor.id else a for k, a in self.memory.surnames.items()}

    def _as_modifier(self, spot: Spot) -> bool:
        """`the Obama administration`: the government that the person heads or headed, whatever the day."""
        noun = phrases.modified_noun(self.sentence, spot.head, spot.last)
        if (
            spot.entry is None
            or noun < 0
            or self.sentence.words[spot.head].rel == "nmod:poss"
            or phrases.is_led_in(self.sentence, spot.first)
        ):
            return False
        classes = phrases.classes_of(self.sentence, noun, self.table)
        tenure = next((t for t in spot.entry.tenures if t.office in HEADS), None)
        side = self.table.get(tenure.side) if tenure else None
        if not side or not classes & {"government", "military"} or classes & {"office", "thing"}:
            return False
        sector = "government" if "government" in classes else "military"
        self.memory.heads.append((self.memory.clock, self.table.actor(spot.entry, self._day_of(spot.entry))))
        first = min(phrases.phrase_start(self.sentence, noun), spot.first)
        self.sheet.add((first, noun + 1), noun, "noun", arm_of(side, sector), "the government of its head", classes)
        return True

    def _note_titles(self, first: int, last: int, actor: Actor) -> None:
        """`President X` lets a later `the president` mean X."""
        for i in range(first, last):
            word = self.sentence.words[i].text.lower()
            if "office" in self.table.nouns.get(word, ()):
                self.memory.offices.setdefault(word, []).append(actor)
                if word in OF_MANY and i > first:
                    self.memory.offices.setdefault(f"{self.sentence.words[i - 1].text.lower()} {word}", []).append(actor)

    def _over_title(self, spot: Spot, first: int) -> tuple[int, int]:
        """`X's chief, General Y`, `X spokeswoman Y`: a title right before the name or beside it joins it.

        The head is then the word of the two that the tree hangs on something else.
        """
        words = self.sentence.words
        word = words[spot.head]
        beside = word.head if word.rel in ("appos", "flat") and 0 <= word.head < first and first - word.head <= 4 else -1
        before = first - 2 if first >= 2 and words[first - 1].text == "," and first < spot.first else first - 1
        for title in (beside, before):
            if title >= 0 and title not in self.sheet.taken and self._is_title(title, spot, title == beside):
                start = phrases.phrase_start(self.sentence, title)
                return head_of(self.sentence, start, spot.last) if title != beside else title, start
        return spot.head, first

    def _is_title(self, title: int, spot: Spot, beside: bool) -> bool:
        """Whether a word is an office that the name after it holds: said so by the tree, or one noun right before a name."""
        word = self.sentence.words[title]
        classes = phrases.classes_of(self.sentence, title, self.table)
        if "office" not in classes or (word.tag == "NNS" and not beside):
            return False
        return beside or (word.head < 0 or word.head != spot.head or word.rel != "nsubj")

    def _who(self, spot: Spot, first: int) -> tuple[Actor, str]:
        if spot.entry is not None:
            return self._listed(spot, spot.entry, first)
        text = self.sentence.words_text(spot.first, spot.last)
        key = name_key(text)
        bare = key.split(" ", 1)[1] if key.split(" ")[0] in _HONORIFICS and " " in key else key
        known = self.memory.surnames.get(key) or self.memory.surnames.get(bare) or self._also_known(spot)
        if known:
            return known, f"name seen before: {known.name}"
        heard = self.table.heard(text, self.memory.day) if " " in key else None
        if heard and heard.id.startswith("person:"):
            return heard, f"spelled otherwise: {heard.name}"
        by_surname = self._by_office_surname(key)
        if by_surname:
            return by_surname, f"surname of one in office: {by_surname.name}"
        side, how = self._side_told(spot, first)
        own = "person:" + key.replace(" ", "-")
        if side is None:
            return Actor(own, text, own, text, "", known=False), "name unknown to the table"
        return Actor(own, text, side.side_id, side.side, "government", known=False), f"side told by {how}"

    def _listed(self, spot: Spot, entry: Entry, first: int) -> tuple[Actor, str]:
        """A person of the tables; where these know of no office on the day, the side that the title tells, here or before."""
        actor, why = self.table.actor(entry, self._day_of(entry)), f"table: {entry.name}"
        if actor.side_id != actor.id:
            return actor, why
        before = self.memory.surnames.get(name_key(entry.name).split(" ")[-1])
        if before and before.id == actor.id and before.side_id != actor.id:
            return before, f"{why}; side told before"
        words = {w.text.lower() for w in self.sentence.words[first : spot.first]}
        titled = any("office" in self.table.nouns.get(w, ()) for w in words)
        side, how = self._side_told(spot, first) if titled and words.isdisjoint(_FORMER) else (None, "")
        if side is None:
            return actor, why
        return replace(actor, side_id=side.side_id, side=side.side, sector="government"), f"{why}; side told by {how}"

    def _also_known(self, spot: Spot) -> Actor | None:
        """`X, also known as Y`: Y is the person named before."""
        before = " ".join(w.text.lower() for w in self.sentence.words[max(0, spot.first - 3) : spot.first])
        if not before.endswith(("known as", "aka", "nom de guerre")) or not self.sheet.found:
            return None
        last = self.sheet.found[-1].mention.actor
        return last if last and last.id.startswith("person:") else None

    def _day_of(self, entry: Entry) -> str | None:
        """The day to look an office up by: a year in the sentence where the person held one then and holds none now."""
        day = self.memory.day
        if day is None or tenure_on(entry, day) is not None:
            return day
        years = [w.text for w in self.sentence.words if len(w.text) == 4 and w.text.isdigit() and "1900" < w.text < day]
        return next((f"{y}-07-01" for y in years if any(t.covers(f"{y}-07-01") for t in entry.tenures)), day)

    def _by_office_surname(self, key: str) -> Actor | None:
        """A bare surname that exactly one person holds who is in office and whose side the document names."""
        last = key.split(" ")[-1]
        if not self.memory.day:
            return None
        found = [e for e in self.table.surnames.get(last, []) if self._acting(e) and (key == last or self._same_first(e, key))]
        return self.table.actor(found[0], self.memory.day) if len(found) == 1 else None

    def _acting(self, entry: Entry) -> bool:
        day = self.memory.day or ""
        return any(t.start and t.covers(day) and t.side in self.memory.homes for t in entry.tenures)

    @staticmethod
    def _same_first(entry: Entry, key: str) -> bool:
        return name_key(entry.name).split(" ")[0] == key.split(" ")[0]

    def _side_told(self, spot: Spot, first: int) -> tuple[Actor | None, str]:
        """The side named among the words before the name, in a title it stands beside, or in an apposition after it."""
        for other in self.sheet.spots:
            led = phrases.is_led_in(self.sentence, other.first)
            before = first <= other.first and other.last <= spot.first and not led
            if before and not other.person and _is_side(other):
                return self.sheet.side_of(other), "the words before the name"
            if before and other.person and other.entry and self.sentence.words[other.head].rel == "nmod:poss":
                boss = self.table.actor(other.entry, self.memory.day)
                side = self.table.get(boss.side_id) if boss.side_id != boss.id else None
                if side:
                    return side, "whose officer he is"
        for kid in self.sentence.kids(spot.head, "appos"):
            classes = phrases.classes_of(self.sentence, kid, self.table)
            if "office" in classes and "civil" not in classes:
                below = set(self.sentence.subtree(kid))
                for other in self.sheet.spots:
                    if other.head in below and not other.person and _is_side(other):
                        return self.sheet.side_of(other), "the apposition"
        land = self._land_after(spot)
        if land:
            return land, "the land after the name"
        return self._of_scene(spot, first)

    def _land_after(self, spot: Spot) -> Actor | None:
        """`Deputy Prime Minister X of Kyrgyzstan`: the state that a person is said to be of."""
        words = self.sentence.words
        if spot.last >= len(words) or words[spot.last].text != "of":
            return None
        own = (s for s in self.sheet.spots if s.first in (spot.last + 1, spot.last + 2) and s.entry and s.entry.id.startswith("state:"))
        land = next(own, None)
        return self.sheet.side_of(land) if land and land.kind == "name" else None

    def _of_scene(self, spot: Spot, first: int) -> tuple[Actor | None, str]:
        """`General X`, `the energy minister, Y`: of the land where the document is set, unless another is told or the office is past."""
        titles = {w.text.lower().rstrip(".") for w in self.sentence.words[first : spot.first]}
        for kid in self.sentence.kids(spot.head, "appos"):
            if "office" in phrases.classes_of(self.sentence, kid, self.table):
                titles |= {self.sentence.words[i].text.lower() for i in self.sentence.subtree(kid)}
        told = any(first <= s.first and s.last <= spot.first for s in self.sheet.spots)
        if told or not titles.isdisjoint(_FORMER) or not any("domestic" in self.table.nouns.get(w, ()) for w in titles):
            return None, ""
        land = self.memory.scene_land()
        return land, "the land where it happens" if land else ""

    def _swallow_apposition(self, spot: Spot) -> None:
        """`Putin, the Russian president,`: the apposition is the same person, so its words make no second party."""
        for kid in self.sentence.kids(spot.head, "appos"):
            if kid > spot.last and "office" in phrases.classes_of(self.sentence, kid, self.table):
                self.sheet.taken.update(range(phrases.phrase_start(self.sentence, kid), kid + 1))

    def _remember(self, spot: Spot, actor: Actor) -> None:
        key = name_key(self.sentence.words_text(spot.first, spot.last))
        pieces = key.split(" ")
        self.memory.surnames[key] = actor
        if len(pieces) > 1:
            self.memory.surnames[pieces[-1]] = actor
        text = self.sentence.words_text(spot.first, spot.last)
        if _FAMILY_FIRST.fullmatch(text):
            self.memory.surnames[pieces[0]] = actor


def _is_side(spot: Spot) -> bool:
    """Whether a name may be somebody's side: one that a table knows, or a body's of more than one word or in capitals."""
    return spot.entry is not None or (spot.label == "ORG" and spot.last - spot.first > 1)
