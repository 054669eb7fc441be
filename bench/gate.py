"""The gate: quality never falls below its floors. `python -m bench.gate` runs every benchmark that has one.

`floors.json` holds, per benchmark, a digest of the cases and the least value of each figure. The gate never
writes it: a floor is raised by hand, in a commit of its own. Figures of time are not gated.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import sys
from pathlib import Path

from bench import SHARED, Skipped

FLOORS = Path(__file__).with_name("floors.json")


def digest(patterns: list[str]) -> str:
    """Names and bytes of the case files under the shared folder, or under bench/ where a pattern begins so -> 16 hexadecimal digits."""
    total = hashlib.sha256()
    own = FLOORS.parents[1]
    for path in sorted(p for pattern in patterns for p in (own if pattern.startswith("bench/") else SHARED).glob(pattern)):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()[:16]


def judge(name: str, floor: dict[str, object]) -> tuple[bool, list[str]]:
    """Run one benchmark against its floors -> whether it holds, and a line for each figure."""
    lines, holds = [], True
    got = digest(list(floor["cases"]))  # type: ignore[call-overload]
    if got != floor["digest"]:
        return False, [f"  cases changed: digest {got}, floors were set on {floor['digest']}"]
    figures = importlib.import_module(f"bench.{name}").run(None)
    for key, least in floor["least"].items():  # type: ignore[attr-defined]
        value = figures[key]
        good = value >= least
        holds &= good
        lines.append(f"  {'ok  ' if good else 'FALL'} {key:28s} {value:.3f}  floor {least:.3f}  {value - least:+.3f}")
    return holds, lines


def main() -> int:
    """0 where every floor holds or its data is absent, 1 otherwise."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    failed = 0
    for name, floor in floors.items():
        try:
            holds, lines = judge(name, floor)
        except Skipped as reason:
            print(f"{name}: skipped, {reason}")
            continue
        print(f"{name}: {'holds' if holds else 'FALLS'}")
        print("\n".join(lines))
        failed += not holds
    print(f"{len(floors) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
