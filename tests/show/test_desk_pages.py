"""Tests of the desk's pages: each answers as HTML and JSON, follows the ledger, and decides what a person decides."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from amity.ledger import open_ledger
from amity.records import Claim, Document, Party
from amity.show import Picture
from amity.show.server.app import make_app
from amity.show.server.desk import Desk, DeskOptions, open_desk
from amity.show.server.pages import list_pages
from amity.show.server.reviewing import list_labels, list_waiting

AT = "http://127.0.0.1:8765"
PAIR = "a=state:DZA&b=state:MLI"


@pytest.fixture(scope="module")
def desk(kept: Path) -> Iterator[Desk]:
    """A desk on the invented reports that nobody writes to."""
    with open_desk(str(kept), DeskOptions(who="tester")) as desk:
        yield desk


@pytest.fixture(scope="module")
def client(desk: Desk) -> TestClient:
    """A browser."""
    return TestClient(make_app(desk), base_url=AT)


def address(path: str, claim: Claim, incident: str) -> str:
    """A page's pattern -> one address of it."""
    id = {"/incident": incident, "/document": claim.document_id}.get(path.split("/{")[0], claim.id)
    asked = {"/pair": PAIR, "/party": "id=state:MLI", "/search": "q=envoy"}
    name = path.removesuffix(".json")
    return path.replace("{id}", id) + (f"?{asked[name]}" if name in asked else "")


@pytest.mark.parametrize("page", list_pages(), ids=lambda p: p.path)
def test_every_page_answers_as_html_and_json(page: object, client: TestClient, desk: Desk) -> None:
    """Each page has a heading, a title, unique ids and links that the desk knows; its JSON is JSON."""
    claim = next(c for c in desk.view().picture.claims if c.kind == "event")
    incident = desk.incidents()[0].id
    answer = client.get(address(page.path, claim, incident))  # type: ignore[attr-defined]
    assert answer.status_code == 200, answer.text[-300:]
    tree = html.document_fromstring(answer.text)
    assert tree.xpath("//main//h2 | //main//h1") and tree.xpath("string(//title)").endswith("– amity")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in tree.xpath("//a/@href") if h.startswith("#")} <= set(ids)
    rows = client.get(address(page.json_path, claim, incident))  # type: ignore[attr-defined]
    assert rows.status_code == 200 and rows.headers["content-type"] == "application/json"
    json.loads(rows.text, parse_constant=lambda x: pytest.fail(f"{x} is no JSON"))


def test_links_of_pages_arrive(client: TestClient) -> None:
    """Every address that the pages link to within the desk answers, and every mark that they lead to is there."""
    seen: set[str] = set()
    for start in ("/", f"/pair?{PAIR}", "/incidents", "/standings", "/documents", "/claims", "/network", "/outlook", "/blocs"):
        seen |= {h for h in html.document_fromstring(client.get(start).text).xpath("//main//a/@href") if h.startswith("/")}
    assert len(seen) > 40
    for link in sorted(seen):
        answer = client.get(link)
        assert answer.status_code == 200, link
        if "#" in link:
            assert f'id="{link.split("#")[1]}"' in answer.text, link


def test_openapi_names_every_address(client: TestClient) -> None:
    """The description lists the JSON of every page with its parameters, and the records."""
    told = client.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1") and {p.json_path for p in list_pages()} <= set(told["paths"])
    assert {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}} in told["paths"]["/claim/{id}.json"]["get"][
        "parameters"
    ]
    assert "quote" in told["components"]["schemas"]["Claim"]["properties"]
    names = [o["get"]["operationId"] for o in told["paths"].values()]
    assert len(set(names)) == len(names)


def test_faults_are_one_sentence(client: TestClient) -> None:
    """What is not there, and what is not allowed, is said, as HTML and as JSON."""
    for path, status in (
        ("/claim/ffffffffffffffff", 404),
        ("/pair?a=x&b=y", 404),
        ("/claims?page=-1", 400),
        ("/?as_of=yesterday", 400),
        ("/no", 404),
    ):
        answer = client.get(path)
        assert answer.status_code == status and "Traceback" not in answer.text
    assert "yesterday" in client.get("/index.json?as_of=yesterday").json()["fault"]


@pytest.mark.parametrize(
    "path", ["/", "/documents", "/claims", "/search?q=envoys", "/party?id=group:envoys", "/incidents", "/sources", "/ties"]
)
def test_hostile_words_stay_words(client: TestClient, path: str) -> None:
    """No tag, handler or address of an article gets into a page, wherever it stands."""
    tree = html.document_fromstring(client.get(path).text)
    assert "taken" not in "".join(tree.xpath("//script/text()")) and not tree.xpath("//img")
    assert not [a for e in tree.iter(html.etree.Element) for a in e.attrib if a.startswith("on")]
    assert not [h for h in tree.xpath("//@href") if h.lower().startswith("javascript")]
    assert {e.get("hx-get") for e in tree.xpath("//*[@hx-get]")} <= {"/network/drawing"}


def test_hostile_document_is_shown_whole(client: TestClient, hostile: Picture) -> None:
    """The endless sentence, both directions and all tags stand as text; the address is no link."""
    document = hostile.documents[0]
    tree = html.document_fromstring(client.get(f"/document/{document.id}").text)
    text = tree.get_element_by_id("text").text_content()
    assert text.count("walked and") == 10_000 and "<script>document.title" in text
    assert len(tree.xpath("//mark")) == len(hostile.claims)
    assert not tree.xpath("//a[contains(@href, 'document.title')]")


def test_a_pair_shows_words_and_deeds_apart_and_opens_its_words(client: TestClient, desk: Desk) -> None:
    """Three strips, change marks, and cards whose link ends at the very words in the document."""
    tree = html.document_fromstring(client.get("/pair?a=group:hezbollah&b=state:SYR").text)
    dyad = desk.view().find("group:hezbollah", "state:SYR")
    assert dyad and len(tree.xpath("//article//*[@class='card']")) == len({(c.document_id, c.start, c.end) for c in dyad.claims})
    link = next(h for h in tree.xpath("//a/@href") if "#q-" in h)
    marked = html.document_fromstring(client.get(link).text).get_element_by_id(link.split("#")[1])
    assert marked.text_content() in {c.quote for c in dyad.claims}


def test_the_network_goes_back_in_time(client: TestClient) -> None:
    """Earlier days know fewer ties, and parties keep their places."""
    rows = client.get("/network.json").json()
    days = rows["days"]
    early = client.get(f"/network.json?day={days[0]}").json()
    assert days == sorted(days) and 0 < len(early["links"]) < len(rows["links"])
    places = [set(re.findall(r'<circle cx="[^"]+" cy="[^"]+"', client.get(f"/network?day={d}").text)) for d in (days[0], days[-1])]
    assert places[0] == places[1]
    assert client.get("/network/drawing?step=0").text.count("<svg") == 1


def test_as_of_shows_what_had_been_published(client: TestClient) -> None:
    """An address with a day shows the ledger as published by then."""
    now, then = client.get("/claims.json").json()["total"], client.get("/claims.json?as_of=2019-01-01").json()["total"]
    assert 0 < then < now


def test_search_finds_words_names_and_titles(client: TestClient, desk: Desk) -> None:
    """All words are wanted, accents and unfinished words are forgiven, signs of the query language mean nothing."""
    claim = max(desk.view().picture.claims, key=lambda c: c.confidence)
    words = re.findall(r"[A-Za-z]{4,}", claim.quote)[:3]
    asked = " ".join([*words[:-1], words[-1][:4]])
    assert claim.id in client.get(f"/search.json?q={quote(asked)}").json()["claims"]
    assert client.get("/search.json?q=mali").json()["parties"][0]["name"].startswith("Mali")
    assert client.get("/search.json?q=zzzzqq").json()["claims"] == []
    for bad in ('"', "AND", "NEAR(a b", "*", "a:b", "-", "'; DROP TABLE quotes; --"):
        assert client.get(f"/search?q={quote(bad)}").status_code == 200


def post(client: TestClient, path: str, **data: str) -> int:
    """A form with its token -> the status of the answer."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get("/upload").text)
    assert found
    return client.post(path, data={"csrf": found.group(1)} | data, headers={"origin": AT}, follow_redirects=False).status_code


def test_decisions_are_rows_and_labels(mine: Path) -> None:
    """Accept, reject, fix and undo each keep rows; a rejected claim leaves the picture at once; every decision is a label."""
    with open_desk(str(mine), DeskOptions(who="judge")) as desk:
        client = TestClient(make_app(desk), base_url=AT)
        first, second, third = islice(list_waiting(desk).waiting, 3)
        assert post(client, "/review", claim=first.id, verdict="accept", why="as printed") == 303
        assert post(client, "/review", claim=second.id, verdict="reject") == 303
        other = "AID" if third.type != "AID" else "AGREE"
        assert post(client, "/review", claim=third.id, verdict="fix", type=other, why="a gift") == 303
        assert post(client, "/review", claim=third.id, verdict="fix", type=third.type) == 400
        assert post(client, "/review", claim=third.id, verdict="burn") == 400
        assert post(client, "/review", claim="f" * 16, verdict="accept") == 404
        assert {second.id, third.id}.isdisjoint(desk.view().claims) and first.id in desk.view().claims
        labels = {r["claim"]["id"]: r for r in list_labels(desk)}
        assert {i: r["verdict"] for i, r in labels.items()} == {first.id: "accept", second.id: "reject", third.id: "fix"}
        assert labels[third.id]["fixed"] == {"type": other} and labels[third.id]["why"] == "a gift"
        assert post(client, "/review", claim=second.id, verdict="undo") == 303
        assert second.id in desk.view().claims and second.id in {c.id for c in list_waiting(desk).waiting}
        assert [json.loads(line)["verdict"] for line in client.get("/review/labels.jsonl").text.splitlines()] == ["accept", "fix"]
        assert {j.who for j in desk.ledger.judgements()} == {"judge"}


def test_two_actors_are_judged_by_known_ids(mine: Path) -> None:
    """The pair page asks the rooms that it was joined to; strangers are refused."""
    from amity.cli.serve import join_rooms

    with open_desk(str(mine), join_rooms(DeskOptions(who="judge"))) as desk:
        client = TestClient(make_app(desk), base_url=AT)
        assert post(client, "/review/actors", a="state:MLI", b="state:DZA", verdict="different") == 303
        assert post(client, "/review/actors", a="state:MLI", b="state:NOWHERE", verdict="same") == 404
        assert [j.verdict for j in desk.ledger.judgements()] == ["different"]


def test_what_came_in_since_is_told_first(mine: Path, picture: Picture) -> None:
    """After a browser has marked a moment, a new report is told with its pairs, and pages follow the ledger."""
    with open_desk(str(mine), DeskOptions()) as desk:
        client = TestClient(make_app(desk), base_url=AT)
        assert "has not marked a moment" in client.get("/").text
        assert post(client, "/seen") == 303
        assert "0 new claims" in client.get("/").text
        before = client.get("/claims.json").json()["total"]
        time.sleep(1.1)
        add_report(mine, picture, 1)
        page = client.get("/").text
        assert "1 document read, 1 new claim" in page and "Paper 1" in client.get("/documents").text
        assert client.get("/claims.json").json()["total"] == before + 1


def add_report(path: Path, picture: Picture, number: int) -> None:
    """A ledger -> the same with one more report of one claim."""
    text = f"Algeria accused Mali for the {number}th time."
    document = Document(f"more-{number}.txt", text, "text", title=f"Paper {number}", published="2025-04-12")
    old = picture.claims[0]
    party = Party("state:DZA", "Algeria", "Algeria", "state:DZA", False, "Algeria", 0, 7)
    other = Party("state:MLI", "Mali", "Mali", "state:MLI", False, "Mali", 16, 20)
    values = {n: getattr(old, n) for n in Claim.__dataclass_fields__ if n != "id"}
    values |= {"document": document.name, "document_id": document.id, "start": 0, "end": len(text), "quote": text, "type": "ACCUSE"}
    values |= {
        "actor": party,
        "recipient": other,
        "kind": "event",
        "quad": 3,
        "score": -2.5,
        "status": "reported",
        "date": None,
        "over": None,
    }
    claim = Claim(**values | {"published": document.published, "mode": None, "contexts": (), "place": None, "sources": ()})
    with open_ledger(path) as ledger:
        assert ledger.add(document, [claim], maker="test").claims


WRITER = """
import sys
from amity.ledger import open_ledger
from amity.records import Document
with open_ledger(sys.argv[1]) as ledger:
    for n in range(40):
        ledger.add(Document(f"process-{n}.txt", f"Nothing was said on day {n}.", "text"), [], maker="test")
"""


def test_two_browsers_and_a_reading_process_lose_nothing(mine: Path) -> None:
    """Two sessions decide while another process reads: every decision and every document is kept."""
    with open_desk(str(mine), DeskOptions(who="both")) as desk:
        app = make_app(desk)
        waiting = [c.id for c in islice(list_waiting(desk).waiting, 40)]
        before = desk.ledger.stats().documents
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(mine)])

        def decide(mine_of: list[str]) -> list[int]:
            browser = TestClient(app, base_url=AT)
            return [post(browser, "/review", claim=i, verdict="accept") for i in mine_of]

        with ThreadPoolExecutor(2) as two:
            answers = [s for half in two.map(decide, (waiting[::2], waiting[1::2])) for s in half]
        assert writer.wait(60) == 0
        assert answers == [303] * len(waiting)
        assert {j.about for j in desk.ledger.judgements()} == set(waiting)
        assert desk.ledger.stats().documents == before + 40
        assert desk.ledger.verify().holds


def test_a_slow_picture_is_drawn_behind_the_pages(mine: Path, picture: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where drawing takes long, pages show what was until the new picture is ready."""
    monkeypatch.setattr("amity.show.server.desk.MOST_AT_ONCE", 0)
    monkeypatch.setattr("amity.show.server.desk.REST", 0.0)
    with open_desk(str(mine), DeskOptions()) as desk:
        old = desk.view()
        add_report(mine, picture, 2)
        assert desk.view() is old
        for _ in range(100):
            if desk.view() is not old:
                break
            time.sleep(0.05)
        assert len(desk.view().claims) == len(old.claims) + 1


def test_what_takes_long_is_worked_out_apart(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a large ledger the first page of incidents says that they are being worked out, and later shows them."""
    monkeypatch.setattr("amity.show.server.desk.MOST_AT_ONCE", 0)
    with open_desk(str(kept), DeskOptions()) as desk:
        client = TestClient(make_app(desk), base_url=AT)
        answer = client.get("/incidents")
        assert answer.status_code == 503 and "being worked out" in answer.text and answer.headers["refresh"] == "10"
        for _ in range(600):
            answer = client.get("/incidents.json")
            if answer.status_code == 200:
                break
            time.sleep(0.1)
        assert answer.json()


def test_an_upload_is_read_into_the_ledger(mine: Path) -> None:
    """A file is read by the real reader behind the answer; its progress and its claims are told, its path goes nowhere."""
    with open_desk(str(mine), DeskOptions()) as desk:
        client = TestClient(make_app(desk), base_url=AT)
        found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get("/upload").text)
        assert found
        text = b"BAMAKO, 3 May 2025 - Mali accused Algeria of arming rebels near the border.\n\nNiger condemned Algeria on Friday.\n"
        files = [("files", ("../../sly.txt", text)), ("files", ("scan.pdf", b"%PDF-1.4 broken"))]
        sent = client.post("/upload", data={"csrf": found.group(1)}, files=files, headers={"origin": AT}, follow_redirects=False)
        assert sent.status_code == 303
        for _ in range(600):
            job = client.get(sent.headers["location"] + ".json").json()
            if job["done"]:
                break
            time.sleep(0.1)
        assert job["fault"] == "" and job["files"] == ["sly.txt", "scan.pdf"]
        assert job["steps"][0]["claims"] >= 1 and job["steps"][-1]["unread"]
        assert "Mali accused Algeria" in client.get("/search?q=arming+rebels").text
        assert not (mine.parent.parent / "sly.txt").exists()
