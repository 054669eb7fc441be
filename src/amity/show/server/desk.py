"""What every page of the desk shares: the ledger, what is computed from it, and the options it was started with."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import func, select

import amity.pipeline as pipeline
from amity.ledger import Ledger, open_ledger
from amity.ledger.schema import METADATA
from amity.records import Judgement, Tie
from amity.show.picture import Dyad, Picture, gather_dyads
from amity.show.report import drop_doubles

if TYPE_CHECKING:
    from amity.records import Incident

T = TypeVar("T")
# Results kept at once: each page of one state of the ledger, and the days looked back to.
MOST_KEPT = 24


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


@dataclass(frozen=True, slots=True)
class View:
    """A picture with its pairs, as pages show it."""

    picture: Picture
    dyads: tuple[Dyad, ...]
    alone: tuple[Any, ...]

    def find(self, a: str, b: str) -> Dyad | None:
        """Two ids in any order -> their pair."""
        return next((d for d in self.dyads if {d.a, d.b} == {a, b}), None)

    def tie(self, a: str, b: str) -> Tie | None:
        """Two ids in any order -> their tie."""
        found = self.find(a, b)
        return found.tie if found else None


class Desk:
    """One ledger, read by many threads at once; what is computed from it is kept until a row is added to it."""

    def __init__(self, address: str, options: DeskOptions | None = None) -> None:
        self.address, self.options = address, options or DeskOptions()
        self.kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self.lock = RLock()
        self.ledger = open_ledger(address, create=False)

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()

    def state(self) -> tuple[int, ...]:
        """The number of the last row of each table: equal only while nothing was added, since rows are never changed."""
        with self.ledger.store.reading() as connection:
            return tuple(int(connection.execute(select(func.max(t.c.seq))).scalar() or 0) for t in METADATA.sorted_tables)

    def keep(self, name: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What was made under this name for the ledger's present state, or made now; of many who ask at once one makes it."""
        key = (self.state(), *name)
        with self.lock:
            if key not in self.kept:
                self.kept[key] = make()
                while len(self.kept) > MOST_KEPT:
                    self.kept.popitem(last=False)
            self.kept.move_to_end(key)
            found: T = self.kept[key]
            return found

    def view(self, as_of: str | None = None) -> View:
        """The picture as published by a day (None: all) and its pairs."""
        return self.keep(("view", as_of), lambda: self._draw(as_of))

    def _draw(self, as_of: str | None) -> View:
        picture = drop_doubles(pipeline.draw_picture(self.ledger, as_of))
        return View(picture, *gather_dyads(picture))

    def incidents(self) -> tuple[Incident, ...]:
        """Every incident of the ledger."""
        return self.keep(("incidents",), lambda: pipeline.read_incidents(self.ledger))

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
