"""Names and codes of other people's actors -> parties, through the tables of actors; those not known keep their own name."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from amity.records import Actor, RowParty

TABLES = Path(__file__).resolve().parent.parent / "tables"
# "Police (Kenya)", "Civilians (Iran)": a role and a land.
ROLE_OF = re.compile(r"([^()]{1,120}) \(([^()]{2,80})\)")
WORDS = re.compile(r"[^\W_]+(?:/[^\W_]+)?")
PLAIN = re.compile(r"[^a-z0-9]+")


class Names(Protocol):
    """The tables of who is who, as this room sees them."""

    def find(self, name: str, day: str | None = None) -> Actor | None:
        """The actor that goes by a name on a day."""

    def get(self, id: str, day: str | None = None) -> Actor | None:
        """The actor with an id."""


@lru_cache(maxsize=1)
def read_sectors() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """`sectors.yaml` -> sector by word, sector by CAMEO role code, and the words of those who stand apart from the state."""
    import yaml

    with (TABLES / "exchange" / "sectors.yaml").open(encoding="utf-8") as stream:
        table: dict[str, Any] = yaml.safe_load(stream)
    apart = frozenset(table.pop("apart").split())
    by_word = {w: sector for sector, row in reversed(table.items()) for w in row["words"].split()}
    return by_word, {c: sector for sector, row in table.items() for c in row["codes"].split()}, apart


@lru_cache(maxsize=1)
def read_names() -> dict[str, str]:
    """`names.csv`: spellings of lands and groups peculiar to datasets -> ids."""
    with (TABLES / "exchange" / "names.csv").open(encoding="utf-8", newline="") as stream:
        return {r["name"].casefold(): r["id"] for r in csv.DictReader(stream)}


@lru_cache(maxsize=4)
def read_actor_codes(scheme: str) -> dict[str, str]:
    """`actor_codes.csv`: letters that a scheme gives to lands and bodies, other than ISO 3166 -> ids."""
    with (TABLES / "exchange" / "actor_codes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    # The scheme's own letters go before those of CAMEO.
    return {r["code"]: r["id"] for wanted in ("cameo", scheme) for r in rows if r["scheme"] == wanted}


def sector_of(words: str) -> str:
    """Words of a role -> the arm of a state that they name, or nothing where they act for no state.

    >>> sector_of("Member of Parliament"), sector_of("Military Personnel"), sector_of("Armed Opposition Party")
    ('legislature', 'military', '')
    """
    by_word, _, apart = read_sectors()
    found = WORDS.findall(words.lower())
    if apart & set(found):
        return ""
    return next((by_word[w] for w in found if w in by_word), "")


class Namer:
    """Parties by what datasets call them; counts the names it could not place in `unmapped`."""

    def __init__(self, names: Names, overrides: dict[str, str] | None = None) -> None:
        self.names = names
        self.overrides = {k.casefold(): v for k, v in (overrides or {}).items()}
        self.unmapped: Counter[str] = Counter()
        self.fixed: dict[tuple[str, ...], tuple[RowParty, bool]] = {}
        self.persons: dict[tuple[str, str], RowParty] = {}
        self.dated: set[str] = set()

    def name(self, words: str, day: str, country: str = "", role: str = "") -> RowParty:
        """A name (with the land and role that the row gives beside it) on a day -> the party.

        The tables decide; then "Role (Land)"; then land and role of the row; else the name itself, unmapped.
        """
        if words in self.dated:
            found = self.persons.get((words, day))
            if found is None:
                actor = self.names.find(words, day)
                found = self.persons[words, day] = party_of(actor, words) if actor else self._unknown(words)
            return found
        key = (words, country, role)
        held = self.fixed.get(key)
        if held is None:
            held = self.fixed[key] = self._find(words, day, country, role)
        if not held[1]:
            self.unmapped[words] += 1
        return held[0]

    def code(self, code: str, scheme: str, words: str) -> RowParty:
        """An actor code (USAGOV, HEZ) of CAMEO or KEDS, and the words that stand for it -> the party."""
        key = (scheme, code, words)
        held = self.fixed.get(key)
        if held is None:
            held = self.fixed[key] = self._decode(code, scheme, words)
        if not held[1]:
            self.unmapped[code] += 1
        return held[0]

    def _find(self, words: str, day: str, country: str, role: str) -> tuple[RowParty, bool]:
        actor = self._known(words, day)
        if actor:
            if actor.id.startswith("person:"):
                self.dated.add(words)
            return party_of(actor, words), True
        match = ROLE_OF.fullmatch(words)
        if match and (land := self._known(match.group(2), day)):
            return self._arm(land, match.group(1), words), True
        land = self._known(country, day) if country else None
        if land and land.side_id.startswith("state:") and sector_of(role):
            return RowParty(own_id(words), words, land.side, land.side_id, words), True
        return self._unknown(words), False

    def _known(self, words: str, day: str) -> Actor | None:
        id = self.overrides.get(words.casefold()) or read_names().get(words.casefold())
        return (self.names.get(id) or Actor(id, words, id, words, "")) if id else self.names.find(words, day)

    def _arm(self, land: Actor, role: str, words: str) -> RowParty:
        sector = sector_of(role)
        if not sector or not land.side_id.startswith("state:"):
            return self._unknown(words)
        if sector == "government":
            return RowParty(land.side_id, land.side, land.side, land.side_id, words)
        return RowParty(f"{land.side_id}/{sector}", f"{land.side} ({sector})", land.side, land.side_id, words)

    def _unknown(self, words: str) -> RowParty:
        own = own_id(words)
        return RowParty(own, words, words, own, words)

    def _decode(self, code: str, scheme: str, words: str) -> tuple[RowParty, bool]:
        id = self.overrides.get(code.casefold())
        if id:
            return party_of(self.names.get(id) or Actor(id, code, id, code, ""), words), True
        known, (_, roles, _) = read_actor_codes(scheme), read_sectors()
        # A group named after its land's letters (SYRREBHEZ) speaks for itself.
        for n in range(3, len(code) - 2, 3):
            group = self.names.get(known.get(code[n : n + 3], ""))
            if group and not group.side_id.startswith("state:"):
                return party_of(group, words), True
        land = self.names.get(known.get(code[:3], "")) or self.names.get(f"state:{code[:3]}")
        if land is None:
            unknown = self._unknown(code)
            return unknown._replace(words=words, name=words or code, side=words or code), False
        rest = [code[n : n + 3] for n in range(3, len(code), 3)]
        if not rest or not land.id.startswith("state:"):
            return party_of(land, words), True
        sector = roles.get(rest[0], "")
        if sector == "government":
            return party_of(land, words), True
        if sector:
            return RowParty(f"{land.id}/{sector}", f"{land.name} ({sector})", land.side, land.side_id, words), True
        own = f"unknown:{land.name.lower().replace(' ', '-')}-{'-'.join(rest).lower()}"
        return RowParty(own, f"{land.name} ({' '.join(rest)})", f"{land.name} ({' '.join(rest)})", own, words), True


def party_of(actor: Actor, words: str) -> RowParty:
    """An actor of the tables under the words of a row."""
    return RowParty(actor.id, actor.name, actor.side, actor.side_id, words)


def own_id(words: str) -> str:
    """Words -> the id of a party that no table knows.

    >>> own_id("Citizen (Nigeria)"), own_id("Ελλάδα")
    ('unknown:citizen-nigeria', 'unknown:ελλάδα')
    """
    plain = PLAIN.sub("-", words.lower()).strip("-")
    return "unknown:" + (plain or "-".join(words.lower().split()) or "party")


def join_parties(parties: list[RowParty], words: str) -> RowParty:
    """Several parties that act together -> one joint party, which counts under each; one stays as it is."""
    kept = list({p.id: p for p in parties}.values())
    if len(kept) == 1:
        return kept[0]._replace(words=words)
    sides = list({p.side_id: p.side for p in kept}.items())
    side_id, side = ";".join(i for i, _ in sides), "; ".join(n for _, n in sides)
    return RowParty("joint:" + side_id if len(sides) > 1 else side_id, "; ".join(p.name for p in kept), side, side_id, words)
