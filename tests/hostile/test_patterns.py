"""Every regular expression of the package against texts made to trap it: none takes more than a bound of time."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
# Seconds of the processor for one text of 20,000 code points. A pattern that takes their square takes some seconds.
BOUND = 0.6
BOUNDS = yaml.safe_load((HERE / "bounds.yaml").read_text(encoding="utf-8"))


class TooLong(Exception):
    """The time is over."""


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """End what takes longer; the matcher looks for signals as it runs."""

    def ring(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.fixture(scope="module")
def attacks(request: pytest.FixtureRequest) -> Any:
    """The maker of attacks."""
    request.getfixturevalue("monkeypatch_module").syspath_prepend(str(HERE))
    import patterns

    return patterns.make_attacks


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    """Changes that last for this file."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def found() -> list[tuple[str, int, str, bool]]:
    """Every pattern with its flags, its module, and whether it is only matched where it stands."""
    done = subprocess.run([sys.executable, str(HERE / "patterns.py")], capture_output=True, text=True, timeout=200, check=True)
    return [tuple(row) for row in json.loads(done.stdout)]


def longest(pattern: str, module: str) -> int | None:
    """The bound that a pattern is known to have."""
    return next((b["characters"] for b in BOUNDS if b["module"] == module and pattern.startswith(b["begins"])), None)


def seconds_of(pattern: re.Pattern[str], text: str, anchored: bool) -> float:
    """Time of the processor for one text, at most a little over the bound."""
    start = time.process_time()
    try:
        with bounded(BOUND * 1.5):
            if anchored:
                pattern.match(text)
            else:
                for _ in pattern.finditer(text):
                    pass
    except TooLong:
        pass
    return time.process_time() - start


def test_no_pattern_can_be_trapped(found: list[tuple[str, int, str, bool]], attacks: Any) -> None:
    """Pumped up by what it repeats, no text of 20,000 code points, or of the bound a pattern has, takes long."""
    assert len(found) > 100
    slow = []
    for text, flags, module, anchored in found:
        pattern = re.compile(text, flags)
        length = longest(text, module)
        for attack in attacks(text, flags, length) if length else attacks(text, flags):
            spent = seconds_of(pattern, attack, anchored)
            if spent > BOUND:
                slow.append(f"{module}: {text[:80]!r} took {spent:.2f} s on {attack[:40]!r}")
                break
    assert not slow, "\n".join(slow)


def test_every_bound_is_of_a_pattern_there_is(found: list[tuple[str, int, str, bool]]) -> None:
    """A bound whose pattern is gone is taken out of the table."""
    for bound in BOUNDS:
        assert any(module == bound["module"] and text.startswith(bound["begins"]) for text, _, module, _ in found), bound


def test_a_trap_would_be_found(attacks: Any) -> None:
    """The attacks do trap patterns that are known to be bad: one that takes 2 to the length, one that takes its square."""
    for bad, anchored in ((r"(a+)+$", True), (r"\s+$", False), (r"(\w+|\d+)*x", True), (r"\w+\s*\w+\s*:", False)):
        assert any(seconds_of(re.compile(bad), attack, anchored) > BOUND for attack in attacks(bad, 0)), bad
