"""One round of watching: look at the sources, fetch, read, note what changed, tell; joins watch, reading, engines, ledger and ties.

Each step ends on the disk before the next begins (waiting, kept, read, done), and every step may be repeated without harm:
what is fetched is found by its place, what the ledger knows is not read again, what was noted is not told again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from amity.engines import Engine
from amity.engines.driver import read_items
from amity.records import Change, Claim, Document, Unread, fingerprint
from amity.watch import Archive, Item, Memory, Refused, Settings, Watched
from amity.watch.announcing import announce
from amity.watch.feeds import FEED_KINDS
from amity.watch.fetching import Ask, Asked, Fetched, fetch
from amity.watch.polling import LONGEST_WAIT, note_feed, poll_folder, poll_pipe, wait_after
from amity.watch.robots import HOLDS_SECONDS, Rules, ask_rules, host_of

if TYPE_CHECKING:
    from amity.ledger import Ledger

PAGE_KINDS = ("text/html", "application/xhtml+xml", "text/plain")
# Tries of a page that a later try may get, over some two days by doubling from ten minutes; then it is counted as unread.
MOST_TRIES = 8
FIRST_WAIT = 600.0
# Pages fetched and items read in a round, so that changes are told in between.
MOST_A_ROUND = 50
# Days within which two changes of a pair the same way are one, as in `amity.ties.changes`.
SAME_TURN = 60


@dataclass(slots=True)
class Round:
    """What a round did: items found, pages fetched, pages given up, items opened, documents new to the ledger, their claims, changes
    noted, troubles in words."""

    found: int = 0
    opened: int = 0
    fetched: int = 0
    refused: int = 0
    documents: int = 0
    claims: int = 0
    changes: int = 0
    troubles: list[str] = field(default_factory=list)

    @property
    def idle(self) -> bool:
        """Whether there was nothing to do."""
        return not (self.found or self.fetched or self.refused or self.opened or self.changes)


class Rounds:
    """A watch over the sources of a settings file, its memory and WARC files in a folder, its claims in a ledger."""

    def __init__(self, settings: Settings, folder: Path, ledger: Ledger, engine: Engine, say: Callable[[str], None]) -> None:
        self.settings, self.folder, self.ledger, self.engine, self.say = settings, folder, ledger, engine, say
        self.memory, self.archive = Memory(folder / "watch.db"), Archive(folder)
        self.archive.mend(*self.memory.last_archive())
        self.sources = {source.name: source for source in settings.sources}
        self.agent = f"amity/0.1 ({'+' + settings.contact if settings.contact else 'reads reports about alliances'})"
        self.ready: dict[str, float] = {}

    def close(self) -> None:
        """Let go of the memory."""
        self.memory.close()

    def go_round(self) -> Round:
        """One round -> what was done in it."""
        done = Round()
        self._poll(done)
        self._fetch_pages(done)
        self._read(done)
        self._note_changes(done)
        done.troubles += announce(self.memory, self.settings.announce, self.say)
        return done

    def seconds_to_next(self) -> float:
        """How long nothing will be due."""
        now = time.time()
        times = [float(self.memory.source(name)["next_at"]) for name in self.sources]
        waiting = self.memory.next_time()
        found = min([*times, *([waiting] if waiting is not None else [])], default=now)
        return min(max(0.0, found - now), LONGEST_WAIT)

    def _poll(self, done: Round) -> None:
        for source in self.sources.values():
            now, known = time.time(), self.memory.source(source.name)
            # No wait is longer than a day, so that one that seems longer is of a clock that was set back.
            if now < known["next_at"] <= now + LONGEST_WAIT + source.every:
                continue
            if source.kind == "folder":
                done.found += poll_folder(self.memory, source, now)
            elif source.kind == "pipe":
                done.found += poll_pipe(self.memory, source, self.folder, now)
            else:
                ask = self._ask(source, source.place, FEED_KINDS, known["etag"], known["modified"])
                done.found += note_feed(self.memory, source, self._get(ask, source), self.settings.limits.entries, now)
            if note := self.memory.source(source.name)["note"]:
                done.troubles.append(f"{source.name}: {note}")

    def _ask(self, source: Watched, url: str, kinds: tuple[str, ...], etag: str = "", modified: str = "") -> Ask:
        return Ask(url, kinds, etag, modified, source.allow_private, self.agent)

    def _get(self, ask: Ask, source: Watched) -> Fetched | Refused:
        """An answer, or why there is none: robots.txt and the pause between two fetches of a host are kept."""
        try:
            rules = self._rules(ask) if source.robots else Rules("", True)
            if not rules.allows(ask.url):
                reason = "robots.txt does not allow it" if rules.said else "robots.txt could not be had, so nothing is fetched for now"
                return Refused(reason, later=not rules.said)
            self._wait_for(host_of(ask.url), max(rules.pause(), self.settings.limits.pause))
            return fetch(ask, self.settings.limits)
        except Refused as refused:
            return refused

    def _rules(self, ask: Ask) -> Rules:
        host, now = host_of(ask.url), time.time()
        known = self.memory.rules(host, now, HOLDS_SECONDS)
        if known:
            return Rules(*known)
        rules = ask_rules(ask, self.settings.limits)
        with self.memory.step():
            self.memory.set_rules(host, rules.text, rules.said, now)
        return rules

    def _wait_for(self, host: str, pause: float) -> None:
        time.sleep(max(0.0, min(pause, self.ready.get(host, 0.0) - time.monotonic())))
        self.ready[host] = time.monotonic() + pause

    def _fetch_pages(self, done: Round) -> None:
        for item in take_turns(self.memory.items("waiting", time.time(), MOST_A_ROUND)):
            source = self.sources.get(item.source) or Watched(item.source, "feed", item.place, FIRST_WAIT)
            answer = self._get(self._ask(source, item.place, PAGE_KINDS), source)
            if isinstance(answer, Refused):
                done.refused += self._put_off(item, answer)
            else:
                self._keep(item, answer)
                done.fetched += 1

    def _keep(self, item: Item, page: Fetched) -> None:
        """A page into the archive, on the disk before it counts."""
        name, offset = self.archive.current(*self.memory.last_archive())
        length = self.archive.keep(name, page)
        with self.memory.step():
            self.memory.set_archive(name, length)
            form = ".txt" if page.kind == "text/plain" else ".html"
            self.memory.set_item(item.key, state="kept", file=name, offset=offset, form=form)

    def _put_off(self, item: Item, refused: Refused) -> int:
        """A page that could not be had: later again, or for good -> whether it was given up."""
        tries = item.tries + 1
        if refused.later and tries < MOST_TRIES:
            wait = wait_after(item.tries, FIRST_WAIT, refused.seconds if isinstance(refused, Asked) else 0.0)
            with self.memory.step():
                self.memory.set_item(item.key, tries=tries, next_at=time.time() + wait, reason=refused.reason)
            return 0
        self.ledger.add_unread(Unread(item.place, refused.reason, "fetch it by hand and read the file, if it matters"))
        with self.memory.step():
            self.memory.set_item(item.key, state="refused", tries=tries, reason=refused.reason)
        return 1

    def _read(self, done: Round) -> None:
        items = self.memory.items("kept", most=MOST_A_ROUND)
        done.opened += len(items)
        documents: dict[str, list[str]] = {item.key: [] for item in items}
        for step in read_items(self.engine, self.ledger, self._open(items, documents)):
            if step.unread:
                done.troubles.append(f"{step.name}: {step.unread.reason}")
            elif not step.known:
                done.documents += 1
                done.claims += step.claims
                self.say(f"read {step.name}: {step.claims} claims")
        with self.memory.step():
            for item in items:
                self.memory.set_item(item.key, state="read", documents=" ".join(documents[item.key]))

    def _open(self, items: Iterable[Item], documents: dict[str, list[str]]) -> Iterator[Document | Unread]:
        """Kept items -> their documents, noting which came of which."""
        for item in items:
            source = self.sources.get(item.source)
            for found in open_item(item, self.archive, source.place if source and source.kind == "folder" else ""):
                if isinstance(found, Document):
                    documents[item.key].append(found.id)
                yield found

    def _note_changes(self, done: Round) -> None:
        items = self.memory.items("read")
        fresh = {id for item in items for id in item.documents.split()}
        rows = [change_row(change, claims) for change, claims in find_new_changes(self.ledger, fresh)] if fresh else []
        with self.memory.step():
            done.changes += sum(self.memory.add_change(row, SAME_TURN) for row in rows)
            for item in items:
                self.memory.set_item(item.key, state="done")


def take_turns(items: Sequence[Item]) -> Iterator[Item]:
    """Items -> the same with hosts in turn, so that the pause of one is spent on the others."""
    by_host: dict[str, list[Item]] = {}
    for item in items:
        by_host.setdefault(host_of(item.place), []).append(item)
    while by_host:
        for host in list(by_host):
            yield by_host[host].pop(0)
            if not by_host[host]:
                del by_host[host]


def open_item(item: Item, archive: Archive, folder: str) -> Iterator[Document | Unread]:
    """A kept item -> its documents: a page by its address and with the feed's day where it has none of its own, a file by its name."""
    from amity.reading.formats import choose_format
    from amity.reading.paths import read_file

    if item.kind == "file":
        path = Path(item.file)
        name = path.relative_to(Path(folder).resolve()).as_posix() if folder and path.is_relative_to(Path(folder).resolve()) else path.name
        yield from read_file(path, name)
        return
    form = choose_format(Path("page" + item.form))
    assert form is not None
    for found in form.read(Path(item.place), archive.find(item.file, item.offset), item.place):
        if isinstance(found, Document):
            found = replace(found, url=item.place)
            if not found.published and item.published:
                found = replace(found, published=item.published, published_basis="feed: the entry's own day")
        yield found


def find_new_changes(ledger: Ledger, fresh: set[str]) -> Iterator[tuple[Change, list[Claim]]]:
    """Changes of the pairs that some documents speak of which were none without these documents, with the claims of the pairs."""
    from amity.ledger import ClaimFilter
    from amity.ties import find_changes

    spoken = ledger.claims(ClaimFilter(documents=tuple(sorted(fresh))))
    pairs = {tuple(sorted((c.actor.side_id or c.actor.id, c.recipient.side_id or c.recipient.id))) for c in spoken if c.recipient}
    held = {c.id: c for a, b in sorted(pairs) if a != b for c in ledger.claims(ClaimFilter(a=a, b=b))}
    claims = list(held.values())
    before = find_changes([c for c in claims if c.document_id not in fresh])
    for change in find_changes(claims):
        if not any(is_same(change, old) for old in before):
            yield change, claims


def is_same(one: Change, other: Change) -> bool:
    """Whether two changes are one: of one pair, the same way, within two months."""
    apart = abs(date.fromisoformat(one.day).toordinal() - date.fromisoformat(other.day).toordinal())
    return (one.a, one.b, one.direction) == (other.a, other.b, other.direction) and apart <= SAME_TURN


def change_row(change: Change, claims: Sequence[Claim]) -> tuple[object, ...]:
    """A change -> its row in the memory: key, pair, way, day, time, and the record that is told."""
    from amity.ledger.times import stamp_now

    quotes = {c.id: c.quote for c in claims}
    key, found_at = fingerprint("change", change.a, change.b, str(change.direction), change.day), stamp_now()
    names = ("a", "b", "a_name", "b_name", "day", "direction", "size", "before", "after", "measure", "claims")
    told = {name: getattr(change, name) for name in names}
    quoted = [quotes[i] for i in change.claims if i in quotes]
    record = {"key": key, "found_at": found_at, "said": say_change(change, quoted), **told, "quotes": quoted}
    way = str(change.direction)
    # ASCII, so that no control or bidirectional sign of an article reaches a terminal or a parser as itself.
    return key, change.a, change.b, way, date.fromisoformat(change.day).toordinal(), found_at, json.dumps(record)


def say_change(change: Change, quotes: Sequence[str]) -> str:
    """A change in one sentence, with its first quotation."""
    way = "warmer" if change.direction > 0 else "colder"
    figures = f"{change.measure} {change.before:+.2f} to {change.after:+.2f}"
    first = " ".join("".join(c if c.isprintable() else " " for c in quotes[0]).split())[:200] if quotes else ""
    return f"{change.a_name} and {change.b_name} turned {way} on {change.day} ({figures})" + (f": “{first}”" if first else "")
