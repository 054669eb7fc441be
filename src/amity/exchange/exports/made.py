"""How it was made: an RO-Crate description of documents, claims and the reading that links them, with PROV actions."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import Any, BinaryIO

from amity.exchange.exports.extract import Extract, codes_of


def write_crate(extract: Extract, out: BinaryIO) -> int:
    """RO-Crate 1.1 metadata: every document with its hash, one action for each maker with what it made and how many."""
    made: dict[str, Counter[str]] = {}
    used: dict[str, set[str]] = {}
    plover: Counter[str] = Counter()
    for claim in extract.claims():
        made.setdefault(claim.maker, Counter())[claim.kind] += 1
        used.setdefault(claim.maker, set()).add(claim.document_id)
        plover[str(codes_of(claim)["plover"] or claim.type)] += 1
    files = [file_of(d) for d in extract.documents()]
    actions = [action_of(maker, counts, used[maker], extract.made_at) for maker, counts in sorted(made.items())]
    about: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": extract.title,
            "description": "Claims read from documents, each with its quotation, place in the text, source and status.",
            "datePublished": extract.made_at,
            "license": "The claims may be used as their makers allow; the documents stay under the rights of their publishers.",
            "hasPart": [{"@id": f["@id"]} for f in files],
            "mentions": [{"@id": a["@id"]} for a in actions],
            "variableMeasured": [{"@id": f"#type-{name}"} for name in sorted(plover)],
        },
        {"@id": "#amity", "@type": "SoftwareApplication", "name": "amity", "version": extract.maker},
        *({"@id": f"#type-{name}", "@type": "PropertyValue", "name": name, "value": count} for name, count in sorted(plover.items())),
    ]
    graph = [*about, *actions, *files]
    crate = {"@context": ["https://w3id.org/ro/crate/1.1/context", {"prov": "http://www.w3.org/ns/prov#"}], "@graph": graph}
    out.write(json.dumps(crate, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace"))
    return len(graph)


def file_of(document: Any) -> dict[str, Any]:
    """A document as a file with its hash; its text is not in the crate."""
    digest = sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    values = {"name": document.name, "url": document.url, "datePublished": document.published, "publisher": document.outlet}
    kept = {k: v for k, v in values.items() if v}
    return {"@id": f"#document-{document.id}", "@type": ["File", "prov:Entity"], "sha256": digest, "encodingFormat": document.format} | kept


def action_of(maker: str, counts: Counter[str], used: set[str], at: str) -> dict[str, Any]:
    """What one maker of rules and model did."""
    return {
        "@id": f"#reading-{sha256(maker.encode()).hexdigest()[:12]}",
        "@type": ["CreateAction", "prov:Activity"],
        "name": f"Reading by {maker or 'an unnamed maker'}",
        "instrument": {"@id": "#amity"},
        "prov:wasAssociatedWith": {"@id": "#amity"},
        "endTime": at,
        "object": [{"@id": f"#document-{d}"} for d in sorted(used)],
        "description": ", ".join(f"{n} {kind}s" for kind, n in sorted(counts.items())),
    }
