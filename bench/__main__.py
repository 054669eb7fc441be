"""Run one benchmark: `python -m bench NAME [--data PATH] [--json]`."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from pathlib import Path

import bench

APART = {"__main__", "coded", "gate", "given", "texts", "treebank"}


def names() -> list[str]:
    """Every benchmark there is."""
    return sorted(m.name for m in pkgutil.iter_modules(bench.__path__) if m.name not in APART)


def main() -> int:
    """Print the figures, last of all one JSON object with --json; exit 3 where the data is absent."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=names())
    parser.add_argument("--data", type=Path, help="another file or folder of the same form")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    try:
        figures = importlib.import_module(f"bench.{args.name}").run(args.data)
    except bench.Skipped as reason:
        print(f"skipped: {reason}")
        print(json.dumps({"skipped": str(reason)}) if args.json else "")
        return 3
    for key, value in figures.items():
        print(f"{key:32s} {value:.4f}" if isinstance(value, float) else f"{key:32s} {value}")
    if args.json:
        print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
