"""The process beside the desk ends with it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

DESK = """
import os, time
from multiprocessing import get_context
from amity.show.server.beside import follow_desk

if __name__ == "__main__":
    pool = get_context("spawn").Pool(1, follow_desk, (os.getpid(),))
    print(pool.apply(os.getpid), flush=True)
    pool.apply_async(time.sleep, (60,))
    time.sleep(60)
"""


def is_running(number: int) -> bool:
    """Whether a process is there and has not ended."""
    stat = Path(f"/proc/{number}/stat")
    return stat.exists() and stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"


def test_what_works_beside_the_desk_ends_with_it(tmp_path: Path) -> None:
    """Kill -9 of a desk leaves no process behind that works for nobody."""
    (tmp_path / "desk.py").write_text(DESK, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(tmp_path / "desk.py")], stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout
        beside = int(desk.stdout.readline())
        assert is_running(beside)
        desk.kill()
    until = time.monotonic() + 20
    while is_running(beside) and time.monotonic() < until:
        time.sleep(0.1)
    assert not is_running(beside)
