"""What every page of the desk shares: the ledger, what is computed from it, and the options it was started with."""

from __future__ import annotations

import os
import secrets
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from threading import Lock, RLock
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import func, select

import amity.pipeline as pipeline
from amity.ledger import Ledger, open_ledger
from amity.ledger.schema import METADATA
from amity.records import Claim, Judgement
from amity.show.picture import Dyad, Picture, claim_order, gather_dyads, order_pair
from amity.show.recent import news_day
from amity.show.report import drop_doubles
from amity.show.server.beside import find_incidents, find_outlook, follow_desk

if TYPE_CHECKING:
    from amity.records import Incident

T = TypeVar("T")
State = tuple[Any, ...]
LAST_ROWS = select(*(select(func.coalesce(func.max(t.c.seq), 0)).scalar_subquery() for t in METADATA.sorted_tables))
# Results kept at once, by kind: a view of 100,000 claims takes some hundred megabytes, a page some ten kilobytes.
MOST_KEPT = {"view": 3, "earlier": 2, "page": 300, "": 48}
# How many times as long as drawing took it rests before it is drawn anew, so that pages have most of the machine.
REST = 3.0
# Claims up to which what rests on all of them is worked out while someone waits: half a second for the picture of 3,000.
MOST_AT_ONCE = 3_000
# Claims up to which the ledger's state at an earlier moment is drawn too: a second or two of work.
MOST_COMPARED = 20_000


class StillDrawing(Exception):
    """What is asked for is being worked out and will be there later; names it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors that may be one, with the chance (0..1) and the reasons in words."""

    a: str
    b: str
    chance: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """How a desk was started.

    `host` is the address it listens on; a `token` is asked of every request where it is set. `who` judges.
    `upload` is the most bytes of an uploaded file. `list_pairs` gives the actors that may be one, `judge_pair`
    the row for a verdict on two ids (a, b, verdict, who, when, why): the desk knows no room but the ledger.
    """

    host: str = "127.0.0.1"
    token: str = ""
    who: str = "someone"
    # An article is a few thousand bytes, a day of a wire in JSON Lines a few million.
    upload: int = 20_000_000
    list_pairs: Callable[[Ledger], Sequence[Pair]] | None = None
    judge_pair: Callable[[str, str, str, str, str, str], Judgement] | None = None
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)


class View:
    """A picture with its pairs, and the ways into it that pages need; `state` is that of the ledger it was drawn from."""

    def __init__(self, picture: Picture, state: State, as_of: str | None = None) -> None:
        self.picture, self.state, self.as_of = picture, state, as_of
        self.dyads, self.alone = gather_dyads(picture)
        self.pairs = {order_pair(d.a, d.b): d for d in self.dyads}
        self.anchors = {d.anchor: d for d in self.dyads}
        self.claims = {c.id: c for c in picture.claims}
        self.documents = {d.id: d for d in picture.documents}
        self.newest = tuple(sorted(picture.claims, key=lambda c: (news_day(c) or "", claim_order(c)), reverse=True))
        self.names: dict[str, str] = {}
        self.by_document: dict[str, list[Claim]] = defaultdict(list)
        self.by_party: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.newest:
            self.by_document[claim.document_id].append(claim)
            ends = {p.id: p for p in (claim.actor, claim.recipient) if p}
            for party in ends.values():
                self.names.setdefault(party.side_id, party.side)
                self.names[party.id] = party.name
            for id in {e for p in ends.values() for e in (p.id, p.side_id)}:
                self.by_party[id].append(claim)

    def find(self, a: str, b: str) -> Dyad | None:
        """Two ids in any order -> their pair."""
        return self.pairs.get(order_pair(a, b))


@dataclass(slots=True)
class Kept:
    """A value, the ledger's state that it was made from, and how long it took to make (seconds of the clock)."""

    state: Any
    value: Any
    took: float
    made: float


class Desk:
    """One ledger, read by many threads at once; what is computed from it is kept until a row is added to it.

    A ledger of more than MOST_AT_ONCE claims is drawn anew behind the pages, which meanwhile show what was: no reader
    waits for a ledger that is being written to.
    """

    def __init__(self, address: str, options: DeskOptions | None = None) -> None:
        self.address, self.options = address, options or DeskOptions()
        self.kept: dict[str, OrderedDict[tuple[Any, ...], Kept]] = defaultdict(OrderedDict)
        self.lock, self.locks = Lock(), defaultdict[tuple[Any, ...], RLock](RLock)
        self.drawing: set[tuple[Any, ...]] = set()
        self.behind = ThreadPoolExecutor(1, "amity-drawing")
        self.beside: Any = None
        self.ledger = open_ledger(address, create=False)

    def close(self) -> None:
        """Let go of the ledger."""
        self.behind.shutdown(wait=True, cancel_futures=True)
        if self.beside:
            self.beside.terminate()
        self.ledger.close()

    def state(self) -> State:
        """The number of the last row of each table: equal only while nothing was added, since rows are never changed."""
        with self.ledger.store.reading() as connection:
            return tuple(connection.execute(LAST_ROWS).one())

    def look_up(self, name: tuple[Any, ...]) -> Kept | None:
        """What is kept under a name, of whatever state."""
        with self.lock:
            shelf = self.kept[name[0]]
            if name in shelf:
                shelf.move_to_end(name)
            return shelf.get(name)

    def keep(self, name: tuple[Any, ...], make: Callable[[], T], state: Any = None) -> T:
        """What was made under this name for a state (None: the ledger's present one), or made now; many who ask at once share it."""
        wanted = self.state() if state is None else state
        found = self.look_up(name)
        if found and found.state != wanted and state is None and self.is_large():
            self.draw_behind(name, make, found)
        elif not found or found.state != wanted:
            found = self.make_now(name, make, wanted)
        value: T = found.value
        return value

    def is_large(self) -> bool:
        """Whether drawing takes longer than a person should wait for each new row."""
        view = self.look_up(("view", None))
        return view is not None and len(view.value.claims) > MOST_AT_ONCE

    def make_now(self, name: tuple[Any, ...], make: Callable[[], Any], state: Any) -> Kept:
        """Make and keep; of those who wait for the same, one makes it."""
        with self.lock:
            mine = self.locks[name]
        with mine:
            found = self.look_up(name)
            if found and found.state == state:
                return found
            begun = monotonic()
            kept = Kept(state, make(), monotonic() - begun, monotonic())
        with self.lock:
            shelf = self.kept[name[0]]
            shelf[name] = kept
            shelf.move_to_end(name)
            while len(shelf) > MOST_KEPT.get(name[0], MOST_KEPT[""]):
                self.locks.pop(shelf.popitem(last=False)[0], None)
        return kept

    def draw_behind(self, name: tuple[Any, ...], make: Callable[[], Any], old: Kept) -> None:
        """Draw anew behind the pages, once at a time, and rest longer than it takes."""
        with self.lock:
            if name in self.drawing or monotonic() - old.made < REST * old.took:
                return
            self.drawing.add(name)

        def draw() -> None:
            try:
                self.make_now(name, make, self.state())
            finally:
                with self.lock:
                    self.drawing.discard(name)

        self.behind.submit(draw)

    def stamp(self) -> tuple[Any, ...]:
        """What pages are drawn from now: equal while none of it was drawn anew."""
        names: list[tuple[Any, ...]] = [("view", None), ("incidents",), ("blocs",), ("outlook",)]
        return tuple(found.state if (found := self.look_up(n)) else None for n in names)

    def view(self, as_of: str | None = None) -> View:
        """The picture as published by a day (None: all) and its pairs."""

        def draw() -> View:
            state = self.state()
            return View(drop_doubles(pipeline.draw_picture(self.ledger, as_of)), state, as_of)

        return self.keep(("view", as_of), draw)

    def earlier(self, moment: str) -> View | None:
        """The picture as the ledger stood at a moment; None where it is too large to be drawn twice."""
        if len(self.view().claims) > MOST_COMPARED:
            return None
        return self.keep(("earlier", moment), lambda: View(drop_doubles(pipeline.draw_picture(self.ledger, read_by=moment)), ()))

    def find_out(self, name: str, work: Callable[..., T], *given: Any) -> T:
        """What rests on all claims: worked out at once where they are few, else in a process of its own, so that no page waits.

        Raises StillDrawing while the first is being worked out; later ones are shown as they were until the new one is there.
        """
        if len(self.view().claims) <= MOST_AT_ONCE:
            return self.keep((name,), lambda: work(*given))
        state, found = self.state(), self.look_up((name,))
        if not found or (found.state != state and monotonic() - found.made >= REST * found.took):
            self.work_apart(name, state, work, given)
        if not found:
            raise StillDrawing(name)
        value: T = found.value
        return value

    def work_apart(self, name: str, state: State, work: Callable[..., Any], given: tuple[Any, ...]) -> None:
        """Work in the process beside this one, one thing after the other, each once at a time."""
        with self.lock:
            if (name,) in self.drawing:
                return
            self.drawing.add((name,))
            self.beside = self.beside or get_context("spawn").Pool(1, follow_desk, (os.getpid(),))
        begun = monotonic()

        def keep(value: Any) -> None:
            with self.lock:
                self.kept[name][name,] = Kept(state, value, monotonic() - begun, monotonic())
                self.drawing.discard((name,))

        def forget(fault: BaseException) -> None:
            with self.lock:
                self.drawing.discard((name,))

        self.beside.apply_async(work, given, callback=keep, error_callback=forget)

    def incidents(self) -> tuple[Incident, ...]:
        """Every incident of the ledger."""
        return self.find_out("incidents", find_incidents, self.address)

    def blocs(self) -> Picture:
        """The picture with its division into blocs."""
        picture = self.view().picture
        blocs, triads = self.find_out("blocs", pipeline.divide_ties, picture.ties)
        return replace(picture, blocs=blocs, triads=triads)

    def outlook(self) -> Picture:
        """The picture with its forecasts."""
        return replace(self.view().picture, outlook=self.find_out("outlook", find_outlook, self.address))

    def sources(self) -> Sequence[Any]:
        """On whose word the claims stand."""
        incidents = self.incidents()
        return self.keep(("sources",), lambda: pipeline.list_sources(self.ledger, self.view().picture, incidents), self.stamp()[:2])

    def pairs(self) -> Sequence[Pair]:
        """Actors that may be one, as the ledger stands; none where the desk was not told how to find them."""
        listed = self.options.list_pairs
        return self.keep(("pairs",), lambda: tuple(listed(self.ledger))) if listed else ()


@contextmanager
def open_desk(address: str, options: DeskOptions) -> Iterator[Desk]:
    """A ledger's address -> its desk, closed at the end. Raises LedgerError where there is no ledger."""
    desk = Desk(address, options)
    try:
        yield desk
    finally:
        desk.close()
