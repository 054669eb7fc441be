"""Definite nouns that say again who was named: "the group", "the country", "the regime", "the president"."""

from __future__ import annotations

from amity.actors import phrases
from amity.actors.kinds import arm_of, finer_sector, unknown_actor
from amity.actors.memory import MANY_AS_ONE, Memory
from amity.actors.names import name_key
from amity.actors.offices import HEADS, OF_MANY, holder_of, office_of
from amity.actors.owners import Resolve
from amity.actors.sheet import Sheet
from amity.actors.speech import QUOTES
from amity.actors.spots import Spot
from amity.records import Actor, Mention, Sentence, Word, is_rel

Told = tuple[Actor, str]
# How far back, in sentences, a definite noun may reach, and the same noun again.
REACH, SAME_REACH = 12, 60
# Share of a person's weight kept with each sentence back, for offices that two could hold; by links read.
KEPT = 0.9
_RULERS = frozenset({"government", "regime", "administration", "authorities", "leadership"})
_FORCES = frozenset({"army", "military", "forces", "troops"})
_OF_STATE = frozenset({"government", "loyalist", "state"})
_OWN_FIRST = frozenset({"government", "administration", "authorities", "parliament", "president"})
# Words before a noun that do not tell which one is meant.
_EMPTY = frozenset(
    {"militant", "armed", "rebel", "terrorist", "islamist", "jihadist", "insurgent", "extremist", "paramilitary", "regional"}
)
_WARS = frozenset({"war", "conflict", "crisis", "uprising", "revolution", "revolt", "insurgency"})
_DOMESTIC = frozenset({"police", "security forces", "parliament", "judiciary", "prosecutors", "lawmakers", "riot police"})
_ARMED = frozenset({"armed", "military", "body"})
_NEVER_ARMED = frozenset({"opposition", "oppositionists", "dissenters"})


class Again:
    """Reads the nouns of one sentence that take up a party again."""

    def __init__(self, sheet: Sheet, memory: Memory, pronoun: Resolve) -> None:
        self.sheet, self.memory, self.pronoun = sheet, memory, pronoun
        self.sentence, self.table = sheet.sentence, memory.table

    def taken_up(self, word: Word, classes: frozenset[str], takes: frozenset[str]) -> Told | None:
        """A definite noun that says again who was named before: the same noun first, then what it may stand for."""
        low = word.text.lower()
        beside = self.sheet.named_after(word.index) if classes & {"group", "body"} else None
        if beside:
            return beside, "the name right after it"
        plain = all(self.sentence.words[k].text.lower() in _EMPTY for k in self.sentence.kids(word.index, "amod", "compound", "nmod:poss"))
        if self.sheet.unnamed(word.index):
            return None
        if "opposition" in classes:
            return (self._rebels(word) if plain else None) or self.opposition(word)
        if not phrases.is_definite(self.sentence, word.index) and not self._is_states(word.index):
            return self._domestic(word, low, classes)
        named = self._bracketed(word) or self._speakers_own(word, low)
        if named:
            return named
        if (plain or low in _FORCES) and low not in ("regime", "country", "nation") and not ("office" in classes and office_of([low])):
            same = self.memory.last_noun(low, SAME_REACH) if plain else None
            same = None if same and (self._differs(word, same) or self._outdone(takes, same)) else same
            if same and ("source" in classes or same.known or (same.sector == "armed" and not takes & {"state"})):
                return same, f"'{low}' said again"
        if takes and (plain or "body" in takes):
            actor = self._one_taken_up(takes, word)
            if actor and (actor.known or plain):
                return actor, f"'{low}' for the one last named"
        if low in _RULERS or (low in _FORCES and self._is_definite(word)):
            return self._ruling(word, "government" if low in _RULERS else "military")
        if self._is_states(word.index):
            return self._of_place_held(word) or self._ruling(word, "government")
        return self._domestic(word, low, classes)

    def is_act(self, word: Word) -> bool:
        """`their opposition to the plan`, `opposition from lawmakers`: an act and no party."""
        after = (k for k in self.sentence.kids(word.index, "nmod", "acl", "obl") if k > word.index)
        return any(self.sentence.kid_texts(k, "case", "mark") & {"to", "from"} for k in after)

    def _rebels(self, word: Word) -> Told | None:
        """`the rebels`: the armed group last named, unless its land has an opposition that the tables hold."""
        if word.text.lower() in _NEVER_ARMED or not phrases.is_definite(self.sentence, word.index):
            return None
        doing = self.doers(word)
        group = next((a for a in reversed(self._named_before(word)) if _is_armed_group(a) and a.side_id not in doing), None)
        land = self.table.get(f"state:{self.table.home(group.id)}") if group else None
        return (group, "the armed group last named") if group and land and not self.sheet.opposition_of(land).known else None

    def _named_before(self, word: Word) -> list[Actor]:
        """Parties of the last sentences, then those before a word in its own, in order."""
        before = [t.actor for t in self.memory.traces if self.memory.clock - t.sentence <= REACH]
        return before + [f.mention.actor for f in self.sheet.found if f.mention.actor and f.mention.last <= word.index]

    def _differs(self, word: Word, actor: Actor) -> bool:
        """Whether an unknown party is told by other words: "armed organizations" are no "international organizations"."""
        own = self.sentence.kid_texts(word.index, "amod", "compound")
        others = set(actor.name.lower().split()[:-1])
        return not actor.known and bool(own) and bool(others) and own.isdisjoint(others)

    def _outdone(self, takes: frozenset[str], same: Actor) -> bool:
        """Whether a party that the tables know was named since, or but just before, an unknown one of the same noun."""
        known = None if same.known else self.memory.last_of(takes - {"state"}, 1)
        return known is not None and known.known

    def _is_definite(self, word: Word) -> bool:
        return phrases.is_definite(self.sentence, word.index)

    def _one_taken_up(self, takes: frozenset[str], word: Word) -> Actor | None:
        kind = self.table.of_kind.get(word.text.lower())
        if kind:
            return self._of_kind(kind, word)
        if "state" in takes:
            land = self._land_before(word) or self.memory.last_noun(word.text.lower(), 0) or self.memory.last_land(2)
            if land:
                return land
        last = self._so_called(word) if not takes & {"state", "junta"} else None
        last = last or self._not_barred(self._this_sentence(takes, word) or self.memory.last_of(takes, REACH), word)
        if "junta" in takes:
            return last or self._junta(word)
        return last or (self.memory.only_land() if word.text.lower() == "country" else None)

    def of_body(self, word: Word, classes: frozenset[str]) -> Told | None:
        """`coalition aircraft`, `alliance troops`: of the body or group last named in whose name the first noun stands."""
        if not classes & {"military", "government", "office", "source"}:
            return None
        for kid in self.sentence.kids(word.index, "compound"):
            if self.table.takes_up.get(self.sentence.words[kid].text.lower(), frozenset()) & {"body", "group"} and kid < word.index:
                actor = self._so_called(self.sentence.words[kid])
                return (arm_of(actor, "military" if "military" in classes else "government"), "of the body named before") if actor else None
        return None

    def _so_called(self, word: Word) -> Actor | None:
        """`the Alliance`, `the Council`: the body or group last named in whose own name the noun stands."""
        low = word.text.lower()
        armed = "military" in self.table.nouns.get(low, ())
        named = (a for a in reversed(self._named_before(word)) if a.known and a.id.startswith(MANY_AS_ONE))
        named = (a for a in named if not armed or a.sector in _ARMED)
        return next((a for a in named if self._is_called(a, low)), None)

    def _is_called(self, actor: Actor, noun: str) -> bool:
        """Whether a noun, or its plural, ends a part of some name of an actor ("Force" of the Kosovo Force)."""
        entry = self.table.entries.get(actor.id)
        words = {w for f in entry.forms for w in name_key(f.text).split()} if entry else set()
        return bool(words & {noun, f"{noun}s"})

    def _not_barred(self, actor: Actor | None, word: Word) -> Actor | None:
        """Nobody where the tables say that the noun is never said of the actor ("the alliance" of the EU)."""
        barred = actor is not None and actor.side_id in self.table.never_said.get(word.text.lower(), ())
        return None if barred else actor

    def _of_kind(self, kind: frozenset[str], word: Word) -> Actor | None:
        """`the kingdom`: the land last spoken of that is one, by name or by its parties, who itself does not act on the word."""
        doing = self.doers(word)
        named = [f"state:{self.table.home(a.side_id)}" for a in self._named_before(word)]
        lands = [a.id for clock, a in self.memory.lands if self.memory.clock - clock <= REACH] if not set(named) & kind else []
        found = next((i for i in reversed((*lands, *named)) if i in kind and i not in doing), None)
        return self.table.get(found) if found else None

    def _junta(self, word: Word) -> Actor | None:
        """The junta of the one land that is spoken of: the tables' own party, else the land's government."""
        land = self.table.get(self.memory.scene) if self.memory.scene else self.scene(word)
        land = self.memory.only_land() if land is None or land.id in self.doers(word) else land
        return (self.sheet.junta_of(land) or arm_of(land, "government")) if land else None

    def _land_before(self, word: Word) -> Actor | None:
        """The land named nearest before the word in the sentence, as a place or a party, that does not itself act on the word."""
        doing = self.doers(word)
        for spot in reversed(self.sheet.spots):
            own = is_land_itself(self.sentence, spot) or (word.text.lower() == "regime" and spot.kind in ("people", "adjective"))
            if own and spot.last <= word.index and spot.entry and spot.entry.id not in doing:
                return self.sheet.side_of(spot)
        return None

    def doers(self, word: Word) -> set[str]:
        """Sides that are subjects of the verbs which govern a word, its possessors left out: whoever acts on "the country" is not it."""
        out: set[str] = set()
        if is_rel(word.rel, "nsubj") and word.head >= 0 and not is_rel(self.sentence.words[word.head].rel, "ccomp", "xcomp"):
            return out
        for up in self.sentence.ancestors(word.index):
            out |= self.sheet.sides_at(set(self.sentence.kids(up, "nsubj")) - {word.index})
        return out

    def _bracketed(self, word: Word) -> Told | None:
        """`the occupying regime [Israel]`: the editor's brackets tell who is meant."""
        words, at = self.sentence.words, word.index + 1
        if at + 1 >= len(words) or words[at].text != "[":
            return None
        spot = next((s for s in self.sheet.spots if s.first == at + 1), None)
        return (self.sheet.side_of(spot), "named in brackets after it") if spot and spot.entry else None

    def _speakers_own(self, word: Word, low: str) -> Told | None:
        """Within a quotation of an official `the government` is the speaker's own."""
        quoted = self.memory.chain_at(word.index) >= 0 or any(w.text in QUOTES for w in self.sentence.words[: word.index])
        before = self.sentence.words[word.index - 1].text.lower() if word.index else ""
        if not quoted or not (low in _OWN_FIRST or (low in ("country", "nation") and before == "this")):
            return None
        if low in ("country", "nation") and self._land_before(word):
            return None
        speaker = self.pronoun(-1 - word.index)
        if speaker is None or not speaker.side_id.startswith("state:"):
            return None
        if speaker.sector not in ("government", "legislature") and speaker.id != speaker.side_id:
            return None
        if low == "president":
            holder = holder_of(self.table, speaker.side_id, [low], self.memory.day)
            return (holder, "the speaker's own president") if holder else None
        return arm_of(speaker, "legislature" if low == "parliament" else "government"), "the speaker's own"

    def _domestic(self, word: Word, low: str, classes: frozenset[str]) -> Told | None:
        """`police`, `security forces`, `parliament` without a word of whose: those of the land where it happens."""
        before = self.sentence.words[word.index - 1].text.lower() if word.index else ""
        if not {low, f"{before} {low}"} & _DOMESTIC or self.sheet.unnamed(word.index):
            return None
        land = self.scene(word)
        if land is None:
            return None
        return arm_of(land, finer_sector(classes, "military" if "military" in classes else "government")), "of the land where it happens"

    def scene(self, word: Word, acting: frozenset[str] = frozenset()) -> Actor | None:
        """The state where things happen: of the one place named here, else of the one home of the parties, else of the document.

        Sides of `acting` are passed over: whoever acts on a party is mostly of another land.
        """
        actors = [f.mention.actor for f in self.sheet.found if f.mention.actor and f.mention.place]
        actors = actors or [f.mention.actor for f in self.sheet.found if f.mention.actor and f.mention.actor.known]
        actors = [a for a in actors if a.side_id not in acting]
        homes = {self.table.home(a.side_id) or self.table.home(a.id) for a in actors} - {None}
        if len(homes) == 1:
            return self.table.get(f"state:{homes.pop()}")
        return self.memory.scene_land()

    def _ruling(self, word: Word, topic: str) -> Told | None:
        """The government or army last named, else that of the land named in the sentence or where the document is set."""
        actor = self._this_sentence(frozenset({topic}), word)
        if actor is None and word.text.lower() == "regime":
            land = self._land_before(word)
            if land:
                return arm_of(land, topic), f"the {topic} of the land named"
        actor = actor if actor and actor.known else self._last_ruling(topic)
        # An intelligence service is of the military, and is no army.
        if actor and not (topic == "military" and actor.sector == "intelligence"):
            return actor, f"the {topic} last named"
        lands = [
            f.mention.actor
            for f in self.sheet.found
            if f.mention.actor and f.mention.actor.id.startswith("state:") and f.mention.last <= word.index
        ]
        land = lands[-1] if lands else self.scene(word)
        return (arm_of(land, topic), f"the {topic} of the land named") if land else None

    def _of_place_held(self, word: Word) -> Told | None:
        """`government troops captured Sennar`: those of the land in which the one place lies that the sentence names."""
        mentions = [f.mention for f in self.sheet.found]
        lands = {m.actor.side_id for m in mentions if m.actor and (m.place or m.actor.id.startswith("place:"))}
        land = self._sole(lands)
        return (arm_of(land, "government"), "the government of the land where it happens") if land else None

    def _last_ruling(self, topic: str) -> Actor | None:
        """The government last called one, before those of which an embassy or an envoy was named; or the army last named."""
        if topic == "government":
            for trace in reversed(self.memory.traces):
                if trace.topic & {topic} and trace.noun in _RULERS and trace.actor.known:
                    return trace.actor
        return self.memory.last_of(frozenset({topic}))

    def _is_states(self, index: int) -> bool:
        """`government forces`: no article, and yet one state's."""
        return any(self.sentence.words[k].text.lower() in _OF_STATE for k in self.sentence.kids(index, "compound", "amod"))

    def opposition(self, word: Word) -> Told | None:
        """That of a land named with its own name before it in the sentence, else the one last named, else the document's land's."""
        last = self.memory.last_of(frozenset({"opposition"}), SAME_REACH)
        if last and last.sector == "opposition":
            return last, "the opposition last named"
        land = self._only_land(word) or self.scene(word)
        return (self.sheet.opposition_of(land), "opposition of the land it happens in") if land else None

    def _only_land(self, word: Word) -> Actor | None:
        """The one state named in the sentence before the word as a place or as the land of a war ("the Syrian civil war")."""
        before = [f.mention for f in self.sheet.found if f.mention.last <= word.index and (f.mention.place or self._of_war(f.mention))]
        sides = {m.actor.side_id for m in before if m.actor and m.actor.side_id.startswith("state:")}
        return self._sole(sides)

    def _sole(self, ids: set[str]) -> Actor | None:
        """The party of an id that is the only one."""
        return self.table.get(next(iter(ids))) if len(ids) == 1 else None

    def _of_war(self, mention: Mention) -> bool:
        up = self.sentence.words[mention.head].head
        return mention.kind == "demonym" and up >= 0 and self.sentence.words[up].lemma.lower() in _WARS

    def _this_sentence(self, topics: frozenset[str], word: Word) -> Actor | None:
        doing = self.doers(word) if "state" in topics else set()
        for found in reversed(self.sheet.found):
            mention = found.mention
            fits = mention.last <= word.index and found.topic & topics and not mention.place
            if fits and mention.actor and not mention.actor.anonymous and mention.actor.side_id not in doing:
                return mention.actor
        return None

    def office(self, word: Word, classes: frozenset[str]) -> Told | None:
        """`the president`: of those named with the title or known to hold the office the one most spoken of of late."""
        if "office" not in classes or not phrases.is_definite(self.sentence, word.index) or word.tag == "NNS":
            return None
        low = word.text.lower()
        own = self._speakers_own(word, low)
        if own:
            return own
        title = self._title(word)
        titled = {a.id for a in self.memory.offices.get(title, ())}
        wanted = HEADS if low == "leader" else {office_of(title.split())} - {None}
        wanted = {"spokesperson"} if low in ("spokesman", "spokeswoman", "spokesperson") else wanted
        best = self._weightiest(titled, wanted, self._beside(word))
        if best:
            return best, "the one most spoken of who holds such an office"
        land = self.scene(word)
        holder = holder_of(self.table, land.id, [low], self.memory.day) if land and low in HEADS else None
        return (holder, "holder of the office in the land it happens in") if holder else None

    def _title(self, word: Word) -> str:
        """The word of an office; `minister` with what he is minister of, so that one minister is not taken for another."""
        low = word.text.lower()
        before = word.index - 1
        if low not in OF_MANY or before not in self.sentence.kids(word.index, "compound", "amod"):
            return low
        return f"{self.sentence.words[before].text.lower()} {low}"

    def _beside(self, word: Word) -> set[str]:
        """The persons that are subject or object of the verb of which the word is one too: they are others than he."""
        if word.head < 0 or not is_rel(word.rel, "nsubj", "obj", "iobj"):
            return set()
        others = set(self.sentence.kids(word.head, "nsubj", "obj", "iobj")) - {word.index}
        return {f.mention.actor.id for f in self.sheet.found if f.mention.actor and f.mention.head in others}

    def _weightiest(self, titled: set[str], wanted: frozenset[str] | set[str | None], others: set[str]) -> Actor | None:
        weights: dict[str, float] = {}
        actors: dict[str, Actor] = {}
        here = [(self.memory.clock, f.mention.actor) for f in self.sheet.found if f.mention.actor]
        for clock, actor in (*((t.sentence, t.actor) for t in self.memory.traces), *self.memory.heads, *here):
            fit = self._fits(actor, titled, wanted)
            if fit and actor.id not in others:
                weights[actor.id] = weights.get(actor.id, 0.0) + fit * KEPT ** (self.memory.clock - clock)
                actors[actor.id] = actor
        return actors[max(weights, key=lambda k: weights[k])] if weights else None

    def _fits(self, actor: Actor, titled: set[str], wanted: frozenset[str] | set[str | None]) -> float:
        """How well an actor fits an office: by holding it on the day, by title alone, or by having held it."""
        entry = self.table.entries.get(actor.id)
        held = [t for t in entry.tenures if t.office in wanted] if entry else []
        if any(not self.memory.day or t.covers(self.memory.day) for t in held):
            return 1.0
        if actor.id in titled:
            return 0.3 if entry and actor.side_id == actor.id else 0.8
        return 0.1 if held else 0.0


def _is_armed_group(actor: Actor) -> bool:
    """Whether an actor is a group of the tables that fights."""
    return actor.known and actor.id.startswith("group:") and actor.sector in ("armed", "opposition")


def is_land_itself(sentence: Sentence, spot: Spot) -> bool:
    """Whether a spot is a state's own name and no word of another noun ("US troops")."""
    own = spot.kind == "name" and spot.entry is not None and spot.entry.id.startswith("state:")
    return own and not is_rel(sentence.words[spot.head].rel, "compound", "amod")


def people_here(again: Again, word: Word, text: str, sector: str) -> Actor:
    """People known by a bare noun only, named with the land where it happens ("protesters" in Basra are "Iraqi protesters")."""
    land = again.scene(word, frozenset(again.doers(word)))
    adjective = again.table.adjective(land) if land else ""
    return unknown_actor(f"{adjective} {text}".strip(), sector)
