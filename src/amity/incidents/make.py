"""Groups of claims with their documents -> incidents, each with accounts, differences, grades and stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from amity.incidents.accounts import count_origins, find_silent, lay_accounts
from amity.incidents.book import DECIDED, IncidentBook
from amity.incidents.copies import CopyBook
from amity.incidents.credibility import grade_claims
from amity.incidents.decisions import Decisions, read_decisions
from amity.incidents.differences import compare_accounts
from amity.incidents.origins import text_origins, trace_copies
from amity.incidents.scoring import DONE, weigh_pair
from amity.incidents.stages import list_stages
from amity.incidents.table import weights
from amity.incidents.traits import day_number
from amity.records import Claim, CopyGroup, Document, Incident, Judgement, Link, Origin, Term


def find_copies(documents: Sequence[Document]) -> tuple[CopyGroup, ...]:
    """Documents -> groups that print one text, whole or in part, each with the origin it can be traced to."""
    book = CopyBook()
    for document in documents:
        book.add(document)
    return trace_copies(documents, book.overlaps())


def find_incidents(
    claims: Iterable[Claim], documents: Sequence[Document], judgements: Iterable[Judgement] = (), as_of: str | None = None
) -> tuple[Incident, ...]:
    """Claims, their documents and people's judgements -> incidents, those with most accounts first.

    Every event claim is in exactly one incident, many of them alone. The result does not depend on any order but that
    of judgements.
    """
    held = {c.id: c for c in claims}
    decisions = read_decisions(judgements)
    book = IncidentBook()
    book.add(held.values(), documents)
    for (a, b), same in sorted(decisions.pairs.items()):
        book.decide(a, b, same)
    texts = text_origins(documents, find_copies(documents))
    by_id = {d.id: d for d in documents}
    found = [make_incident([held[i] for i in group], book, decisions, texts, by_id, as_of) for group in book.incidents()]
    return tuple(sorted(found, key=lambda i: (-len(i.accounts), -len(i.claims), i.first or "", i.id)))


def make_incident(
    claims: Sequence[Claim],
    book: IncidentBook,
    decisions: Decisions,
    texts: Mapping[str, Origin],
    documents: Mapping[str, Document],
    as_of: str | None,
) -> Incident:
    """One group of claims -> its incident."""
    accounts = lay_accounts(claims, texts)
    differences = compare_accounts(accounts)
    independent, copies = count_origins(accounts)
    first, last = bound_days(claims)
    ids = sorted(c.id for c in claims)
    return Incident(
        id=ids[0],
        title=title_claims(claims),
        claims=tuple(ids),
        documents=tuple(sorted({c.document_id for c in claims})),
        types=tuple(t for t, _ in count(c.type for c in claims)),
        parties=name_parties(claims),
        places=tuple(p for p, _ in count(p for a in accounts for t in a.tellings for p in t.places)),
        first=first,
        last=last,
        accounts=accounts,
        differences=differences,
        silent=find_silent(claims, documents) if len(claims) > 1 else (),
        grades=grade_claims(accounts, differences),
        stages=list_stages(accounts, as_of),
        links=explain_links(ids, book),
        independent=independent,
        copies=copies,
        marks=tuple(m for i in ids for m in decisions.marks.get(i, ())),
    )


def count(values: Iterable[str]) -> list[tuple[str, int]]:
    """Values -> each with how often it comes, the commonest first, equal ones by letters."""
    return sorted(Counter(values).items(), key=lambda kv: (-kv[1], kv[0]))


def name_parties(claims: Sequence[Claim]) -> tuple[tuple[str, str], ...]:
    """Claims -> id and name of each side in them, the commonest first."""
    parties = [(p.side_id or p.id, p.side or p.name) for c in claims for p in (c.actor, c.recipient) if p]
    names = dict(parties)
    return tuple((i, names[i]) for i, _ in count(i for i, _ in parties))


def title_claims(claims: Sequence[Claim]) -> str:
    """Claims -> actor, act and target of the act most told, as codes that the display puts into words.

    Most told is told as done, by most documents and claims, and most surely read. Where one actor's act is told twice as
    often of several targets, it is named without one.
    """
    told: dict[tuple[str, ...], list[Claim]] = {}
    for c in claims:
        for title in ((c.actor.side or c.actor.name, c.type, name_target(c)), (c.actor.side or c.actor.name, c.type)):
            told.setdefault(title, []).append(c)

    def weigh(title: tuple[str, ...]) -> tuple[bool, int, int, float]:
        rows = told[title]
        done = any(c.status in DONE for c in rows)
        return done, len({c.document_id for c in rows}), len(rows), max(c.confidence for c in rows)

    whole, open_ = (min((t for t in told if len(t) == n), key=lambda t: (*(-v for v in weigh(t)), t)) for n in (3, 2))
    wider = weigh(open_)[:2] >= weigh(whole)[:2] and len(told[open_]) >= 2 * len(told[whole])
    return "\x1f".join((*open_, "") if wider else whole)


def name_target(claim: Claim) -> str:
    """A claim -> the side it tells as the target, or the name; empty where it tells none."""
    return (claim.recipient.side or claim.recipient.name) if claim.recipient else ""


def bound_days(claims: Sequence[Claim]) -> tuple[str | None, str | None]:
    """Claims -> first and last day that their dates leave open; those told nearly to the day bound it where there are any.

    "This month" beside "on Monday" widens nothing.
    """
    dates = [c.date for c in claims if c.date]
    sure = [d for d in dates if day_number(d.latest) - day_number(d.earliest) < weights()["narrow_days"]] or dates
    return min((d.earliest for d in sure), default=None), max((d.latest for d in sure), default=None)


def explain_links(ids: Sequence[str], book: IncidentBook) -> tuple[Link, ...]:
    """Claims of a group -> for each after the first the pair that ties it in most strongly, with its terms."""
    links: list[Link] = []
    inside, left = set(ids[:1]), set(ids[1:])
    while left:
        pairs = [(v, a, b) for a in sorted(inside) for b, v in book.odds[a].items() if b in left]
        if not pairs:
            break
        _, a, b = max(pairs, key=lambda p: (p[0], p[1], p[2]))
        first, second = sorted((a, b))
        terms = tuple(weigh_pair(book.traits[first], book.traits[second]))
        decided = book.decided.get((first, second))
        links.append(
            Link(first, second, (Term("a person's word", DECIDED if decided else -DECIDED, "judged"),) if decided is not None else terms)
        )
        inside.add(b)
        left.remove(b)
    return tuple(links)
