"""Fetching from a server that misbehaves: every bound holds, every reason is told, nothing hangs."""

from __future__ import annotations

import gzip
import time
from typing import Any

import pytest

from amity.watch.addresses import Refused, check_url, is_public
from amity.watch.fetching import Ask, fetch
from amity.watch.robots import ask_rules
from amity.watch.settings import Limits

LIMITS = Limits(bytes=100_000, seconds=1.0, redirects=3)


def ask(url: str, **more: Any) -> Ask:
    """An ask that may go to this machine."""
    return Ask(url, ("text/html",), allow_private=True, **more)


def refusal(url: str, **more: Any) -> Refused:
    """Why an address is not fetched; it must not take much longer than it may."""
    start = time.monotonic()
    with pytest.raises(Refused) as told:
        fetch(ask(url, **more), LIMITS)
    assert time.monotonic() - start < LIMITS.seconds + 2.0
    return told.value


def test_a_page_is_fetched_with_its_marks(site: Any, answer: Any) -> None:
    """Body, headers and final address come back; what is known is told to the server, which then sends nothing."""

    def known(handler: Any) -> None:
        same = handler.headers.get("If-None-Match") == '"1"'
        answer(handler, b"" if same else b"<p>hello", 304 if same else 200, etag='"1"')

    url = site.do("/a", known)
    found = fetch(ask(url), LIMITS)
    assert (found.body, found.kind, found.header("etag"), found.url) == (b"<p>hello", "text/html", '"1"', url)
    again = fetch(ask(url, etag='"1"'), LIMITS)
    assert (again.status, again.body) == (304, b"")
    assert site.headers[0]["user-agent"] == "amity" and "if-none-match" not in site.headers[0]


def test_gzip_is_unpacked_and_bombs_are_refused(site: Any) -> None:
    """What is packed comes unpacked; what unpacks beyond the bounds, is broken, cut off or packed otherwise is refused."""
    text = b"<p>" + b"news " * 1000
    assert fetch(ask(site.put("/gz", gzip.compress(text), content_encoding="gzip")), LIMITS).body == text
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < LIMITS.bytes
    cases = {
        "unpacks to more than": (bomb, "gzip"),
        "broken gzip": (b"not gzip at all", "gzip"),
        "cut off": (gzip.compress(text)[:-9], "gzip"),
        "packed as br": (b"x", "br"),
    }
    for number, (words, (body, packing)) in enumerate(cases.items()):
        assert words in refusal(site.put(f"/{number}", body, content_encoding=packing)).reason


def drip(handler: Any) -> None:
    """One byte of the body now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.1)


def drip_head(handler: Any) -> None:
    """One byte of the head now and then, for ever: each comes well within any wait for a single one."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def flood(handler: Any) -> None:
    """More and more without a length."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b"x" * 65_536)


@pytest.mark.parametrize(("handler", "words"), [(drip, "within 1 seconds"), (drip_head, "within 1 seconds"), (flood, "more than 100,000")])
def test_slow_and_endless_answers_end(site: Any, handler: Any, words: str) -> None:
    """A dripping body, a dripping head and a flood without length are cut off in time."""
    assert words in refusal(site.do("/bad", handler)).reason


def test_bad_answers_are_told(site: Any, answer: Any) -> None:
    """Wrong kinds, lengths, statuses, heads and redirects, each with whether a later try may fare better."""
    cases: list[tuple[str, bool, Any]] = [
        ("kind application/pdf", False, lambda h: answer(h, b"%PDF", kind="application/pdf")),
        ("200,000 bytes", False, lambda h: answer(h, b"x" * 200_000)),
        ("broken answer", True, lambda h: answer(h, b"short", content_length="50")),
        ("404", False, lambda h: answer(h, b"", 404)),
        ("503", True, lambda h: answer(h, b"", 503)),
        ("broken answer", True, lambda h: h.wfile.write(b"SSH-2.0-nonsense\r\n")),
        ("broken answer", True, lambda h: h.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 5000)),
        ("304", True, lambda h: answer(h, b"", 304)),
        ("redirects", False, lambda h: answer(h, b"", 302, location=h.path)),
        ("scheme 'file'", False, lambda h: answer(h, b"", 302, location="file:///etc/passwd")),
        ("scheme 'gopher'", False, lambda h: answer(h, b"", 301, location="gopher://127.0.0.1:25/x")),
        ("user or password", False, lambda h: answer(h, b"", 307, location="http://root:x@127.0.0.1/")),
    ]
    for number, (words, later, handler) in enumerate(cases):
        found = refusal(site.do(f"/{number}", handler))
        assert words in found.reason and found.later is later, (number, found.reason)
    assert site.asked["/8"] == LIMITS.redirects + 1


def test_a_server_that_asks_for_patience_gets_it(site: Any, answer: Any) -> None:
    """Retry-After is kept with the reason."""
    found = refusal(site.do("/busy", lambda h: answer(h, b"", 429, retry_after="120")))
    assert getattr(found, "seconds", 0) == 120.0


def test_nothing_inside_is_fetched(site: Any, answer: Any) -> None:
    """This machine, private nets, cloud metadata and their disguises are refused before anything is sent, after redirects too."""
    inside = site.put("/secret", b"<p>secret")
    port = inside.rsplit(":", 1)[1]
    for url in (inside, f"http://localhost:{port}", f"http://[::ffff:127.0.0.1]:{port}", f"http://2130706433:{port}", f"http://0:{port}"):
        with pytest.raises(Refused, match=r"private address|no address"):
            fetch(Ask(url), LIMITS)
    assert not site.asked
    for told in ("10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "fd00::1", "fe80::1", "::", "64:ff9b::a00:1"):
        assert not is_public(told), told
    for told in ("2002:7f00:1::", "::ffff:169.254.169.254", "224.0.0.1", "ff02::1", "0.0.0.0", "255.255.255.255"):
        assert not is_public(told), told
    assert is_public("1.1.1.1") and is_public("2606:4700:4700::1111")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//", "http://", "http://[::1", "http://a:99999/", "http://a b/", "ftp://a/b", ""]
)
def test_addresses_that_are_none(url: str) -> None:
    """Links that lead nowhere are refused by their form alone."""
    with pytest.raises(Refused):
        check_url(url)


def test_robots_are_obeyed(site: Any, answer: Any) -> None:
    """Paths, wildcards and pauses of robots.txt hold; none means all, one that cannot be had means nothing for now."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private\nDisallow: /*.php$\nCrawl-delay: 7\n", "text/plain")
    rules = ask_rules(ask(site.home + "/x"), LIMITS)
    assert [rules.allows(site.home + p) for p in ("/a", "/private/a", "/a.php", "/a.php?x")] == [True, False, False, True]
    assert rules.pause() == 7.0
    site.do("/robots.txt", lambda h: answer(h, b"", 404))
    assert ask_rules(ask(site.home + "/x"), LIMITS).allows(site.home + "/private")
    site.do("/robots.txt", lambda h: answer(h, b"", 503))
    rules = ask_rules(ask(site.home + "/x"), LIMITS)
    assert not rules.allows(site.home + "/a") and not rules.said
    site.put("/robots.txt", b"\xff\x00" * 40_000, "text/plain")
    assert ask_rules(ask(site.home + "/x"), LIMITS).allows(site.home + "/a")
