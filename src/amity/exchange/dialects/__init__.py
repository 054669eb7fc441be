"""The dialects that can be read: one page each, and the one list of them.

To add one: write a class that keeps `slots.Dialect`'s contract, name it in `DIALECTS`, and run
`tests/exchange/test_dialect_contract.py` over it.
"""

from __future__ import annotations

from importlib import import_module

from amity.errors import BadInput, suggest
from amity.exchange.slots import Dialect, Given

# Kind on the command line -> page, class, what it is.
DIALECTS: dict[str, tuple[str, str, str]] = {
    "icews": ("icews", "Icews", "ICEWS events, tab-separated, as on Dataverse"),
    "polecat": ("polecat", "Polecat", "POLECAT events, tab-separated, as on Dataverse"),
    "gdelt": ("gdelt", "Gdelt", "GDELT 2.0 events, CSV or zipped"),
    "gdelt-mentions": ("mentions", "Mentions", "GDELT 2.0 mentions, with the event files they speak of"),
    "acled": ("acled", "Acled", "ACLED, CSV of the API"),
    "ucdp": ("ucdp", "Ucdp", "UCDP GED and Candidate events, CSV"),
    "keds": ("keds", "Keds", "KEDS and other WEIS series: date, source, target, code"),
    "cameo": ("keds", "Cameo", "CAMEO text of TABARI and PETRARCH: date, source, target, code"),
    "plover": ("plover", "Plover", "PLOVER JSON, a list or lines"),
    "graph": ("graph", "Graph", "temporal graphs (s r o t) beside entity2id.txt and relation2id.txt"),
    "csv": ("mapped", "Mapped", "any CSV, with a mapping file"),
}


def make_dialect(kind: str, given: Given) -> Dialect:
    """A kind's name -> its reader; Raises BadInput for a kind there is not."""
    if kind not in DIALECTS:
        raise BadInput(f"import: got kind {kind!r}, allowed are {', '.join(DIALECTS)}{suggest(kind, DIALECTS)}")
    page, name, _ = DIALECTS[kind]
    dialect: Dialect = getattr(import_module(f"amity.exchange.dialects.{page}"), name)(given)
    return dialect
