"""The package as it is handed on: two builds alike, model and tables inside, every import declared, extras that exist."""

from __future__ import annotations

import ast
import json
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from bench.package import MOST, build_wheel, copy_sources, digest, write_parts

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def bare(requirement: str) -> str:
    """A requirement -> the name it is known by."""
    name = requirement.split(";")[0].split("[")[0]
    for mark in "<>=!~ ":
        name = name.split(mark)[0]
    return name.lower().replace("_", "-")


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The wheel, built twice."""
    pytest.importorskip("build")
    sources = copy_sources(tmp_path_factory.mktemp("made") / "of")
    return [build_wheel(sources, sources.parent / name) for name in ("one", "two")]


def test_two_builds_are_one(wheels: list[Path]) -> None:
    """Byte for byte, and under the size that is promised."""
    assert digest(wheels[0]) == digest(wheels[1]) and wheels[0].stat().st_size < MOST


def test_the_wheel_holds_what_runs_and_nothing_else(wheels: list[Path]) -> None:
    """Model, tables, templates, types and licence are in it; tests, training and gold are not."""
    with zipfile.ZipFile(wheels[0]) as archive:
        names = set(archive.namelist())
    for part in ("model/reader.onnx", "model/README.md", "tables/codebook.yaml", "tables/card.json", "tables/README.md", "py.typed"):
        assert f"amity/{part}" in names
    assert any(n.endswith("licenses/LICENSE") for n in names) and any(n.endswith(".html") for n in names)
    assert {n.split("/")[0] for n in names} == {"amity", f"amity-{PROJECT['version']}.dist-info"}
    sources = wheels[0].parent.parent / "of" / "src"
    here = {str(p.relative_to(sources)) for p in (sources / "amity").rglob("*") if p.is_file()}
    assert {n for n in names if n.startswith("amity/")} == {n for n in here if not n.endswith((".db", ".part"))}


def test_parts_are_listed_with_their_licences(wheels: list[Path], tmp_path: Path) -> None:
    """The SBOM names each part and the weights with their hash."""
    write_parts(
        [{"name": "numpy", "version": "2.0", "licence": "BSD"}, {"name": "amity", "version": "0", "licence": "x"}], wheels[0], tmp_path
    )
    bom = json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8"))
    assert [c["name"] for c in bom["components"] if c["type"] == "library"] == ["numpy"]
    weights = [c for c in bom["components"] if c["type"] == "machine-learning-model"]
    assert weights and all(len(c["hashes"][0]["content"]) == 64 for c in weights)


def test_every_import_is_declared() -> None:
    """What the package imports stands in pyproject.toml, as a dependency or in an extra."""
    extras = PROJECT["optional-dependencies"]
    declared = {bare(r) for r in [*PROJECT["dependencies"], *(r for rows in extras.values() for r in rows)]}
    homes = packages_distributions()
    for path in (ROOT / "src" / "amity").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            for top in {m.split(".")[0] for m in modules} - set(sys.stdlib_module_names) - {"amity", ""}:
                names = {n.lower().replace("_", "-") for n in homes.get(top, [top])}
                assert names & declared, f"{path.name} imports {top}, which pyproject.toml does not name"


def test_bounds_and_extras() -> None:
    """Every dependency has a lowest version, and the promised extras are there."""
    assert [r for r in PROJECT["dependencies"] if ">=" not in r] == []
    assert {"ray", "postgres", "desk", "train", "ftm", "frames", "test"} <= set(PROJECT["optional-dependencies"])
