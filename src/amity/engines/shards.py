"""Documents -> shards addressed by their content -> claims; what a worker runs, and what an engine must offer."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from amity.pipeline import MAKER, Pipeline
from amity.records import Claim, Document, Silence, Unread, fingerprint

# Documents of a shard: enough that sending it costs little beside reading it, few enough that a lost one costs seconds.
MOST_DOCUMENTS = 8
# Characters of a shard, about 20 seconds of reading: long reports travel alone.
MOST_CHARACTERS = 100_000


class Lost(Exception):
    """A worker died with a shard; it may be tried again."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One document read to its claims: what the ledger is given, without the trees it was made from."""

    document: Document
    claims: tuple[Claim, ...]
    silences: tuple[Silence, ...]


Item = Document | Unread
Outcome = Coded | Unread


@dataclass(frozen=True, slots=True)
class Shard:
    """Some documents in the order of their files; `id` is a hash of them and of the maker, so a shard tried twice is one shard."""

    items: tuple[Item, ...]
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", fingerprint("shard", MAKER, *(i.id if isinstance(i, Document) else i.name for i in self.items)))


class Engine(Protocol):
    """Turns shards into outcomes, one for each item and in its order. A context manager that ends its workers."""

    # Shards that may be under way at once; 0 where `start` itself does the work.
    width: int
    # Documents that a shard should hold.
    batch: int

    def __enter__(self) -> Self: ...
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def start(self, shard: Shard) -> Any:
        """Set a shard to work -> a handle on it."""

    def fetch(self, handle: Any) -> tuple[Outcome, ...]:
        """Wait for a handle's outcomes; Raises Lost where its worker died."""

    def is_lost(self, handle: Any) -> bool:
        """Whether a handle not fetched yet went down with another."""


def code_shard(shard: Shard, actors: str | None = None) -> tuple[Outcome, ...]:
    """A shard -> its outcomes; `actors` is the text of the user's own actor rows. What a worker runs."""
    pipeline = load_pipeline(actors)
    return tuple(code_item(pipeline, item) for item in shard.items)


def code_item(pipeline: Pipeline, item: Item) -> Outcome:
    """One item -> its claims; a document that the rules fail on is counted with its reason, and the rest goes on."""
    if isinstance(item, Unread):
        return item
    try:
        found = pipeline.analyse(item)
    except Exception as error:  # a fault of ours in one document must not end a run of a million
        told = f"{type(error).__name__}: {error}".splitlines()[0][:120]
        return Unread(item.name, f"got a document on which reading fails ({told})", "report it with the file; the rest was read")
    return Coded(found.document, found.claims, found.silences)


@lru_cache(maxsize=2)
def load_pipeline(actors: str | None) -> Pipeline:
    """The rooms of this process, loaded once; own actor rows travel as text, since a worker may stand on another machine."""
    if actors is None:
        return Pipeline()
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", delete=False) as file:
        file.write(actors)
    try:
        pipeline = Pipeline(Path(file.name))
        _ = pipeline.actors
    finally:
        Path(file.name).unlink()
    return pipeline
