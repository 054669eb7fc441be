"""FollowTheMoney: parties, articles, acts as events, ties as links with their proof; JSON lines for Aleph and its kin.

The model has no sign, offset or confidence: they stand in `role`, `summary` and `notes`.
"""

from __future__ import annotations

import csv
import json
from functools import lru_cache
from typing import Any, BinaryIO

from amity.exchange.exports.extract import Extract, codes_of, day_of, last_day_of, side_of
from amity.exchange.types import TABLES
from amity.records import Claim, Document, Party, fingerprint

SCHEMA = {"state": "PublicBody", "person": "Person", "body": "Organization", "org": "Organization", "group": "Organization"}


def write_ftm(extract: Extract, out: BinaryIO) -> int:
    """Entities, one a line, each once."""
    seen: set[str] = set()

    def put(entity: dict[str, Any]) -> None:
        if entity["id"] not in seen:
            seen.add(entity["id"])
            out.write(json.dumps(entity, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")

    cited: set[str] = set()
    for claim in extract.claims():
        cited.add(claim.document_id)
        parties = [p for p in (claim.actor, claim.recipient) if p]
        for party in parties:
            put(party_entity(*side_of(party)))
            put(party_entity(party.id, party.name))
        if claim.kind == "event":
            put(event_entity(claim, parties))
        elif claim.recipient:
            put(link_entity(claim, claim.actor, claim.recipient))
    for document in extract.documents():
        if document.id in cited:
            put(article_entity(document))
    for tie in extract.ties:
        put(party_entity(tie.a, tie.a_name))
        put(party_entity(tie.b, tie.b_name))
        said = f"warmth {tie.warmth:+.2f} ({tie.low:+.2f} to {tie.high:+.2f}, 90 %) of {tie.events} acts"
        values = {"subject": [key(tie.a)], "object": [key(tie.b)], "role": ["tie"], "summary": [said], "date": [tie.as_of]}
        put({"id": key("tie", tie.a, tie.b), "schema": "UnknownLink", "properties": values})
    return len(seen)


def key(*parts: str) -> str:
    """Parts -> an id that FollowTheMoney takes."""
    return f"amity-{fingerprint(*parts)}"


@lru_cache(maxsize=1)
def read_letters() -> dict[str, str]:
    """`states.csv`: two small letters by three capital ones, as FollowTheMoney names countries."""
    with (TABLES / "actors" / "states.csv").open(encoding="utf-8", newline="") as stream:
        return {row["iso3"]: row["iso2"].lower() for row in csv.DictReader(stream)}


def party_entity(id: str, name: str) -> dict[str, Any]:
    """A party; what it is goes by the beginning of its id."""
    schema = SCHEMA.get(id.split(":")[0], "LegalEntity")
    values: dict[str, list[str]] = {"name": [name or id], "notes": [id]}
    if id.startswith("state:") and "/" not in id:
        code = read_letters().get(id.removeprefix("state:"))
        values |= {"jurisdiction": [code]} if code else {}
    return {"id": key(id), "schema": schema, "properties": values}


def article_entity(document: Document) -> dict[str, Any]:
    """A document, without its text."""
    values = {"title": document.title or document.name, "fileName": document.name, "publisher": document.outlet}
    told = (document.published or "")[:10].rstrip("?~")
    values |= {"sourceUrl": document.url if document.url.startswith("http") else "", "publishedAt": told, "contentHash": ""}
    return {"id": key(document.id), "schema": "Article", "properties": {k: [v] for k, v in values.items() if v}}


def event_entity(claim: Claim, parties: list[Party]) -> dict[str, Any]:
    """An act, with its codes as keywords and its quotation as summary."""
    codes = codes_of(claim)
    words = [f"PLOVER {codes['plover']}", f"CAMEO {codes['cameo_root']}", f"quad {codes['quad_class']}"] if codes["plover"] else []
    values: dict[str, list[str]] = {
        "name": [" ".join([claim.actor.name, claim.type.lower(), claim.recipient.name if claim.recipient else ""]).strip()],
        "involved": list(dict.fromkeys(key(p.id) for p in parties)),
        "summary": [claim.quote],
        "keywords": [*words, f"status {claim.status}"],
        "notes": [f"claim {claim.id}, code points {claim.start}-{claim.end}, confidence {claim.confidence:.2f}"],
        "proof": [key(claim.document_id)],
    }
    days = {"startDate": day_of(claim), "endDate": last_day_of(claim)}
    return {"id": key(claim.id), "schema": "Event", "properties": values | {k: [v] for k, v in days.items() if v}}


def link_entity(claim: Claim, actor: Party, recipient: Party) -> dict[str, Any]:
    """A standing, as a link with its quotation."""
    values = {"subject": [key(actor.id)], "object": [key(recipient.id)], "role": [claim.type.lower()], "summary": [claim.quote]}
    values |= {"proof": [key(claim.document_id)]}
    day = day_of(claim)
    return {"id": key(claim.id), "schema": "UnknownLink", "properties": values | ({"date": [day]} if day else {})}
