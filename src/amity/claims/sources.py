"""Event -> source chain, outermost first: who is cited for its having happened, across sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amity.claims.carry import Quotation, find_quotations
from amity.claims.cues import Cues
from amity.claims.phrases import can_speak, describe_source
from amity.claims.speech import Saying, case_of, find_announcers, find_sayings, quoted_words
from amity.records import CodedEvent, Mention, Sentence, Source, is_rel

_GIVEN_IN_FULL = re.compile(
    r"\b(?:following|full text|text)\b[^:]{0,40}?"
    r"\b((?:joint |final |official )?(?:statement|communiqu[eé]|declaration|letter|resolution))\b[^:]{0,80}:\s*$",
    re.IGNORECASE,
)
# A pronoun's speaker is looked for this many sentences back; further away the link is a guess.
FARTHEST_SPEAKER = 4
_PEOPLE = ("person", "official", "anonymous")
# Pronouns that a speaker goes on under, and the kinds of speaker they fit.
SPEAKING: dict[str, tuple[str, ...]] = {
    "he": _PEOPLE,
    "she": _PEOPLE,
    "they": ("anonymous", "body", "person", "official", "document"),
    "it": ("body", "media", "document"),
    "who": _PEOPLE,
}


# What leads in a clause by which the writer sets something said in its time.
LATER = ("after", "before", "while")
# Pronouns of a clause that only adds.
RELATIVE = ("who", "which")


@dataclass(frozen=True, slots=True)
class Voice:
    """A source and the actor behind it, if one was resolved."""

    source: Source
    actor: str | None
    sentence: int
    heads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Sources of a claim, outermost first, and why.

    `spoken` is true where the event is its actor's own words, `cue` the verb of saying them in its sentence, and
    `carried` who speaks the quotation where that is told in another sentence.
    """

    sources: tuple[Source, ...]
    why: tuple[str, ...]
    spoken: bool = False
    cue: int | None = None
    carried: Voice | None = None


class Voices:
    """All that is said in one document, and by whom; `chain_of` answers for one event."""

    def __init__(self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], cues: Cues) -> None:
        self._sentences, self._cues = sentences, cues
        self._by_head: list[Mapping[int, Mention]] = [{m.head: m for m in ms} for ms in mentions]
        self._sayings = [find_sayings(s, cues) for s in sentences]
        self._quotations = find_quotations(sentences)
        self._document = find_document_voice(sentences)
        self._last: list[Voice] = []
        self._voices: dict[tuple[int, int], Voice] = {}
        for sentence, sayings in zip(sentences, self._sayings, strict=True):
            for saying in sorted((*sayings, *find_announcers(sentence, cues)), key=lambda s: s.cue):
                voice = self._voice(sentence, saying)
                if voice:
                    if saying.content:
                        self._voices[sentence.index, saying.source] = voice
                    if not saying.carrier:
                        self._last.append(voice)

    def chain_of(self, event: CodedEvent, voiced: bool) -> Chain:
        """Event -> its chain; where the act is an utterance its own speaker is the actor, so no source."""
        sentence = self._sentences[event.sentence]
        here = [
            s
            for s in self._sayings[event.sentence]
            if bears_on(sentence, event.predicate, s) or (not voiced and self._announced(sentence, event.predicate, s))
        ]
        voices = [v for v in (self._voices.get((sentence.index, s.source)) for s in here) if v]
        why = [f"source: '{sentence.words[s.cue].text}' of the sentence" for s in here[:1]]
        carried = None
        if not any(not s.carrier for s in here):
            carried = self._carried_speaker(sentence, event.predicate)
            if carried:
                voices.append(carried)
                why = [f"source: quotation carried over from sentence {carried.sentence}"]
        if self._document and event.sentence > self._document.sentence:
            voices.insert(0, self._document)
            why = why or [f"source: the document given in full after sentence {self._document.sentence}"]
        kept = [v for v in voices if not (voiced and _is_actor(v, event) and not _tells_of_many(sentence, event.predicate))]
        own = next((s.cue for s in here if not s.carrier), None) if len(kept) < len(voices) else None
        if not kept:
            rule = "source: the actor speaks" if voices else "source: the writer's own voice"
            return Chain((), (rule,), bool(voices), own, carried)
        unique = tuple(dict.fromkeys(v.source for v in kept))
        return Chain(unique, tuple(why), len(kept) < len(voices), own, carried)

    def _announced(self, sentence: Sentence, predicate: int, saying: Saying) -> bool:
        """Whether an act is told by the very verb that announces it: "Rome expects envoys on Monday" is on Rome's word."""
        return predicate == saying.cue and sentence.words[predicate].lemma in self._cues.plan

    def _voice(self, sentence: Sentence, saying: Saying) -> Voice | None:
        word = sentence.words[saying.source]
        mention = self._by_head[sentence.index].get(saying.source)
        actor = mention.actor.id if mention and mention.actor else None
        if word.upos == "PRON" or (word.upos == "DET" and word.rel.startswith("nsubj")):
            return self._pronoun_voice(sentence, saying, mention)
        if not can_speak(sentence, saying.source, mention, self._cues):
            return None
        source = describe_source(sentence, saying.source, mention, self._cues)
        return Voice(source, actor, sentence.index, _heads(sentence, saying.source, source)) if source.name else None

    def _names_inside(self, sentence: Sentence, saying: Saying) -> set[str]:
        """Persons that a saying's content names: "He said Mr Abbas had left" is said by another than Mr Abbas."""
        found = (self._by_head[sentence.index].get(i) for i in saying.content)
        return {m.actor.id for m in found if m and m.actor and m.kind == "name" and m.actor.id.startswith("person:")}

    def _pronoun_voice(self, sentence: Sentence, saying: Saying, mention: Mention | None) -> Voice | None:
        """A pronoun speaks with the name of its actor, or else of the last speaker near by."""
        near = [v for v in reversed(self._last) if sentence.index - v.sentence <= FARTHEST_SPEAKER]
        inside = self._names_inside(sentence, saying)
        actor = mention.actor if mention and mention.actor and mention.actor.id not in inside else None
        near = [v for v in near if v.actor not in inside]
        if actor:
            same = next((v for v in near if v.actor == actor.id), None)
            unnamed = actor.anonymous or (not actor.known and actor.name.split()[-1].lower().removesuffix("s") in self._cues.anonymous)
            kind = "anonymous" if unnamed else "person" if actor.id.startswith("person:") else "body"
            source = same.source if same else Source(actor.name, kind, unnamed)  # type: ignore[arg-type] # kind is one of three literals
            return Voice(source, actor.id, sentence.index, (saying.source,))
        fitting = SPEAKING.get(sentence.words[saying.source].text.lower(), ())
        fits = next((v for v in near if v.source.kind in fitting), None)
        return Voice(fits.source, fits.actor, sentence.index, (saying.source,)) if fits else None

    def _carried_speaker(self, sentence: Sentence, predicate: int) -> Voice | None:
        """The speaker of the quotation that the predicate stands in, from this or a neighbouring sentence."""
        place = sentence.words[predicate].start
        quotation = next((q for q in self._quotations if q.start <= min(place, sentence.start + 2) and place < q.end), None)
        if quotation is None:
            return None
        outside = [v for v in self._voices.values() if not self._in_quotation(v)]
        chain = [q for q in self._quotations if q.chain == quotation.chain]
        touching = [v for v in outside if self._touches(v, chain)]
        if touching:
            return min(touching, key=lambda v: (abs(v.sentence - sentence.index), v.sentence < sentence.index))
        paragraph = [v for v in outside if self._sentences[v.sentence].paragraph == sentence.paragraph]
        before = [v for v in outside if 0 < sentence.index - v.sentence <= FARTHEST_SPEAKER]
        if paragraph:
            return min(paragraph, key=lambda v: abs(v.sentence - sentence.index))
        return before[-1] if before else None

    def _in_quotation(self, voice: Voice) -> bool:
        place = self._sentences[voice.sentence].words[voice.heads[0]].start
        return any(q.start <= place < q.end for q in self._quotations)

    def _touches(self, voice: Voice, chain: Sequence[Quotation]) -> bool:
        there = self._sentences[voice.sentence]
        return any(q.start < there.end and there.start < q.end + 2 for q in chain)


def _heads(sentence: Sentence, head: int, source: Source) -> tuple[int, ...]:
    """Words that stand for a source: its head, names beside it, who is joined to it, and whose a document is."""
    found = [k for k in sentence.subtree(head) if is_rel(sentence.words[k].rel, "appos") and sentence.words[k].upos == "PROPN"]
    found += sentence.kids(head, "appos", "conj")
    if source.kind == "document":
        found += sentence.kids(head, "nmod:poss", "compound")
        found += [k for k in sentence.kids(head, "nmod") if case_of(sentence, k) in ("from", "by", "of")]
    return (head, *found)


def bears_on(sentence: Sentence, predicate: int, saying: Saying) -> bool:
    """Whether an act stands on a saying's word: in its content, or named by the phrase of whom it is told according to.

    So a person "with knowledge of the talks" and "a readout of the call" vouch for the talks and the call.
    """
    if predicate in saying.content:
        return not is_aside(sentence, predicate, saying)
    return (
        sentence.words[saying.cue].text.lower() == "according"
        and predicate != saying.source
        and saying.source in sentence.ancestors(predicate)
    )


def is_aside(sentence: Sentence, predicate: int, saying: Saying) -> bool:
    """Whether an act is told in a clause that the writer adds to what is said: "Mr Noor said Chad, which has sent troops, would not yield".

    Such a clause is relative and led in by a comma, or tells with a comma what came "hours after"; between marks of quotation
    it is the speaker's own.
    """
    if predicate in quoted_words(sentence):
        return False
    node = predicate
    while node >= 0 and node != saying.cue:
        word = sentence.words[node]
        first = min(sentence.subtree(node))
        comma = first > 0 and "," in (sentence.words[first].text, sentence.words[first - 1].text)
        relative = is_rel(word.rel, "acl:relcl") and any(sentence.words[k].text.lower() in RELATIVE for k in sentence.subtree(node)[:4])
        later = is_rel(word.rel, "advcl") and any(sentence.words[k].text.lower() in LATER for k in sentence.kids(node, "mark"))
        if comma and (relative or later):
            return True
        node = word.head
    return False


def find_document_voice(sentences: Sequence[Sentence]) -> Voice | None:
    """The document that a report gives in full after "The following is the joint statement of the summit:".

    All sentences after it stand on that document's word; its signatories' utterances too, for it carried them.
    """
    for sentence in sentences:
        match = _GIVEN_IN_FULL.search(sentence.text)
        if match:
            return Voice(Source(match.group(1), "document", False), None, sentence.index, (0,))
    return None


def _tells_of_many(sentence: Sentence, predicate: int) -> bool:
    """Whether an act of several is told by one of them: "Mr Noor said the two leaders agreed to meet" stands on his word alone."""
    word = sentence.words[predicate]
    subjects = sentence.kids(predicate, "nsubj")
    many = any(sentence.words[k].tag in ("NNS", "NNPS") or sentence.words[k].text.lower() == "they" for k in subjects)
    return many and is_rel(word.rel, "ccomp") and word.lemma in ("agree", "decide", "pledge", "promise", "vow")


def _is_actor(voice: Voice, event: CodedEvent) -> bool:
    """Whether a source is the event's own actor, by its words or by what they stand for."""
    mention = event.actor
    if mention.sentence == voice.sentence and any(mention.first <= h < mention.last for h in voice.heads):
        return True
    return bool(voice.actor and mention.actor and mention.actor.id == voice.actor and voice.source.kind != "media")
