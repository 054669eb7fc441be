"""The order of the day: documents in, claims out; the only module that knows which room follows which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from amity.records import (
    Change,
    Claim,
    DatedEvent,
    Document,
    Graded,
    Hint,
    Likely,
    Mention,
    Outlook,
    Report,
    Sentence,
    Silence,
    Unread,
    WhatIf,
)

if TYPE_CHECKING:
    from amity.actors import ActorTable
    from amity.claims import SourceSheet
    from amity.events import Coded, EventCoder
    from amity.language import ActReader, Reader
    from amity.ledger import Ledger
    from amity.records import Incident, Partition, Tie, Triads
    from amity.show import Picture
    from amity.ties.evidence import Evidence

# Version of rules, tables and model; stands on every claim, so that a newer reading is told from an older.
MAKER = "amity 0.1.0"


@dataclass(frozen=True, slots=True)
class Analysis:
    """One document read to the end: its sentences, the parties in them, its claims, and why the rest is silent.

    `hints` are acts too unlikely to be claimed, of pairs of sides that no claim tells of; `amity.ties.guess_stances` takes them.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[tuple[Mention, ...], ...]
    claims: tuple[Claim, ...]
    silences: tuple[Silence, ...]
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of reading: what was read, how many claims it gave, whether the ledger knew it."""

    name: str
    claims: int
    known: bool
    unread: Unread | None = None


class Pipeline:
    """The rooms in their order, loaded once, on first use."""

    def __init__(self, extra_actors: Path | None = None) -> None:
        self.extra_actors = extra_actors

    @cached_property
    def reader(self) -> Reader:
        """The language model."""
        from amity.language import load_reader

        return load_reader()

    @cached_property
    def acts(self) -> ActReader:
        """The model of what parties do to each other."""
        from amity.language import load_acts

        return load_acts()

    @cached_property
    def actors(self) -> ActorTable:
        """The tables of who is who."""
        from amity.actors import load_actors

        return load_actors(self.extra_actors)

    @cached_property
    def coder(self) -> EventCoder:
        """The event coder with its codebook."""
        from amity.events import EventCoder

        return EventCoder()

    def code(self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> list[Coded]:
        """Sentences of one document with their mentions -> the events of each."""
        from amity.events import spans_of

        return self.coder.code_all(sentences, mentions, lambda some, parties: self.acts.read(some, [spans_of(p) for p in parties]))

    def analyse(self, document: Document) -> Analysis:
        """Document -> sentences, mentions, claims and silences."""
        from amity.actors import resolve_mentions
        from amity.claims import infer_published, make_claims
        from amity.events import code_standings, find_hints
        from amity.reading import split_sentences

        sentences = self.reader.parse(document.id, split_sentences(document))
        document = infer_published(document, sentences, date.today())
        mentions = resolve_mentions(sentences, self.actors, document.published)
        events, silences = [], []
        coded = self.code(sentences, mentions)
        for sentence, parties, given in zip(sentences, mentions, coded, strict=True):
            standings, still = code_standings(sentence, parties)
            events += [*given.events, *standings]
            # Beside an act the other predicates say why they gave none; a sentence of standings alone is not silent.
            if given.events:
                silences += given.silences
            elif not standings:
                silences += [*given.silences, *still]
        claims = make_claims(document, sentences, mentions, events, MAKER)
        told = {frozenset(p.side_id or p.id for p in (c.actor, c.recipient) if p) for c in claims}
        hints = find_hints(sentences, coded, self.coder.codebook.types, told)
        return Analysis(document, tuple(sentences), tuple(map(tuple, mentions)), tuple(claims), tuple(silences), hints)


def read_documents(paths: Sequence[Path]) -> Iterator[Document | Unread]:
    """Paths -> documents, and a reason for each that gave none."""
    from amity.reading import read_paths

    return read_paths(paths)


def read_into(ledger: Ledger, paths: Sequence[Path], pipeline: Pipeline) -> Iterator[Progress]:
    """Read paths into the ledger, a step for each document; one that is known with this maker is not read again."""
    for item in read_documents(paths):
        if isinstance(item, Unread):
            ledger.add_unread(item)
            yield Progress(item.name, 0, False, item)
        elif ledger.knows(item, MAKER):
            yield Progress(item.name, 0, True)
        else:
            analysis = pipeline.analyse(item)
            added = ledger.add(analysis.document, analysis.claims, analysis.silences, maker=MAKER)
            yield Progress(item.name, len(analysis.claims), added.known)


def say_left_out(claims: Sequence[Claim], evidence: Evidence | None = None) -> tuple[str, ...]:
    """Claims (and their evidence, if it was read) -> a sentence for each reason why some do not count in ties, the commonest first."""
    from amity.ties import read_evidence

    counts = (evidence or read_evidence(claims)).left_out.most_common()
    return tuple(f"{n} of {len(claims)} claims do not count in the ties: {reason}." for reason, n in counts)


def draw_picture(ledger: Ledger, as_of: str | None = None, title: str = "", read_by: str | None = None) -> Picture:
    """Ledger -> all that a report shows, as published by a day (by default the last that the claims speak of).

    `read_by` replays the ledger itself: only what had been read and judged by then.
    """
    from amity.ledger import ClaimFilter
    from amity.show import Picture
    from amity.ties import compute_ties, find_changes, read_evidence
    from amity.ties.days import last_day_of

    claims = tuple(ledger.claims(ClaimFilter(as_of=read_by, published_by=as_of)))
    evidence = read_evidence(claims, last_day_of(as_of, "as_of") if as_of else None)
    ties = tuple(compute_ties(evidence, as_of))
    changes = tuple(find_changes(evidence))
    cited = {c.document_id for c in claims}
    documents = [d for d in ledger.documents(read_by) if not as_of or d.id in cited or _is_out(d, as_of)]
    return Picture(
        documents=tuple(documents),
        unread=tuple(ledger.unread(read_by)),
        claims=claims,
        ties=ties,
        changes=changes,
        as_of=as_of or max((t.as_of for t in ties), default=""),
        title=title or "Who stands with whom",
        notes=say_left_out(claims, evidence),
    )


def draw_report(ledger: Ledger, as_of: str | None = None, title: str = "", read_by: str | None = None) -> Picture:
    """Ledger -> the picture with incidents, blocs, outlook and sources, which take longer to find than all the rest."""
    picture = draw_picture(ledger, as_of, title, read_by)
    incidents = read_incidents(ledger, as_of, read_by)
    blocs, triads = divide_ties(picture.ties)
    outlook, sources = look_ahead(ledger, as_of, read_by), list_sources(ledger, picture, incidents, read_by)
    return replace(picture, incidents=incidents, blocs=blocs, triads=triads, outlook=outlook, sources=sources)


def divide_ties(ties: Sequence[Tie]) -> tuple[Partition, Triads]:
    """Ties -> the division into blocs that the least weight of them contradicts, and their triads."""
    from amity.ties import count_triads, divide, graph_of_ties

    return divide(ties, "many"), count_triads(graph_of_ties(ties))


def list_sources(ledger: Ledger, picture: Picture, incidents: Iterable[Incident], read_by: str | None = None) -> tuple[SourceSheet, ...]:
    """A picture and its incidents -> as `weigh_sources`, without finding either again."""
    from amity.claims import gather_sources

    outlets = {d.id: d.outlet for d in picture.documents}
    grades = {g.claim: g.value for i in incidents for g in i.grades}
    return tuple(gather_sources(picture.claims, outlets, ledger.judgements(as_of=read_by), grades))


def read_incidents(ledger: Ledger, as_of: str | None = None, read_by: str | None = None) -> tuple[Incident, ...]:
    """Ledger -> incidents with their accounts, from what had been published by a day, as people judged them."""
    from amity.incidents import find_incidents
    from amity.ledger import ClaimFilter

    claims = ledger.claims(ClaimFilter(kind="event", as_of=read_by, published_by=as_of))
    return find_incidents(claims, tuple(ledger.documents(read_by)), ledger.judgements(as_of=read_by), as_of)


def read_told_once(ledger: Ledger, as_of: str | None = None, read_by: str | None = None) -> Evidence:
    """Ledger -> evidence in which an act that several papers print from one origin counts as tellings of one."""
    from amity.ledger import ClaimFilter
    from amity.ties import read_evidence
    from amity.ties.days import last_day_of

    incidents = read_incidents(ledger, as_of, read_by)
    origins = {t.claim: f"{i.id} {a.origin.key}" for i in incidents for a in i.accounts for t in a.tellings}
    claims = ledger.claims(ClaimFilter(as_of=read_by, published_by=as_of))
    return read_evidence(claims, last_day_of(as_of, "as_of") if as_of else None, origins=origins)


def weigh_sources(ledger: Ledger, as_of: str | None = None, read_by: str | None = None) -> list[SourceSheet]:
    """Ledger -> everyone on whose word claims stand, with their grade and how their claims fared among other accounts."""
    from amity.claims import gather_sources
    from amity.ledger import ClaimFilter

    claims = tuple(ledger.claims(ClaimFilter(as_of=read_by, published_by=as_of)))
    outlets = {d.id: d.outlet for d in ledger.documents(read_by)}
    grades = {g.claim: g.value for i in read_incidents(ledger, as_of, read_by) for g in i.grades}
    return gather_sources(claims, outlets, ledger.judgements(as_of=read_by), grades)


def _is_out(document: Document, as_of: str) -> bool:
    """Whether a document had been published by a day; of bounds inferred the last counts."""
    return bool(document.published) and str(document.published).rstrip("?").split("/")[-1] <= as_of


@dataclass(frozen=True, slots=True)
class Acts:
    """What forecasts are made from: dated rows with their types, the turns of ties, names by id."""

    events: tuple[DatedEvent, ...]
    changes: tuple[Change, ...]
    names: dict[str, str]


def read_acts(ledger: Ledger, as_of: str | None = None, read_by: str | None = None) -> Acts:
    """Ledger -> acts and turns, as published by a day."""
    from amity.ledger import ClaimFilter
    from amity.ties import find_changes, read_evidence
    from amity.ties.days import last_day_of

    claims = tuple(ledger.claims(ClaimFilter(as_of=read_by, published_by=as_of)))
    evidence = read_evidence(claims, last_day_of(as_of, "as_of") if as_of else None)
    types = {c.id: c.type for c in claims}
    events = tuple(replace(e, type=types.get(e.claim, "")) for e in evidence.events)
    return Acts(events, tuple(find_changes(claims)), evidence.names)


def look_ahead(ledger: Ledger, as_of: str | None = None, read_by: str | None = None) -> Outlook:
    """Ledger -> forecasts for every pair, from what had been published by a day (by default all of it)."""
    from amity.outlook import OutlookOptions, forecast_dyads

    acts = read_acts(ledger, as_of, read_by)
    return forecast_dyads(acts.events, acts.changes, as_of, OutlookOptions(names=acts.names, maker=MAKER))


def grade_outlook(ledger: Ledger, as_of: str | None = None, read_by: str | None = None) -> tuple[list[Graded], list[Report], int]:
    """Ledger -> grades of the forecasts whose time had come by a day, reports, how many wait.

    The day is by default the last that the ledger tells of: beyond it silence is no evidence that nothing happened.
    """
    from amity.outlook import grade_forecasts, report_grades
    from amity.ties.days import day_text

    acts, issued = read_acts(ledger, None, read_by), list(ledger.forecasts())
    last = day_text(max((e.day for e in acts.events), default=0))
    grades = grade_forecasts(issued, acts.events, acts.changes, min(as_of, last) if as_of else last)
    return grades, report_grades(grades), len(issued) - len(grades)


def ask_whatif(ledger: Ledger, path: Path, as_of: str | None = None, read_by: str | None = None) -> WhatIf:
    """Ledger and a scenario file -> what the scenario changes, with blocs from the ledger's ties."""
    from amity.ledger import ClaimFilter
    from amity.outlook import WhatIfOptions, answer_scenario, read_scenario
    from amity.ties import compute_ties
    from amity.ties.signed.blocs import find_blocs

    acts = read_acts(ledger, as_of, read_by)
    ties = compute_ties(ledger.claims(ClaimFilter(as_of=read_by, published_by=as_of)), as_of)
    names = {t.a: t.a_name for t in ties} | {t.b: t.b_name for t in ties} | acts.names
    signed = [(t.a, t.b, t.alignment) for t in ties if t.alignment is not None]
    return answer_scenario(acts.events, read_scenario(path, names), WhatIfOptions(names, signed, find_blocs))


def rank_next(ledger: Ledger, party: str, kind: str, acts: bool = True, as_of: str | None = None) -> tuple[list[Likely], str]:
    """Ledger, a party's id or name, a type -> who is likeliest to receive (or do) it next, and how it was ranked."""
    from amity.outlook import rank_likeliest

    held = read_acts(ledger, as_of)
    return rank_likeliest(held.events, held.names, party, kind, acts)
