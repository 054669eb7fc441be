"""Changes found -> those who want to know: a JSON Lines file, a feed of changes, a webhook; each is told once."""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from amity.watch.addresses import Refused, check_url
from amity.watch.fetching import quote_target
from amity.watch.memory import Memory
from amity.watch.polling import write_whole
from amity.watch.settings import Announced

# Changes shown in the feed of changes.
FEED_LENGTH = 200
WEBHOOK_SECONDS = 10.0
# A change as the memory holds it: number, key, time, record.
Row = tuple[int, str, str, str]
# What XML 1.0 does not allow, even escaped.
NO_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), " ")


def announce(memory: Memory, where: Announced, say: Callable[[str], None]) -> list[str]:
    """Tell every sink what it was not told yet -> a sentence for each that could not be told; it is tried again at the next round."""
    troubles = []
    tell: dict[str, Callable[[Row], None]] = {"terminal": lambda row: say(str(json.loads(row[3])["said"]))}
    if where.jsonl:
        tell["jsonl"] = lambda row: append_line(Path(where.jsonl), row[1], row[3])
    if where.webhook:
        tell["webhook"] = lambda row: post(where.webhook, row[1], row[3])
    for sink, teller in tell.items():
        for row in memory.changes(sink):
            try:
                teller(row)
            except (OSError, Refused, http.client.HTTPException) as error:
                troubles.append(f"{sink}: could not be told ({error}); it is tried again")
                break
            with memory.step():
                memory.set_told(row[0], sink)
    if where.rss:
        try:
            write_rss(Path(where.rss), memory)
        except OSError as error:
            troubles.append(f"rss {where.rss}: could not be written ({error.strerror})")
    return troubles


def append_line(path: Path, key: str, record: str) -> None:
    """Add a change to a file of JSON Lines, unless its last lines hold it: a crash may fall between line and note."""
    tail = b""
    if path.exists():
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 65_536))
            tail = file.read()
    if f'"key": "{key}"'.encode() in tail.rpartition(b"\n")[0]:
        return
    with path.open("ab") as file:
        # A line that a crash left half is ended, so that it harms no other.
        file.write((b"\n" if tail and not tail.endswith(b"\n") else b"") + record.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def post(address: str, key: str, record: str) -> None:
    """Send a change to a webhook; Raises OSError where it is not taken. A repeat bears the same Idempotency-Key.

    The address is the user's own word, so that it may lead inside; redirects are not followed.
    """
    url = urlsplit(check_url(address))
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(url.hostname or "", url.port, timeout=WEBHOOK_SECONDS)
    try:
        target = quote_target(url.path + (f"?{url.query}" if url.query else ""))
        headers = {"Content-Type": "application/json", "Idempotency-Key": key, "User-Agent": "amity"}
        connection.request("POST", target, body=record.encode(), headers=headers)
        answer = connection.getresponse()
        answer.read(1024)
        if not 200 <= answer.status < 300:
            raise OSError(f"it answered {answer.status}")
    finally:
        connection.close()


def write_rss(path: Path, memory: Memory) -> None:
    """All last changes as an RSS feed, newest first, written whole and only where something is new."""
    items = []
    for _, key, found_at, record in reversed(memory.changes(last=FEED_LENGTH)):
        said = escape(json.loads(record)["said"].translate(NO_XML))
        when = format_datetime(datetime.fromisoformat(found_at))
        items.append(f'<item><title>{said}</title><guid isPermaLink="false">{key}</guid><pubDate>{when}</pubDate></item>')
    head = "<title>Changes in alliances</title><link>https://localhost/</link><description>Turns in ties, as amity reads them</description>"
    whole = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>{head}\n{chr(10).join(items)}\n</channel></rss>\n'.encode()
    )
    if not path.exists() or path.read_bytes() != whole:
        write_whole(path, whole)
