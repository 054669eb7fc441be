"""Any CSV with a mapping file (YAML) that says which column is what; see docs/exchange.md.

dataset: Border incidents          # what claims name as their source
delimiter: ","                     # or ";", "\\t"
date_format: "%d/%m/%Y"            # of strptime; ISO days need none
columns: {date: when, actor: who, recipient: whom, type: what, place: where, confidence: sure, published: told}
types: {shelling: ASSAULT/heavy-weapons, talks: CONSULT}     # values of the type column
actors: {HZB: group:hezbollah, "our side": state:LBN}        # names peculiar to this file
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from amity.errors import BadInput, suggest
from amity.exchange.dialects.quoted import find_words, read_fields
from amity.exchange.files import RowFile
from amity.exchange.records import Layout, Record
from amity.exchange.slots import EPOCH, Columns, Given, Refused, day_number
from amity.exchange.types import Types, load_codebook, make_type
from amity.records import EventRow, RowType

KEYS = ("dataset", "delimiter", "date_format", "columns", "types", "actors", "scheme")
NEEDED = ("date", "actor", "type")
ROLES = (*NEEDED, "recipient", "place", "confidence", "published", "end")


def read_mapping(path: Path | None) -> dict[str, Any]:
    """A mapping file -> its keys, checked; Raises BadInput naming what is wrong and what is allowed."""
    if path is None:
        raise BadInput("import csv: got no mapping file; give one with --mapping FILE, see docs/exchange.md")
    import yaml

    try:
        mapping = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeError) as error:
        raise BadInput(f"mapping {path}: is no YAML ({str(error).splitlines()[0]})") from None
    if not isinstance(mapping, dict) or not isinstance(mapping.get("columns"), dict):
        raise BadInput(f"mapping {path}: got no `columns`, needed are {', '.join(NEEDED)}, each with the name of its column")
    for key, allowed in ((k, KEYS) for k in mapping):
        if key not in allowed:
            raise BadInput(f"mapping {path}: got key {key!r}, allowed are {', '.join(KEYS)}{suggest(str(key), KEYS)}")
    for role in mapping["columns"]:
        if role not in ROLES:
            raise BadInput(f"mapping {path}: got column role {role!r}, allowed are {', '.join(ROLES)}{suggest(str(role), ROLES)}")
    if missing := [n for n in NEEDED if n not in mapping["columns"]]:
        raise BadInput(f"mapping {path}: got no column for {missing[0]!r}, needed are {', '.join(NEEDED)}")
    check_types(path, mapping.get("types") or {})
    return mapping


def check_types(path: Path, types: dict[str, Any]) -> None:
    """Refuse a type or mode that the codebook does not have."""
    book = load_codebook()
    for value in types.values():
        name, _, mode = str(value).partition("/")
        if name not in book:
            raise BadInput(f"mapping {path}: got type {name!r}, allowed are {', '.join(book)}{suggest(name, book)}")
        if mode and mode not in book[name].get("modes", {}):
            raise BadInput(f"mapping {path}: got mode {mode!r}, allowed for {name} are {', '.join(book[name].get('modes', {})) or 'none'}")


class Mapped:
    """Quoted CSV with a head."""

    layout: Layout = "quoted"
    version = "1"

    def __init__(self, given: Given) -> None:
        self.mapping = read_mapping(given.mapping)
        self.dataset = str(self.mapping.get("dataset") or "CSV")
        self.namer = given.namer
        self.namer.overrides |= {str(k).casefold(): str(v) for k, v in (self.mapping.get("actors") or {}).items()}
        self.types = Types(str(self.mapping.get("scheme") or "cameo"))
        self.own: dict[str, RowType] = {}
        for code, value in (self.mapping.get("types") or {}).items():
            name, _, mode = str(value).partition("/")
            self.own[str(code).casefold()] = make_type(self.dataset, str(code), "", name, mode)

    @property
    def unmapped(self) -> Counter[str]:
        """Codes without a type, counted."""
        return self.types.unmapped

    def begin(self, file: RowFile, first: Record) -> bool:
        """Find the columns that the mapping names."""
        self.delimiter = str(self.mapping.get("delimiter") or ",")
        head = read_fields(first, first.text.count(self.delimiter) + 1, self.delimiter)[0]
        columns = {role: str(name) for role, name in self.mapping["columns"].items()}
        found = Columns(file.name, head, list(columns.values()))
        self.count, self.at = found.count, {role: found[name] for role, name in columns.items()}
        return True

    def code(self, record: Record) -> EventRow:
        """One row."""
        fields, starts = read_fields(record, self.count, self.delimiter)
        get = {role: fields[i].strip() for role, i in self.at.items()}
        if not get["actor"]:
            raise Refused("no actor", "the actor's cell is empty")
        first = self._day(get["date"])
        last = self._day(get["end"]) if get.get("end") else first
        if last < first:
            raise Refused("bad date", f"ends {get['end'][:20]} before it starts")
        day = datetime.fromordinal(EPOCH + first).date().isoformat()
        actor = self.namer.name(get["actor"], day)
        recipient = self.namer.name(get["recipient"], day) if get.get("recipient") else None
        at = find_words(record, fields, starts, self.at["actor"])
        to = find_words(record, fields, starts, self.at["recipient"]) if recipient else -1
        told = self._day(get["published"]) if get.get("published") else None
        at, to = self._checked(record, at, actor.words), self._checked(record, to, recipient.words if recipient else "")
        end, sure = record.start + len(record.text), percent_of(get.get("confidence", ""))
        type, place = self._type(get["type"]), get.get("place") or None
        return EventRow(record.line, record.start, end, actor, recipient, at, to, type, first, last, told, place, sure)

    def _checked(self, record: Record, at: int, words: str) -> int:
        """A place where the words do stand, else -1: a cell may hold blanks around them."""
        return at if at >= 0 and record.text[at - record.start : at - record.start + len(words)] == words else -1

    def _type(self, value: str) -> RowType:
        return self.own.get(value.casefold()) or (
            make_type("PLOVER", value.upper(), "", value.upper()) if value.upper() in load_codebook() else self.types.of(value)
        )

    def _day(self, text: str) -> int:
        form = self.mapping.get("date_format")
        if not form:
            return day_number(text)
        try:
            return datetime.strptime(text, str(form)).toordinal() - EPOCH
        except ValueError:
            raise Refused("bad date", f"got {text[:40]!r}, allowed is the form {form}") from None


def percent_of(text: str) -> int:
    """A share (0..1) or a percentage (above 1) -> whole percent; empty is certain; Raises Refused.

    >>> percent_of("0.25"), percent_of("80"), percent_of("")
    (25, 80, 100)
    """
    try:
        value = float(text) if text else 1.0
        percent = round(value * 100 if value <= 1.0 else value)
    except (ValueError, OverflowError):
        percent = -1
    if not 0 <= percent <= 100:
        raise Refused("bad confidence", f"got {text[:20]!r}, allowed is 0 to 1, or a percentage")
    return percent
