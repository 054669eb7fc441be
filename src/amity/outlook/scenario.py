"""A YAML file -> a scenario: acts that happen or do not, ties that are set, parties that leave or join."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from amity.errors import BadInput, NotFound, suggest

# What a standing put into a scenario is worth as alignment, -1..1: the plain meaning of the words.
STANDING = {"ALLIED": 1.0, "PATRON": 0.9, "MEMBER": 0.7, "COURTING": 0.2, "STRAINED": 0.0, "DISTANT": 0.0, "HOSTILE": -1.0}
QUADS_OF = {"all": (0, 1, 2, 3), "conflict": (2, 3), "cooperation": (0, 1), "deeds of conflict": (3,)}
# Fields of a row of each list.
FIELDS = {
    "acts": {"actor", "recipient", "type", "first", "last"},
    "hold": {"between", "kind", "first", "last"},
    "ties": {"between", "standing", "alignment", "remove"},
    "members": {"leave", "join", "body"},
}
FORM = "see `amity whatif --help` and docs/outlook.md for the form"


@dataclass(frozen=True, slots=True)
class Act:
    """An act of a quad (0-3) between two parties on each day first..last, 1 being the first day to come."""

    a: str
    b: str
    quad: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Hold:
    """Acts of some quads that do not happen between two parties on days first..last; b "" holds all of a's pairs."""

    a: str
    b: str
    quads: tuple[int, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is changed. `ties` are (a, b, alignment or None to remove), `leave` parties, `join` (party, body)."""

    question: str
    days: int = 90
    acts: tuple[Act, ...] = ()
    holds: tuple[Hold, ...] = ()
    ties: tuple[tuple[str, str, float | None], ...] = ()
    leave: tuple[str, ...] = ()
    join: tuple[tuple[str, str], ...] = ()

    @property
    def parties(self) -> set[str]:
        """Every party that is named."""
        pairs = [*((a.a, a.b) for a in self.acts), *((h.a, h.b) for h in self.holds), *((a, b) for a, b, _ in self.ties), *self.join]
        return {p for pair in pairs for p in pair if p} | set(self.leave)


@cache
def _quad_of_type() -> Mapping[str, int]:
    import yaml

    table = yaml.safe_load((files("amity") / "tables" / "types.yaml").read_text("utf-8"))
    return {name: int(row["quad"]) - 1 for name, row in table.items()}


def read_scenario(path: Path, names: Mapping[str, str]) -> Scenario:
    """A YAML file and names by id -> the scenario with ids; Raises BadInput, or NotFound for a party nobody told of."""
    import yaml

    try:
        row = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"scenario {path}: cannot be read ({error.strerror}); give the path of a YAML file") from None
    except yaml.YAMLError as error:
        raise BadInput(f"scenario {path}: is no YAML ({str(error).splitlines()[0]}); {FORM}") from None
    allowed = {"question", "days", "acts", "hold", "ties", "members"}
    if not isinstance(row, dict) or set(row) - allowed:
        got = sorted(set(row) - allowed) if isinstance(row, dict) else type(row).__name__
        raise BadInput(f"scenario {path}: got {got}, allowed are the fields {', '.join(sorted(allowed))}; {FORM}")
    return make_scenario(row, names, str(path))


def make_scenario(row: Mapping[str, Any], names: Mapping[str, str], where: str = "scenario") -> Scenario:
    """Plain values in the form of the YAML file -> the scenario; as `read_scenario`."""
    read = _Reader(where, names, int(row.get("days", 90)))
    if not 1 <= read.days <= 730:
        raise BadInput(f"{where}: got {read.days} days, allowed is 1 to 730")
    for part, fields in FIELDS.items():
        read.check(part, row.get(part) or (), fields)
    members = list(row.get("members") or ())
    return Scenario(
        str(row.get("question", where)),
        read.days,
        tuple(read.act(r) for r in row.get("acts") or ()),
        tuple(read.hold(r) for r in row.get("hold") or ()),
        tuple(read.tie(r) for r in row.get("ties") or ()),
        tuple(read.party(r["leave"]) for r in members if "leave" in r),
        tuple((read.party(r["join"]), read.party(r.get("body"))) for r in members if "join" in r),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    where: str
    names: Mapping[str, str]
    days: int

    def check(self, part: str, rows: object, fields: set[str]) -> None:
        """Raises BadInput where a row holds a field that would be passed over unread, or a member row says nothing."""
        for row in rows if isinstance(rows, Iterable) else [rows]:
            if not isinstance(row, Mapping) or set(row) - fields or (part == "members" and not {"leave", "join"} & set(row)):
                raise BadInput(f"{self.where}: got {row!r} under {part}, allowed are the fields {', '.join(sorted(fields))}; {FORM}")

    def party(self, word: object) -> str:
        if word in self.names:
            return str(word)
        found = [i for i, name in self.names.items() if name.casefold() == str(word).casefold()]
        if not found:
            raise NotFound(f"{self.where}: got the party {word!r}, of whom nothing is told{suggest(str(word), self.names.values())}")
        return found[0]

    def act(self, row: Mapping[str, Any]) -> Act:
        kinds = _quad_of_type()
        kind = str(row.get("type", "")).upper()
        if kind not in kinds:
            raise BadInput(f"{self.where}: got the type {kind!r}, allowed is one of {', '.join(kinds)}{suggest(kind, kinds)}")
        return Act(self.party(row.get("actor")), self.party(row.get("recipient")), kinds[kind], *self.span(row, 1))

    def hold(self, row: Mapping[str, Any]) -> Hold:
        kind = str(row.get("kind", "all"))
        if kind not in QUADS_OF:
            raise BadInput(f"{self.where}: got the kind {kind!r}, allowed is one of {', '.join(QUADS_OF)}")
        a, b = self.pair(row)
        return Hold(a, b, QUADS_OF[kind], *self.span(row, self.days))

    def tie(self, row: Mapping[str, Any]) -> tuple[str, str, float | None]:
        if row.get("remove"):
            return (*self.pair(row), None)
        value = STANDING.get(str(row.get("standing", "")).upper(), row.get("alignment"))
        if not isinstance(value, int | float) or not -1.0 <= value <= 1.0:
            raise BadInput(
                f"{self.where}: got the tie {dict(row)}, allowed is alignment -1 to 1, remove: true, or standing: {', '.join(STANDING)}"
            )
        return (*self.pair(row), float(value))

    def pair(self, row: Mapping[str, Any]) -> tuple[str, str]:
        between = row.get("between")
        if not isinstance(between, list) or len(between) != 2:
            raise BadInput(f"{self.where}: got between: {between!r}, allowed is a list of two parties; {FORM}")
        return self.party(between[0]), self.party(between[1])

    def span(self, row: Mapping[str, Any], length: int) -> tuple[int, int]:
        first = int(row.get("first", 1))
        last = int(row.get("last", first + length - 1 if length < self.days else self.days))
        if not 1 <= first <= last <= self.days:
            raise BadInput(f"{self.where}: got days {first} to {last}, allowed is in order within 1 to {self.days}")
        return first, last


def pairs_of(scenario: Scenario) -> Iterable[tuple[str, str]]:
    """The pairs whose acts a scenario forces or holds, in order of ids within each."""
    for a, b in [*((x.a, x.b) for x in scenario.acts), *((x.a, x.b) for x in scenario.holds)]:
        yield (a, b) if a < b else (b, a)
