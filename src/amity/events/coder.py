"""Sentence and mentions -> coded events, and the reasons for silence.

Every verb and noun of the codebook is tried; a frame that finds an actor and a recipient of another side
gives one event for each pair of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from amity.events.answered import Told, find_answered
from amity.events.candidates import Candidate, find_candidates, propose_candidates
from amity.events.clauses import is_negated, subject_of
from amity.events.codebook import Codebook, Frame, load_codebook
from amity.events.elsewhere import Elsewhere
from amity.events.headings import find_repeated, say_repeated
from amity.events.hints import Hints, Rest
from amity.events.judge import Judge, load_judge
from amity.events.parties import in_one_list
from amity.events.roots import load_roots, put_of
from amity.events.senses import find_refused, senses_of, without_ended
from amity.events.slots import Slots, side_of
from amity.records import ActScores, CodedEvent, Mention, Sentence, Silence, Word, is_rel

# Acts whose complement, in any phrase, is not an act of its own.
SPOKEN = frozenset({"ACCUSE", "REQUEST", "THREATEN", "REJECT", "AGREE"})
# Shares chosen by folds. Beside the surest pair of a predicate a pair stands if its parties are joined to those ("Iran and
# Syria") and it reaches this share of the threshold, or if it is nearly as sure: this share of the surest.
JOINED, NEARLY = 0.8, 0.9
# Least probability of a second type of act between the same two in one sentence, and of an act within one side ("they
# agreed"; a minister against his president), chosen by folds.
SECOND = 0.4

# The type of act by which a member leaves a body: a cut in relations.
MEMBERSHIP_ENDS = "SANCTION"

# What the judge's chance of a type counts for where no word of the codebook states it.
UNTOLD = 0.02


@dataclass(frozen=True, slots=True)
class Coded:
    """What one sentence of a document gave, and from what: its parties, implied ones too, their scores, the rest of the report."""

    mentions: tuple[Mention, ...]
    scores: ActScores | None
    rest: Rest
    events: list[CodedEvent]
    silences: list[Silence]


Score = Callable[[Sequence[Sentence], Sequence[Sequence[Mention]]], Sequence[ActScores | None]]


class EventCoder:
    """Reads sentences with one codebook and one judge."""

    def __init__(self, codebook: Codebook | None = None, judge: Judge | None = None) -> None:
        self.codebook = codebook or load_codebook()
        self.judge = judge or load_judge()

    def code(
        self, sentence: Sentence, mentions: Sequence[Mention], scores: ActScores | None = None, rest: Rest | None = None
    ) -> tuple[list[CodedEvent], list[Silence]]:
        """Sentence -> events, one per actor, recipient and type, and why the rest is silent.

        `scores` are those of the reader of acts, `rest` what the rest of the report says.
        """
        if not any(m.actor for m in mentions):
            return [], [Silence(sentence.index, "no party", "no mention of a party was resolved")]
        best: dict[tuple[int, str, str], tuple[float, Candidate]] = {}
        tried: dict[int, float] = {}
        for candidate in self.candidates(sentence, mentions, scores, rest):
            chance = self.judge.weigh(candidate.features)
            tried[candidate.predicate] = max(chance, tried.get(candidate.predicate, 0.0))
            key = (candidate.predicate, _party(candidate.actor), _party(candidate.recipient))
            if chance >= JOINED * self.judge.threshold and (key not in best or best[key][0] < chance):
                best[key] = (chance, candidate)
        likely = _likeliest(sentence, best.values(), self.judge.threshold)
        events = self._settle(sentence, (self._event(sentence, c, p) for p, c in likely))
        return events, _silences(sentence, tried, {e.predicate for e in events})

    def code_all(self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], score: Score) -> list[Coded]:
        """A document -> what each sentence gave, in order; acts taken up again are read with those who did them.

        `score` gives the scores of sentences with these mentions.
        """
        coded: list[Coded] = []
        told: list[Told] = []
        read = score(sentences, mentions)
        report = Elsewhere(mentions, read, self.codebook.types)
        for place, (sentence, parties, scores) in enumerate(zip(sentences, mentions, read, strict=True)):
            rest = partial(report.features, place)
            implied = find_answered(sentence, parties, told, self.codebook)
            if implied:
                parties = sorted([*parties, *implied], key=lambda m: (m.first, m.last))
                (scores,) = score([sentence], [parties])
            coded.append(Coded(tuple(parties), scores, rest, *self.code(sentence, parties, scores, rest)))
            told += [(e, sentence.words[e.predicate].lemma.lower()) for e in coded[-1].events]
        repeated = find_repeated(sentences, [c.events for c in coded], self.codebook.types)
        return [_leave_out(given, again) if again else given for given, again in zip(coded, repeated, strict=True)]

    def types_between(self, sentence: Sentence, actor: Mention, recipient: Mention, scores: ActScores | None = None) -> dict[str, float]:
        """Two given parties -> the chance of each type that a word of the sentence states from one to the other, likeliest first.

        For those who know the parties and ask only what passed between them. Where no word runs from the actor to the
        recipient, those that run the other way stand in (a passive misread); empty where there are none at all. With scores,
        every type has a chance: that of the reader of acts, times the root of the judge's.
        """
        return {kind: chance for kind, (chance, _) in self._read_between(sentence, actor, recipient, scores).items()}

    def roots_between(
        self, sentence: Sentence, actor: Mention, recipient: Mention, scores: ActScores | None = None, variant: str = "plv"
    ) -> dict[str, float]:
        """Two given parties -> the weight of each root of another ontology, likeliest first.

        A root's weight is the sum of the chances of the types that count as it, as the sentence puts them. Raises BadInput
        where tables/roots.yaml has no such variant.
        """
        roots = load_roots().variant(variant)
        weights: dict[str, float] = {}
        for kind, (chance, word) in self._read_between(sentence, actor, recipient, scores).items():
            root = roots.root_of(kind, *put_of(sentence, word))
            weights[root] = weights.get(root, 0.0) + chance
        return dict(sorted(weights.items(), key=lambda x: (-x[1], x[0])))

    def _read_between(
        self, sentence: Sentence, actor: Mention, recipient: Mention, scores: ActScores | None
    ) -> dict[str, tuple[float, int]]:
        """Two given parties -> the chance of each type and the word that states it, likeliest first."""
        found: dict[bool, dict[str, tuple[float, int]]] = {True: {}, False: {}}
        for candidate in self.candidates(sentence, (actor, recipient), scores):
            types, kind = found[candidate.actor is actor], candidate.frame.type
            read = (self.judge.weigh(candidate.features), candidate.predicate)
            if kind not in types or read[0] > types[kind][0]:
                types[kind] = read
        types = found[True] or found[False]
        if scores:
            hints = Hints(scores, self.codebook.types)
            types = {
                kind: (chance * math.sqrt(types.get(kind, (0.0, 0))[0] + UNTOLD), hints.word_of(actor, recipient, kind))
                for kind, chance in hints.chances(actor, recipient).items()
            } or types
        return dict(sorted(types.items(), key=lambda x: (-x[1][0], x[0])))

    def candidates(
        self, sentence: Sentence, mentions: Sequence[Mention], scores: ActScores | None = None, rest: Rest | None = None
    ) -> Iterator[Candidate]:
        """Every candidate of every predicate of the codebook in a sentence, then those that only the reader of acts sees."""
        hints = Hints(scores, self.codebook.types, rest) if scores else None
        slots = Slots(sentence, mentions, self.codebook)
        fitting = senses_of(sentence, self.codebook)
        muted, told = _muted(sentence, fitting)
        senses = without_ended(sentence, fitting)
        # Capitalised words of a name are no predicates ("United" States).
        named = {i for m in mentions if m.kind in ("name", "office") for i in range(m.first, m.last)}
        told |= {i for i in named if sentence.words[i].text[0].isupper()}
        refused = {noun: slots.parties(subject_of(sentence, verb)) for noun, verb in find_refused(sentence, senses).items()}
        for word in sentence.words:
            frames = senses[word.index]
            # What did not happen is no event, whatever else speaks for it: too rare in any gold to be learnt.
            if frames and word.index not in told and not self._is_undone(sentence, word):
                found = find_candidates(slots, word.index, frames, word.index in muted, hints)
                yield from (c for c in found if c.actor not in refused.get(word.index, ()))
        if hints:
            # Where what stands beside a word has settled its sense ("revoked its ban"), no other is read into it, nor into the ban.
            settled = told | {i for i, frames in senses.items() if len(frames) < len(fitting[i]) or any(f.needs for f in frames)}
            yield from propose_candidates(slots, hints, lambda i: i in settled or self._is_undone(sentence, sentence.words[i]))

    def _event(self, sentence: Sentence, candidate: Candidate, chance: float) -> CodedEvent:
        frame, word = candidate.frame, sentence.words[candidate.predicate].text
        kind = MEMBERSHIP_ENDS if self._ends_membership(sentence, candidate) else frame.type
        why = (
            f"{word!r} states {kind}",
            f"actor by {candidate.path}",
            f"recipient by {candidate.slot}",
            f"probability {chance:.2f}: {', '.join(self.judge.reasons(candidate.features))}",
        )
        return CodedEvent(
            sentence=sentence.index,
            kind="event",
            type=kind,
            actor=candidate.actor,
            recipient=candidate.recipient,
            predicate=candidate.predicate,
            mode=frame.mode,
            confidence=round(chance, 3),
            why=why,
        )

    def _settle(self, sentence: Sentence, events: Iterable[CodedEvent]) -> list[CodedEvent]:
        """One event for each type and pair of sides, the surest, and those listed beside its parties; mutual acts from one end only."""
        kept: dict[tuple[str, str, str], CodedEvent] = {}
        beside: list[CodedEvent] = []
        for event in sorted(events, key=lambda e: (-e.confidence, e.predicate, e.actor.first)):
            a, b = side_of(event.actor), side_of(event.recipient)
            if self.codebook.types[event.type].get("mutual") and (event.type, b, a) in kept:
                continue
            surest = kept.get((event.type, a, b))
            if surest and _beside(sentence, surest, event) and not any(_same(event, e) for e in beside):
                beside.append(event)
            second = any((a, b) == k[1:] for k in kept)
            if second and event.confidence < max(SECOND, self.judge.threshold):
                continue
            kept.setdefault((event.type, a, b), event)
        return sorted([*kept.values(), *beside], key=lambda e: (e.predicate, e.actor.first, e.recipient.first if e.recipient else -1))

    def _ends_membership(self, sentence: Sentence, candidate: Candidate) -> bool:
        """Whether a state leaves a body itself, and not its troops one of the body's missions."""
        actor, recipient, index = candidate.actor, candidate.recipient, candidate.predicate
        if candidate.frame.type != "RETREAT" or not (actor.actor and recipient.actor and recipient.actor.side_id.startswith("body:")):
            return False
        if actor.actor.sector == "military" or not self.codebook.is_leaving(sentence.words[index]):
            return False
        inside = {i for m in (actor, recipient) for i in range(m.first, m.last)}
        others = [k for k in sentence.kids(index, "obj", "nmod") if k not in inside and sentence.words[k].upos != "PRON"]
        return all(in_one_list(sentence, k, actor.head) for k in others)

    def _is_undone(self, sentence: Sentence, word: Word) -> bool:
        """Negated itself, or the complement of what failed or was not done ("did not conduct operations")."""
        if is_negated(sentence, word.index):
            return True
        if word.head < 0 or not is_rel(word.rel, "xcomp", "obj", "acl"):
            return False
        head = sentence.words[word.head]
        return head.lemma in self.codebook.undone or (is_negated(sentence, head.index) and head.upos in ("VERB", "NOUN", "ADJ"))


def _muted(sentence: Sentence, senses: Mapping[int, Sequence[Frame]]) -> tuple[set[int], set[int]]:
    """Words in the complement of an act that speaks of another act, and those that head it ("threatened to attack")."""
    muted: set[int] = set()
    told: set[int] = set()
    for index, frames in senses.items():
        speaking = [f for f in frames if "mutes" in f.flags]
        if not speaking:
            continue
        clauses = sentence.kids(index, "xcomp")
        told.update(c for k in clauses for c in [k, *sentence.kids(k, "conj", "xcomp")])
        for kid in [*clauses, *sentence.kids(index, "ccomp", "advcl", "acl")]:
            muted.update([kid, *sentence.kids(kid, "conj", "xcomp", "obj", "obl")])
        if any(f.type in SPOKEN for f in speaking):
            muted.update(sentence.kids(index, "obl", "nmod", "obj"))
    return muted, told


def _likeliest(sentence: Sentence, found: Iterable[tuple[float, Candidate]], least: float) -> list[tuple[float, Candidate]]:
    """Of each predicate the surest pair, those joined to its parties ("struck Iran and Syria"), and those nearly as sure."""
    held = sorted(found, key=lambda x: (x[1].predicate, -x[0]))
    kept: list[tuple[float, Candidate]] = []
    top: dict[int, tuple[float, Candidate]] = {}
    for chance, candidate in held:
        best = top.setdefault(candidate.predicate, (chance, candidate))
        if _ends(candidate) == _ends(best[1])[::-1] != _ends(best[1]) or _is_turned(sentence, best[1], candidate):
            continue
        if side_of(candidate.actor) == side_of(candidate.recipient) and chance < SECOND:
            continue
        alike = _joined(sentence, best[1].actor, candidate.actor) and _joined(sentence, best[1].recipient, candidate.recipient)
        if best[0] >= least and (alike or chance >= max(least, NEARLY * best[0])):
            kept.append((chance, candidate))
    return kept


def _leave_out(given: Coded, events: Sequence[CodedEvent]) -> Coded:
    """What a sentence gave, without some of its events, which are silences now."""
    kept = [e for e in given.events if e not in events]
    return replace(given, events=kept, silences=[*given.silences, *map(say_repeated, events)])


def _is_turned(sentence: Sentence, best: Candidate, other: Candidate) -> bool:
    """Whether an act runs back from one listed beside the recipient to one listed beside the actor."""
    if _joined(sentence, best.actor, best.recipient):
        return False
    return _joined(sentence, best.recipient, other.actor) and _joined(sentence, best.actor, other.recipient)


def _ends(candidate: Candidate) -> tuple[str, str]:
    """Who acts and who bears it: sides, or parties where both are of one side."""
    sides = side_of(candidate.actor), side_of(candidate.recipient)
    return sides if sides[0] != sides[1] else (_party(candidate.actor), _party(candidate.recipient))


def _party(mention: Mention | None) -> str:
    return mention.actor.id if mention and mention.actor else ""


def _same(one: CodedEvent, other: CodedEvent) -> bool:
    """Whether two events of one sentence have the same type, actor and recipient."""
    return (one.type, _party(one.actor), _party(one.recipient)) == (other.type, _party(other.actor), _party(other.recipient))


def _beside(sentence: Sentence, surest: CodedEvent, event: CodedEvent) -> bool:
    """Whether an event is the same act by, or to, one more party of a list ("Bolton and Mattis met Erdogan")."""
    if event.predicate != surest.predicate or not (event.recipient and surest.recipient) or _same(surest, event):
        return False
    ends = ((surest.actor, event.actor), (surest.recipient, event.recipient))
    return all(_party(a) == _party(b) or (a.first != b.first and _joined(sentence, a, b)) for a, b in ends)


def _joined(sentence: Sentence, a: Mention, b: Mention) -> bool:
    """Whether two mentions are one, or stand in one list."""
    return in_one_list(sentence, a.head, b.head)


def _silences(sentence: Sentence, tried: dict[int, float], spoken: set[int]) -> list[Silence]:
    """Why predicates gave no event; a sentence without any says that too."""
    if not tried:
        return [Silence(sentence.index, "no act", "no word of the codebook stands between two parties of different sides")]
    quiet = [(i, chance) for i, chance in tried.items() if i not in spoken]
    return [Silence(sentence.index, "unlikely", f"{sentence.words[i].text!r} reached probability {p:.2f} at best") for i, p in quiet]
