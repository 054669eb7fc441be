"""Files -> shards -> an engine -> the ledger: the one process that reads files and writes rows, whatever engine works."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity.engines.shards import MOST_CHARACTERS, Coded, Engine, Item, Lost, Outcome, Shard
from amity.pipeline import MAKER, Progress, read_documents
from amity.records import Unread

if TYPE_CHECKING:
    from amity.ledger import Ledger

# Times a document is tried alone after a worker died with it: once more than chance explains.
TRIES = 2


def read_with(engine: Engine, ledger: Ledger, paths: Sequence[Path], read_at: str | None = None) -> Iterator[Progress]:
    """Read paths into the ledger by an engine, a step for each document; one that is known with this maker is not read again.

    A shard is written in one transaction when it and all before it are done, so a run that was cut off goes on where it
    stopped, nothing is written twice, and the rows are those of the one-process engine in their order.
    """
    yield from read_items(engine, ledger, read_documents(paths), read_at)


def read_items(engine: Engine, ledger: Ledger, items: Iterable[Item], read_at: str | None = None) -> Iterator[Progress]:
    """Documents and unread things -> the ledger, by an engine; as `read_with`, for those who have documents already."""
    crew, waiting, size = Crew(engine), list[Item](), 0
    for item in items:
        more = 0 if isinstance(item, Unread) else len(item.text)
        if not isinstance(item, Unread) and ledger.knows(item, MAKER):
            yield Progress(item.name, 0, True)
            continue
        if waiting and (len(waiting) >= engine.batch or size + more > MOST_CHARACTERS):
            for outcomes in crew.take(Shard(tuple(waiting))):
                yield from keep(ledger, outcomes, read_at)
            waiting, size = [], 0
        waiting.append(item)
        size += more
    last = (Shard(tuple(waiting)),) if waiting else ()
    for outcomes in crew.finish(last):
        yield from keep(ledger, outcomes, read_at)


class Crew:
    """The shards under way in an engine, given back in the order in which they were taken; what a dead worker had is tried again."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.under_way: deque[tuple[Shard, Any]] = deque()

    def take(self, shard: Shard) -> Iterator[tuple[Outcome, ...]]:
        """Set a shard to work -> outcomes of those that must be done before there is room for more."""
        self.under_way.append((shard, self.engine.start(shard)))
        while len(self.under_way) > self.engine.width:
            yield self._first()

    def finish(self, last: Iterable[Shard] = ()) -> Iterator[tuple[Outcome, ...]]:
        """The last shards -> all outcomes that are not given back yet."""
        for shard in last:
            yield from self.take(shard)
        while self.under_way:
            yield self._first()

    def _first(self) -> tuple[Outcome, ...]:
        shard, handle = self.under_way.popleft()
        try:
            return self.engine.fetch(handle)
        except Lost:
            outcomes = tuple(self._try_alone(item) for item in shard.items)
        self.under_way = deque((s, self.engine.start(s) if self.engine.is_lost(h) else h) for s, h in self.under_way)
        return outcomes

    def _try_alone(self, item: Item) -> Outcome:
        """One document of a lost shard; one that takes its worker with it again and again is counted, and the run goes on."""
        for _ in range(TRIES):
            try:
                return self.engine.fetch(self.engine.start(Shard((item,))))[0]
            except Lost:
                continue
        reason = f"got a document with which the reading process died {TRIES + 1} times"
        return Unread(item.name, reason, "see that a process has 1 GB of memory, then read it again")


def keep(ledger: Ledger, outcomes: Sequence[Outcome], read_at: str | None) -> list[Progress]:
    """Outcomes of a shard -> its rows, in order, readings that follow each other in one transaction -> a step for each."""
    from amity.ledger import Reading

    steps = []
    for unread, group in groupby(outcomes, lambda outcome: isinstance(outcome, Unread)):
        if unread:
            for item in group:
                assert isinstance(item, Unread)
                ledger.add_unread(item, read_at)
                steps.append(Progress(item.name, 0, False, item))
            continue
        coded = [outcome for outcome in group if isinstance(outcome, Coded)]
        added = ledger.add_all([Reading(c.document, c.claims, c.silences, MAKER) for c in coded], read_at)
        steps += [Progress(c.document.name, len(c.claims), a.known) for c, a in zip(coded, added, strict=True)]
    return steps
