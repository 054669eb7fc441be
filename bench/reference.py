"""The reference page, written from the code: every verb with its options, every public name, the SQL views, the types.

`python -m bench.reference --keep` writes `docs/reference.md`; without it the page is printed. `run` counts what it holds.
"""

from __future__ import annotations

import inspect
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
import yaml

import amity
from amity.cli import app
from amity.face import LedgerFace

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference.md"
OPENING = """# Reference

Written from the code by `python -m bench.reference --keep`; change the code, not this page.
"""


def first_line(thing: Any) -> str:
    """The first line of a docstring."""
    return (inspect.getdoc(thing) or "").split("\n")[0]


def say_verbs(group: Any, before: str = "amity") -> Iterator[str]:
    """Each verb: usage, what it does, its options, an example."""
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from say_verbs(command, f"{before} {name}")
            continue
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        options = [p for p in command.params if p.param_type_name == "option" and "--help" not in p.opts]
        words = " ".join((a.metavar or (a.name or "").upper()) + ("..." if a.nargs == -1 else "") for a in arguments)
        yield f"### {before} {name} {words}".rstrip() + f"\n{(command.help or '').split(chr(10))[0]}\n"
        for option in options:
            default = (
                f" (default: {option.default})" if option.default not in (None, False, "", (), []) and not callable(option.default) else ""
            )
            yield f"- `{', '.join(option.opts)}` {(option.help or '').strip()}{default}".rstrip()
        yield f"\n{command.epilog}\n" if command.epilog else ""


def say_names() -> Iterator[str]:
    """Each public name of the package, and what a ledger can do."""
    for name in amity.__all__:
        thing = getattr(amity, name)
        yield f"- `amity.{name}` {first_line(thing)}"
    yield "\nA ledger, as `amity.open` gives it:\n"
    for name, thing in sorted(inspect.getmembers(LedgerFace, inspect.isfunction)):
        if not name.startswith("_") and first_line(thing):
            given = [p for p in inspect.signature(thing).parameters if p != "self"]
            yield f"- `ledger.{name}({', '.join(given)})` {first_line(thing)}"


def say_views() -> Iterator[str]:
    """Each SQL view with its columns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.db"
        amity.open(path).close()
        with sqlite3.connect(path) as connection:
            for (view,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name").fetchall():
                columns = [row[1] for row in connection.execute(f"PRAGMA table_info({view})")]
                yield f"- `{view}`: {', '.join(columns)}"


def say_types() -> Iterator[str]:
    """Each type of the codebook with quad, score and CAMEO root."""
    table = yaml.safe_load((ROOT / "src" / "amity" / "tables" / "types.yaml").read_text(encoding="utf-8"))
    yield "| type | quad | score | CAMEO root | modes |\n|---|---|---|---|---|"
    for name, row in table.items():
        yield f"| {name} | {row['quad']} | {row['score']} | {row['cameo']} | {', '.join(row.get('modes', {}))} |"


def make_page() -> str:
    """The whole page."""
    verbs = typer.main.get_command(app)
    parts = {"Verbs": say_verbs(verbs), "Python": say_names(), "SQL views": say_views(), "Event types": say_types()}
    return OPENING + "".join(f"\n## {title}\n" + "\n".join(lines).rstrip() + "\n" for title, lines in parts.items())


def run(data: Path | None) -> dict[str, float | int | str]:
    """What the page holds, in counts."""
    page = make_page()
    return {
        "verbs": page.count("\n### "),
        "lines": page.count("\n"),
        "fresh": int(PAGE.exists() and PAGE.read_text(encoding="utf-8") == page),
    }


if __name__ == "__main__":
    if "--keep" in sys.argv:
        PAGE.write_text(make_page(), encoding="utf-8")
    else:
        print(make_page())
