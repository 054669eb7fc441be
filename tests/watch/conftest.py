"""A real HTTP server on this machine that behaves as badly as it is told to."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Handler = Callable[[BaseHTTPRequestHandler], None]
PAGE = "<html><head><title>{t}</title></head><body><article><h1>{t}</h1>{p}</article></body></html>"
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>wire</title>{}</channel></rss>'
ITEM = "<item><title>{t}</title><link>{u}</link><pubDate>Mon, 04 Mar 2024 10:00:00 GMT</pubDate></item>"


def make_page(title: str, *paragraphs: str) -> bytes:
    """An HTML article."""
    return PAGE.format(t=title, p="".join(f"<p>{p}</p>" for p in paragraphs)).encode()


def make_feed(*links: str) -> bytes:
    """An RSS feed of links."""
    return RSS.format("".join(ITEM.format(t=f"Entry {i}", u=u) for i, u in enumerate(links))).encode()


def send(handler: Any, body: bytes = b"", status: int = 200, kind: str = "text/html", **headers: str) -> None:
    """A whole answer; `None`-like lengths are told by `content_length`."""
    handler.send_response(status)
    told = {"content_type": kind, "content_length": str(len(body))} | headers
    for key, value in told.items():
        handler.send_header(key.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


class Site:
    """Paths and what is answered there, and how often and with what each was asked."""

    def __init__(self, port: int) -> None:
        self.home = f"http://127.0.0.1:{port}"
        self.paths: dict[str, Handler] = {"/robots.txt": lambda h: send(h, b"", 404)}
        self.asked: Counter[str] = Counter()
        self.headers: list[dict[str, str]] = []

    def put(self, path: str, body: bytes, kind: str = "text/html", **headers: str) -> str:
        """A path with a plain answer -> its address."""
        self.paths[path] = lambda h: send(h, body, 200, kind, **headers)
        return self.home + path

    def do(self, path: str, handler: Handler) -> str:
        """A path with an answer of its own making -> its address."""
        self.paths[path] = handler
        return self.home + path


@pytest.fixture
def site() -> Iterator[Site]:
    """The server, running."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked[self.path] += 1
            site.headers.append({k.lower(): v for k, v in self.headers.items()} | {"path": self.path})
            with suppress(BrokenPipeError, ConnectionResetError):
                site.paths.get(self.path, lambda h: send(h, b"gone", 404))(self)

        def do_POST(self) -> None:
            self.body = self.rfile.read(int(self.headers.get("content-length") or 0))
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    site = Site(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def feed() -> Callable[..., bytes]:
    """The factory of feeds."""
    return make_feed


@pytest.fixture
def page() -> Callable[..., bytes]:
    """The factory of pages."""
    return make_page


@pytest.fixture
def answer() -> Callable[..., None]:
    """What a handler sends its answer with."""
    return send
