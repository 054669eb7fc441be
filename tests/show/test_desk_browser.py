"""Tests of the desk and the report as a person uses them, in the system's Chromium: no error, no serious finding of axe-core."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from amity.show import Picture, write_report

pytest.importorskip("starlette")
sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install it with: apt-get install chromium")

QUIET = [f"--disable-{x}" for x in ("quic", "gpu", "background-networking", "component-update", "sync")] + ["--no-first-run"]
PAGES = (
    "/", "/ties", "/network", "/pair?a=state:DZA&b=state:MLI", "/party?id=state:MLI", "/incidents", "/standings", "/blocs", "/outlook",
    "/sources", "/claims", "/documents", "/search?q=mali", "/review", "/review/actors", "/upload", "/method", "/nowhere",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk that listens on a free port of this machine."""
    import uvicorn

    from amity.cli.serve import join_rooms
    from amity.show.server.app import make_app
    from amity.show.server.desk import DeskOptions, open_desk

    path = tmp_path_factory.mktemp("browser") / "desk.db"
    shutil.copy(kept, path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with open_desk(str(path), join_rooms(DeskOptions(who="tester"))) as desk:
        server = uvicorn.Server(uvicorn.Config(make_app(desk), host="127.0.0.1", port=port, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The system's Chromium."""
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET, chromium_sandbox=False)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh browser window; whatever it complains of fails the test."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.set_default_timeout(30_000)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") and "404" not in said.text else None)
    yield page
    page.close()
    assert faults == []


def find_grave(page: Any, **options: Any) -> list[str]:
    """A page -> what axe-core finds serious or critical in it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page, options={"resultTypes": ["violations"]} | options).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in ("serious", "critical")]


def width_of(page: Any) -> int:
    """The width that a page needs (CSS pixels)."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_no_grave_fault_and_fit_a_phone(path: str, page: Any, address: str) -> None:
    """No page writes an error, fails a serious rule of axe-core in light or dark, or is wider than 360 px."""
    page.goto(address + path)
    grave = find_grave(page)
    page.emulate_media(color_scheme="dark")
    assert grave + find_grave(page, runOnly=["color-contrast"]) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert width_of(page) <= 360


def test_the_report_has_no_grave_fault(page: Any, picture: Picture, tmp_path: Path) -> None:
    """The report from disk: no error, no serious finding, no request, readable on a phone, and all its evidence without scripts."""
    write_report(picture, tmp_path / "report.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "report.html").as_uri())
    assert find_grave(page) == []
    assert [u for u in asked if not u.startswith("file:")] == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert width_of(page) <= 360


def test_the_slider_moves_the_network(page: Any, address: str) -> None:
    """Moving the slider by key draws an earlier day with fewer ties."""
    page.goto(f"{address}/network")
    now = page.locator("#drawing svg a").count()
    page.locator("#step").focus()
    with page.expect_response(re.compile("/network/drawing")):
        page.keyboard.press("Home")
    page.wait_for_function(f"document.querySelectorAll('#drawing svg a').length < {now}")
    assert page.locator("#drawing time").inner_text() != ""


def test_review_goes_by_keys(page: Any, address: str) -> None:
    """Skip, accept, reject, fix and undo by one key each; a key in a field is a letter."""
    page.goto(f"{address}/review")

    def claim() -> str:
        return str(page.locator("#review form:not(.last) input[name=claim]").first.input_value())

    def press(key: str) -> str:
        old, decided = claim(), page.locator("#review > .facts").inner_text()
        page.keyboard.press(key)
        page.wait_for_function(
            "([old, decided]) => document.querySelector('#review form:not(.last) input[name=claim]').value !== old"
            " || document.querySelector('#review > .facts').innerText !== decided",
            arg=[old, decided],
        )
        return old

    skipped = press("s")
    assert claim() != skipped
    page.goto(f"{address}/review")
    first, second = press("a"), press("r")
    assert first != second and "2 claims decided" in page.locator("#review").inner_text()
    press("u")
    assert "1 claim decided" in page.locator("#review").inner_text()
    page.locator("input[name=why]").first.fill("aaa rrr")
    assert "1 claim decided" in page.locator("#review").inner_text()
    page.locator("#h-review").click()
    page.keyboard.press("f")
    page.locator("#fix select[name=status]").select_option(
        "rumoured" if "rumoured" not in page.locator(".judged .chip").inner_text() else "denied"
    )
    page.get_by_role("button", name="Keep the fix").click()
    page.get_by_text("2 claims decided").wait_for()
    labels = page.request.get(f"{address}/review/labels.jsonl").text().splitlines()
    assert sorted(re.findall(r'"verdict": "(\w+)"', "".join(labels))) == ["accept", "fix"]


def test_a_card_opens_its_words(page: Any, address: str) -> None:
    """From a quotation's card one click leads to the highlighted words in the document."""
    page.goto(f"{address}/pair?a=state:DZA&b=state:MLI")
    quote = page.locator(".card blockquote").first.inner_text()
    page.locator(".card").first.get_by_text("in context").click()
    mark = page.locator("mark:target")
    assert mark.inner_text() == quote and mark.is_visible()


def test_an_upload_tells_its_progress(page: Any, address: str, tmp_path: Path) -> None:
    """A report chosen in the browser is read, and the page says so without being loaded again."""
    (tmp_path / "new.txt").write_text("BAMAKO, 3 May 2025 - Mali accused Algeria of arming rebels.\n")
    page.goto(f"{address}/upload")
    page.locator("input[type=file]").set_input_files(str(tmp_path / "new.txt"))
    page.get_by_role("button", name="Read them").click()
    page.get_by_text("1 of 1 read, done").wait_for(timeout=60_000)
    assert "new.txt" in page.locator("#job").inner_text()


def test_what_was_seen_is_remembered(page: Any, address: str) -> None:
    """One press marks the moment; the next visit tells what came in since."""
    page.goto(address)
    page.get_by_role("button", name="I have seen all this").click()
    page.get_by_text("0 new claims").wait_for()


def test_every_page_is_reached_by_keys(page: Any, address: str) -> None:
    """The first stop leads past the menu, the slash key to the search, and Enter there finds."""
    page.goto(f"{address}/claims")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    page.keyboard.type("mali")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=mali")


def test_hostile_articles_change_nothing(page: Any, address: str, hostile: Picture) -> None:
    """On every page that shows the article the title stays, nothing is fetched from outside, and nothing is wider than a phone."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    claim = hostile.claims[0]
    own = (
        f"/document/{claim.document_id}",
        f"/claim/{claim.id}",
        "/search?q=envoys",
        "/party?id=group:envoys",
        "/documents",
        "/claims",
        "/incidents",
    )
    page.set_viewport_size({"width": 360, "height": 740})
    for path in own:
        page.goto(address + path)
        assert page.title() != "taken" and width_of(page) <= 360, path
    assert [u for u in asked if not u.startswith(address)] == []


def test_pages_print(page: Any, address: str) -> None:
    """Printed, a page keeps its quotations and leaves out what only a screen needs."""
    page.goto(f"{address}/pair?a=state:DZA&b=state:MLI")
    page.emulate_media(media="print")
    assert page.locator(".card blockquote").first.is_visible() and not page.locator("nav").is_visible()
    assert not page.locator(".find").is_visible() and len(page.pdf()) > 10_000
