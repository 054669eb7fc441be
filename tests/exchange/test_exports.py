"""Every export is read back by a real reader of its form."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

import jsonschema
import networkx as nx
import pytest

import amity
from amity.exchange import EXPORTS
from amity.exchange.exports.tables import COLUMNS
from amity.ledger import ClaimFilter, Ledger, open_ledger
from amity.records import Claim
from amity.trade import export_ledger

TEXT = """Mali accused Niger on Monday, 3 June 2024, of sheltering rebels.

Niger denied that it had sheltered rebels from Mali. Kenya condemned Mali. Niger and Kenya signed an agreement on 5 June 2024.

Kenya, an ally of Niger, sent aid to Niger, officials said. Malian forces struck a convoy of Niger <b>"near" the border</b>.
"""
DAY = {"type": "object", "required": ["year", "month", "day"], "properties": {k: {"type": "integer"} for k in ("year", "month", "day")}}
WORDS = {"type": "object", "required": ["headline"], "properties": {"headline": {"type": "string"}, "text": {"type": "string"}}}
SLIDE = {"type": "object", "required": ["start_date", "text"], "properties": {"start_date": DAY, "end_date": DAY, "text": WORDS}}
SLIDES = {"type": "array", "items": SLIDE}
TIMELINE = {"type": "object", "required": ["events"], "properties": {"title": {"type": "object"}, "events": SLIDES}}
QUOTE = {"type": "object", "required": ["type", "exact", "prefix", "suffix"], "properties": {"type": {"const": "TextQuoteSelector"}}}
PLACE = {"type": "object", "required": ["type", "start", "end"], "properties": {"type": {"const": "TextPositionSelector"}}}
TARGET = {"type": "object", "required": ["source", "selector"], "properties": {"selector": {"prefixItems": [QUOTE, PLACE], "minItems": 2}}}
ANNOTATION = {
    "type": "object",
    "required": ["@context", "id", "type", "target", "body"],
    "properties": {"@context": {"const": "http://www.w3.org/ns/anno.jsonld"}, "type": {"const": "Annotation"}, "target": TARGET},
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger of one article and some imported rows."""
    from samples import write_samples

    from amity.trade import import_files

    folder = tmp_path_factory.mktemp("full")
    (folder / "files").mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    ledger = open_ledger(folder / "x.db")
    list(amity.read_into(ledger, [folder / "a.txt"], amity.Pipeline()))
    list(import_files(ledger, "icews", write_samples(folder / "files")["icews"]))
    return ledger


@pytest.fixture
def written(full: Ledger, tmp_path: Path) -> Any:
    """Writes an export and gives its path."""

    def write(kind: str) -> Path:
        path = tmp_path / f"x{EXPORTS[kind][2]}"
        assert export_ledger(full, kind, path) > 0
        return path

    return write


def test_jsonl_gives_the_claims_back(full: Ledger, written: Any) -> None:
    """Each line is the claim, and carries the codes of PLOVER and CAMEO."""
    rows = [json.loads(line) for line in written("jsonl").read_text(encoding="utf-8").splitlines()]
    assert [Claim.from_json(r) for r in rows] == list(full.claims())
    assert all({"plover", "cameo_root", "quad_class"} <= set(r) for r in rows)


def test_csv_has_the_columns_of_its_codebook(full: Ledger, written: Any) -> None:
    """The codebook beside the file names every column in order; cells come back as they were."""
    path = written("csv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with path.with_name("x.codebook.csv").open(encoding="utf-8", newline="") as stream:
        assert [r["column"] for r in csv.DictReader(stream)] == list(COLUMNS) == list(rows[0])
    assert [(r["id"], r["quote"]) for r in rows] == [(c.id, c.quote) for c in full.claims()]


def test_parquet_is_read_by_arrow_and_duckdb(full: Ledger, written: Any) -> None:
    """Types, meanings and rows are there, and the two readers agree."""
    import duckdb
    import pyarrow.parquet as pq

    path = written("parquet")
    table = pq.read_table(path)
    assert table.column("id").to_pylist() == [c.id for c in full.claims()]
    assert table.schema.field("quad_class").metadata[b"meaning"].startswith(b"1 verbal cooperation")
    assert duckdb.sql(f"SELECT count(*), count(cameo_root) FROM '{path}'").fetchall()[0][0] == table.num_rows


@pytest.mark.parametrize("kind", ["gexf", "graphml"])
def test_graphs_are_read_by_networkx(kind: str, written: Any) -> None:
    """Weights are never negative, the sign stands beside, and a pair with both signs has two edges."""
    graph = nx.read_gexf(written(kind)) if kind == "gexf" else nx.read_graphml(written(kind))
    edges = [(u, v, d) for u, v, d in graph.edges(data=True)]
    assert edges and all(d["weight"] >= 0 and d["sign"] in (1, -1) and d["cameo_roots"] is not None for _, _, d in edges)
    signs = {d["sign"] for u, v, d in edges if {u, v} == {"state:MLI", "state:NER"}}
    assert -1 in signs and graph.nodes["state:MLI"]["label"] == "Mali"


def test_gexf_is_dynamic(written: Any) -> None:
    """The file says so, and its edges live from a day to a day."""
    text = written("gexf").read_text(encoding="utf-8")
    assert 'version="1.2"' in text and 'mode="dynamic"' in text and 'start="2024-' in text


def test_ftm_is_valid_followthemoney(written: Any) -> None:
    """Each line is an entity of the model, its properties are of its schema, and what it points to is there."""
    model = pytest.importorskip("followthemoney").model
    entities = [json.loads(line) for line in written("ftm").read_text(encoding="utf-8").splitlines()]
    ids = {e["id"] for e in entities}
    for entity in entities:
        proxy = model.get_proxy(entity, cleaned=False)
        proxy.schema.validate(entity)
        assert proxy.id in ids
        kept = model.get_proxy(entity, cleaned=False).to_dict()["properties"]
        assert set(kept) == set(entity["properties"])
    assert {e["schema"] for e in entities} >= {"PublicBody", "Article", "Event", "UnknownLink"}
    assert all(set(e["properties"]["involved"]) <= ids for e in entities if e["schema"] == "Event")


def test_stix_is_read_by_stix2(written: Any) -> None:
    """The bundle parses strictly; every reference is to an object of it; the denial stands as an opinion."""
    import stix2

    bundle = stix2.parse(written("stix").read_text(encoding="utf-8"), allow_custom=False)
    kinds = {o["type"] for o in bundle.objects}
    assert kinds >= {"identity", "relationship", "report", "note"}
    ids = {o["id"] for o in bundle.objects}
    assert all(set(o.get("object_refs", [])) <= ids for o in bundle.objects)


def test_timeline_and_annotations_fit_their_schemas(full: Ledger, written: Any) -> None:
    """TimelineJS finds its dates and headlines, no article text can run as HTML; annotations select the quotation twice."""
    text = written("timeline").read_text(encoding="utf-8")
    jsonschema.validate(json.loads(text), TIMELINE)
    assert "<b>" not in text
    for line in written("annotations").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        jsonschema.validate(row, ANNOTATION)
        quote, place = row["target"]["selector"]
        document = full.document(row["body"]["value"]["document_id"])
        assert document.text[place["start"] : place["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in document.text


def test_plover_goes_round(full: Ledger, written: Any, tmp_path: Path) -> None:
    """What is exported as PLOVER JSON can be imported: the same days, types, modes and sides."""
    from amity.trade import import_files

    path = written("plover")
    with open_ledger(tmp_path / "again.db") as again:
        state = list(import_files(again, "plover", [path]))[-1]
        rows = json.loads(path.read_text(encoding="utf-8"))
        assert (state.events, state.skipped) == (len(rows), 0)
        key = lambda c: (c.date.earliest if c.date else c.published, c.type, c.mode, c.actor.side_id)  # noqa: E731 - said twice
        there = {c.id: c for c in full.claims()}
        assert sorted(map(repr, map(key, again.claims()))) == sorted(repr(key(there[r["id"]])) for r in rows)
        assert again.verify().holds


def test_cameo_columns_and_crate(full: Ledger, written: Any) -> None:
    """Every CAMEO row has its root and quad; the crate names each document with its hash and each maker's action."""
    with written("cameo").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    assert rows and all(r["cameo_root"].isdigit() and r["quad_class"] in "1234" for r in rows)
    crate = json.loads(written("prov").read_text(encoding="utf-8"))
    graph = {e["@id"]: e for e in crate["@graph"]}
    assert graph["ro-crate-metadata.json"]["conformsTo"]["@id"].endswith("/1.1")
    used = {o["@id"] for e in graph.values() if "prov:Activity" in e["@type"] for o in e["object"]}
    assert used and all(len(graph[u]["sha256"]) == 64 for u in used)


@pytest.mark.parametrize("kind", sorted(EXPORTS))
def test_an_export_is_the_same_twice(kind: str, full: Ledger, tmp_path: Path) -> None:
    """Two exports of one ledger are equal byte for byte (but for the day that GEXF writers put in)."""
    paths = [tmp_path / "1", tmp_path / "2"]
    for path in paths:
        export_ledger(full, kind, path, ClaimFilter())
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_views_answer_in_plain_sqlite(full: Ledger) -> None:
    """The views give rows, acts, months and skipped lines to anybody's client, and quotes stand in their texts."""
    raw = sqlite3.connect(f"file:{full.store.address}?mode=ro", uri=True)
    rows = raw.execute("SELECT quote, row, code, type FROM v_rows ORDER BY row").fetchall()
    assert [r[1:] for r in rows] == [(2, "190", "ASSAULT"), (3, "040", "CONSULT"), (5, "010", "UNCODED")]
    quotes = {c.quote for c in full.claims()}
    assert all(quote in quotes for quote, *_ in rows)
    acts = raw.execute("SELECT count(*) FROM v_acts").fetchone()[0]
    assert acts == sum(c.kind == "event" for c in full.claims())
    assert raw.execute("SELECT sum(acts) FROM v_months").fetchone()[0] > 0
    assert raw.execute("SELECT place, rule FROM v_skipped WHERE document LIKE 'icews%'").fetchall() == [(4, "columns")]
    for view in ("v_standings", "v_sources", "v_parties", "v_judgements", "v_claims", "v_documents"):
        raw.execute(f"SELECT * FROM {view} LIMIT 1").fetchall()


def test_views_are_pages_in_datasette(full: Ledger) -> None:
    """Datasette serves every view as JSON."""
    import asyncio

    app = pytest.importorskip("datasette.app").Datasette([str(full.store.address)])

    async def fetch(view: str) -> int:
        await app.invoke_startup()
        name = Path(full.store.address).stem
        return int((await app.client.get(f"/{name}/{view}.json")).status_code)

    assert {asyncio.run(fetch(view)) for view in ("v_rows", "v_acts", "v_months", "v_skipped", "v_claims")} == {200}


def test_views_are_scanned_by_duckdb(full: Ledger) -> None:
    """DuckDB's SQLite scanner reads the views as docs/exchange.md says."""
    pytest.importorskip("duckdb_extensions").import_extension("sqlite_scanner")
    import duckdb

    connection = duckdb.connect()
    connection.execute("LOAD sqlite_scanner")
    acts = connection.execute(f"SELECT count(*) FROM sqlite_scan('{full.store.address}', 'v_acts')").fetchall()[0][0]
    assert acts == sum(c.kind == "event" for c in full.claims())
