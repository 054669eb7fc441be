"""Engines of one machine: the same rows as this process, whatever dies on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from amity.engines import EngineOptions, Lost, Shard, open_engine, read_with
from amity.engines.driver import read_items
from amity.engines.local import Cores, Here
from amity.engines.shards import Outcome, code_item, load_pipeline
from amity.errors import BadInput
from amity.ledger import open_ledger
from amity.records import Document, Unread

DAY = "2024-05-01"


def test_two_processes_write_what_one_writes_though_one_is_killed(alone: list[str], dump: Any, reports: Path, tmp_path: Path) -> None:
    """Every byte of every row is the same, a worker having been killed half-way; a second run knows all."""
    with open_ledger(tmp_path / "a.db") as ledger, Cores(2) as engine:
        engine.batch = 3
        for count, _ in enumerate(read_with(engine, ledger, [reports], DAY)):
            if count == 10:
                assert engine.pool is not None
                os.kill(next(iter(engine.pool._processes)), signal.SIGKILL)
        assert [s.known for s in read_with(engine, ledger, [reports], DAY) if s.unread is None] == [True] * 25
        assert ledger.verify().holds
    assert dump(tmp_path / "a.db") == alone


class Mortal(Here):
    """An engine whose worker dies of a document with a word; with it goes whatever is under way."""

    width, batch = 4, 3

    def __init__(self) -> None:
        super().__init__()
        self.age = 0

    def start(self, shard: Shard) -> tuple[int, Shard]:  # type: ignore[override]  # handles are of the engine's own kind
        return self.age, shard

    def fetch(self, handle: tuple[int, Shard]) -> tuple[Outcome, ...]:  # type: ignore[override]
        age, shard = handle
        if age < self.age or any("town 11" in i.text for i in shard.items if isinstance(i, Document)):
            self.age += age == self.age
            raise Lost(shard.id)
        return super().start(shard)

    def is_lost(self, handle: tuple[int, Shard]) -> bool:  # type: ignore[override]
        return handle[0] < self.age


def test_a_deadly_document_is_counted_and_the_rest_is_read(reports: Path, tmp_path: Path) -> None:
    """One document that takes its worker with it every time is an unread one with its reason; all others are there."""
    with open_ledger(tmp_path / "a.db") as ledger:
        steps = list(read_with(Mortal(), ledger, [reports], DAY))
        bad = [s.unread for s in steps if s.unread and "died" in s.unread.reason]
        assert [u.name for u in bad] == ["report-11.txt"] and "died 3 times" in bad[0].reason
        assert len(list(ledger.documents())) == 24 and len(steps) == 27


def test_a_fault_of_the_rules_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document on which the rules fail gives its reason, and none of the trace."""
    pipeline = load_pipeline(None)
    monkeypatch.setattr(type(pipeline), "analyse", lambda self, document: 1 // 0)
    found = code_item(pipeline, Document("a.txt", "Norway met Sweden.", "text"))
    assert isinstance(found, Unread) and "ZeroDivisionError" in found.reason and found.name == "a.txt"


def test_a_shard_is_addressed_by_its_content() -> None:
    """The same documents make the same id; another text, or another order, another."""
    one, two = Document("a", "Norway met Sweden.", "text"), Document("b", "Chad met Niger.", "text")
    assert Shard((one, two)).id == Shard((one, two)).id
    assert len({Shard(items).id for items in ((one, two), (two, one), (one,), (one, Unread("b", "is empty")))}) == 4


def test_long_texts_travel_alone(tmp_path: Path) -> None:
    """Shards are bounded by documents and by characters, and lose none."""
    sizes: list[int] = []

    class Counting(Here):
        batch = 8

        def start(self, shard: Shard) -> tuple[Outcome, ...]:
            sizes.append(len(shard.items))
            return tuple(Unread(i.name, "not read") for i in shard.items)

    texts = [Document(f"{n}", "word " * (30_000 if n == 9 else 10), "text") for n in range(20)]
    with open_ledger(tmp_path / "a.db") as ledger:
        assert len(list(read_items(Counting(), ledger, texts))) == 20
    assert sizes == [8, 1, 1, 8, 2]


def test_workers_end_with_the_one_that_started_them(reports: Path, tmp_path: Path) -> None:
    """Killed outright, the driver leaves no process behind, and a new run reads the rest."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom amity.engines import read_with\nfrom amity.engines.local import Cores\n"
        "from amity.ledger import open_ledger\n"
        "if __name__ == '__main__':\n"
        "    with open_ledger(sys.argv[2]) as ledger, Cores(2) as engine:\n"
        "        engine.batch = 2\n"
        "        for step in read_with(engine, ledger, [Path(sys.argv[1])], '2024-05-01'):\n"
        "            print(*engine.pool._processes, flush=True)\n"
    )
    (tmp_path / "run.py").write_text(code)
    driver = subprocess.Popen(
        [sys.executable, str(tmp_path / "run.py"), str(reports), str(tmp_path / "a.db")], stdout=subprocess.PIPE, text=True
    )
    assert driver.stdout is not None
    workers = [int(word) for word in driver.stdout.readline().split()]
    driver.kill()
    driver.wait()
    assert len(workers) == 2
    deadline = time.monotonic() + 30
    while any(is_running(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not any(is_running(pid) for pid in workers)
    with open_ledger(tmp_path / "a.db") as ledger:
        assert ledger.verify().holds
        list(read_with(Here(), ledger, [reports], DAY))
        assert (ledger.stats().documents, ledger.stats().readings) == (25, 25)


def is_running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_wrong_choices_are_one_sentence() -> None:
    """An engine there is not, fewer than no workers, and a cluster for an engine that has none."""
    for options, words in (
        ({"kind": "core"}, "did you mean cores"),
        ({"workers": -1}, "got -1 workers"),
        ({"kind": "cores", "address": "auto"}, "give --engine ray"),
        ({"actors": Path("none.csv")}, "is no file"),
    ):
        with pytest.raises(BadInput, match=words):
            EngineOptions(**options)  # type: ignore[arg-type]
    assert isinstance(open_engine(EngineOptions()), Here) and isinstance(open_engine(EngineOptions("cores", 3)), Cores)


def test_the_command_line_reads_with_workers(reports: Path, tmp_path: Path) -> None:
    """`amity read --workers 2` reads all and says so in the same words."""
    command = [sys.executable, "-m", "amity.cli", "--ledger", str(tmp_path / "a.db"), "read", str(reports), "--workers", "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0 and done.stdout.startswith("25 documents read") and "2 not read" in done.stdout, done.stderr
