"""Bytes of an RSS or Atom feed -> its entries; whatever is in them is hostile until it was looked at."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from amity.watch.addresses import Refused, check_url

# Kinds of content under which feeds are served, by the beginnings of their MIME types.
FEED_KINDS = ("application/rss", "application/atom", "application/xml", "text/xml", "application/rdf", "text/plain", "text/html")
# An entity defined in the feed itself: feeds have none, bombs do.
ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its address, title, day of publication (or nothing), and what changes when the entry does."""

    url: str
    title: str
    published: str
    mark: str


def read_feed(body: bytes, url: str, most: int) -> list[Entry]:
    """A feed's bytes and address -> at most so many entries, those without a usable address left out; Raises Refused for no feed."""
    import feedparser

    if ENTITY.search(body):
        raise Refused("got a feed that defines entities, which no feed does")
    try:
        found = feedparser.parse(io.BytesIO(body), response_headers={"content-location": url}, sanitize_html=False)
    except Exception as error:  # a parser of anything at all may fail in any way
        raise Refused(f"got a feed that cannot be read ({type(error).__name__})", later=True) from None
    if not found.entries and not found.get("version"):
        raise Refused(f"got no RSS or Atom ({str(found.get('bozo_exception', 'no entries'))[:80]})", later=True)
    return list({entry.url: entry for row in found.entries[:most] if (entry := read_entry(row, url))}.values())


def read_entry(row: Any, base: str) -> Entry | None:
    """One entry as parsed -> the record, None where it leads nowhere that may be fetched."""
    try:
        url = check_url(str(row.get("link") or ""), base)
    except Refused:
        return None
    # A link that the parser found unsafe comes back as the feed's own address.
    if url == base or not row.get("link"):
        return None
    title = CONTROLS.sub(" ", str(row.get("title") or "")).strip()[:LONGEST_TITLE]
    return Entry(url, title, day_of(row.get("published_parsed")), str(dict.get(row, "updated") or dict.get(row, "published") or "")[:40])


def day_of(parsed: Any) -> str:
    """A parsed time -> its day, or nothing where there is none or the calendar has no such day."""
    try:
        return date(*parsed[:3]).isoformat() if parsed else ""
    except (ValueError, TypeError):
        return ""
