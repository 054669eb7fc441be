"""STIX 2.1: identities, ties as relationships, documents as reports, claims as notes, denials as opinions on what they deny."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from amity.exchange.exports.extract import Extract, codes_of, side_of
from amity.records import Claim, Document, Tie

# The name space of ids, so that the same ledger gives the same bundle.
SPACE = UUID("b8a1c2d4-5a0e-5d0e-9c53-6e0f5b0c7a11")
CLASSES = {"state": "organization", "body": "organization", "org": "organization", "person": "individual"}


def write_stix(extract: Extract, out: BinaryIO) -> int:
    """One bundle; ids are made from content, times from the extract."""
    bundle = Bundle(extract)
    for claim in extract.claims():
        bundle.take(claim)
    bundle.oppose()
    for tie in extract.ties:
        bundle.relate(tie)
    for document in extract.documents():
        bundle.report(document)
    text = json.dumps(
        {"type": "bundle", "id": name("bundle", extract.title, extract.made_at), "objects": bundle.objects}, ensure_ascii=False
    )
    out.write(text.encode("utf-8", "backslashreplace"))
    return len(bundle.objects)


def name(type: str, *parts: str) -> str:
    """Parts -> the id of an object of a type."""
    return f"{type}--{uuid5(SPACE, chr(31).join((type, *parts)).encode('utf-8', 'backslashreplace').decode())}"


def stamp(day: str) -> str:
    """A day -> its first moment."""
    return f"{day}T00:00:00.000Z"


class Bundle:
    """Objects as they come together; a note for every claim, and what each document told."""

    def __init__(self, extract: Extract) -> None:
        self.made = extract.made_at
        self.objects: list[dict[str, Any]] = []
        self.ids: set[str] = set()
        self.told: dict[str, list[str]] = defaultdict(list)
        self.notes: dict[tuple[str, str, str], list[tuple[str, bool, str]]] = defaultdict(list)

    def put(self, type: str, parts: tuple[str, ...], **values: Any) -> str:
        """An object, once."""
        id = name(type, *parts)
        if id not in self.ids:
            self.ids.add(id)
            common = {"type": type, "spec_version": "2.1", "id": id, "created": self.made, "modified": self.made}
            self.objects.append(common | {k: v for k, v in values.items() if v not in (None, [], "")})
        return id

    def identity(self, id: str, said: str) -> str:
        """A party."""
        return self.put("identity", (id,), name=said or id, identity_class=CLASSES.get(id.split(":")[0], "group"), labels=[id])

    def take(self, claim: Claim) -> None:
        """A claim -> a note on its parties."""
        sides = [side_of(p) for p in (claim.actor, claim.recipient) if p]
        refs = list(dict.fromkeys(self.identity(*s) for s in sides))
        codes = codes_of(claim)
        labels = [claim.type.lower(), f"status:{claim.status}"]
        labels += [f"plover:{codes['plover']}", f"cameo:{codes['cameo_root']}", f"quad:{codes['quad_class']}"] if codes["plover"] else []
        authors = [s.name for s in claim.sources] or None
        percent = round(claim.confidence * 100)
        said = f"{claim.actor.name} {claim.type} {claim.recipient.name if claim.recipient else ''}".strip()
        values = {
            "abstract": said,
            "content": claim.quote,
            "authors": authors,
            "object_refs": refs,
            "confidence": percent,
            "labels": labels,
        }
        note = self.put("note", (claim.id,), **values)
        self.told[claim.document_id] += [note, *refs]
        self.notes[(sides[0][0], sides[-1][0], claim.type)].append((note, claim.status == "denied", claim.quote))

    def oppose(self) -> None:
        """Rival accounts: a denial disagrees with what others tell of the same act of the same parties."""
        for group in self.notes.values():
            told = [note for note, denies, _ in group if not denies]
            for note, denies, quote in group:
                if denies and told:
                    self.put("opinion", ("denies", note), opinion="strongly-disagree", explanation=quote, object_refs=told)

    def relate(self, tie: Tie) -> None:
        """A tie -> a relationship; its verb is no standard one, its interval stands in the description."""
        verb = {1: "stands-with", -1: "stands-against"}.get(tie.sign, "related-to")
        said = f"warmth {tie.warmth:+.2f} ({tie.low:+.2f} to {tie.high:+.2f}, 90 %) of {tie.events} acts as of {tie.as_of}"
        ends = {"source_ref": self.identity(tie.a, tie.a_name), "target_ref": self.identity(tie.b, tie.b_name)}
        sure = round(100 * max(0.0, 1.0 - (tie.high - tie.low) / 2.0))
        start = {"start_time": stamp(tie.series[0].day)} if tie.series else {}
        self.put("relationship", (tie.a, tie.b), relationship_type=verb, description=said, confidence=sure, **ends, **start)

    def report(self, document: Document) -> None:
        """A document -> a report on all that it told; one that told nothing is none."""
        refs = list(dict.fromkeys(self.told.get(document.id, ())))
        if refs:
            day = (document.published or "")[:10].rstrip("?~")
            published = stamp(day) if len(day) == 10 else self.made
            links = [{"source_name": document.outlet or document.name, "url": document.url}] if document.url.startswith("http") else None
            values = {"name": document.title or document.name, "published": published, "object_refs": refs, "external_references": links}
            self.put("report", (document.id,), **values)
