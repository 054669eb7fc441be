"""Sentence and mentions -> coded events, and the reasons for silence.

Every verb and noun of the codebook is tried; a frame that finds an actor and a recipient of another side
gives one event for each pair of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amity.events.clauses import Found, is_negated, object_of, subject_of
from amity.events.codebook import Codebook, Frame, load_codebook
from amity.events.parties import parties_at, parties_of, place_of, preposition, with_conjuncts
from amity.records import CodedEvent, Mention, Sentence, Silence, Status, is_rel

# Confidence of a frame by the way its parties were found: shares of the shipped rules that proved right on
# our own examples, rounded; a learnt model replaces them.
CONFIDENCE = {"subject": 0.8, "by": 0.8, "relative": 0.75, "control": 0.65, "shared": 0.65, "participle": 0.7, "owner": 0.7, "light": 0.7}
LEAST = 0.5
# Types that may stand without a recipient: the act matters though nobody is named.
OPEN_TYPES = frozenset({"RETREAT", "MOBILIZE", "REJECT"})
NOUN_TAGS = ("NOUN", "PROPN")


@dataclass(frozen=True, slots=True)
class Reading:
    """One frame read at one word: the parties found, and how."""

    frame: Frame
    predicate: int
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    path: str
    slot: str


class EventCoder:
    """Reads sentences with one codebook."""

    def __init__(self, codebook: Codebook | None = None) -> None:
        self.codebook = codebook or load_codebook()

    def code(self, sentence: Sentence, mentions: Sequence[Mention]) -> tuple[list[CodedEvent], list[Silence]]:
        """Sentence -> events, one per actor, recipient and type, and why the rest is silent."""
        if not any(m.actor for m in mentions):
            return [], [Silence(sentence.index, "no party", "no mention of a party was resolved")]
        events: dict[tuple[object, ...], CodedEvent] = {}
        silences: list[Silence] = []
        muted = self._muted(sentence)
        for index in range(len(sentence.words)):
            reading = self._read_word(sentence, mentions, index, silences)
            if reading is None:
                continue
            if index in muted:
                silences.append(Silence(sentence.index, "muted", f"{sentence.words[index].text!r} is the content of another act"))
                continue
            for event in self._emit(sentence, reading):
                other = event.recipient.actor.side_id if event.recipient and event.recipient.actor else ""
                key = (event.type, event.actor.actor.side_id if event.actor.actor else "", other)
                if key not in events or events[key].confidence < event.confidence:
                    events[key] = event
        if not events and not silences:
            silences.append(Silence(sentence.index, "no act", "no word of the codebook stands in it"))
        return self._settle(list(events.values())), silences

    def _settle(self, events: list[CodedEvent]) -> list[CodedEvent]:
        """Drop what another event of the sentence says better: mutual acts told from both ends, open ends beside closed ones."""
        kept: list[CodedEvent] = []
        for event in sorted(events, key=lambda e: (e.recipient is None, -e.confidence, e.predicate)):
            twin = any(self._says_the_same(event, other) for other in kept)
            if not twin:
                kept.append(event)
        return sorted(kept, key=lambda e: (e.predicate, e.actor.first, e.recipient.first if e.recipient else -1))

    def _says_the_same(self, event: CodedEvent, other: CodedEvent) -> bool:
        if event.type != other.type:
            return False
        a, b = _side(event.actor), _side(event.recipient)
        c, d = _side(other.actor), _side(other.recipient)
        crossed = bool(self.codebook.types[event.type].get("mutual")) and (a, b) == (d, c)
        return crossed or (not b and a == c)

    def _read_word(self, sentence: Sentence, mentions: Sequence[Mention], index: int, silences: list[Silence]) -> Reading | None:
        word = sentence.words[index]
        if word.upos in ("VERB", "ADJ"):
            frames = self.codebook.verbs.get(word.lemma.lower(), ())
        elif word.upos == "NOUN":
            frames = self.codebook.nouns.get(word.lemma.lower(), ())
        else:
            return None
        read = self._read_noun if word.upos == "NOUN" else self._read_verb
        for frame in frames:
            if not self._fits(sentence, index, frame):
                continue
            if self._did_not_happen(sentence, index):
                silences.append(Silence(sentence.index, "negated", f"{word.text!r} did not happen"))
                return None
            reading = read(sentence, mentions, index, frame)
            if reading and self._suits(sentence, reading):
                return reading
        if frames:
            silences.append(Silence(sentence.index, "no parties", f"{word.text!r} has no actor, or no recipient of another side"))
        return None

    def _fits(self, sentence: Sentence, index: int, frame: Frame) -> bool:
        below = {sentence.words[k].lemma.lower() for k in sentence.children[index]}
        if frame.part and frame.part not in below:
            return False
        return not frame.needs or bool(frame.needs & _near_lemmas(sentence, index))

    def _did_not_happen(self, sentence: Sentence, index: int) -> bool:
        if is_negated(sentence, index):
            return True
        word = sentence.words[index]
        if word.head >= 0 and is_rel(word.rel, "xcomp", "obj", "ccomp", "obl", "advcl", "acl"):
            head = sentence.words[word.head]
            if is_rel(word.rel, "xcomp", "obj", "acl") and (head.lemma in self.codebook.undone):
                return True
            # "did not conduct operations", "do not want to leave"
            return is_rel(word.rel, "xcomp", "obj", "acl") and is_negated(sentence, word.head) and head.upos in ("VERB", "NOUN", "ADJ")
        return False

    def _muted(self, sentence: Sentence) -> set[int]:
        """Words inside the complement of an act that speaks of another act ("threatened to attack")."""
        muted: set[int] = set()
        for word in sentence.words:
            table = self.codebook.nouns if word.upos == "NOUN" else self.codebook.verbs if word.upos == "VERB" else {}
            for frame in table.get(word.lemma.lower(), ()):
                if "mutes" in frame.flags and self._fits(sentence, word.index, frame):
                    for kid in sentence.kids(word.index, "xcomp", "ccomp", "advcl", "acl"):
                        head = [kid, *(c for c in sentence.kids(kid, "conj", "xcomp", "obj"))]
                        muted.update(head)
                    if frame.type in ("ACCUSE", "REQUEST", "THREATEN", "REJECT", "AGREE"):
                        muted.update(
                            sentence.kids(word.index, "obl") + sentence.kids(word.index, "nmod") + sentence.kids(word.index, "obj")
                        )
        return muted

    # -- verbs ---------------------------------------------------------------------------------------------------

    def _read_verb(self, sentence: Sentence, mentions: Sequence[Mention], verb: int, frame: Frame) -> Reading | None:
        doer = subject_of(sentence, verb)
        actors = self._parties(sentence, mentions, doer)
        if not actors and is_rel(sentence.words[verb].rel, "acl") and doer.nouns:
            actors = parties_of(sentence, mentions, doer.nouns[0])
        recipients, slot = self._recipients(sentence, mentions, verb, frame, actors)
        if "swap" in frame.flags:
            actors, recipients = recipients, actors
        if not actors or (not recipients and frame.type not in OPEN_TYPES):
            return None
        return Reading(frame, verb, tuple(actors), tuple(recipients), doer.path, slot)

    def _parties(self, sentence: Sentence, mentions: Sequence[Mention], found: Found) -> list[Mention]:
        return [m for noun in found.nouns for m in parties_of(sentence, mentions, noun)]

    def _recipients(
        self, sentence: Sentence, mentions: Sequence[Mention], verb: int, frame: Frame, actors: Sequence[Mention]
    ) -> tuple[list[Mention], str]:
        sides = {_side(m) for m in actors}
        for slot in frame.to:
            found = [
                m for m in self._in_slot(sentence, mentions, verb, slot, actors) if _side(m) and (_side(m) not in sides or slot == "pair")
            ]
            if found:
                return found, slot
        return [], "none"

    def _in_slot(self, sentence: Sentence, mentions: Sequence[Mention], index: int, slot: str, actors: Sequence[Mention]) -> list[Mention]:
        if slot == "obj":
            return self._parties(sentence, mentions, object_of(sentence, index))
        if slot == "iobj":
            return [m for k in sentence.kids(index, "iobj") for m in parties_of(sentence, mentions, k)]
        if slot == "land":
            return self._lands(sentence, mentions, index)
        if slot == "pair":
            return list(actors) if len({_side(a) for a in actors}) > 1 else []
        if slot == "clause":
            return self._clause_subjects(sentence, mentions, index)
        if slot == "inner":
            return self._inner(sentence, mentions, index)
        return self._by_preposition(sentence, mentions, index, slot)

    def _by_preposition(self, sentence: Sentence, mentions: Sequence[Mention], index: int, slot: str) -> list[Mention]:
        wanted, bare = slot.rstrip("*"), slot.endswith("*")
        out: list[Mention] = []
        for noun in self._complements(sentence, index):
            marks = preposition(sentence, noun).split()
            if wanted in marks:
                found = parties_of(sentence, mentions, noun)
                out += found or (place_of(sentence, mentions, noun) if bare else [])
        return out

    def _complements(self, sentence: Sentence, index: int) -> list[int]:
        """Prepositional phrases on the word, and on its object (they are often hung there by mistake or by style)."""
        near = sentence.kids(index, "obl", "nmod")
        for noun in sentence.kids(index, "obj"):
            near += sentence.kids(noun, "nmod")
        return near

    def _lands(self, sentence: Sentence, mentions: Sequence[Mention], index: int) -> list[Mention]:
        nouns = [*object_of(sentence, index).nouns, *sentence.kids(index, "obl")]
        out = []
        for noun in nouns:
            if noun in sentence.kids(index, "obl") and preposition(sentence, noun) not in (
                "in",
                "inside",
                "across",
                "near",
                "over",
                "from",
            ):
                continue
            out += place_of(sentence, mentions, noun) or parties_at(mentions, noun)
        return out

    def _clause_subjects(self, sentence: Sentence, mentions: Sequence[Mention], index: int) -> list[Mention]:
        out = []
        for clause in sentence.kids(index, "ccomp", "xcomp", "advcl"):
            found = subject_of(sentence, clause)
            if found.path in ("subject", "by"):
                out += self._parties(sentence, mentions, found)
        return out

    def _inner(self, sentence: Sentence, mentions: Sequence[Mention], index: int) -> list[Mention]:
        """Parties inside the complement: its object first, then what prepositions bring, then its subject."""
        for clause in sentence.kids(index, "xcomp", "ccomp", "acl", "advcl"):
            for word in [clause, *sentence.kids(clause, "xcomp", "conj")]:
                objects = self._parties(sentence, mentions, object_of(sentence, word))
                others = [m for k in self._complements(sentence, word) for m in parties_of(sentence, mentions, k) if not m.place]
                if objects or others:
                    return objects or others
        return []

    # -- nouns ---------------------------------------------------------------------------------------------------

    def _read_noun(self, sentence: Sentence, mentions: Sequence[Mention], noun: int, frame: Frame) -> Reading | None:
        actors, path = self._noun_actors(sentence, mentions, noun, frame)
        recipients, slot = self._noun_recipients(sentence, mentions, noun, frame, actors)
        if slot == "between" and len(recipients) > 1:
            actors, path = recipients, "owner"
        if not actors or (not recipients and frame.type not in OPEN_TYPES):
            return None
        return Reading(frame, noun, tuple(actors), tuple(recipients), path, slot)

    def _noun_actors(self, sentence: Sentence, mentions: Sequence[Mention], noun: int, frame: Frame) -> tuple[list[Mention], str]:
        owned = [m for k in sentence.kids(noun, "nmod:poss", "amod", "compound") for m in parties_of(sentence, mentions, k)]
        by = [m for k in sentence.kids(noun, "nmod", "obl") if preposition(sentence, k) == "by" for m in parties_of(sentence, mentions, k)]
        of = [m for k in sentence.kids(noun, "nmod") if preposition(sentence, k) == "of" for m in parties_of(sentence, mentions, k)]
        for found in (by, owned, of if frame.of == "actor" else []):
            if found:
                return found, "owner"
        governor = self._governor(sentence, noun, frame)
        if governor is not None:
            return self._parties(sentence, mentions, subject_of(sentence, governor)), "light"
        return [], "none"

    def _governor(self, sentence: Sentence, noun: int, frame: Frame) -> int | None:
        """The verb that carries the noun: "launched an attack"; any verb of the clause where the frame reaches so far."""
        word = sentence.words[noun]
        while is_rel(word.rel, "conj") and word.head >= 0:
            word = sentence.words[word.head]
        if word.head < 0 or sentence.words[word.head].upos != "VERB":
            return None
        verb = sentence.words[word.head]
        if is_rel(word.rel, "obj", "nsubj:pass") and verb.lemma in self.codebook.light:
            return verb.index
        return verb.index if frame.reach == "clause" and is_rel(word.rel, "obj", "obl", "nsubj:pass") else None

    def _noun_recipients(
        self, sentence: Sentence, mentions: Sequence[Mention], noun: int, frame: Frame, actors: Sequence[Mention]
    ) -> tuple[list[Mention], str]:
        sides = {_side(m) for m in actors}
        for slot in frame.to:
            if slot == "of" and frame.of != "recipient":
                continue
            found = self._in_slot(sentence, mentions, noun, slot, actors) if slot in ("pair", "inner") else []
            if slot not in ("pair", "inner"):
                found = self._by_preposition(sentence, mentions, noun, slot)
                word = sentence.words[noun]
                if not found and word.head >= 0 and sentence.words[word.head].lemma in self.codebook.light:
                    found = self._by_preposition(sentence, mentions, word.head, slot)
            found = [m for m in found if _side(m) and (_side(m) not in sides or slot in ("pair", "between"))]
            if found:
                return found, slot
        return [], "none"

    # -- out -----------------------------------------------------------------------------------------------------

    def _suits(self, sentence: Sentence, reading: Reading) -> bool:
        """Whether the kind of actor and recipient is the one that the sense asks for."""
        flags = reading.frame.flags
        if "military" in flags and not self._is_armed(sentence, reading):
            return False
        if "body" in flags and not any(m.actor and m.actor.id.startswith("body:") for m in (*reading.actors, *reading.recipients)):
            return False
        return not ("crowd" in flags and any(m.actor and m.actor.sector == "government" for m in reading.actors))

    def _is_armed(self, sentence: Sentence, reading: Reading) -> bool:
        nouns = [*subject_of(sentence, reading.predicate).nouns, *object_of(sentence, reading.predicate).nouns]
        lemmas = {sentence.words[i].lemma.lower() for n in nouns for i in [n, *sentence.kids(n, "compound", "conj")]}
        return bool(lemmas & self.codebook.military) or any(
            m.actor
            and (m.actor.sector in ("military", "rebel", "militia", "armed", "state") or m.actor.id.startswith(("group:", "state:")))
            for m in reading.actors
        )

    def _emit(self, sentence: Sentence, reading: Reading) -> Iterator[CodedEvent]:
        frame = reading.frame
        confidence = CONFIDENCE.get(reading.path, LEAST)
        hint: Status | None = frame.hint if frame.hint in ("planned", "rumoured", "hypothetical") else None  # type: ignore[assignment]
        why = (
            f"{sentence.words[reading.predicate].text!r} states {frame.type}",
            f"actor by {reading.path}",
            f"recipient by {reading.slot}",
        )
        for actor in reading.actors:
            for recipient in reading.recipients or (None,):
                if recipient is not None and _side(actor) == _side(recipient):
                    continue
                yield CodedEvent(
                    sentence=sentence.index,
                    kind="event",
                    type=frame.type,
                    actor=actor,
                    recipient=recipient,
                    predicate=reading.predicate,
                    mode=frame.mode,
                    status_hint=hint,
                    confidence=confidence,
                    why=why,
                )


def _side(mention: Mention | None) -> str:
    """Side of a mention's actor, its own id where no side is known."""
    if mention is None or mention.actor is None:
        return ""
    return mention.actor.side_id or mention.actor.id


def _near_lemmas(sentence: Sentence, index: int) -> set[str]:
    """Lemmas of a verb's objects and complements with their own modifiers, not of further clauses."""
    out = {sentence.words[k].lemma.lower() for k in sentence.kids(index, "advmod", "mark", "compound", "amod")}
    for kid in sentence.kids(index, "obj", "iobj", "obl", "nsubj:pass", "xcomp", "nmod"):
        for noun in with_conjuncts(sentence, kid):
            out.add(sentence.words[noun].lemma.lower())
            for k in sentence.kids(noun, "compound", "amod", "nmod", "nummod", "case"):
                out.add(sentence.words[k].lemma.lower())
                out |= {sentence.words[c].lemma.lower() for c in sentence.kids(k, "conj", "compound")}
    return out
