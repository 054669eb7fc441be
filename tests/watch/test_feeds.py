"""Feeds of every form and every kind of damage: what leads somewhere is found, nothing is believed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.watch.addresses import Refused
from amity.watch.feeds import read_feed

HOME = "https://news.example.org/feeds/wire.xml"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>w</title><entry><title>One</title><id>1</id>'
    '<link href="../a.html"/><updated>2024-03-05T10:00:00Z</updated></entry></feed>'
)


def test_rss_and_atom_are_read(feed: Any) -> None:
    """Relative and absolute links, titles and days are taken from both forms."""
    found = read_feed(feed("https://a.example/1", "/2"), HOME, 10)
    assert [(e.url, e.title, e.published) for e in found] == [
        ("https://a.example/1", "Entry 0", "2024-03-04"),
        ("https://news.example.org/2", "Entry 1", "2024-03-04"),
    ]
    atom = read_feed(ATOM.encode(), HOME, 10)
    assert [(e.url, e.mark) for e in atom] == [("https://news.example.org/a.html", "2024-03-05T10:00:00Z")]


def test_links_that_lead_nowhere_are_left_out(feed: Any) -> None:
    """Scripts, files, mail and broken addresses are no pages; one link twice is one."""
    links = ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.c", "http://[", "https://a.example/x#1", "https://a.example/x#2"]
    assert [e.url for e in read_feed(feed(*links), HOME, 10)] == ["https://a.example/x"]


def test_damage_and_bombs_are_told(feed: Any) -> None:
    """What is no feed, defines entities or is empty is refused; one that breaks off gives what came before."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]><rss><channel><title>&c;</title></channel></rss>'
    for body, words in ((b"<html><p>hello</p></html>", "no RSS"), (b"", "no RSS"), (b"\x00\xff" * 500, "no RSS"), (bomb, "entities")):
        with pytest.raises(Refused, match=words):
            read_feed(body, HOME, 10)
    whole = feed("https://a.example/1", "https://a.example/2")
    assert [e.url for e in read_feed(whole[: whole.rindex(b"<pubDate>")], HOME, 10)][:1] == ["https://a.example/1"]


def test_what_steers_a_terminal_is_taken_out_of_titles(feed: Any) -> None:
    """Controls and signs that turn the direction of writing do not reach anybody's screen."""
    body = feed("https://a.example/1").replace(b"Entry 0", "A\u202eB\u2066C".encode())
    assert read_feed(body, HOME, 10)[0].title == "A B C"


def test_no_more_entries_than_allowed(feed: Any) -> None:
    """A feed of thousands is read to the bound."""
    assert len(read_feed(feed(*(f"https://a.example/{i}" for i in range(300))), HOME, 50)) == 50


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 400))
def test_no_bytes_crash_it(noise: bytes, start: int, end: int) -> None:
    """Any damage to a feed gives entries or one reason."""
    body = ATOM.encode()
    try:
        found = read_feed(body[:start] + noise + body[end:], HOME, 10)
    except Refused:
        return
    assert all(e.url.startswith(("http://", "https://")) for e in found)
