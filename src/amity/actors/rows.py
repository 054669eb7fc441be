"""The tables as rows: CSV files -> actors with their forms, tenures and homes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from amity.actors.names import name_key
from amity.errors import BadTable

TABLES = Path(__file__).resolve().parent.parent / "tables" / "actors"
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held for a side, `start` closed and `end` closed, as ISO days; empty is open."""

    office: str
    side: str
    start: str
    end: str

    def covers(self, day: str) -> bool:
        """Whether the day lies within; a tenure without dates covers every day."""
        return self.start <= day and (not self.end or day <= self.end)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an actor: `kind` is name, adjective, people, capital, seat, person or hint (needs its home in the text)."""

    text: str
    kind: str


@dataclass(slots=True)
class Entry:
    """An actor as the tables give it, before any day is known.

    `start` and `end` are the year or day it was founded and dissolved, `parent` the whole a group is a part of; empty where not sure.
    """

    id: str
    name: str
    sector: str
    side: str
    home: str
    source: str
    patron: str = ""
    died: str = ""
    parent: str = ""
    start: str = ""
    end: str = ""
    forms: list[Form] = field(default_factory=list)
    tenures: list[Tenure] = field(default_factory=list)
    rules: list[Tenure] = field(default_factory=list)


def parts_of(cell: str) -> list[str]:
    """`a|b` -> its parts, blanks and empty ones left out."""
    return [p.strip() for p in cell.split("|") if p.strip()]


def read_rows(path: Path) -> Iterator[Row]:
    """Rows of a CSV file; Raises BadTable where a row has too many cells."""
    with path.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), 2):
            if None in row:
                raise BadTable(f"{path.name}:{number}: got more cells than the head names; quote a cell that holds a comma")
            yield {k: (v or "").strip() for k, v in row.items()}


def read_states(path: Path) -> Iterator[Entry]:
    """`states.csv` -> one entry a state, side itself."""
    for row in read_rows(path):
        own = f"state:{row['iso3']}"
        entry = Entry(own, row["name"], "government", own, own, row["source"])
        for kind, cell in (("name", row["name"]), ("name", row["aliases"]), ("adjective", row["adjectives"]), ("people", row["people"])):
            entry.forms += [_form(t, kind) for t in parts_of(cell)]
        for kind in ("capital", "seats"):
            entry.forms += [Form(t, kind.removesuffix("s")) for t in parts_of(row[kind])]
        yield entry


def read_cities(path: Path) -> Iterator[Entry]:
    """`cities.csv` -> towns and regions, each a place of its state and never a party by itself."""
    for row in read_rows(path):
        own = f"state:{row['state']}"
        entry = Entry(f"place:{name_key(row['name']).replace(' ', '-')}", row["name"], "place", own, own, row["source"])
        entry.forms = [Form(t, "city") for t in (row["name"], *parts_of(row["aliases"]))]
        yield entry


def read_parts(path: Path) -> Iterator[Entry]:
    """`parts.csv` -> ministries, forces, services, parties: side is the whole they belong to."""
    for row in read_rows(path):
        own = row["id"] if row["sector"] == "party" else row["of"]
        yield _with_forms(Entry(row["id"], row["name"], row["sector"], own, row["of"], row["source"]), row["aliases"])


def read_groups(path: Path) -> Iterator[Entry]:
    """`groups.csv` -> movements and armed groups: each its own side, home and patron noted."""
    for row in read_rows(path):
        entry = Entry(row["id"], row["name"], row["kind"], row["id"], row["home"], row["source"], row["patron"])
        entry.parent, entry.start, entry.end = row["parent"], row["from"], row["to"]
        yield _with_forms(entry, row["aliases"])


def read_rulers(path: Path) -> dict[str, list[Tenure]]:
    """`rulers.csv` -> for each group that governed a land, the times in which it did."""
    rules: dict[str, list[Tenure]] = {}
    for row in read_rows(path):
        rules.setdefault(row["id"], []).append(Tenure("government", row["state"], row["from"], row["to"]))
    return rules


def read_bodies(path: Path) -> Iterator[Entry]:
    """`bodies.csv` -> international bodies, blocs and coalitions: each its own side."""
    for row in read_rows(path):
        entry = Entry(row["id"], row["name"], row["kind"], row["id"], "", row["source"], start=row["from"], end=row["to"])
        yield _with_forms(entry, row["aliases"])


def read_members(path: Path) -> list[tuple[str, Tenure]]:
    """`members.csv` -> (member, membership of a body), the side of the membership being the body."""
    return [(r["member"], Tenure("member", r["body"], r["from"], r["to"])) for r in read_rows(path)]


def read_outlets(path: Path) -> Iterator[Entry]:
    """`outlets.csv` -> papers, broadcasters and agencies: each its own side, whoever pays for it."""
    for row in read_rows(path):
        entry = Entry(row["id"], row["name"], "media", row["id"], f"state:{row['country']}", row["source"])
        yield _with_forms(entry, row["aliases"])


def read_extra(path: Path) -> Iterator[Entry]:
    """A user's own rows (`id,name,side,sector,home,aliases,source`); side empty is itself."""
    for row in read_rows(path):
        if not row.get("id") or not row.get("name"):
            raise BadTable(f"{path.name}: got a row without id or name, needed are id,name and any of side,sector,home,aliases,source")
        side = row.get("side") or row["id"]
        entry = Entry(row["id"], row["name"], row.get("sector") or "armed", side, row.get("home") or side, row.get("source", ""))
        yield _with_forms(entry, row.get("aliases", ""))


def read_holders(path: Path) -> Iterator[Entry]:
    """`holders.csv` -> one entry a person with every tenure; the rows of one person need not stand together."""
    people: dict[str, Entry] = {}
    for row in read_rows(path):
        entry = people.get(row["id"])
        if entry is None:
            entry = people[row["id"]] = Entry(row["id"], row["name"], "person", row["id"], "", row["source"], died=row["died"])
            entry.forms.append(Form(row["name"], "person"))
        entry.forms += [_form(a, "person") for a in parts_of(row["aliases"])]
        entry.tenures.append(Tenure(row["office"], row["side"], row["from"], row["to"]))
    yield from people.values()


def _with_forms(entry: Entry, aliases: str) -> Entry:
    entry.forms = [Form(entry.name, "name"), *(_form(a, "name") for a in parts_of(aliases))]
    return entry


def _form(text: str, kind: str) -> Form:
    """An alias with a question mark counts only where its home or side is named in the same document."""
    return Form(text.rstrip("?"), "hint") if text.endswith("?") else Form(text, kind)
