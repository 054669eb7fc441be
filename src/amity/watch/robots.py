"""robots.txt of a host -> what may be fetched and how often, as RFC 9309 has it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from amity.watch.addresses import Refused
from amity.watch.fetching import Ask, fetch
from amity.watch.settings import Limits

# What is read of a robots.txt at most, and how long it holds (RFC 9309, 2.4 and 2.5).
MOST_BYTES = 500_000
HOLDS_SECONDS = 86_400.0
# Longest pause between two fetches that a host can ask for (seconds): at more nothing would ever be read.
LONGEST_PAUSE = 60.0
# What stands for a host that could not be asked: nothing may be fetched for now.
SHUT = "User-agent: *\nDisallow: /\n"


@dataclass(frozen=True, slots=True)
class Rules:
    """The text of a host's robots.txt, and whether it is what the host said or stands for its silence."""

    text: str
    said: bool

    def allows(self, url: str) -> bool:
        """Whether amity may fetch an address."""
        return bool(self._parsed().can_fetch(url, "amity"))

    def pause(self) -> float:
        """Seconds between two fetches that the host asks for."""
        return min(float(self._parsed().crawl_delay("amity") or 0.0), LONGEST_PAUSE)

    def _parsed(self) -> Any:
        from protego import Protego

        return Protego.parse(self.text)


def host_of(url: str) -> str:
    """Scheme, host and port: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def ask_rules(ask: Ask, limits: Limits) -> Rules:
    """An ask -> the rules of its host: without a robots.txt all is allowed, where the host does not answer nothing is for now."""
    asked = replace(ask, url=host_of(ask.url) + "/robots.txt", kinds=(), etag="", modified="")
    try:
        found = fetch(asked, replace(limits, bytes=MOST_BYTES))
    except Refused as refused:
        return Rules(SHUT, False) if refused.later else Rules("", True)
    return Rules(found.body.decode("utf-8", "replace"), True)
