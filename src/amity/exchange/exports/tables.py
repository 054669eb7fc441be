"""Claims as tables: JSON Lines, CSV with a codebook, Parquet; the columns are one list with their meaning."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from amity.exchange.exports.extract import Extract, codes_of
from amity.records import Claim

# Rows of one Parquet row group.
GROUP = 50_000

# Column -> kind of value (text, int, real, flag) and meaning; the order is that of the files and never changes.
COLUMNS: dict[str, tuple[str, str]] = {
    "id": ("text", "16 hexadecimal digits that name the claim by its content"),
    "document": ("text", "name of the document; for imported rows the file and its lines"),
    "document_id": ("text", "id of the document's text"),
    "start": ("int", "first code point of the quotation in the stored text, from 0"),
    "end": ("int", "code point after the last of the quotation"),
    "quote": ("text", "the quotation, word for word"),
    "kind": ("text", "event (an act) or standing (how two parties stand)"),
    "actor_id": ("text", "who acts: id"),
    "actor": ("text", "who acts: name"),
    "actor_side_id": ("text", "the state or body that the actor counts under: id"),
    "actor_side": ("text", "the state or body that the actor counts under: name"),
    "recipient_id": ("text", "towards whom: id; empty where nobody is named"),
    "recipient": ("text", "towards whom: name"),
    "recipient_side_id": ("text", "the side of the recipient: id"),
    "recipient_side": ("text", "the side of the recipient: name"),
    "type": ("text", "PLOVER event type, or the standing; UNCODED where a code has no type"),
    "mode": ("text", "PLOVER mode"),
    "plover": ("text", "type and mode in one"),
    "cameo_root": ("text", "two digits of the CAMEO root; several types share one"),
    "quad_class": ("int", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"),
    "plv_root": ("text", "one of 15 roots that type and status make together: what is planned is agreed to or threatened"),
    "score": ("real", "-10 (worst) to 10 (best), of the type and mode"),
    "contexts": ("text", "PLOVER contexts, parted by semicolons"),
    "status": ("text", "reported, denied, rumoured, planned, threatened, requested or hypothetical"),
    "sources": ("text", "on whose word, outermost first, parted by ' < '"),
    "anonymous": ("flag", "whether a source is unnamed"),
    "date": ("text", "when, EDTF"),
    "earliest": ("text", "first possible day, ISO 8601"),
    "latest": ("text", "last possible day, ISO 8601"),
    "date_basis": ("text", "the words or the row that the date rests on"),
    "published": ("text", "when the document was published, EDTF"),
    "place": ("text", "where"),
    "over": ("text", "what a standing is about"),
    "confidence": ("real", "how sure the reading is, 0 to 1; says nothing of the truth of the claim"),
    "maker": ("text", "version of rules and model, or of the import"),
    "why": ("text", "how the claim was read, parted by ' | '"),
}


def row_of(claim: Claim) -> dict[str, Any]:
    """A claim -> its cells by column, in order of `COLUMNS`."""
    recipient, date = claim.recipient, claim.date
    cells = {name: getattr(claim, name, None) for name in COLUMNS}
    return cells | {
        "actor_id": claim.actor.id,
        "actor": claim.actor.name,
        "actor_side_id": claim.actor.side_id,
        "actor_side": claim.actor.side,
        "recipient_id": recipient.id if recipient else None,
        "recipient": recipient.name if recipient else None,
        "recipient_side_id": recipient.side_id if recipient else None,
        "recipient_side": recipient.side if recipient else None,
        "contexts": ";".join(claim.contexts),
        "sources": " < ".join(s.name for s in claim.sources),
        "anonymous": any(s.anonymous for s in claim.sources),
        "date": date.edtf if date else None,
        "earliest": date.earliest if date else None,
        "latest": date.latest if date else None,
        "date_basis": date.basis if date else None,
        "why": " | ".join(claim.why),
        **codes_of(claim),
    }


def write_jsonl(extract: Extract, out: BinaryIO) -> int:
    """Claims in the shape of the JSON Lines contract, with the codes beside them."""
    count = 0
    for count, claim in enumerate(extract.claims(), 1):  # noqa: B007 - the last number is the answer
        line = json.dumps(claim.to_json() | codes_of(claim), ensure_ascii=False)
        out.write(line.encode("utf-8", "backslashreplace") + b"\n")
    return count


def write_csv(extract: Extract, out: BinaryIO) -> int:
    """Claims as CSV (RFC 4180, UTF-8, a head); cells that a spreadsheet would run as formulas stay as they are."""
    text = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    table = csv.DictWriter(text, list(COLUMNS), lineterminator="\r\n")
    table.writeheader()
    count = 0
    for count, claim in enumerate(extract.claims(), 1):  # noqa: B007
        table.writerow(row_of(claim))
    text.detach()
    return count


def codebook_lines() -> list[str]:
    """The codebook as CSV lines: column, kind, meaning."""
    return ["column,kind,meaning", *(f'{name},{kind},"{meaning}"' for name, (kind, meaning) in COLUMNS.items())]


def arrow_schema() -> Any:
    """The columns as an Arrow schema, with their meaning as metadata."""
    import pyarrow as pa

    kinds = {"text": pa.string(), "int": pa.int64(), "real": pa.float64(), "flag": pa.bool_()}
    return pa.schema([pa.field(name, kinds[kind], metadata={"meaning": meaning}) for name, (kind, meaning) in COLUMNS.items()])


def arrow_batches(claims: Iterable[Claim], size: int = GROUP) -> Iterator[Any]:
    """Claims -> Arrow record batches of at most `size` rows."""
    import pyarrow as pa

    schema, source = arrow_schema(), iter(claims)
    while rows := [row_of(c) for c in islice(source, size)]:
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def write_parquet(extract: Extract, out: BinaryIO) -> int:
    """Claims as Parquet, zstd, in row groups; memory holds one group."""
    import pyarrow.parquet as pq

    count = 0
    with pq.ParquetWriter(out, arrow_schema(), compression="zstd") as writer:
        for batch in arrow_batches(extract.claims()):
            writer.write_batch(batch)
            count += batch.num_rows
    return count
