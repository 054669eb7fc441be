"""One factory of readings, and every store that the contract suite runs over."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from amity.ledger import Ledger, Reading, open_ledger
from amity.records import Claim, Cut, Document, Party, Silence, Source, When

# Act: actor, recipient (or ""), type, day of the event (or ""), status.
Act = tuple[str, str, str, str, str]
Make = Callable[..., Reading]
SIDES = {"Quds Force": ("org:quds", "state:IRN", "Iran"), "Iran": ("state:IRN", "state:IRN", "Iran")}
# Every implementation of the slot, by name.
STORES = ("postgres", "sqlite")
# A server of the user's own, on which databases may be made; without it one is started for the tests where it is installed.
SERVER = "AMITY_TEST_POSTGRES"


def make_party(name: str, start: int) -> Party:
    """A party with the name; its side is itself unless the table says otherwise."""
    own = f"state:{name[:3].upper()}"
    party, side, side_name = SIDES.get(name, (own, own, name))
    return Party(party, name, side_name, side, False, name, start, start + len(name))


def make_claim(document: Document, start: int, act: Act, **changes: object) -> Claim:
    """The claim of one line of a report, at its place in the text."""
    actor, recipient, kind, day, status = act
    quote = f"{actor} {kind} {recipient}"
    fields: dict[str, object] = {
        "document": document.name,
        "document_id": document.id,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "kind": "event",
        "actor": make_party(actor, start),
        "recipient": make_party(recipient, start + len(actor) + len(kind) + 2) if recipient else None,
        "type": kind,
        "mode": None,
        "quad": 1,
        "contexts": ("military",),
        "score": 4.0,
        "status": status,
        "sources": (Source("an official", "anonymous", status == "rumoured"),),
        "date": When(day, day, day, "stated") if day else None,
        "place": None,
        "confidence": 0.75,
        "why": ("rule",),
        "published": document.published,
        "maker": "rules 1",
    }
    return Claim(**(fields | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def make_reading() -> Make:
    """The factory: a name and acts -> a reading of one line an act; `before` is text that stands in front."""

    def make(name: str, acts: list[Act], before: str = "", url: str = "", maker: str = "rules 1", published: str = "2018-06-10") -> Reading:
        lines = [f"{actor} {kind} {recipient}\n" for actor, recipient, kind, _, _ in acts]
        cuts = (Cut(0, len(before), "byline"),) if before else ()
        document = Document(name, before + "".join(lines), "text", url=url, published=published, cuts=cuts, warnings=("weekday",))
        starts = [len(before) + sum(map(len, lines[:i])) for i in range(len(acts))]
        claims = tuple(make_claim(document, start, act, maker=maker) for start, act in zip(starts, acts, strict=True))
        return Reading(document, claims, (Silence(0, "no_verb", "a verb"), Silence(1, "no_actor", "a party")), maker)

    return make


def run_server(*words: str | Path) -> None:
    """A program of the server, as the user postgres where root runs the tests: the server refuses root."""
    extra: dict[str, Any] = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    subprocess.run([str(w) for w in words], check=True, capture_output=True, cwd="/", timeout=120, **extra)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a real PostgreSQL server up to the database's name, with `{}` for it; skips where there is none."""
    pytest.importorskip("psycopg", reason="psycopg is not installed; pip install 'amity[postgres]'")
    if given := os.environ.get(SERVER):
        yield given
        return
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb") or (programs and str(programs[-1]))
    if not found:
        pytest.skip(f"no PostgreSQL server is installed, and {SERVER} names none")
    home = Path(tempfile.mkdtemp(prefix="amity-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    bin = Path(found).parent
    try:
        run_server(bin / "initdb", "-D", home / "data", "-U", "amity", "--auth=trust", "--no-sync", "-E", "UTF8")
        options = f"-k {home} -c listen_addresses='' -c fsync=off -c max_connections=60"
        run_server(bin / "pg_ctl", "-D", home / "data", "-w", "-l", home / "log", "-o", options, "start")
        yield f"postgresql://amity@/{{}}?host={home}"
    finally:
        with suppress(subprocess.CalledProcessError):
            run_server(bin / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def make_database(server: str) -> Iterator[Callable[[], str]]:
    """The address of a fresh, empty database at each call."""
    import psycopg

    made: list[str] = []
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:

        def make() -> str:
            made.append(f"amity_test_{os.getpid()}_{len(made)}")
            connection.execute(f"CREATE DATABASE {made[-1]} TEMPLATE template0 ENCODING 'UTF8'")
            return server.format(made[-1])

        yield make
        for name in made:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(params=STORES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a fresh ledger of each store goes."""
    return str(request.getfixturevalue("make_database")()) if request.param == "postgres" else str(tmp_path / "test.ledger")


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    """A fresh ledger of each store."""
    with open_ledger(address) as opened:
        yield opened


@pytest.fixture
def damage() -> Callable[..., None]:
    """SQL run on the file behind the ledger's back, with the guards against it taken away and put back."""

    def run(path: str, *statements: str) -> None:
        raw = sqlite3.connect(path)
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        for _, sql in guards:
            raw.execute(sql)
        raw.commit()
        raw.close()

    return run
