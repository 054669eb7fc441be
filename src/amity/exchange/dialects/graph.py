"""Temporal-graph files of link prediction: `subject relation object time` as numbers, names in files beside them.

Numbers and names are those of `entity2id.txt` and `relation2id.txt` in the same folder. Where time 0 lies and how many
steps make a day stands in `tables/exchange/graphs.csv` by the folder's name, or is given as options `start` and `step`.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

from amity.errors import BadInput
from amity.exchange.files import RowFile
from amity.exchange.records import Layout, Record
from amity.exchange.slots import EPOCH, Given, Refused
from amity.exchange.types import TABLES, Types, label_key, read_labels
from amity.records import EventRow, RowParty, RowType

SIDE_FILES = ("entity2id.txt", "relation2id.txt", "stat.txt")


class Graph:
    """Rows of numbers; the parties' words are their names, which stand in another file."""

    dataset = "temporal graph"
    layout: Layout = "lines"
    version = "1"

    def __init__(self, given: Given) -> None:
        self.namer, self.options = given.namer, given.options
        self.types = Types("cameo")
        self.parties: dict[int, RowParty | str] = {}

    @property
    def unmapped(self) -> Counter[str]:
        """Codes without a type, counted."""
        return self.types.unmapped

    def begin(self, file: RowFile, first: Record) -> bool:
        """Read the names beside the file, and where time begins."""
        folder = file.path.parent
        if file.path.name in SIDE_FILES:
            self.entities, self.relations = {}, {}
            return False
        self.entities, self.relations = (self._read(folder, name) for name in SIDE_FILES[:2])
        start, step = self._clock(folder.name)
        self.start, self.step = start, step
        labels = read_labels("cameo")
        self.codes: dict[str, RowType] = {}
        for number, label in self.relations.items():
            code = labels.get(label_key(label))
            self.codes[number] = self.types.of(code, label) if code else self.types.of("", label)
        self.types.unmapped.clear()
        self.dataset = f"{folder.name} (temporal graph)"
        return False

    def _read(self, folder: object, name: str) -> dict[str, str]:
        path = folder / name  # type: ignore[operator]  # a Path, kept out of the signature of the table's reader
        if not path.exists():
            raise BadInput(f"import {path}: is not there; a temporal graph needs {SIDE_FILES[0]} and {SIDE_FILES[1]} beside it")
        rows = (line.rstrip("\r\n").rsplit("\t", 1) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
        return {row[1].strip(): row[0].strip().replace("_", " ") for row in rows if len(row) == 2}

    def _clock(self, folder: str) -> tuple[int, int]:
        given = {"start": self.options.get("start", ""), "step": self.options.get("step", "")}
        if not given["start"]:
            with (TABLES / "exchange" / "graphs.csv").open(encoding="utf-8", newline="") as stream:
                given = next((r for r in csv.DictReader(stream) if r["folder"] == folder), given)
        try:
            return date.fromisoformat(given["start"]).toordinal() - EPOCH, max(1, int(given["step"] or 1))
        except ValueError:
            remedy = "give the day of time 0 and the steps a day: --option start=2018-01-01 --option step=24"
            raise BadInput(f"import {folder}: got no day on which its time begins; {remedy}") from None

    def code(self, record: Record) -> EventRow:
        """One row."""
        line, start, text = record
        fields = text.split()
        if not 4 <= len(fields) <= 5 or not all(f.lstrip("-").isdecimal() and len(f) < 12 for f in fields):
            raise Refused("columns", "allowed are four or five whole numbers: subject, relation, object, time")
        subject, relation, object, time = fields[:4]
        if subject not in self.entities or object not in self.entities:
            raise Refused("no name", f"entity {subject if subject not in self.entities else object} is not in {SIDE_FILES[0]}")
        if relation not in self.codes:
            raise Refused("no name", f"relation {relation} is not in {SIDE_FILES[1]}")
        day = self.start + int(time) // self.step
        if not int(time) >= 0 or day > 50_000:
            raise Refused("bad date", f"got time {time}")
        iso = date.fromordinal(EPOCH + day).isoformat()
        actor, recipient = (self.namer.name(self.entities[n], iso) for n in (subject, object))
        type = self.codes[relation]
        if type.quad is None:
            self.types.unmapped[f"{type.code} {type.label}".strip()] += 1
        return EventRow(line, start, start + len(text), actor, recipient, -1, -1, type, day, day, None, None, 100)
