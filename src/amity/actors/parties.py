"""Spots -> mentions: what a name, with the noun it modifies or the title before it, stands for."""

from __future__ import annotations

from dataclasses import replace

from amity.actors import phrases
from amity.actors.memory import Found, Memory
from amity.actors.names import name_key
from amity.actors.offices import HEADS, holder_of
from amity.actors.place import is_place
from amity.actors.rows import Entry
from amity.actors.spots import Spot
from amity.records import Actor, Mention, MentionKind, Sentence

_KINDS: dict[str, MentionKind] = {"adjective": "demonym", "people": "demonym"}
_HYPHENS = ("-", "–", "‑")
# Noun classes that are sectors of their own, within a government or beside it.
FINER = ("police", "intelligence", "legislature", "judiciary", "media", "criminal", "business", "religious", "medical", "education")
# A mention never begins with these.
_SKIPPED = frozenset({"'s", "’s", "'", "’", "-", "–", "‘", "“", '"', "the", "The"})
# Words of quantity that stand before a party and are no part of its name.
_QUANTITY = frozenset(
    [
        "at",
        "least",
        "some",
        "many",
        "several",
        "numerous",
        "more",
        "than",
        "about",
        "around",
        "few",
        "most",
        "dozens",
        "hundreds",
        "of",
        "nearly",
        "other",
        "all",
        "any",
        "these",
        "those",
        "up",
        "to",
        "estimated",
        "a",
        "an",
        "the",
        "senior",
        "top",
    ]
)


def unknown_actor(words: str, sector: str = "", anonymous: bool = False, side: Actor | None = None) -> Actor:
    """Words -> an actor that no table knows, named by them; its own side unless one is told."""
    pieces = words.split()
    while len(pieces) > 1 and (pieces[0].lower() in _QUANTITY or pieces[0][0].isdigit()):
        pieces = pieces[1:]
    name = " ".join(pieces)
    own = "unknown:" + (name_key(name).replace(" ", "-") or "party")
    return Actor(own, name, side.side_id if side else own, side.side if side else name, sector, known=False, anonymous=anonymous)


def arm_of(side: Actor, sector: str) -> Actor:
    """A side and a sector -> the side's government (the side itself) or another arm of it."""
    if sector == "government" or not side.side_id.startswith("state:"):
        return Actor(side.side_id, side.side, side.side_id, side.side, sector)
    return Actor(f"{side.side_id}/{sector}", f"{side.side} ({sector})", side.side_id, side.side, sector)


class Namer:
    """Reads the spots of one sentence into mentions; `taken` marks words that a mention has used up."""

    def __init__(self, sentence: Sentence, spots: list[Spot], memory: Memory) -> None:
        self.sentence, self.spots, self.memory, self.table = sentence, spots, memory, memory.table
        self.taken: set[int] = set()
        self.found: list[Found] = []

    def run(self) -> None:
        """Persons first, since titles and demonyms before them are part of them; then all other names."""
        for spot in self.spots:
            if spot.person:
                self.read_person(spot)
        for spot in self.spots:
            if not spot.person:
                self._of_another(spot)
        for spot in self.spots:
            if not spot.person and spot.first not in self.taken:
                self.read_name(spot)

    def add(self, span: tuple[int, int], head: int, kind: MentionKind, actor: Actor, why: str, topic: frozenset[str] = frozenset()) -> None:
        """Note a mention unless some of its words are used already."""
        first, last = span
        while first < last and (first in self.taken or self.sentence.words[first].text in _SKIPPED):
            first += 1
        if first >= last or any(i in self.taken for i in range(first, last)):
            return
        self.taken.update(range(first, last))
        plural = phrases.is_plural(self.sentence, head) and kind != "name"
        text = self.sentence.words_text(first, last)
        self.found.append(Found(Mention(self.sentence.index, first, last, head, text, kind, actor, why), plural, topic))

    # persons

    def read_person(self, spot: Spot) -> None:
        """A person with the titles before the name; the side is told by table, then by the words around."""
        if self._as_modifier(spot):
            return
        first = min(phrases.phrase_start(self.sentence, spot.head), spot.first)
        head, first = self._over_title(spot, first)
        actor, why = self._who(spot, first)
        self._remember(spot, actor)
        self.add((first, spot.last), head, "name", actor, why, frozenset({"person"}))
        self._note_titles(first, spot.first, actor)
        self._swallow_apposition(spot)

    def _as_modifier(self, spot: Spot) -> bool:
        """`the Obama administration`: the government that the person heads or headed, whatever the day."""
        noun = phrases.modified_noun(self.sentence, spot.head, spot.last)
        if spot.entry is None or noun < 0 or self.sentence.words[spot.head].rel == "nmod:poss":
            return False
        classes = phrases.classes_of(self.sentence, noun, self.table)
        tenure = next((t for t in spot.entry.tenures if t.office in HEADS), None)
        side = self.table.get(tenure.side) if tenure else None
        if not side or not classes & {"government", "military"} or classes & {"office", "thing"}:
            return False
        sector = "government" if "government" in classes else "military"
        first = min(phrases.phrase_start(self.sentence, noun), spot.first)
        self.add((first, noun + 1), noun, "noun", arm_of(side, sector), "the government of its head", classes)
        return True

    def _note_titles(self, first: int, last: int, actor: Actor) -> None:
        """`President X` lets a later `the president` mean X."""
        for i in range(first, last):
            word = self.sentence.words[i].text.lower()
            if "office" in self.table.nouns.get(word, ()):
                self.memory.offices[word] = actor

    def _over_title(self, spot: Spot, first: int) -> tuple[int, int]:
        """`X's chief, General Y`: a title that the name stands in apposition to joins it; its word is the head."""
        word = self.sentence.words[spot.head]
        if word.head < 0 or word.rel not in ("appos", "flat") or word.head >= first:
            return spot.head, first
        title = word.head
        if "office" not in phrases.classes_of(self.sentence, title, self.table) or spot.first - title > 4:
            return spot.head, first
        start = phrases.phrase_start(self.sentence, title)
        return title, start

    def _who(self, spot: Spot, first: int) -> tuple[Actor, str]:
        if spot.entry is not None:
            return self.table.actor(spot.entry, self._day_of(spot.entry)), f"table: {spot.entry.name}"
        text = self.sentence.words_text(spot.first, spot.last)
        key = name_key(text)
        known = self.memory.surnames.get(key)
        if known:
            return known, f"name seen before: {known.name}"
        by_surname = self._by_office_surname(key)
        if by_surname:
            return by_surname, f"surname of one in office: {by_surname.name}"
        side, how = self._side_told(spot, first)
        own = "person:" + key.replace(" ", "-")
        if side is None:
            return Actor(own, text, own, text, "", known=False), "name unknown to the table"
        return Actor(own, text, side.side_id, side.side, "government", known=False), f"side told by {how}"

    def _day_of(self, entry: Entry) -> str | None:
        """The day to look an office up by: a year in the sentence where the person held one then and holds none now."""
        day = self.memory.day
        if day is None or any(t.covers(day) for t in entry.tenures):
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
        for other in self.spots:
            if first <= other.first and other.last <= spot.first and not other.person:
                return self.side_of(other), "the words before the name"
        for kid in self.sentence.kids(spot.head, "appos"):
            classes = phrases.classes_of(self.sentence, kid, self.table)
            if "office" in classes and "civil" not in classes:
                below = set(self.sentence.subtree(kid))
                for other in self.spots:
                    if other.head in below and not other.person:
                        return self.side_of(other), "the apposition"
        return None, ""

    def _swallow_apposition(self, spot: Spot) -> None:
        """`Putin, the Russian president,`: the apposition is the same person, so its words make no second party."""
        for kid in self.sentence.kids(spot.head, "appos"):
            if kid > spot.last and "office" in phrases.classes_of(self.sentence, kid, self.table):
                self.taken.update(range(phrases.phrase_start(self.sentence, kid), kid + 1))

    def _remember(self, spot: Spot, actor: Actor) -> None:
        key = name_key(self.sentence.words_text(spot.first, spot.last))
        pieces = key.split(" ")
        self.memory.surnames[key] = actor
        if len(pieces) > 1:
            self.memory.surnames[pieces[-1]] = actor

    # lands, bodies, groups

    def side_of(self, spot: Spot) -> Actor:
        """The actor that a spot names, as a side for what hangs on it."""
        if spot.entry is not None:
            actor = self.table.actor(spot.entry, self.memory.day)
            words = self.sentence.words_text(spot.first, spot.last)
            return replace(actor, name=words) if spot.entry.sector == "collective" else actor
        return unknown_actor(self.sentence.words_text(spot.first, spot.last), spot.label)

    def read_name(self, spot: Spot) -> None:
        """A name that is no person: alone, or with the noun that it modifies."""
        if self._only_backs(spot):
            return
        noun = phrases.modified_noun(self.sentence, spot.head, spot.last)
        if noun >= 0 and noun not in self.taken and not any(s.first <= noun < s.last for s in self.spots):
            classes = phrases.classes_of(self.sentence, noun, self.table)
            if self._with_noun(spot, noun, classes):
                return
        self._alone(spot)

    def _of_another(self, spot: Spot) -> bool:
        """`Chile's Defense Department`: a body known by a common name belongs to the land named right before it."""
        before = next(
            (s for s in self.spots if s.last in (spot.first, spot.first - 1) and s.entry and s.entry.id.startswith("state:")), None
        )
        if spot.entry is None or before is None or not spot.entry.id.startswith("org:") or before.first in self.taken:
            return False
        assert before.entry is not None
        between = self.sentence.words[before.last : spot.first]
        if any(w.text not in ("'s", "’s", "'", "’") for w in between) or before.entry.id == spot.entry.home:
            return False
        side = self.side_of(before)
        self.add(
            (before.first, spot.last), spot.head, "name", arm_of(side, spot.entry.sector), "common name of a body, of the land before it"
        )
        return True

    def _only_backs(self, spot: Spot) -> bool:
        """`X-backed Y`, `pro-X Y`: X is no party here; Y is named by all the words."""
        words, after = self.sentence.words, spot.last
        tied = after + 1 < len(words) and words[after].text in _HYPHENS and "tie" in self._classes_at(after + 1)
        led = spot.first >= 2 and words[spot.first - 1].text in _HYPHENS and "prefix" in self._classes_at(spot.first - 2)
        if not tied and not led:
            return False
        noun = self._noun_after(after + 2 if tied else after)
        classes = phrases.classes_of(self.sentence, noun, self.table) if noun >= 0 else frozenset()
        if not classes & {"government", "military", "civil", "opposition", "group", "office"}:
            return False
        first = spot.first if tied else spot.first - 2
        text = self.sentence.words_text(first, noun + 1)
        if noun not in self.taken:
            self.add(
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
        side = self.side_of(spot)
        joined = self._joined_before(spot, noun)
        first = spot.first if joined else min(phrases.phrase_start(self.sentence, noun), spot.first)
        span = (first, spot.last) if joined == "early" else (first, phrases.phrase_end(self.sentence, noun))
        head = noun
        text = self.sentence.words_text(span[0], span[1])
        found = self._phrase_actor(spot, side, classes, text, noun)
        if found is None:
            return False
        actor, kind, why = found
        self.add(span, head, kind, actor, why, classes)
        return True

    def _joined_before(self, spot: Spot, noun: int) -> str:
        """`Iranian and Russian forces`: "early" for the first of joined modifiers, "late" for the last, else nothing."""
        others = [
            s for s in self.spots if s is not spot and s.last <= noun and phrases.modified_noun(self.sentence, s.head, s.last) == noun
        ]
        others = [s for s in others if s.kind == spot.kind]
        if any(s.first > spot.first for s in others):
            return "early"
        return "late" if others else ""

    def _phrase_actor(
        self, spot: Spot, side: Actor, classes: frozenset[str], text: str, noun: int
    ) -> tuple[Actor, MentionKind, str] | None:
        state = side.side_id.startswith("state:") or side.side_id.startswith("body:")
        if "office" in classes and not ("source" in classes and self.unnamed(noun)):
            words = [w.text.lower() for w in self.sentence.words[spot.last : noun + 1]]
            holder = holder_of(self.table, side.side_id, words, self.memory.day)
            actor = holder or replace(arm_of(side, "government"), id=f"{side.side_id}/{'-'.join(words)}", name=text)
            return actor, "office", "office with its holder on the day" if holder else "office of a side"
        if "source" in classes and self.unnamed(noun):
            return replace(unknown_actor(text, "government", True, side)), "noun", "unnamed source of a side"
        if spot.entry is not None and spot.entry.sector == "people" and classes & {"group", "military", "opposition"}:
            return replace(unknown_actor(text, "armed", False, side), known=True), "noun", "armed people of a nation"
        for sector in ("government", "military"):
            if sector in classes:
                return arm_of(side, finer_sector(classes, sector)), "noun", f"a side's {sector} is the side"
        if "opposition" in classes and side.id.startswith("state:"):
            return self.opposition_of(side), "noun", "opposition of a land"
        if "group" in classes:
            actor = unknown_actor(text, "armed") if state else side
            return actor, "noun", "armed group named by its words" if state else "a group's own"
        if "civil" in classes:
            return unknown_actor(text, "civil"), "noun", "people are not their government"
        return None

    def unnamed(self, noun: int) -> bool:
        """Whether a source noun is left unnamed: indefinite, or plural without an article."""
        kids = [self.sentence.words[k] for k in self.sentence.children[noun]]
        dets = {w.text.lower() for w in kids if w.rel == "det"}
        one = any(w.rel == "nummod" or w.text.lower() in ("second", "another", "anonymous", "unnamed", "senior") for w in kids)
        return bool(dets & {"a", "an", "another", "some"}) or (not dets & {"the", "this", "that"} and one)

    def opposition_of(self, land: Actor) -> Actor:
        """The opposition of a land: the table's, else one named after the land."""
        for entry in self.table.entries.values():
            if entry.sector == "opposition" and entry.home == land.id:
                return self.table.actor(entry)
        return unknown_actor(f"{land.name} opposition", "opposition")

    def _alone(self, spot: Spot) -> None:
        actor = self.side_of(spot)
        kind = _KINDS.get(spot.kind, "name")
        land = spot.land or (spot.entry is None and spot.label == "LOC")
        place = spot.kind == "city" or (land and is_place(self.sentence, spot.head, self.table, unknown=spot.entry is None))
        why = f"table: {spot.entry.name}" if spot.entry else "name unknown to the table"
        self.add((spot.first, spot.last), spot.head, kind, actor, f"{why}, as a place" if place else why, _topic(spot))
        if place and self.found and self.found[-1].mention.first == spot.first:
            self.found[-1].mention = replace(self.found[-1].mention, place=True)


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
    return frozenset({"body" if spot.entry.sector == "body" else "group"})


def finer_sector(classes: frozenset[str], sector: str) -> str:
    """The narrowest sector that the classes of a noun name, else the one given.

    >>> finer_sector(frozenset({"government", "judiciary"}), "government")
    'judiciary'
    """
    return next((s for s in FINER if s in classes), sector)


def sector_of(classes: frozenset[str]) -> str:
    """Noun classes -> the sector of a party known by its words only."""
    if "opposition" in classes:
        return "opposition"
    finer = finer_sector(classes, "")
    if finer:
        return finer
    for name in ("group", "military"):
        if name in classes:
            return "armed" if name == "group" else "military"
    return "civil" if "civil" in classes else ""
