"""Events in the field's own codes: PLOVER JSON, CAMEO columns."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, BinaryIO

from amity.exchange.exports.extract import NOT_TOLD, Extract, codes_of, day_of
from amity.records import UNCODED, Claim, Party

CAMEO_COLUMNS = (
    "date",
    "source",
    "target",
    "cameo_root",
    "quad_class",
    "plover",
    "score",
    "source_name",
    "target_name",
    "status",
    "plv_root",
    "id",
)


def write_plover(extract: Extract, out: BinaryIO) -> int:
    """A JSON list of events that are told as having happened or coming; those of no type are left out."""
    count = 0
    out.write(b"[\n")
    for claim in extract.claims():
        if claim.kind == "event" and claim.type != UNCODED and claim.status not in NOT_TOLD and day_of(claim):
            line = json.dumps(plover_of(claim), ensure_ascii=False).encode("utf-8", "backslashreplace")
            out.write((b",\n" if count else b"") + line)
            count += 1
    out.write(b"\n]\n")
    return count


def plover_of(claim: Claim) -> dict[str, Any]:
    """A claim -> a PLOVER record; actors as lists, joint parties taken apart."""
    codes = codes_of(claim)
    return {
        "id": claim.id,
        "date": day_of(claim),
        "actor": actors_of(claim.actor),
        "recipient": actors_of(claim.recipient) if claim.recipient else [],
        "event": claim.type,
        "mode": claim.mode or "",
        "context": "; ".join(claim.contexts),
        "score": claim.score,
        "cameo_root": codes["cameo_root"],
        "plv_root": codes["plv_root"],
        "quad_class": claim.quad,
        "status": claim.status,
        "text": claim.quote,
        "publication": claim.sources[0].name if claim.sources else "",
        "location": claim.place or "",
    }


def actors_of(party: Party) -> list[dict[str, str]]:
    """A party -> its PLOVER actors: the name it bears, ISO letters as code where a state stands behind it."""
    ids, names = party.side_id.split(";"), party.side.split("; ")
    if len(ids) == len(names) > 1:
        return [
            {"actorText": name, "code": id.removeprefix("state:") if id.startswith("state:") else "", "id": id}
            for id, name in zip(ids, names, strict=True)
        ]
    code = party.id.split("/")[0].removeprefix("state:") if party.id.startswith("state:") else ""
    return [{"actorText": party.name, "code": code, "id": party.id}]


def write_cameo(extract: Extract, out: BinaryIO) -> int:
    """Tab-separated columns with a head: date, source, target, CAMEO root, quad class, PLOVER, score, names, status, root of PLV, id."""
    text = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    table = csv.writer(text, delimiter="\t", lineterminator="\n")
    table.writerow(CAMEO_COLUMNS)
    count = 0
    for claim in extract.claims():
        codes = codes_of(claim)
        if codes["plover"] and claim.recipient:
            ends = [
                p.side_id.removeprefix("state:") if p.side_id.startswith("state:") else p.side_id for p in (claim.actor, claim.recipient)
            ]
            values = (codes["cameo_root"], codes["quad_class"], codes["plover"], claim.score, claim.actor.name, claim.recipient.name)
            table.writerow((day_of(claim) or "", *ends, *values, claim.status, codes["plv_root"], claim.id))
            count += 1
    text.detach()
    return count
