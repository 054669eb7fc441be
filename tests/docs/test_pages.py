"""What README and docs tell a reader to type is typed here, on a small ledger read from examples/."""

from __future__ import annotations

import doctest
import json
import re
import shutil
import sqlite3
import tomllib
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import networkx
import pytest
import typer
import yaml
from blocks import BENCH, BLOCKS, INLINE, PAGES, ROOT, Block, commands_of
from typer.testing import CliRunner

import amity
from amity.cli import app

# Blocks that are not run: each says why in its fence. Raise it only with a reason that a reader would accept.
NOT_RUN = 12
VERBS = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # a group
# A claim, an incident or a source of the reader's own.
OWN = re.compile(r"CLAIM|INCIDENT|SOURCE|[0-9a-f]{8}")


@pytest.fixture
def here(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder to work in, so that no page sees what another did."""
    folder = tmp_path / "desk"
    shutil.copytree(desk, folder)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("AMITY_LEDGER", raising=False)
    return folder


def fill_in(word: str, here: Path) -> str:
    """A word that stands for something of the reader's ledger -> something that is there."""
    if not OWN.fullmatch(word):
        return word
    with amity.open(here / "amity.db") as ledger:
        if word == "SOURCE":
            return str(ledger.sql("SELECT source FROM v_sources WHERE NOT anonymous ORDER BY source")[0]["source"])
        if word != "INCIDENT":
            return ledger.claims()[0].id[:8]
    shown = CliRunner().invoke(app, ["incidents"]).output
    return next(iter(re.findall(r"\b[0-9a-f]{8}\b", shown)), word)


def runnable(kind: str, only: bool = True) -> list[Any]:
    """Blocks of a kind that are to be run, as parameters."""
    return [pytest.param(b, id=b.name) for b in BLOCKS if b.kind == kind and not b.reason and (only or commands_of(b))]


@pytest.mark.parametrize("block", [*runnable("", False), *runnable("sh", False), *runnable("console", False)])
def test_commands_run(block: Block, here: Path) -> None:
    """Each command of a block ends well, one after the other in one folder."""
    for arguments in commands_of(block):
        done = CliRunner().invoke(app, [fill_in(word, here) for word in arguments])
        assert done.exit_code == 0, f"amity {' '.join(arguments)}: {done.output} {done.exception!r}"
        assert done.output.strip()


@pytest.mark.parametrize("block", runnable("python"))
def test_python_runs(block: Block, here: Path) -> None:
    """Prompts give what they say; code without prompts runs, with what the page took for granted given to it."""
    if ">>>" in block.text:
        if block.page.name != "python.md":  # whose blocks hang together: tests/exchange/test_python_face.py runs them as one
            example = doctest.DocTestParser().get_doctest(block.text, {}, block.name, block.name, 0)
            assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example).failed == 0
        return
    exec(compile(block.text, block.name, "exec"), given(here))


def given(here: Path) -> dict[str, Any]:
    """The names that pages take for granted."""
    with amity.open(here / "amity.db") as ledger:
        claims, documents, unread = list(ledger.claims()), list(ledger.documents()), ledger.unread()
    graph = networkx.Graph()
    graph.add_weighted_edges_from([("a", "b", 1.0), ("b", "c", -1.0), ("a", "c", -1.0)])
    one = documents[0]
    mine = [c for c in claims if c.document_id == one.id]
    parts = SimpleNamespace(documents=documents, claims=claims, unread=unread, ties=amity.compute_ties(claims), changes=[], graph=graph)
    return vars(parts) | {"Path": Path, "amity": amity, "document": one, "silences": [], "claims": mine}


@pytest.mark.parametrize("block", [*runnable("sql"), *runnable("yaml"), *runnable("json"), *runnable("toml")])
def test_data_is_what_it_says(block: Block, desk: Path) -> None:
    """SQL is answered by the ledger; YAML, JSON and TOML can be read."""
    if block.kind == "sql":
        with sqlite3.connect(f"file:{desk / 'amity.db'}?mode=ro", uri=True) as connection:
            for statement in filter(str.strip, block.text.split(";")):
                connection.execute(statement).fetchall()
    else:
        assert {"yaml": yaml.safe_load, "json": json.loads, "toml": tomllib.loads}[block.kind](block.text)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_what_a_page_names_is_there(page: Path) -> None:
    """Every verb, benchmark and linked file that a page names exists."""
    text = page.read_text(encoding="utf-8")
    assert set(INLINE.findall(text)) <= VERBS
    named = {a or b for a, b in BENCH.findall(text)} - {"gate"}
    assert [n for n in sorted(named) if find_spec(f"bench.{n}") is None] == []
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (page.parent / link).exists()] == []


def test_blocks_that_are_not_run_are_few_and_say_why() -> None:
    """Each has a reason of a few words in its fence; every kind of block is one that is known here."""
    left = [b for b in BLOCKS if b.reason]
    assert len(left) <= NOT_RUN and all(len(b.reason.split()) > 2 for b in left)
    known = {"", "sh", "console", "python", "sql", "yaml", "json", "toml", "text"}
    assert {b.name: b.kind for b in BLOCKS if b.kind not in known} == {}


def test_prose_is_no_longer_than_code() -> None:
    """Pages hold fewer words than the package has."""
    words = sum(len(p.read_text(encoding="utf-8").split()) for p in PAGES if p.name != "reference.md")
    code = sum(len(p.read_text(encoding="utf-8").split()) for p in (ROOT / "src" / "amity").rglob("*.py"))
    assert words < code


def heads_of(text: str) -> set[str]:
    """The verbs, names and views of a reference page."""
    lines = (line for line in text.splitlines() if line.startswith(("### ", "- `amity.", "- `v_")))
    return {line.split("`")[1] if "`" in line else line for line in lines}


def test_the_reference_is_of_this_code() -> None:
    """Every verb and public name stands in docs/reference.md, and it names none that is not there; else write it anew."""
    from bench.reference import make_page

    stands, wanted = heads_of((ROOT / "docs" / "reference.md").read_text(encoding="utf-8")), heads_of(make_page())
    assert stands == wanted, "write it anew with: python -m bench.reference --keep"
