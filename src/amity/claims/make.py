"""Coded events of a document -> claims: whose word, how it stands, when, in which sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from amity.claims.calendar import Span, parse_edtf
from amity.claims.codebook import Codebook, load_codebook
from amity.claims.cues import Cues, load_cues
from amity.claims.days import Days, Told
from amity.claims.lemmas import settle_lemmas
from amity.claims.order import find_order
from amity.claims.sources import Chain, Voices
from amity.claims.status import Ruling, judge_status
from amity.records import Claim, CodedEvent, Document, Mention, Party, Sentence, When

# Factors on the coder's confidence. Set by judgement so that a hedge costs more than an unnamed source, and an
# outlet's own "could not verify" as much as a hedge; to be replaced by measured ones.
HEDGED, UNVERIFIED, UNNAMED = 0.8, 0.8, 0.9
_UNVERIFIED = re.compile(
    r"\b(?:not|n't|n’t|unable to|impossible to) (?:be )?(?:immediately |independently )*(?:verif|confirm|corroborat|authenticat)"
    r"|\bno independent (?:confirmation|verification)\b|\bcannot be (?:independently )?verified\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Report:
    """What holds for all claims of one document."""

    document: Document
    sentences: Sequence[Sentence]
    voices: Voices
    published: Span | None
    doubted: frozenset[int]
    maker: str
    codebook: Codebook
    cues: Cues


def make_claims(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Sequence[Mention]],
    events: Sequence[CodedEvent],
    maker: str,
    codebook: Codebook | None = None,
) -> list[Claim]:
    """Coded events of one document -> its claims, one each, in the same order; an event that repeats one is left out."""
    made = make_each(document, sentences, mentions, events, maker, codebook)
    return list(reversed({claim.id: claim for claim in reversed(made)}.values()))


def make_each(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Sequence[Mention]],
    events: Sequence[CodedEvent],
    maker: str,
    codebook: Codebook | None = None,
) -> list[Claim]:
    """Coded events of one document -> a claim for every one, repeated or not.

    `codebook` is by default that of `tables/types.yaml`. `sentences[i].index == i` and `mentions[i]` are
    those of sentence i. The quote is the whole sentence.
    """
    cues = load_cues()
    sentences = [settle_lemmas(s) for s in sentences]
    doubted = frozenset(find_doubted(document, sentences))
    report = _Report(
        document,
        sentences,
        Voices(sentences, mentions, cues),
        parse_edtf(document.published),
        doubted,
        maker,
        codebook or load_codebook(),
        cues,
    )
    told = [_tell(report, event) for event in events]
    dates = Days(sentences, report.published, cues, find_order(document, sentences)).date_all(told)
    return [_claim(report, t, when) for t, when in zip(told, dates, strict=True)]


def find_doubted(document: Document, sentences: Sequence[Sentence]) -> set[int]:
    """Sentences that an outlet's "could not verify" covers: those before it in its paragraph, or the paragraph before."""
    notices = [(s.start, s.paragraph) for s in sentences if _UNVERIFIED.search(s.text)]
    notices += [(c.start, -1) for c in document.cuts if c.reason == "unverified_notice"]
    doubted: set[int] = set()
    for start, paragraph in notices:
        before = [s for s in sentences if s.end <= start and not s.heading]
        own = [s for s in before if s.paragraph == paragraph]
        doubted |= {s.index for s in own or before[-1:]}
    return doubted


def _tell(report: _Report, event: CodedEvent) -> Told:
    """An event with its status and its chain."""
    voiced = event.type in report.codebook.voiced
    chain = report.voices.chain_of(event, voiced)
    return Told(event, judge_status(report.sentences[event.sentence], event, report.cues, chain.spoken), chain, voiced)


def _claim(report: _Report, told: Told, when: When | None) -> Claim:
    event, ruling, chain, book = told.event, told.ruling, told.chain, report.codebook
    sentence, is_event = report.sentences[event.sentence], event.kind == "event"
    confidence, doubts = _weigh(report, event, ruling, chain)
    dated = f"date: {when.basis}" if when else "date: none in its clause"
    return Claim(
        document=report.document.name,
        document_id=report.document.id,
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
        kind=event.kind,
        actor=_party(report, event.actor, event.type in report.codebook.voiced),
        recipient=_party(report, event.recipient) if event.recipient else None,
        type=event.type,
        mode=event.mode,
        quad=book.quad[event.type] if is_event else None,
        contexts=event.contexts,
        score=book.score_of(event.type, event.mode) if is_event else None,
        status=ruling.status,
        sources=chain.sources,
        date=when,
        place=event.place,
        confidence=confidence,
        why=(*event.why, ruling.why, *chain.why, dated, *doubts),
        over=event.over,
        published=report.document.published,
        maker=report.maker,
    )


def _weigh(report: _Report, event: CodedEvent, ruling: Ruling, chain: Chain) -> tuple[float, tuple[str, ...]]:
    """The coder's confidence, lowered for doubt in the text, and the reasons."""
    factors = []
    if ruling.status == "rumoured":
        factors.append((HEDGED, "the text hedges"))
    if event.sentence in report.doubted:
        factors.append((UNVERIFIED, "the outlet could not verify it"))
    unnamed = sum(s.anonymous for s in chain.sources)
    if unnamed and unnamed == len(chain.sources):
        factors.append((UNNAMED, "one unnamed source" if unnamed == 1 else f"{unnamed} unnamed sources"))
    confidence = event.confidence
    for factor, _ in factors:
        confidence *= factor
    return round(confidence, 4), tuple(f"confidence x{factor}: {reason}" for factor, reason in factors)


def _party(report: _Report, mention: Mention, speaks: bool = False) -> Party:
    """A mention -> its party; people who speak and are told only by their work ("U.S. officials") are unnamed, whatever they stand for."""
    sentence = report.sentences[mention.sentence]
    start, end = sentence.words[mention.first].start, sentence.words[mention.last - 1].end
    actor = mention.actor
    if actor is None:  # a pronoun nobody answers for: kept with its words, never guessed
        key = f"unknown:{mention.text.lower()}"
        return Party(key, mention.text, mention.text, key, False, mention.text, start, end)
    unnamed = actor.anonymous or (
        speaks and not actor.id.startswith("person:") and mention.head >= 0 and _is_crowd(sentence, mention, report.cues)
    )
    return Party(actor.id, actor.name, actor.side, actor.side_id, unnamed, mention.text, start, end)


def _is_crowd(sentence: Sentence, mention: Mention, cues: Cues) -> bool:
    """Whether words mean people by their work, several of them, none by name."""
    head = sentence.words[mention.head]
    return head.upos == "NOUN" and head.tag == "NNS" and head.lemma.lower() in cues.anonymous
