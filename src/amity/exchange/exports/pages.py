"""Forms that pages show: TimelineJS slides of turns and acts, W3C Web Annotations of the quotations."""

from __future__ import annotations

import json
from html import escape
from typing import Any, BinaryIO

from amity.exchange.exports.extract import Extract, codes_of, day_of, last_day_of
from amity.records import Change, Claim, Document

# Slides beyond which TimelineJS becomes slow; its makers advise far fewer. Turns come first, then the heaviest acts.
MOST_SLIDES = 300
# Code points of context on either side of a quotation.
CONTEXT = 32


def write_timeline(extract: Extract, out: BinaryIO) -> int:
    """TimelineJS JSON: a slide for each turn, and for the heaviest acts, with the quotation."""
    changes = [turn_slide(c) for c in extract.changes][:MOST_SLIDES]
    acts = [c for c in extract.claims() if c.kind == "event" and day_of(c)]
    acts.sort(key=lambda c: (-abs(c.score or 0.0), day_of(c) or "", c.id))
    slides = changes + [act_slide(c) for c in acts[: MOST_SLIDES - len(changes)]]
    slides.sort(key=lambda s: (s["start_date"]["year"], s["start_date"]["month"], s["start_date"]["day"]))
    timeline = {"title": {"text": {"headline": escape(extract.title)}}, "events": slides}
    out.write(json.dumps(timeline, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace"))
    return len(slides)


def date_of(day: str) -> dict[str, int]:
    """An ISO day as TimelineJS wants it."""
    year, month, number = (int(part) for part in day.split("-"))
    return {"year": year, "month": month, "day": number}


def turn_slide(change: Change) -> dict[str, Any]:
    """A turn in a tie."""
    way = "warmer" if change.direction > 0 else "colder"
    text = {"headline": escape(f"{change.a_name} and {change.b_name}: {way}"), "text": f"{change.before:+.2f} to {change.after:+.2f}"}
    return {"start_date": date_of(change.day), "text": text, "group": "turns", "unique_id": f"turn-{change.a}-{change.b}-{change.day}"}


def act_slide(claim: Claim) -> dict[str, Any]:
    """An act, with its quotation; article text is escaped."""
    codes = codes_of(claim)
    head = f"{claim.actor.name}: {claim.type.lower()}" + (f", {claim.recipient.name}" if claim.recipient else "")
    known = f"{claim.status}; PLOVER {codes['plover']}, CAMEO {codes['cameo_root']}"
    said = f"<p>“{escape(claim.quote)}”</p><p>{escape(claim.document)}; {known}</p>"
    first, last = day_of(claim) or "", last_day_of(claim) or ""
    slide: dict[str, Any] = {"start_date": date_of(first), "text": {"headline": escape(head), "text": said}}
    if last > first:
        slide["end_date"] = date_of(last)
    return slide | {"group": "cooperation" if (claim.quad or 0) <= 2 else "conflict", "unique_id": claim.id}


def write_annotations(extract: Extract, out: BinaryIO) -> int:
    """W3C Web Annotations, one a line: the quotation by its words with context, and by its position in the stored text."""
    count = 0
    texts: dict[str, Document] = {}
    documents = iter(extract.documents())
    for count, claim in enumerate(extract.claims(), 1):  # noqa: B007 - the last number is the answer
        while claim.document_id not in texts and (document := next(documents, None)):
            texts[document.id] = document
        line = json.dumps(annotate(claim, texts.get(claim.document_id)), ensure_ascii=False)
        out.write(line.encode("utf-8", "backslashreplace") + b"\n")
    return count


def annotate(claim: Claim, document: Document | None) -> dict[str, Any]:
    """A claim and its document -> an annotation."""
    text = document.text if document else ""
    quote = {
        "type": "TextQuoteSelector",
        "exact": claim.quote,
        "prefix": text[max(0, claim.start - CONTEXT) : claim.start],
        "suffix": text[claim.end : claim.end + CONTEXT],
    }
    position = {"type": "TextPositionSelector", "start": claim.start, "end": claim.end}
    source = document.url if document and document.url else f"urn:amity:document:{claim.document_id}"
    body = {"type": "Dataset", "value": claim.to_json() | codes_of(claim), "format": "application/json"}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:amity:claim:{claim.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": body,
        "target": {"source": source, "selector": [quote, position]},
    }
