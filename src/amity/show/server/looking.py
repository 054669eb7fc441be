"""What is new in a ledger since someone last looked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from amity.ledger.schema import CLAIMS, JUDGEMENTS, READINGS
from amity.records import Change, Claim, Tie
from amity.show.evidence import say_stand
from amity.show.picture import Dyad, order_pair
from amity.show.server.desk import Desk, View

# Pairs with new claims that are told, those that turned or changed their word first.
MOST_PAIRS = 15


@dataclass(frozen=True, slots=True)
class Moved:
    """A pair with new claims: how many, its tie before and now in words, and the newest of them."""

    dyad: Dyad
    claims: int
    before: str
    now: str
    was: float | None
    newest: Claim

    @property
    def turned(self) -> bool:
        """Whether its word is another than before."""
        return self.before != self.now


@dataclass(frozen=True, slots=True)
class News:
    """What came in since a moment: counts, turns that rest on new claims, and the pairs that they are about."""

    since: str
    documents: int
    claims: int
    judgements: int
    turns: tuple[Change, ...]
    pairs: tuple[Moved, ...]
    more: int


def find_news(desk: Desk, view: View, since: str) -> News:
    """A moment (ISO time) -> what the ledger read and people judged after it, what changed first."""
    fresh = list_fresh(desk, view, since)
    earlier = desk.earlier(since) if fresh else None
    homes = Counter(pair for pair, d in view.pairs.items() for c in d.claims if c.id in fresh)
    pairs = [compare(view.pairs[pair], n, earlier, fresh) for pair, n in homes.items()]
    pairs.sort(key=lambda m: (m.turned, m.dyad.named, m.claims, m.dyad.anchor), reverse=True)
    turns = tuple(c for c in view.picture.changes if any(i in fresh for i in c.claims))
    with desk.ledger.store.reading() as connection:
        documents = connection.execute(select(func.count()).where(READINGS.c.read_at > since)).scalar() or 0
        judged = connection.execute(select(func.count()).where(JUDGEMENTS.c.judged_at > since)).scalar() or 0
    return News(since, documents, len(fresh), judged, turns, tuple(pairs[:MOST_PAIRS]), max(0, len(pairs) - MOST_PAIRS))


def list_fresh(desk: Desk, view: View, since: str) -> set[str]:
    """Ids of claims of the view that the ledger first read after a moment."""
    with desk.ledger.store.reading() as connection:
        late = {row[0] for row in connection.execute(select(CLAIMS.c.id).where(CLAIMS.c.read_at > since))} & view.claims.keys()
        if len(late) == len(view.claims):
            return set(late)
        old = {row[0] for row in connection.execute(select(CLAIMS.c.id).where(CLAIMS.c.read_at <= since))}
    return set(late - old)


def compare(dyad: Dyad, claims: int, earlier: View | None, fresh: set[str]) -> Moved:
    """A pair -> how it stands now beside how it stood in an earlier view."""
    old = earlier.pairs.get(order_pair(dyad.a, dyad.b)) if earlier else None
    newest = next(c for c in reversed(dyad.claims) if c.id in fresh)
    known = old is not None and old.tie is not None
    was = old.tie.warmth if old and old.tie else None
    now = word_of(dyad.tie)
    return Moved(dyad, claims, word_of(old.tie) if old and known else ("no tie" if earlier else now), now, was, newest)


def word_of(tie: Tie | None) -> str:
    """A tie -> the word for how it stands."""
    return say_stand(tie) if tie else "no tie"
