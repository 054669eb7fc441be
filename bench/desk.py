"""The live desk under load: 8 clients without pause, over loopback, on a made ledger of 100,000 claims of 300 parties.

Prints for each page the median and the 95th percentile (milliseconds of the clock) once it has been drawn, how long the
first drawing of all took, and the peak memory of the desk. Timings are of the machine; a busy one is slower. The clients
ask for pages in a fixed random order: pairs, parties, claims, documents and searches are each of many addresses. The
size is taken from AMITY_DESK_CLAIMS. Pages of blocs, outlook, incidents and sources rest on all claims and are worked
out beside the desk; they are asked where that ends within AMITY_DESK_PATIENCE seconds, else left out: the made sentences
are all alike, the worst there is for comparing accounts. Nothing was tuned on these texts.
"""

from __future__ import annotations

import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

CLAIMS = int(os.environ.get("AMITY_DESK_CLAIMS", "100000"))
PARTIES, PER_DOCUMENT, CLIENTS, SECONDS = 300, 50, 8, 30.0
# Seconds for what is worked out on all claims.
PATIENCE = float(os.environ.get("AMITY_DESK_PATIENCE", "120"))
ACTS = {"CONSULT": (1, 1.5), "SUPPORT": (1, 3.5), "AID": (2, 7.5), "ACCUSE": (3, -2.5), "THREATEN": (3, -5.0), "ASSAULT": (4, -9.5)}


def make_ledger(path: Path, claims: int) -> None:
    """Reports of made sentences, each of which gives one claim, into a ledger."""
    from amity.ledger import Reading, open_ledger

    with open_ledger(path) as ledger:
        for first in range(0, claims, 40 * PER_DOCUMENT):
            numbers = range(first // PER_DOCUMENT, min(first + 40 * PER_DOCUMENT, claims) // PER_DOCUMENT)
            ledger.add_all([Reading(*make_report(n), maker="bench") for n in numbers])


def make_report(number: int) -> tuple[Any, tuple[Any, ...]]:
    """A number -> a report and its claims; the same number gives the same."""
    from amity.records import Document

    draw = random.Random(number)
    rows, lines, at = [], [], 0
    for n in range(PER_DOCUMENT):
        # Few parties are told of often and many seldom, as in a real press.
        a, b = (min(PARTIES - 1, int(draw.paretovariate(0.9)) - 1 + draw.randrange(20)) for _ in range(2))
        b = b if b != a else (a + 1) % PARTIES
        type = draw.choice(list(ACTS))
        line = f"Envoys of Party {a} and Party {b} met the word {type.lower()} at ford {draw.randrange(900)}, as witness {number}-{n} saw."
        rows.append((a, b, type, line, at, draw.random()))
        lines.append(line)
        at += len(line) + 1
    day = (date(2015, 1, 1) + timedelta(days=number % 3600)).isoformat()
    document = Document(
        f"report-{number}.txt", "\n".join(lines), "text", title=f"Report {number}", outlet=f"Paper {number % 40}", published=day
    )
    return document, tuple(make_row(document, day, row) for row in rows)


def make_row(document: Any, day: str, row: tuple[int, int, str, str, int, float]) -> Any:
    """One line of a report -> its claim."""
    from amity.records import Claim, Party, Source, When

    a, b, type, line, at, sure = row
    quad, score = ACTS[type]
    ends = [line.index(f"Party {x}") for x in (a, b)]
    parties = [
        Party(f"group:p{x}", f"Party {x}", f"Party {x}", f"group:p{x}", False, f"Party {x}", at + s, at + s + len(f"Party {x}"))
        for x, s in zip((a, b), ends, strict=True)
    ]
    return Claim(
        document=document.name, document_id=document.id, start=at, end=at + len(line), quote=line, kind="event", actor=parties[0],
        recipient=parties[1], type=type, mode=None, quad=quad, contexts=(), score=score, status="reported",
        sources=(Source(f"Wire {a % 9}", "media", False),), date=When(day, day, day, "on that day"), place=None,
        confidence=0.5 + sure / 2, why=("made",), over=None, published=day, maker="bench",
    )  # fmt: skip


@contextmanager
def serve(path: Path) -> Iterator[tuple[str, Any]]:
    """A ledger -> the address of a desk in a process of its own, and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "amity.cli", "--ledger", str(path), "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"OMP_NUM_THREADS": "1"})
    try:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait(60)


def wait_for(port: int, process: Any) -> None:
    """Until something listens."""
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the desk ended before it listened")


def list_addresses(client: Any, drawn: set[str]) -> dict[str, list[str]]:
    """Addresses by page: those of many things drawn from what the desk lists."""
    draw = random.Random(7)
    ties = client.get("/ties.json").json()
    claims = [c for p in range(20) for c in client.get(f"/claims.json?page={p * 7}").json()["claims"]]
    pairs = [f"/pair?a={t['a']}&b={t['b']}" for t in draw.sample(ties, min(60, len(ties)))]
    found = {
        "changes": ["/"], "ties": ["/ties"], "network": [f"/network?step={n}" for n in range(0, 160, 10)], "pair": pairs,
        "party": [f"/party?id=group:p{n}" for n in range(40)], "claims": [f"/claims?page={n}" for n in range(40)],
        "claim": [f"/claim/{c['id']}" for c in draw.sample(claims, min(80, len(claims)))],
        "document": sorted({f"/document/{c['document_id']}" for c in claims})[:60], "documents": ["/documents"],
        "search": [f"/search?q={quote(f'witness party {n} ford')}" for n in range(30)], "standings": ["/standings"], "blocs": ["/blocs"],
        "outlook": ["/outlook"], "review": ["/review"], "method": ["/method"], "incidents": ["/incidents"], "sources": ["/sources"],
    }  # fmt: skip
    return {k: v for k, v in found.items() if k not in ("incidents", "sources", "blocs", "outlook") or k in drawn}


def ask(address: str, pages: dict[str, list[str]], seed: int, until: float, times: dict[str, list[float]]) -> None:
    """One client: page after page until the time is over."""
    import httpx

    draw = random.Random(seed)
    with httpx.Client(base_url=address, timeout=120) as client:
        while time.monotonic() < until:
            name = draw.choice(list(pages))
            begun = time.perf_counter()
            answer = client.get(draw.choice(pages[name]))
            assert answer.status_code == 200, answer.url
            times[name].append(1000 * (time.perf_counter() - begun))


def peak_of(process: Any) -> float:
    """The most memory that a process has held (MB)."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def warm_up(client: Any) -> tuple[set[str], dict[str, float]]:
    """A client -> which pages are there, and how long the first drawing of each took; what is not there in PATIENCE is left out."""
    took, drawn = {}, set()
    last = time.perf_counter() + PATIENCE
    for name in ("", "ties", "network", "review", "search?q=party", "blocs", "outlook", "incidents", "sources"):
        begun = time.perf_counter()
        while (status := client.get(f"/{name}").status_code) == 503 and time.perf_counter() < last:
            time.sleep(1)
        if status == 200:
            drawn.add(name.split("?")[0])
            took[f"first_{name.split('?')[0] or 'changes'}_s"] = time.perf_counter() - begun
    return drawn, took


def spent_by(process: Any) -> float:
    """Seconds of the processor that a process has used, itself alone."""
    told = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def run(data: Path | None) -> dict[str, float | int | str]:
    """`data`: a ledger to serve in place of the made one."""
    import httpx

    figures: dict[str, float | int | str] = {"clients": CLIENTS}
    with tempfile.TemporaryDirectory() as folder:
        path = data or Path(folder) / "desk.db"
        if data is None:
            make_ledger(path, CLAIMS)
        begun = time.perf_counter()
        with serve(path) as (address, process):
            figures["start_s"] = time.perf_counter() - begun
            with httpx.Client(base_url=address, timeout=600) as client:
                drawn, took = warm_up(client)
                figures |= took
                pages = list_addresses(client, drawn)
                figures["claims"] = client.get("/index.json").json()["claims"]
            times: dict[str, list[float]] = defaultdict(list)
            spent = spent_by(process)
            until = time.monotonic() + SECONDS
            clients = [threading.Thread(target=ask, args=(address, pages, seed, until, times)) for seed in range(CLIENTS)]
            for client_thread in clients:
                client_thread.start()
            for client_thread in clients:
                client_thread.join()
            figures["peak_mb"] = peak_of(process)
            figures["processor_ms_a_page"] = 1000 * (spent_by(process) - spent) / max(1, sum(map(len, times.values())))
    for name, told in sorted(times.items()):
        cuts = statistics.quantiles(told, n=20) if len(told) > 1 else [told[0]] * 19
        figures |= {f"{name}_median_ms": statistics.median(told), f"{name}_95th_ms": cuts[18]}
    figures["asked"] = sum(map(len, times.values()))
    figures["slowest_median_ms"] = max(statistics.median(t) for t in times.values())
    return figures
