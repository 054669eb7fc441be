"""An address -> its bytes, or the reason why not: bounded in bytes, seconds and redirects, each hop looked at anew."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from amity.watch.addresses import Refused, check_url, dial
from amity.watch.settings import Limits

PIECE = 65_536
# Answers after which a later try may fare better; all others of 400 and above are final.
LATER = frozenset({408, 423, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Longest wait that a server may ask for with Retry-After (seconds).
LONGEST_WAIT = 86_400.0


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for: the address, the kinds of content that are taken (beginnings of the MIME type), marks of what is known."""

    url: str
    kinds: tuple[str, ...] = ()
    etag: str = ""
    modified: str = ""
    allow_private: bool = False
    agent: str = "amity"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: where it came from in the end, its status (200 or 304), headers in lower case, bytes as unpacked."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)

    def header(self, name: str) -> str:
        """The first header of a name in lower case, or nothing."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def kind(self) -> str:
        """The MIME type in lower case, without its parameters."""
        return self.header("content-type").partition(";")[0].strip().lower()


class Asked(Refused):
    """A server that asks to be left alone for so many seconds."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason, later=True)
        self.seconds = seconds


def fetch(ask: Ask, limits: Limits) -> Fetched:
    """Fetch an address, following redirects; Raises Refused with the reason where anything is out of bounds."""
    url, deadline = check_url(ask.url), time.monotonic() + limits.seconds
    for _ in range(limits.redirects + 1):
        answer = fetch_once(url, ask, limits, deadline)
        if isinstance(answer, Fetched):
            return answer
        url = check_url(answer, url)
    raise Refused(f"got more than {limits.redirects} redirects, the last to {url[:200]}")


def fetch_once(url: str, ask: Ask, limits: Limits, deadline: float) -> Fetched | str:
    """One request -> the answer, or where it redirects to."""
    try:
        with open_connection(url, ask, deadline) as connection:
            parts = urlsplit(url)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", quote_target(target), headers=headers_of(ask))
            answer = connection.getresponse()
            if answer.status in REDIRECTS and answer.getheader("location"):
                return str(answer.getheader("location"))
            check_answer(answer, ask, limits)
            body = b"" if answer.status == 304 else b"".join(unpack(read_pieces(answer, limits), answer, limits))
            if time.monotonic() >= deadline:
                raise TimeoutError  # a connection that was cut looks like one that came to its end
            headers = tuple((key.lower(), value) for key, value in answer.getheaders())
            return Fetched(url, answer.status, answer.reason, headers, body)
    except (http.client.HTTPException, ssl.SSLError, ValueError, OSError) as error:
        if time.monotonic() >= deadline:
            raise Refused(f"got no whole answer within {limits.seconds:g} seconds", later=True) from None
        raise Refused(f"got a broken answer ({type(error).__name__}: {str(error)[:100]})", later=True) from None


@contextmanager
def open_connection(url: str, ask: Ask, deadline: float) -> Iterator[http.client.HTTPConnection]:
    """A connection that is cut at the deadline, however slowly the other side drips."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    held = [dial(host, port, left, ask.allow_private)]
    cut = threading.Timer(max(0.0, deadline - time.monotonic()), cut_off, (held,))
    cut.daemon = True
    cut.start()
    connection = http.client.HTTPConnection(host, port, timeout=left)
    try:
        if parts.scheme == "https":
            # The plain socket is of no use once it is wrapped, so that the one to cut is exchanged before the handshake.
            safe = ssl.create_default_context().wrap_socket(held[0], server_hostname=host, do_handshake_on_connect=False)
            held[0] = safe
            safe.do_handshake()
        connection.sock = held[0]
        yield connection
    finally:
        cut.cancel()
        connection.close()
        held[0].close()


def cut_off(held: list[socket.socket]) -> None:
    """End a connection from another thread, so that whoever reads it stops."""
    with suppress(OSError):
        held[0].shutdown(socket.SHUT_RDWR)


def quote_target(target: str) -> str:
    """A path and query as they may stand in a request line: no blanks, no controls, no bare letters beyond ASCII.

    >>> quote_target("/a b/ä?x=\\r\\n")
    '/a%20b/%C3%A4?x=%0D%0A'
    """
    return "".join(chr(b) if 33 <= b <= 126 else f"%{b:02X}" for b in target.encode("utf-8", "surrogatepass"))


def headers_of(ask: Ask) -> dict[str, str]:
    """What a request tells of itself and of what is known already."""
    told = {"User-Agent": ask.agent, "Accept-Encoding": "gzip", "Accept": "*/*", "Connection": "close"}
    known = {"If-None-Match": ask.etag, "If-Modified-Since": ask.modified}
    return told | {key: value for key, value in known.items() if value and value.isprintable() and value.isascii()}


def check_answer(answer: http.client.HTTPResponse, ask: Ask, limits: Limits) -> None:
    """Refuse an answer by its head alone: status, kind of content, length told."""
    if answer.status in LATER:
        raise Asked(f"got the answer {answer.status} {answer.reason[:60]}", read_wait(answer.getheader("retry-after") or ""))
    if answer.status not in (200, 304):
        raise Refused(f"got the answer {answer.status} {answer.reason[:60]}")
    if answer.status == 304 and not (ask.etag or ask.modified):
        raise Refused("got the answer 304 to a question without a mark", later=True)
    kind = (answer.getheader("content-type") or "").partition(";")[0].strip().lower()
    if answer.status == 200 and ask.kinds and kind and not kind.startswith(ask.kinds):
        raise Refused(f"got content of kind {kind[:60]}, allowed are {', '.join(ask.kinds)}")
    length = answer.getheader("content-length") or ""
    if length.isascii() and length.isdigit() and int(length[:18]) > limits.bytes:
        raise Refused(f"got {int(length[:18]):,} bytes, allowed are {limits.bytes:,}")


def read_wait(told: str) -> float:
    """Retry-After -> seconds, 0 where it tells none; a date is taken for an hour.

    >>> read_wait("120"), read_wait("Fri, 31 Dec 1999 23:59:59 GMT"), read_wait("9" * 99)
    (120.0, 3600.0, 86400.0)
    """
    if told.isascii() and told.isdigit():
        return min(float(told[:9]), LONGEST_WAIT)
    return 3600.0 if told else 0.0


def read_pieces(answer: http.client.HTTPResponse, limits: Limits) -> Iterator[bytes]:
    """The bytes as they come, as long as they are within bounds; Raises Refused, or IncompleteRead where the end is missing."""
    size, told = 0, answer.length
    while piece := answer.read1(PIECE):
        size += len(piece)
        if size > limits.bytes:
            raise Refused(f"got more than {limits.bytes:,} bytes")
        yield piece
    if told is not None and size < told:
        raise http.client.IncompleteRead(b"", told - size)


def unpack(pieces: Iterator[bytes], answer: http.client.HTTPResponse, limits: Limits) -> Iterator[bytes]:
    """Pieces -> pieces without their gzip; what unpacks beyond the bounds is refused before it is held."""
    packed = (answer.getheader("content-encoding") or "identity").strip().lower()
    if packed in ("identity", ""):
        yield from pieces
        return
    if packed not in ("gzip", "x-gzip"):
        raise Refused(f"got content packed as {packed[:30]}, allowed is gzip")
    unpacker, size = zlib.decompressobj(wbits=31), 0
    try:
        for piece in pieces:
            while piece:
                out = unpacker.decompress(piece, PIECE)
                size += len(out)
                if size > limits.bytes:
                    raise Refused(f"got gzip data that unpacks to more than {limits.bytes:,} bytes")
                yield out
                piece = unpacker.unconsumed_tail
    except zlib.error as error:
        raise Refused(f"got broken gzip data ({error})", later=True) from None
    if not unpacker.eof:
        raise Refused("got gzip data that is cut off", later=True)
