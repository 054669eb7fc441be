"""Pictures of the desk and the report: `python docs/screenshots.py REPORTS FOLDER` reads reports and writes a PNG of each page.

Needs the extra `amity[desk]`, playwright and the system's Chromium. Pages are cut at 1,500 pixels.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

WIDE, HIGH = 1280, 1500
PAGES = {
    "changes": "/", "ties": "/ties", "network": "/network", "incidents": "/incidents", "standings": "/standings", "blocs": "/blocs",
    "outlook": "/outlook", "sources": "/sources", "claims": "/claims", "documents": "/documents", "review": "/review",
    "actors": "/review/actors", "search": "/search?q=said", "upload": "/upload", "method": "/method",
}  # fmt: skip


def main(reports: Path, folder: Path) -> None:
    """Read the reports, open the desk on them, and take its pictures and that of the report."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        amity = [sys.executable, "-m", "amity.cli", "--ledger", f"{place}/desk.db"]
        subprocess.run([*amity, "--quiet", "read", str(reports)], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*amity, "report", "-o", f"{place}/report.html"], check=True, stdout=subprocess.DEVNULL)
        port = find_port()
        desk = subprocess.Popen([*amity, "serve", "--port", str(port), "--who", "analyst"], stdout=subprocess.DEVNULL)
        try:
            take_all(f"http://127.0.0.1:{port}", Path(place) / "report.html", folder)
        finally:
            desk.terminate()
            desk.wait(30)


def find_port() -> int:
    """A port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def take_all(address: str, report: Path, folder: Path) -> None:
    """Every page of the desk, and the report, as pictures."""
    from playwright.sync_api import sync_playwright

    chromium = next(p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name)))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, chromium_sandbox=False, args=["--disable-gpu", "--disable-quic"])
        page = browser.new_page(viewport={"width": WIDE, "height": 900})
        page.set_default_timeout(120_000)
        wait_for(page, address)
        for name, path in (PAGES | find_own(page, address)).items():
            take(page, address + path, folder / f"{name}.png")
        take(page, report.as_uri(), folder / "report.png")
        browser.close()


def wait_for(page: Any, address: str) -> None:
    """Until the desk answers."""
    for _ in range(600):
        try:
            page.request.get(address + "/upload")
            return
        except Exception:
            time.sleep(0.2)


def find_own(page: Any, address: str) -> dict[str, str]:
    """Addresses of the pair told of most, its first party, the first incident, the newest claim and its document."""
    tie = page.request.get(address + "/ties.json").json()[0]
    claim = page.request.get(address + "/claims.json").json()["claims"][0]
    incidents = page.request.get(address + "/incidents.json").json()
    found = {"pair": f"/pair?a={tie['a']}&b={tie['b']}", "party": f"/party?id={tie['a']}"}
    found |= {"claim": f"/claim/{claim['id']}", "document": f"/document/{claim['document_id']}"}
    return found | ({"incident": f"/incident/{incidents[0]['id']}"} if incidents else {})


def take(page: Any, address: str, path: Path) -> None:
    """One page -> its picture."""
    page.goto(address)
    high = min(HIGH, page.evaluate("document.documentElement.scrollHeight"))
    page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": WIDE, "height": high})
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
