"""Sentence and mentions -> coded events, and the reasons for silence.

Every verb and noun of the codebook is tried; a frame that finds an actor and a recipient of another side
gives one event for each pair of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from amity.events.clauses import is_negated
from amity.events.codebook import Codebook, Frame, load_codebook
from amity.events.frames import Reading, fits, read_frame
from amity.events.slots import Slots, side_of
from amity.records import CodedEvent, Mention, Sentence, Silence, Word, is_rel

# Confidence of a frame by the way its actor was found: rounded shares of the shipped rules' claims whose pair
# was right on the tuning articles; a learnt model is to replace them.
CONFIDENCE = {"subject": 0.7, "by": 0.7, "relative": 0.65, "control": 0.55, "shared": 0.6, "participle": 0.6, "owner": 0.6, "light": 0.6}
LEAST = 0.45
# Acts whose complement, in any phrase, is not an act of its own.
SPOKEN = frozenset({"ACCUSE", "REQUEST", "THREATEN", "REJECT", "AGREE"})


class EventCoder:
    """Reads sentences with one codebook."""

    def __init__(self, codebook: Codebook | None = None) -> None:
        self.codebook = codebook or load_codebook()

    def code(self, sentence: Sentence, mentions: Sequence[Mention]) -> tuple[list[CodedEvent], list[Silence]]:
        """Sentence -> events, one per actor, recipient and type, and why the rest is silent."""
        if not any(m.actor for m in mentions):
            return [], [Silence(sentence.index, "no party", "no mention of a party was resolved")]
        slots = Slots(sentence, mentions, self.codebook)
        silences: list[Silence] = []
        muted = self._muted(sentence)
        best: dict[tuple[str, str, str], CodedEvent] = {}
        for word in sentence.words:
            reading = self._read_word(slots, word, silences)
            if reading is None:
                continue
            if word.index in muted:
                silences.append(Silence(sentence.index, "muted", f"{word.text!r} is the content of another act"))
                continue
            for event in _emit(sentence, reading):
                key = (event.type, side_of(event.actor), side_of(event.recipient))
                if key not in best or best[key].confidence < event.confidence:
                    best[key] = event
        if not best and not silences:
            silences.append(Silence(sentence.index, "no act", "no word of the codebook stands in it"))
        return self._settle(best.values()), silences

    def _settle(self, events: Iterable[CodedEvent]) -> list[CodedEvent]:
        """Drop what another event of the sentence says better: mutual acts told from both ends, open ends beside closed ones."""
        kept: list[CodedEvent] = []
        for event in sorted(events, key=lambda e: (e.recipient is None, -e.confidence, e.predicate)):
            if not any(self._says_the_same(event, other) for other in kept):
                kept.append(event)
        return sorted(kept, key=lambda e: (e.predicate, e.actor.first, e.recipient.first if e.recipient else -1))

    def _says_the_same(self, event: CodedEvent, other: CodedEvent) -> bool:
        if event.type != other.type:
            return False
        a, b = side_of(event.actor), side_of(event.recipient)
        c, d = side_of(other.actor), side_of(other.recipient)
        crossed = bool(self.codebook.types[event.type].get("mutual")) and (a, b) == (d, c)
        return crossed or (not b and a == c)

    def _frames(self, word: Word) -> tuple[Frame, ...]:
        if word.upos == "NOUN":
            return self.codebook.noun_frames(word)
        return self.codebook.verb_frames(word) if word.upos in ("VERB", "ADJ") else ()

    def _read_word(self, slots: Slots, word: Word, silences: list[Silence]) -> Reading | None:
        """The first sense of the word that finds its parties."""
        sentence = slots.sentence
        frames = [f for f in self._frames(word) if fits(sentence, word.index, f)]
        if frames and self._did_not_happen(sentence, word):
            silences.append(Silence(sentence.index, "negated", f"{word.text!r} did not happen"))
            return None
        for frame in frames:
            reading = read_frame(slots, word.index, frame)
            if reading:
                return reading
        if frames:
            silences.append(Silence(sentence.index, "no parties", f"{word.text!r} has no actor, or no recipient of another side"))
        return None

    def _did_not_happen(self, sentence: Sentence, word: Word) -> bool:
        """Negated itself, or the complement of what failed or was not done ("did not conduct operations")."""
        if is_negated(sentence, word.index):
            return True
        if word.head < 0 or not is_rel(word.rel, "xcomp", "obj", "acl"):
            return False
        head = sentence.words[word.head]
        return head.lemma in self.codebook.undone or (is_negated(sentence, head.index) and head.upos in ("VERB", "NOUN", "ADJ"))

    def _muted(self, sentence: Sentence) -> set[int]:
        """Words inside the complement of an act that speaks of another act ("threatened to attack")."""
        muted: set[int] = set()
        for word in sentence.words:
            frames = [f for f in self._frames(word) if "mutes" in f.flags and fits(sentence, word.index, f)]
            if not frames:
                continue
            for kid in sentence.kids(word.index, "xcomp", "ccomp", "advcl", "acl"):
                muted.update([kid, *sentence.kids(kid, "conj", "xcomp", "obj")])
            if any(f.type in SPOKEN for f in frames):
                muted.update(sentence.kids(word.index, "obl", "nmod", "obj"))
        return muted


def _emit(sentence: Sentence, reading: Reading) -> Iterator[CodedEvent]:
    """A reading -> one event for each actor and recipient of different sides."""
    frame = reading.frame
    confidence = CONFIDENCE.get(reading.path, LEAST)
    if reading.slot == "near":
        confidence = min(confidence, LEAST)
    word = sentence.words[reading.predicate].text
    why = (f"{word!r} states {frame.type}", f"actor by {reading.path}", f"recipient by {reading.slot}")
    for actor in reading.actors:
        for recipient in reading.recipients or (None,):
            if recipient is not None and side_of(actor) == side_of(recipient):
                continue
            yield CodedEvent(
                sentence=sentence.index,
                kind="event",
                type=frame.type,
                actor=actor,
                recipient=recipient,
                predicate=reading.predicate,
                mode=frame.mode,
                confidence=confidence,
                why=why,
            )
