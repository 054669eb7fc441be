"""The process beside the desk: what rests on all claims of a large ledger, worked out where no page has to wait for it."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import amity.pipeline as pipeline
from amity.ledger import open_ledger

if TYPE_CHECKING:
    from amity.records import Incident, Outlook

# Seconds between two looks whether the desk is still there.
LOOK = 0.5


def follow_desk(desk: int) -> None:
    """Begin the process: leave Ctrl-C to the desk (its process number), and end when it is gone, even by kill -9."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=leave_with, args=(desk,), daemon=True).start()


def leave_with(desk: int) -> None:
    """Wait until the parent is another than the desk, then end at once; nothing here must be kept."""
    while os.getppid() == desk:
        time.sleep(LOOK)
    os._exit(1)


def find_incidents(address: str) -> tuple[Incident, ...]:
    """A ledger's address -> its incidents."""
    with open_ledger(address, create=False) as ledger:
        return pipeline.read_incidents(ledger)


def find_outlook(address: str) -> Outlook:
    """A ledger's address -> its forecasts."""
    with open_ledger(address, create=False) as ledger:
        return pipeline.look_ahead(ledger)
