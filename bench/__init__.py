"""Benchmarks: each module measures one thing with `run(data) -> figures`; see `python -m bench --help`."""

from __future__ import annotations

from pathlib import Path

# Material that stands beside a checkout; a benchmark that needs it and does not find it is skipped, and says so.
SHARED = Path(__file__).resolve().parents[2] / "shared"


class Skipped(Exception):
    """The benchmark's data is not here; the message names what is missing."""


def need(path: Path) -> Path:
    """The path if it is there, else Skipped."""
    if not path.exists():
        raise Skipped(f"{path} is not here")
    return path
