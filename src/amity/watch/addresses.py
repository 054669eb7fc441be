"""Addresses that may be fetched: http and https of the public net, looked at as numbers, so that no name leads inside."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urljoin, urlsplit, urlunsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Prefixes under which an IPv4 address hides in one of IPv6 (NAT64, RFC 6052).
NAT64 = ipaddress.ip_network("64:ff9b::/96")
LONGEST = 2_000


class Refused(Exception):
    """Something that will not be fetched or kept: the reason, and whether a later try may fare better."""

    def __init__(self, reason: str, later: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.later = reason, later


def is_public(told: str) -> bool:
    """Whether an address in numbers belongs to the public net, also where it is wrapped in one of IPv6.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    address: Address = ipaddress.ip_address(told.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
    return address.is_global and not address.is_multicast


def check_url(url: str, base: str = "") -> str:
    """A link, perhaps relative to a base -> the whole address without its fragment; Raises Refused where it may not be fetched."""
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Refused(f"got a broken address ({error})") from None
    if parts.scheme not in ("http", "https") or not host:
        raise Refused(f"got an address of scheme {parts.scheme[:20]!r}, allowed are http and https")
    if parts.username or parts.password:
        raise Refused("got an address with a user or password in it")
    if len(url) > LONGEST or port == 0 or any(ord(c) < 33 for c in parts.netloc):
        raise Refused("got an address that is too long or has signs that none has")
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))


def dial(host: str, port: int, seconds: float, allow_private: bool) -> socket.socket:
    """A connection to a host, to an address that was looked at: what the name means a moment later does not matter."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"got no address for the host {host[:100]} ({error})", later=True) from None
    allowed = [(family, place) for family, _, _, _, place in found if allow_private or is_public(str(place[0]))]
    if not allowed:
        raise Refused(f"got a private address for the host {host[:100]}; allow_private = true lets it be fetched")
    last: OSError = OSError("no address answers")
    for family, place in allowed[:4]:
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.settimeout(seconds)
        try:
            sock.connect(place)
        except OSError as error:
            sock.close()
            last = error
        else:
            return sock
    raise Refused(f"got no answer from {host[:100]} ({last.strerror or last})", later=True)
