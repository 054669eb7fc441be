"""The forms that can be written: one page a family, and the one list of them.

To add one: write a function `Extract, binary stream -> number of things written`, name it in `EXPORTS`, and give
`tests/exchange/test_exports.py` a real reader of the form.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO

from amity.errors import BadInput, suggest
from amity.exchange.exports.extract import Extract

Write = Callable[[Extract, BinaryIO], int]
# Kind on the command line -> page, function, ending of files, what it is.
EXPORTS: dict[str, tuple[str, str, str, str]] = {
    "jsonl": ("tables", "write_jsonl", ".jsonl", "claims, one a line"),
    "csv": ("tables", "write_csv", ".csv", "claims as a table; the codebook comes beside it"),
    "parquet": ("tables", "write_parquet", ".parquet", "claims as a table, zstd"),
    "gexf": ("graphs", "write_gexf", ".gexf", "ties as a dynamic graph for Gephi, one edge a sign"),
    "graphml": ("graphs", "write_graphml", ".graphml", "ties as a graph, absolute weight beside the sign"),
    "ftm": ("followed", "write_ftm", ".ftm.json", "FollowTheMoney entities, one a line"),
    "stix": ("stix", "write_stix", ".stix.json", "a STIX 2.1 bundle"),
    "timeline": ("pages", "write_timeline", ".timeline.json", "TimelineJS"),
    "annotations": ("pages", "write_annotations", ".annotations.jsonl", "W3C Web Annotations of the quotations, one a line"),
    "plover": ("codes", "write_plover", ".plover.json", "events as PLOVER JSON"),
    "cameo": ("codes", "write_cameo", ".cameo.tsv", "events as CAMEO columns"),
    "prov": ("made", "write_crate", ".ro-crate-metadata.json", "how it was made, as RO-Crate with PROV actions"),
}


def find_export(kind: str) -> Write:
    """A kind's name -> its writer; Raises BadInput for a kind there is not."""
    if kind not in EXPORTS:
        raise BadInput(f"export: got kind {kind!r}, allowed are {', '.join(EXPORTS)}{suggest(kind, EXPORTS)}")
    page, name, _, _ = EXPORTS[kind]
    write: Write = getattr(import_module(f"amity.exchange.exports.{page}"), name)
    return write
