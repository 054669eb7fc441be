"""What the ledger keeps when its writer is killed, or the disk is full: `python -m bench faults`.

A writer is forked, adds reports and says each one that is done; it is killed (SIGKILL) at a random moment,
the ledger is opened again and looked through. A second loop fills a small disk of its own (tmpfs, where
mounting is permitted).
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from amity.errors import LedgerError
from amity.ledger import ClaimFilter, Ledger, Reading, open_ledger
from amity.records import Claim, Document, Judgement, Party, Silence, Source, When

KILLS = 200
# Seconds until the kill, drawn evenly: opening takes about 0.05 s and an add 0.005 s, so most kills fall in an add.
LONGEST_LIFE = 0.25
# Kills that one file lives through before a new one is begun, so that making the file is killed as well.
KILLS_A_FILE = 8
CLAIMS = 20
DISK_BYTES = 3_000_000
SPEED_REPORTS = 300


def make_reading(number: int, claims: int = CLAIMS) -> Reading:
    """A number -> a report of so many sentences, each with one claim."""
    lines = [f"Ruritania met Borduria for round {i} of report {number}. " for i in range(claims)]
    document = Document(f"report-{number}.txt", "".join(lines), "text", published="2020-03-01")
    starts = [sum(map(len, lines[:i])) for i in range(claims)]
    found = tuple(make_claim(document, start, line) for start, line in zip(starts, lines, strict=True))
    return Reading(document, found, (Silence(0, "no_predicate", "a verb"),), "bench 1")


def make_claim(document: Document, start: int, line: str) -> Claim:
    """One meeting of the two parties that every line names at the same place."""
    quote = line.rstrip()
    one = Party("state:RUR", "Ruritania", "Ruritania", "state:RUR", False, "Ruritania", start, start + 9)
    two = Party("state:BOR", "Borduria", "Borduria", "state:BOR", False, "Borduria", start + 14, start + 22)
    day = When("2020-03-01", "2020-03-01", "2020-03-01", "published")
    plain = {"document": document.name, "document_id": document.id, "kind": "event", "type": "CONSULT", "mode": None, "quad": 1}
    rest = {"contexts": (), "score": 4.0, "status": "reported", "place": None, "confidence": 0.9, "why": ("met",), "maker": "bench 1"}
    span = {"start": start, "end": start + len(quote), "quote": quote}
    return Claim(**plain, **rest, **span, actor=one, recipient=two, sources=(Source("desk", "media", False),), date=day)  # type: ignore[arg-type]


def write_until_killed(path: Path, first: int, told: int) -> None:
    """Add reports from number `first` on, and say each one that is done; never ends of itself."""
    with open_ledger(path) as ledger:
        number = first
        while True:
            reading = make_reading(number)
            ledger.add_all([reading], "2020-03-02")
            ledger.judge(Judgement(reading.claims[0].id, "reject", "bench", "2020-03-03", str(number)))
            os.write(told, f"{number}\n".encode())
            number += 1


def kill_one_writer(path: Path, first: int, life: float) -> list[int]:
    """Fork a writer, kill it after `life` seconds -> the numbers it said were done."""
    ear, mouth = os.pipe()
    writer = multiprocessing.get_context("fork").Process(target=write_until_killed, args=(path, first, mouth), daemon=True)
    writer.start()
    os.close(mouth)
    time.sleep(life)
    os.kill(writer.pid or 0, signal.SIGKILL)
    writer.join()
    with os.fdopen(ear, "rb") as said:
        return [int(line) for line in said.read().split()]


def kill_writers(folder: Path, kills: int, seed: int = 0) -> dict[str, int]:
    """So many kills -> counts of what went wrong (all should be 0) and of what was written."""
    chance = random.Random(seed)
    counts = dict.fromkeys(("kills", "reports_done", "not_opened", "faults", "lost", "half", "twice", "judgements_lost"), 0)
    done: list[int] = []
    for kill in range(kills):
        path = folder / f"ledger-{kill // KILLS_A_FILE}"
        done = done if kill % KILLS_A_FILE else []
        fresh = kill_one_writer(path, 1000 * kill, chance.uniform(0, LONGEST_LIFE))
        done += fresh
        counts["kills"] += 1
        counts["reports_done"] += len(fresh)
        try:
            with open_ledger(path) as ledger:
                look_through(ledger, done, counts)
        except LedgerError:
            counts["not_opened"] += 1
    return counts


def look_through(ledger: Ledger, done: list[int], counts: dict[str, int]) -> None:
    """Count what is lost, halved, doubled or damaged in a ledger whose writers said `done`."""
    counts["faults"] += len(ledger.verify().faults)
    names = [document.name for document in ledger.documents()]
    counts["lost"] += len({f"report-{number}.txt" for number in done} - set(names))
    counts["twice"] += len(names) - len(set(names)) + ledger.stats().readings - len(names)
    counts["half"] += sum(1 for _ in ledger.claims(ClaimFilter(rejected=True))) != CLAIMS * len(names)
    counts["judgements_lost"] += len({str(number) for number in done} - {judgement.why for judgement in ledger.judgements()})


@contextmanager
def small_disk(size: int = DISK_BYTES) -> Iterator[Path | None]:
    """A disk of so many bytes, or None where mounting is not permitted."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "amity-bench", folder]
        try:
            mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            mounted = False
        try:
            yield Path(folder) if mounted else None
        finally:
            if mounted:
                subprocess.run(["umount", "--lazy", folder], check=True)


def fill_disk(folder: Path) -> dict[str, int | str]:
    """Add reports until the disk is full, then look through the ledger, make room and go on -> counts."""
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(DISK_BYTES // 3))
    path, done, refusals = folder / "ledger", 0, 0
    with open_ledger(path) as ledger:
        while refusals < 3:
            try:
                done += not ledger.add_all([make_reading(done)])[0].known
            except LedgerError as error:
                refusals += 1
                sentence = str(error)
        held = ledger.verify()
    ballast.unlink()
    with open_ledger(path) as ledger:
        again = ledger.verify()
        added = ledger.add_all([make_reading(done)])[0].claims
    lost = done * CLAIMS - again.claims
    return {
        "full_reports_done": done,
        "full_faults": len(held.faults) + len(again.faults),
        "full_claims_lost": lost,
        "full_refusals": refusals,
        "full_then_added": added,
        "full_sentence": sentence,
    }


def time_adds(folder: Path) -> dict[str, float]:
    """Reports a second, one transaction each and fifty in one."""
    readings = [make_reading(number) for number in range(SPEED_REPORTS)]
    figures = {}
    for name, size in (("adds_per_second", 1), ("adds_per_second_by_fifty", 50)):
        with open_ledger(folder / name) as ledger:
            start = time.perf_counter()
            for first in range(0, SPEED_REPORTS, size):
                ledger.add_all(readings[first : first + size])
            figures[name] = SPEED_REPORTS / (time.perf_counter() - start)
    return figures


def run(data: Path | None) -> dict[str, float | int | str]:
    """Kills, a full disk, and the speed of adding; `data` is not used, the reports are made here."""
    with tempfile.TemporaryDirectory() as folder:
        figures: dict[str, float | int | str] = {**kill_writers(Path(folder), KILLS), **time_adds(Path(folder))}
    with small_disk() as disk:
        figures |= fill_disk(disk) if disk else {"full": "not measured, mounting a small disk is not permitted here"}
    return figures
