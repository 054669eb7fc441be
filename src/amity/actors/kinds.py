"""Parties that no row of the tables is: arms of a side, and parties known by their words only."""

from __future__ import annotations

from amity.actors.names import name_key
from amity.records import Actor

# Noun classes that are sectors of their own, within a government or beside it.
FINER = ("police", "intelligence", "legislature", "judiciary", "media", "criminal", "business", "religious", "medical", "education")
# Words of quantity or rank that stand before a party and are no part of its name.
_QUANTITY = frozenset({"a", "about", "all", "an", "any", "around", "at", "dozens", "estimated", "few", "hundreds", "least", "many"}) | {
    *("more", "most", "nearly", "numerous", "of", "other", "senior", "several", "some", "than", "the", "these", "those", "thousands"),
    *("to", "top", "up"),
}


def unknown_actor(words: str, sector: str = "", anonymous: bool = False, side: Actor | None = None) -> Actor:
    """Words -> an actor that no table knows, named by them; its own side unless one is told."""
    pieces = words.split()
    while len(pieces) > 1 and (pieces[0].lower() in _QUANTITY or pieces[0][0].isdigit()):
        pieces = pieces[1:]
    name = " ".join(pieces)
    own = "unknown:" + (name_key(name).replace(" ", "-") or "party")
    return Actor(own, name, side.side_id if side else own, side.side if side else name, sector, known=False, anonymous=anonymous)


def arm_of(side: Actor, sector: str) -> Actor:
    """A side and a sector -> the side's government (the side itself) or another arm of it."""
    if sector == "government" or not side.side_id.startswith("state:"):
        return Actor(side.side_id, side.side, side.side_id, side.side, sector)
    return Actor(f"{side.side_id}/{sector}", f"{side.side} ({sector})", side.side_id, side.side, sector)


def finer_sector(classes: frozenset[str], sector: str) -> str:
    """The narrowest sector that the classes of a noun name, else the one given.

    >>> finer_sector(frozenset({"government", "judiciary"}), "government")
    'judiciary'
    """
    return next((s for s in FINER if s in classes), sector)


def sector_of(classes: frozenset[str]) -> str:
    """Noun classes -> the sector of a party known by its words only."""
    if "opposition" in classes:
        return "opposition"
    finer = finer_sector(classes, "")
    if finer:
        return finer
    for name in ("group", "military"):
        if name in classes:
            return "armed" if name == "group" else "military"
    return "civil" if "civil" in classes else ""
