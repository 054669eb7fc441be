"""Tests of who may ask the desk, and of what no answer lets in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from amity.show.server.app import STATIC, make_app, read_static
from amity.show.server.desk import Desk, DeskOptions, open_desk

AT = "http://127.0.0.1:8765"


@pytest.fixture(scope="module")
def desk(kept: Path) -> Iterator[Desk]:
    """A desk on the invented reports."""
    with open_desk(str(kept), DeskOptions(who="tester")) as desk:
        yield desk


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """A browser without cookies."""
    return TestClient(make_app(desk), base_url=AT)


def find_token(page: str) -> str:
    """The token of a page's forms."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found
    return found.group(1)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "[::ffff", ""])
def test_another_name_is_refused(client: TestClient, host: str) -> None:
    """A name that others point at this machine opens nothing."""
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:1", "[::1]:8765"])
def test_own_names_are_answered(client: TestClient, host: str) -> None:
    """The machine's own names are answered."""
    assert client.get("/upload", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9"}, {"sec-fetch-site": "cross-site"}]
)
def test_forms_of_strangers_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    """A form from another page is refused even with the right token."""
    token = find_token(client.get("/upload").text)
    assert client.post("/seen", data={"csrf": token}, headers=headers, follow_redirects=False).status_code == 403
    assert client.post("/seen", data={"csrf": token}, headers={"origin": AT}, follow_redirects=False).status_code == 303


@pytest.mark.parametrize("path", ["/seen", "/review", "/review/actors", "/upload"])
def test_every_form_asks_for_its_token(client: TestClient, path: str) -> None:
    """Without the token of the session, or with that of another, nothing is done."""
    client.get("/upload")
    other = find_token(TestClient(client.app, base_url=AT).get("/upload").text)
    for data in ({}, {"csrf": "0" * 64}, {"csrf": other}):
        assert client.post(path, data=data, headers={"origin": AT}, follow_redirects=False).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_get_and_post_are_known(client: TestClient, method: str) -> None:
    """Nothing else is answered."""
    assert client.request(method, "/").status_code == 405


def test_uploads_are_limited(kept: Path) -> None:
    """More bytes than allowed are refused by their announced length, and by their count where it is not announced."""
    with open_desk(str(kept), DeskOptions(upload=1000)) as desk:
        client = TestClient(make_app(desk), base_url=AT)
        token = find_token(client.get("/upload").text)
        big = b"x" * 200_000
        sent = client.post("/upload", data={"csrf": token}, files={"files": ("a.txt", big)}, headers={"origin": AT})
        assert sent.status_code == 413
        parts = iter([big[:60_000], big[:60_000]])
        kind = {"origin": AT, "content-type": "application/x-www-form-urlencoded"}
        assert client.post("/seen", content=parts, headers=kind).status_code == 413


def test_a_token_is_asked_of_everything(kept: Path) -> None:
    """With a token set nothing is answered without it; given in the address it moves into a cookie; a program sends it as bearer."""
    with open_desk(str(kept), DeskOptions(host="0.0.0.0", token="secret")) as desk:
        app = make_app(desk)
        client = TestClient(app, base_url=AT)
        for path in ("/", "/claims.json", "/static/htmx.min.js", "/openapi.json"):
            assert client.get(path).status_code == 401
        assert client.get("/?token=wrong").status_code == 401
        moved = client.get("/?token=secret", follow_redirects=False)
        assert moved.status_code == 303 and "token" not in moved.headers["location"]
        assert client.get("/upload").status_code == 200
        program = TestClient(app, base_url=AT)
        assert program.get("/upload.json", headers={"authorization": "Bearer secret"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/claims", "/claims.json", "/nowhere", "/static/desk.js", "/claims?page=x"])
def test_every_answer_carries_its_policy(client: TestClient, path: str) -> None:
    """Scripts and styles come from the desk alone, nothing frames it, nothing is guessed."""
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"] and "script-src 'self';" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("name", ["../desk.py", "..%2fdesk.py", "%2e%2e/guard.py", "vendored.yaml", "htmx.LICENSE", "/etc/passwd"])
def test_no_path_leaves_the_desk(client: TestClient, name: str) -> None:
    """Only the files of the list have an address."""
    answer = client.get(f"/static/{name}")
    assert answer.status_code == 404 and "import" not in answer.text


def test_parts_of_others_are_pinned() -> None:
    """Each vendored part is the very file that the list names, with its licence beside it; all parts together stay under 250 KB."""
    folder = files("amity.show.server") / "static"
    listed = yaml.safe_load((folder / "vendored.yaml").read_text("utf-8"))
    own = {"desk.css", "desk.js", "mark.svg", "vendored.yaml"}
    assert {f.name for f in folder.iterdir()} == own | set(listed) | {"htmx.LICENSE"}
    for name, row in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == row["sha256"]
        assert row["version"] and row["licence"]
    assert sum(len(read_static(package, path)) for package, path, _ in STATIC.values()) < 250_000
