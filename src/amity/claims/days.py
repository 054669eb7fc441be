"""Events of one document -> when each happened, from its own clause, its speaker's, the same act told elsewhere, or the sentence before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amity.claims.anchored import date_anchored
from amity.claims.announced import day_of_announcing
from amity.claims.calendar import Span, parse_edtf
from amity.claims.continuing import TOLD, carry_date
from amity.claims.cues import Cues
from amity.claims.happenings import Happenings
from amity.claims.sameact import date_same_acts
from amity.claims.sources import Chain
from amity.claims.status import Ruling
from amity.claims.times import date_act, date_event, date_noun, is_own_date, looks_ahead
from amity.records import CodedEvent, Conflict, Sentence, Status, When, is_rel


@dataclass(frozen=True, slots=True)
class Told:
    """An event with what is known of it before its date: its status, its chain, and whether its type is an utterance."""

    event: CodedEvent
    ruling: Ruling
    chain: Chain
    voiced: bool

    @property
    def status(self) -> Status:
        """How it stands."""
        return self.ruling.status


class Days:
    """The dates of one document's events; `sentences[i].index == i`."""

    def __init__(self, sentences: Sequence[Sentence], published: Span | None, cues: Cues, conflicts: Sequence[Conflict] = ()) -> None:
        self._sentences, self._published, self._cues = sentences, published, cues
        self._happenings = Happenings(sentences, published)
        self._wrong = [c for c in conflicts if c.taken and c.taken != c.readings[0]]

    def date_all(self, told: Sequence[Told]) -> list[When | None]:
        """Events -> their dates, one each: told of the act itself, else of the same act elsewhere, else carried on as bounds."""
        own = [self._set_right(self._own_date(t), self._sentences[t.event.sentence]) for t in told]
        sure = [when is not None and self._is_own(t, when) for t, when in zip(told, own, strict=True)]
        same = date_same_acts(self._sentences, [(t.event, t.status) for t in told], own, sure)
        return [when or self._announced(t) or self._carried(t) for t, when in zip(told, same, strict=True)]

    def _own_date(self, told: Told) -> When | None:
        sentence, at = self._place(told)
        when = date_anchored(self._sentences, sentence, at, (self._published, self._cues))
        if when:
            return when
        if at != told.event.predicate and sentence.index == told.event.sentence and sentence.words[told.event.predicate].upos == "NOUN":
            when = date_noun(sentence, told.event.predicate, self._published, self._cues)
        when = when or date_event(sentence, at, told.status, self._published, self._cues)
        if when is None and sentence.index == told.event.sentence and not is_said(sentence, told.event.predicate, at):
            when = date_act(sentence, told.event.predicate, told.status, self._published, self._cues)
        if when or told.status not in TOLD or looks_ahead(sentence, at, "reported"):
            return when
        return self._happenings.date_at(sentence, at)

    def _is_own(self, told: Told, when: When) -> bool:
        sentence = self._sentences[told.event.sentence]
        counted = "counted from" in when.basis or "set right" in when.basis
        return counted or is_own_date(sentence, told.event.predicate, when, self._published, self._cues)

    def _set_right(self, when: When | None, sentence: Sentence) -> When | None:
        """A date that goes against the order told -> the reading that is taken."""
        for conflict in self._wrong if when else ():
            span = parse_edtf(conflict.taken)
            if when and span and sentence.start <= conflict.start < sentence.end and when.edtf == conflict.readings[0]:
                return When(conflict.taken, span[0].isoformat(), span[1].isoformat(), f"{when.basis}, set right by the order told")
        return when

    def _announced(self, told: Told) -> When | None:
        return day_of_announcing(self._sentences[told.event.sentence], told.event, self._published, self._cues)

    def _carried(self, told: Told) -> When | None:
        sentence, at = self._place(told)
        return carry_date(self._sentences, sentence, at, told.status, (self._published, self._cues), self._happenings.date_of)

    def _place(self, told: Told) -> tuple[Sentence, int]:
        """Where an act is told: an utterance at the verb that says it, in its own sentence or where its quotation is spoken."""
        event, chain = told.event, told.chain
        sentence = self._sentences[event.sentence]
        here = told.voiced and event.actor.sentence == sentence.index
        speaks = verb_of_speaker(sentence, event.actor.head, self._cues) if here else None
        verb = chain.cue if speaks is None else speaks
        if verb is not None:
            return sentence, verb
        if told.voiced and chain.carried is not None and chain.spoken:
            there = self._sentences[chain.carried.sentence]
            verb = verb_of_speaker(there, chain.carried.heads[0], self._cues)
            if verb is not None:
                return there, verb
        return sentence, event.predicate


def verb_of_speaker(sentence: Sentence, head: int, cues: Cues) -> int | None:
    """A speaker's word -> the verb of saying that it is the subject of, alone or joined to another; None where it is none."""
    node = head
    while node >= 0 and is_rel(sentence.words[node].rel, "conj", "appos", "flat", "nmod:desc"):
        node = sentence.words[node].head
    if node < 0 or not is_rel(sentence.words[node].rel, "nsubj"):
        return None
    verb = sentence.words[node].head
    return verb if verb >= 0 and sentence.words[verb].lemma in cues.say else None


def is_said(sentence: Sentence, act: int, verb: int) -> bool:
    """Whether an act is that verb of saying, or told in what it says."""
    node = act
    while node >= 0 and node != verb:
        if is_rel(sentence.words[node].rel, "ccomp") and sentence.words[node].head == verb:
            return True
        node = sentence.words[node].head
    return act == verb
