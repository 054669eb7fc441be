"""A picture -> what the report's sections on incidents, blocs, outlook and sources show, most telling first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amity.records import Account, BlocMember, Document, Forecast, Incident, Telling
from amity.show.picture import Picture, is_named

# Forecasts of each kind that are told, the likeliest first; the rest are counted.
MOST_FORECASTS = 8
# Rows of the lists of those torn and of ties that contradict the blocs.
MOST_ROWS = 12
# The horizon that is shown (days); the others are in `amity outlook --days`.
HORIZON = 30
KINDS = ("conflict", "rupture", "thaw")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One sentence of an account, and all that is told by it, each with its credibility grade (0: none)."""

    quote: str
    tellings: tuple[tuple[Telling, int], ...]


@dataclass(frozen=True, slots=True)
class AccountSheet:
    """An account as it is shown: sentence by sentence, and who prints it, as pairs of document id ("" if it is not shown) and name."""

    account: Account
    sentences: tuple[Quoted, ...]
    printed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class IncidentSheet:
    """An incident as it is shown."""

    incident: Incident
    accounts: tuple[AccountSheet, ...]


@dataclass(frozen=True, slots=True)
class BlocSheet:
    """A partition as it is shown: the blocs of two or more, those alone, and the torn, most torn first."""

    blocs: tuple[tuple[str, ...], ...]
    alone: tuple[str, ...]
    torn: tuple[BlocMember, ...]
    loosest: BlocMember | None


def add_sections(picture: Picture, incidents: int) -> dict[str, Any]:
    """A picture and how many incidents to show in full -> what the templates of these sections name."""
    told = rank_incidents(picture.incidents)
    documents = {d.id: d for d in picture.documents}
    shown = told[:incidents]
    in_full = {t.claim for i in shown for a in i.accounts for t in a.tellings}
    held = {c.id for c in picture.claims}
    return {
        "incidents": [lay_accounts(i, documents) for i in shown],
        "more_incidents": told[incidents:],
        "told_once": len(picture.incidents) - len(told),
        "linked": held,
        "in_full": in_full,
        "blocs": picture.blocs,
        "bloc_sheet": lay_blocs(picture),
        "triads": picture.triads,
        "outlook": picture.outlook,
        "forecasts": choose_forecasts(picture),
        "sources": picture.sources,
    }


def rank_incidents(incidents: Sequence[Incident]) -> list[Incident]:
    """Incidents -> those that several claims tell: contradicted first, then those that came to stand otherwise, then the latest."""

    def rank(incident: Incident) -> tuple[bool, bool, str, int, str]:
        moved = len({s.status for s in incident.stages}) > 1
        return incident.contradicted, moved, incident.last or last_told(incident), incident.independent, incident.id

    return sorted((i for i in incidents if len(i.claims) > 1), key=rank, reverse=True)


def last_told(incident: Incident) -> str:
    """An incident -> the last day on which a report told of it; "" where none is dated."""
    return max((t.published or "" for a in incident.accounts for t in a.tellings), default="")


def lay_accounts(incident: Incident, documents: Mapping[str, Document]) -> IncidentSheet:
    """An incident and the documents at hand -> its sheet."""
    grades = {g.claim: g.value for g in incident.grades}
    return IncidentSheet(incident, tuple(lay_account(a, grades, documents) for a in incident.accounts))


def lay_account(account: Account, grades: Mapping[str, int], documents: Mapping[str, Document]) -> AccountSheet:
    """An account -> its sheet: the same sentence is quoted once."""
    groups: dict[tuple[str, str], list[tuple[Telling, int]]] = {}
    for telling in account.tellings:
        groups.setdefault((telling.document, telling.quote), []).append((telling, grades.get(telling.claim, 0)))
    sentences = tuple(Quoted(quote, tuple(rows)) for (_, quote), rows in groups.items())
    printed = tuple(
        (i, documents[i].outlet or documents[i].title or documents[i].name) if i in documents else ("", i) for i in account.documents
    )
    return AccountSheet(account, sentences, printed)


def lay_blocs(picture: Picture) -> BlocSheet | None:
    """A picture -> its blocs as they are shown; None where none were sought or no tie tells friend or foe."""
    found = picture.blocs
    if found is None or not found.ties:
        return None
    many = [b for b in found.blocs if len(b.members) > 1]
    alone = [str(b.members[0]) for b in found.blocs if len(b.members) == 1]
    torn = sorted((m for m in found.members if m.frustrated), key=lambda m: (-m.share, -m.frustrated, str(m.party)))
    loosest = min(found.members, key=lambda m: (m.flip, str(m.party)), default=None)
    names = tuple(tuple(found.name_of(m) for m in b.members) for b in many)
    return BlocSheet(names, tuple(map(found.name_of, alone)), tuple(torn[:MOST_ROWS]), loosest)


def choose_forecasts(picture: Picture) -> list[tuple[str, list[Forecast], int]]:
    """A picture -> for each kind the forecasts of named pairs that say more than the base rate, and how many do not."""
    if picture.outlook is None:
        return []
    rows = [f for f in picture.outlook.forecasts if f.horizon == HORIZON and is_named(f.a) and is_named(f.b)]
    found = []
    for kind in KINDS:
        known = sorted((f for f in rows if f.kind == kind and f.basis == "model"), key=rank_forecast)
        found.append((kind, known[:MOST_FORECASTS], sum(f.kind == kind for f in rows) - len(known)))
    return found


def rank_forecast(forecast: Forecast) -> tuple[float, str, str]:
    """The key that puts the likeliest first."""
    return -forecast.chance, forecast.a_name, forecast.b_name


def choose_bases(picture: Picture) -> list[Forecast]:
    """A picture -> one forecast for each kind and horizon whose chance is but the base rate."""
    rows = picture.outlook.forecasts if picture.outlook else ()
    seen: dict[tuple[str, int], Forecast] = {}
    for f in rows:
        if f.basis != "model":
            seen.setdefault((f.kind, f.horizon), f)
    return sorted(seen.values(), key=lambda f: ((*KINDS, "act").index(f.kind), f.horizon))
