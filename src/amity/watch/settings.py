"""feeds.toml -> what is watched, how far a fetch may go, and where changes are announced."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from amity.errors import BadInput, suggest

SourceKind = Literal["feed", "folder", "pipe"]
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}")
# Seconds between two looks at a source below which servers feel it.
LEAST_EVERY = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one fetch may go: bytes (unpacked too), seconds in all, redirects, entries of a feed.

    `pause` is the seconds between two fetches from one host.
    """

    bytes: int = 5_000_000
    seconds: float = 30.0
    redirects: int = 5
    entries: int = 500
    pause: float = 2.0

    def __post_init__(self) -> None:
        for entry in fields(self):
            if getattr(self, entry.name) < 0:
                raise BadInput(f"watch [limits]: got {entry.name} = {getattr(self, entry.name)}, allowed is 0 or more")


@dataclass(frozen=True, slots=True)
class Watched:
    """One source: a feed's address, a folder, or a growing file or pipe of JSON Lines; looked at every so many seconds."""

    name: str
    kind: SourceKind
    place: str
    every: float
    allow_private: bool = False
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Announced:
    """Where changes go besides the terminal; empty for nowhere. Files are beside feeds.toml unless their path says otherwise."""

    jsonl: str = ""
    rss: str = ""
    webhook: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of feeds.toml; `contact` is told to servers, so that they can complain to somebody."""

    sources: tuple[Watched, ...]
    limits: Limits = field(default_factory=Limits)
    announce: Announced = field(default_factory=Announced)
    contact: str = ""


def read_settings(path: Path) -> Settings:
    """A TOML file -> settings; Raises BadInput, with the line or the key, where it cannot be used."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(f"watch {path}: there is no such file; docs/watch.md shows one") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"watch {path}: is no TOML ({error}); docs/watch.md shows one") from None
    check_keys(told, {"feed", "folder", "pipe", "limits", "announce", "contact", "every"}, str(path))
    every, home = told.get("every", 900), path.absolute().parent
    given = [(kind, row) for kind in ("feed", "folder", "pipe") for row in rows_of(told, kind)]
    sources = tuple(read_source(kind, row, every, home) for kind, row in given)
    if not sources:
        raise BadInput(f"watch {path}: got no source, allowed are [[feed]], [[folder]] and [[pipe]]")
    names = [source.name for source in sources]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadInput(f"watch {path}: got the name {twice[0]} twice; give each source a name of its own")
    announce = make_record(Announced, told.get("announce", {}), "[announce]")
    near = {key: str(home / getattr(announce, key)) for key in ("jsonl", "rss") if getattr(announce, key)}
    limits = make_record(Limits, told.get("limits", {}), "[limits]")
    return Settings(sources, limits, Announced(**{"webhook": announce.webhook, **near}), str(told.get("contact", "")))


def rows_of(told: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    """The tables of a kind."""
    rows = told.get(kind, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadInput(f"watch: got {kind} as {type(rows).__name__}, allowed is [[{kind}]] with two brackets")
    return rows


def read_source(kind: Any, row: dict[str, Any], every: Any, home: Path) -> Watched:
    """One table -> the source."""
    key = "url" if kind == "feed" else "path"
    check_keys(row, {"name", key, "every", "allow_private", "robots"}, f"[[{kind}]]")
    place = row.get(key)
    if not isinstance(place, str) or not place:
        raise BadInput(f'watch [[{kind}]]: got no {key}; give {key} = "..."')
    if kind == "feed" and urlsplit(place).scheme not in ("http", "https"):
        raise BadInput(f"watch [[feed]]: got {place!r}, allowed is an address that begins with http:// or https://")
    name = str(row.get("name") or re.sub(r"[^A-Za-z0-9_.-]{1,60}", "-", place).strip("-.")[:60])
    if not NAME.fullmatch(name):
        raise BadInput(f"watch [[{kind}]]: got the name {name!r}, allowed are letters, digits, dots and dashes")
    wait = row.get("every", every if kind == "feed" else 10)
    if not isinstance(wait, int | float) or wait < (LEAST_EVERY if kind == "feed" else 0):
        raise BadInput(f"watch {name}: got every = {wait!r}, allowed are {LEAST_EVERY} seconds or more")
    whole = place if kind == "feed" else str(home / place)
    return Watched(name, kind, whole, float(wait), bool(row.get("allow_private", False)), bool(row.get("robots", True)))


def check_keys(row: Mapping[str, Any], allowed: set[str], where: str) -> None:
    """Refuse a key that nothing reads: it would be thought to work."""
    for key in row:
        if key not in allowed:
            raise BadInput(f"watch {where}: got the key {key!r}, allowed are {', '.join(sorted(allowed))}{suggest(key, allowed)}")


def make_record(kind: Any, row: Mapping[str, Any], where: str) -> Any:
    """A table -> the record with those fields."""
    kinds = {entry.name: (str,) if kind is Announced else (int, float) for entry in fields(kind)}
    check_keys(row, set(kinds), where)
    for key, value in row.items():
        if not isinstance(value, kinds[key]):
            raise BadInput(f"watch {where}: got {key} = {value!r}, allowed is {'a text' if kind is Announced else 'a number'}")
    return kind(**row)
