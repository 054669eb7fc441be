"""What is kept when amity is killed at any moment, in every verb that writes: `python -m bench survive`.

Four works are begun again and again on one ledger and killed (SIGKILL) at random moments: reading, importing, judging,
watching. Each says what it has done as it goes. After every kill the ledger is opened and verified; after the last the work
is let run to its end, and the ledger must be that of a run that nobody killed: byte for byte, and for watching, whose clock
runs, document for document. Reading is by an engine that codes in no time, so that kills fall on the writing.

Then a day of feeds in short: a local server publishes pages for 1,440 looks, stalls, fails and is restarted upon; every page
must be read once. All counts but `kills`, `done` and `soak_pages` should be 0. The works are made here; `data` is not used.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from amity.actors import load_actors
from amity.engines.driver import read_items
from amity.engines.local import Here
from amity.engines.shards import Coded, Outcome, Shard
from amity.errors import LedgerError
from amity.ledger import Reading, open_ledger
from amity.records import Document, Judgement, Unread
from amity.rounds import Rounds
from amity.watch import read_settings
from bench.faults import make_claim, make_reading

KILLS = 200
# A kill comes at a moment drawn evenly from this part of the time that the whole work takes unkilled.
LONGEST_LIFE = 0.5
# Kills that one ledger lives through, so that its making is killed as well.
KILLS_A_FILE = 10
STEPS = 400
DAY = "2024-05-01"
LOOKS = 1440
RESTART_EVERY = 240
Say = Callable[[str], None]


class Quick(Here):
    """An engine that codes in no time: every document gives the one claim that its text is made of."""

    batch = 4

    def start(self, shard: Shard) -> tuple[Outcome, ...]:
        return tuple(i if isinstance(i, Unread) else code_quickly(i) for i in shard.items)


def code_quickly(document: Document) -> Coded:
    """A report of the form of `bench.faults` -> its first claim; any other gives none."""
    line = document.text.partition(". ")[0] + ". "
    return Coded(document, (make_claim(document, 0, line),) if line.startswith("Ruritania met Borduria") else (), ())


def read(folder: Path, ledger: Path, say: Say) -> None:
    """Reading: documents through the driver, unread ones among them."""
    items = [Unread(f"bad-{n}.txt", "is empty") if n % 9 == 5 else make_reading(n, 4).document for n in range(STEPS)]
    with open_ledger(ledger) as opened:
        for step in read_items(Quick(), opened, items, DAY):
            say(step.name)


def take_in(folder: Path, ledger: Path, say: Say) -> None:
    """Importing: rows of a KEDS file, a transaction at a time."""
    from amity.trade import ImportOptions, import_files

    with open_ledger(ledger) as opened:
        for state in import_files(opened, "keds", [folder / "rows.dat"], ImportOptions(read_at=DAY)):
            say(str(state.events + state.known))


def judge(folder: Path, ledger: Path, say: Say) -> None:
    """Judging: a decision at a time, each in a transaction of its own."""
    with open_ledger(ledger) as opened:
        reading = make_reading(1)
        opened.add_all([Reading(reading.document, reading.claims, reading.silences, "bench 1")], DAY)
        for n in range(STEPS):
            opened.judge(Judgement(reading.claims[n % 20].id, "reject" if n % 2 else "accept", "bench", DAY, str(n)))
            say(str(n))


def watch(folder: Path, ledger: Path, say: Say) -> None:
    """Watching: a folder of reports, with memory and notes of its own."""
    with open_ledger(ledger) as opened:
        rounds = Rounds(
            read_settings(folder / "feeds.toml"), ledger.with_suffix(".watch"), opened, Quick(), lambda line: say(line.split()[1][:-1])
        )
        try:
            while not rounds.go_round().idle:
                pass
        finally:
            rounds.close()


WORKS: dict[str, Callable[[Path, Path, Say], None]] = {"read": read, "import": take_in, "judge": judge, "watch": watch}


def make_material(folder: Path) -> None:
    """The files that the works read."""
    rows = [f"{790101 + n % 28:06}\tSYR\tISR\t{(31, 42, 112, 223)[n % 4]:03}\t(X)" for n in range(24_000)]
    (folder / "rows.dat").write_text("\n".join(rows) + "\n")
    (folder / "in").mkdir()
    for n in range(STEPS // 2):
        path = folder / "in" / f"report-{n}.txt"
        path.write_text(make_reading(n, 4).document.text)
        os.utime(path, (1_700_000_000, 1_700_000_000))
    (folder / "feeds.toml").write_text('[[folder]]\nname = "in"\npath = "in"\n')


def work_until_killed(name: str, folder: Path, ledger: Path, life: float | None) -> list[str]:
    """Fork a work, kill it after `life` seconds (None: let it end) -> what it said was done."""
    ear, mouth = os.pipe()

    def run() -> None:
        os.close(ear)
        WORKS[name](folder, ledger, lambda line: os.write(mouth, f"{line}\n".encode()) and None)

    worker = multiprocessing.get_context("fork").Process(target=run, daemon=True)
    worker.start()
    os.close(mouth)
    heard: list[bytes] = []
    listener = threading.Thread(target=lambda: heard.extend(iter(lambda: os.read(ear, 65_536), b"")))
    listener.start()
    worker.join(life)
    if worker.is_alive():
        os.kill(worker.pid or 0, signal.SIGKILL)
    worker.join()
    listener.join()
    os.close(ear)
    if life is None and worker.exitcode != 0:
        raise RuntimeError(f"{name} ended with {worker.exitcode}")
    # The last line may be half said.
    return b"".join(heard).decode().split("\n")[:-1]


def kill_work(name: str, folder: Path, kills: int, chance: random.Random) -> dict[str, int]:
    """So many kills of one work -> what was said to be done, and what went wrong."""
    whole = folder / f"{name}-whole.db"
    start = time.monotonic()
    work_until_killed(name, folder, whole, None)
    longest = LONGEST_LIFE * (time.monotonic() - start)
    wanted = rows_of(whole, name)
    counts = dict.fromkeys(("kills", "done", "not_opened", "faults", "lost", "other_than_unkilled"), 0)
    said: set[str] = set()
    for kill in range(kills):
        path = folder / f"{name}-{kill // KILLS_A_FILE}.db"
        said = said if kill % KILLS_A_FILE else set()
        fresh = work_until_killed(name, folder, path, chance.uniform(0, longest))
        said |= set(fresh)
        counts["kills"] += 1
        counts["done"] += len(fresh)
        look_through(name, path, said, counts)
        if kill % KILLS_A_FILE == KILLS_A_FILE - 1 or kill == kills - 1:
            work_until_killed(name, folder, path, None)
            counts["other_than_unkilled"] += rows_of(path, name) != wanted
    return counts


def look_through(name: str, path: Path, said: set[str], counts: dict[str, int]) -> None:
    """Open and verify, and count what was said to be done and is not there."""
    try:
        with open_ledger(path) as ledger:
            counts["faults"] += len(ledger.verify().faults)
            if name == "import":
                counts["lost"] += max(map(int, said), default=0) > ledger.stats().claims
            elif name == "judge":
                counts["lost"] += len(said - {j.why for j in ledger.judgements()})
            else:
                counts["lost"] += len(said - {d.name for d in ledger.documents()} - {u.name for u in ledger.unread()})
    except LedgerError:
        counts["not_opened"] += 1


def rows_of(path: Path, name: str) -> list[Any]:
    """What two ledgers are compared by: all rows as SQL, or for watching, whose clock runs, documents and claims."""
    raw = sqlite3.connect(path)
    with suppress(sqlite3.Error):
        if name == "watch":
            joined = "documents d JOIN readings r ON d.id = r.document LEFT JOIN claims c ON c.reading = r.seq"
            return raw.execute(f"SELECT d.id, c.id FROM {joined} ORDER BY r.seq").fetchall()
        return [line for line in raw.iterdump() if 'INTO "ledger_schema"' not in line]
    return []


@contextmanager
def bad_server(chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    """A server of a feed with its last 20 pages, which fails one time in ten -> its address and its pages."""
    pages: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            luck = chance.random()
            with suppress(OSError):
                if self.path == "/robots.txt" or (self.path not in pages and self.path != "/feed"):
                    self.give(404, b"")
                elif luck < 0.05:
                    self.give(503, b"")
                elif luck < 0.08:
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf")
                elif luck < 0.1:
                    self.wfile.write(b"nonsense\r\n")
                elif self.path == "/feed":
                    items = "".join(f"<item><title>t</title><link>{p}</link></item>" for p in pages[-20:])
                    self.give(200, f'<rss version="2.0"><channel><title>w</title>{items}</channel></rss>'.encode(), "text/xml")
                else:
                    self.give(200, f"Ruritania met Borduria for round 1 of report {self.path[1:]}. ".encode(), "text/plain")

        def give(self, status: int, body: bytes, kind: str = "text/plain") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", pages
    finally:
        server.shutdown()
        server.server_close()


def soak(folder: Path, looks: int, chance: random.Random) -> dict[str, int | float]:
    """A day of looks at a feed, a page every other look, the watch begun anew now and then -> what was lost or read twice."""
    grown: list[int] = []
    with bad_server(chance) as (home, pages):
        text = f'[limits]\npause = 0\nseconds = 2\n[[feed]]\nname = "wire"\nurl = "{home}/feed"\nallow_private = true\nrobots = false\n'
        (folder / "soak.toml").write_text(text)
        for first in range(0, looks, RESTART_EVERY):
            with open_ledger(folder / "soak.db") as ledger:
                rounds = Rounds(read_settings(folder / "soak.toml"), folder / "soak", ledger, Quick(), lambda line: None)
                for look in range(first, min(first + RESTART_EVERY, looks)):
                    if look % 2:
                        pages.append(f"/page-{look}")
                    pass_time(rounds)
                    rounds.go_round()
                settle(rounds)
                rounds.close()
            grown.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        with open_ledger(folder / "soak.db") as ledger:
            there = [d.name for d in ledger.documents()]
            twice = ledger.stats().readings - len(set(there))
            faults = len(ledger.verify().faults)
        wanted = {home + p for p in pages}
    counts = {"soak_pages": len(pages), "soak_lost": len(wanted - set(there)), "soak_twice": twice, "soak_faults": faults}
    return {**counts, "soak_memory_growth": grown[-1] / grown[0]}


def pass_time(rounds: Rounds) -> None:
    """All waits are over, as if their time had passed."""
    rounds.memory.raw.execute("UPDATE sources SET next_at = 0")
    rounds.memory.raw.execute("UPDATE items SET next_at = 0 WHERE state = 'waiting'")


def settle(rounds: Rounds) -> None:
    """Rounds until nothing waits; the feed is asked until it answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        pass_time(rounds)
        done = rounds.go_round()
        if done.idle and not rounds.memory.items("waiting") and not done.troubles:
            return


def run(data: Path | None, kills: int = KILLS, looks: int = LOOKS) -> dict[str, float | int | str]:
    """Kills of every work, and a day of looks."""
    figures: dict[str, float | int | str] = {}
    with tempfile.TemporaryDirectory() as told:
        folder, chance = Path(told), random.Random(5)
        make_material(folder)
        load_actors()  # once, before the forks
        for name in WORKS:
            counts = kill_work(name, folder, kills // len(WORKS), chance)
            figures |= {f"{name}_{key}": value for key, value in counts.items()}
        figures |= soak(folder, looks, chance)
    return figures
