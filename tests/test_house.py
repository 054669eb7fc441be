"""The law of the house: a room imports records, errors, tables and itself; late and type-only imports count."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import amity

HOUSE = Path(amity.__file__).parent
ROOMS = {p.name for p in HOUSE.iterdir() if p.is_dir() and (p / "__init__.py").exists() and p.name != "records"}
COMMON = {"amity.records", "amity.errors", "amity.tables"}
# Those who know the order of the day, and what each may reach.
# trade.py joins exchange, actors, ties and ledger for imports and exports; face.py is the Python face over ledger and pipeline.
# rounds.py joins watch, reading, engines, ledger and ties for one round of watching.
# kept.py joins ledger and ties for what a large ledger keeps beside its claims.
# engines/ runs the pipeline in other processes and writes what comes back.
FREE = {"pipeline.py", "cli", "engines", "__init__.py", "trade.py", "face.py", "rounds.py", "kept.py"}
FILES = sorted(HOUSE.rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    """Every amity module that a file imports anywhere in it, under `if TYPE_CHECKING` and in functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
            if node.module == "amity":
                found.update(f"amity.{a.name}" for a in node.names)
        elif isinstance(node, ast.Import):
            found.update(a.name for a in node.names)
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}: relative import"
    return {m for m in found if m == "amity" or m.startswith("amity.")}


def may_import(path: Path, module: str) -> bool:
    """Whether the law lets a file import a module."""
    place = path.relative_to(HOUSE)
    if place.parts[0] in FREE:
        return True
    if len(place.parts) == 1:
        return module in COMMON
    if place.parts[:2] == ("show", "server"):
        return module in COMMON or module.split(".")[1] in {"show", "pipeline", "ledger"}
    return module in COMMON or module.startswith(f"amity.{place.parts[0]}")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_imports_keep_the_law(path: Path) -> None:
    """No file reaches into another room."""
    wrong = {m for m in imports_of(path) if not may_import(path, m)}
    assert not wrong, f"{path.relative_to(HOUSE)} imports {sorted(wrong)}"


def test_the_law_would_catch_a_late_import(tmp_path: Path) -> None:
    """An import inside a function and one under TYPE_CHECKING are both seen."""
    file = tmp_path / "sly.py"
    file.write_text("def f():\n    from amity.ledger import x\nif TYPE_CHECKING:\n    import amity.show\n")
    assert imports_of(file) == {"amity.ledger", "amity.show"}
    assert not may_import(HOUSE / "ties" / "sly.py", "amity.ledger")


def test_every_room_of_the_design_is_there() -> None:
    """The rooms are those that DESIGN names."""
    expected = {"reading", "language", "actors", "events", "claims", "incidents", "ledger", "ties", "outlook", "show", "exchange", "watch"}
    assert expected <= ROOMS


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    """No module is above 400 lines, no function above 80."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno:
            assert node.end_lineno - node.lineno < 80, f"{path.name}: {node.name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_no_room_is_a_lumber_room(path: Path) -> None:
    """No file is called utils, helpers, common or manager."""
    assert path.stem not in {"utils", "helpers", "common", "manager"}
