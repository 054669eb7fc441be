"""Type and status of a claim -> its root in another ontology, by the rows of tables/roots.yaml that need no words.

A claim's type keeps what is done and its status how it is put; codings in the tradition of CAMEO make one root of both.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from amity.exchange.types import TABLES, load_codebook


@lru_cache(maxsize=1)
def read_roots() -> dict[str, Any]:
    """The table: `status`, what each says of how an act is put, and `variants`."""
    import yaml

    with (TABLES / "roots.yaml").open(encoding="utf-8") as stream:
        return dict(yaml.safe_load(stream))


@lru_cache(maxsize=256)
def root_of(type: str, status: str, variant: str = "plv") -> tuple[str, int]:
    """Type and status -> the root, and its quad class.

    >>> root_of("AID", "planned"), root_of("RETREAT", "reported")
    (('AGREE', 1), ('YIELD', 2))
    """
    held: Mapping[str, Any] = read_roots()["variants"][variant]
    put = read_roots()["status"].get(status)
    names = {type, "all", f"q{load_codebook()[type]['quad']}"}
    fits = (r["root"] for r in held["rows"] if "words" not in r and r["put"] == put and names & set(r["types"].split()))
    root = next(fits, held["same"].get(type, type))
    return root, held["roots"][root]
