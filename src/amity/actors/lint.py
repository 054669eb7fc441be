"""The linter of the actor tables: every row that would mislead, as one sentence each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from amity.actors import rows
from amity.actors.names import name_key
from amity.actors.rows import Entry, Row, Tenure
from amity.actors.table import read_entries

_ID = re.compile(r"(state|group|body|org|person|outlet|place):[A-Za-z0-9-]+")


def lint_tables(extra: Path | None = None) -> list[str]:
    """The shipped tables, and a user's file -> what is wrong with them; an empty list where nothing is.

    >>> lint_tables()
    []
    """
    entries = read_entries(extra)
    declared = {name_key(r["alias"]) for r in rows.read_rows(rows.TABLES / "ambiguous.csv")}
    return [
        *lint_ids(entries),
        *lint_sides(entries),
        *lint_dates(entries),
        *lint_names(entries, declared),
        *lint_members(entries),
        *lint_states(),
    ]


def lint_ids(entries: list[Entry]) -> Iterator[str]:
    """Every id once and in its form, every row with a name and a source."""
    for id, count in Counter(e.id for e in entries).items():
        if count > 1:
            yield f"{id}: got {count} rows, allowed is one; give one of them another id"
        if not _ID.fullmatch(id):
            yield f"{id}: got this form of id, allowed is a kind, a colon, letters, digits and hyphens"
    for entry in entries:
        if not entry.name or not entry.source:
            yield f"{entry.id}: got a row without name or source, both are needed; say where the row is from"


def lint_sides(entries: list[Entry]) -> Iterator[str]:
    """Every side, home, patron and parent is itself in the tables."""
    known = {e.id for e in entries}
    for entry in entries:
        for side in {entry.side, entry.home, entry.patron, entry.parent, *(t.side for t in entry.tenures)} - {""}:
            if side not in known:
                yield f"{entry.id}: got the side {side}, which no row has; add the row or mend the side"


def lint_dates(entries: list[Entry]) -> Iterator[str]:
    """Every day is a real one, and none ends before it begins."""
    for entry in entries:
        if entry.died and not is_day(entry.died):
            yield f"{entry.id}: got the day of death {entry.died!r}, allowed is YYYY-MM-DD"
        life = [d for d in (entry.start, entry.end) if d]
        if any(not is_day(d if len(d) > 4 else f"{d}-01-01") for d in life) or life != sorted(life):
            yield f"{entry.id}: got founded {entry.start!r}, dissolved {entry.end!r}, allowed is YYYY or YYYY-MM-DD, the earlier first"
        for tenure in entry.tenures:
            days = [d for d in (tenure.start, tenure.end) if d]
            bad = [d for d in days if not is_day(d)]
            if bad:
                yield f"{entry.id}: got the day {bad[0]!r}, allowed is YYYY-MM-DD"
            elif tenure.end and tenure.start > tenure.end:
                yield f"{entry.id}: got {tenure.office} from {tenure.start} to {tenure.end}, allowed is the earlier day first"


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar.

    >>> is_day("2024-02-29"), is_day("2023-02-29"), is_day("2023")
    (True, False, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def lint_names(entries: list[Entry], declared: set[str]) -> Iterator[str]:
    """No name leads to two actors of the same time, unless it is declared in `ambiguous.csv`."""
    owners: dict[str, list[Entry]] = {}
    for entry in entries:
        for key in {name_key(f.text).removeprefix("the ") for f in entry.forms if f.kind != "hint"}:
            owners.setdefault(key, []).append(entry)
    for key, sharing in owners.items():
        clash = next(((a, b) for i, a in enumerate(sharing) for b in sharing[i + 1 :] if at_same_time(a, b)), None)
        if clash and key not in declared:
            yield f"{key!r}: got {clash[0].id} and {clash[1].id} under this name; drop one or declare it in ambiguous.csv"


def at_same_time(a: Entry, b: Entry) -> bool:
    """Whether two actors could be meant on one day: persons by their offices, all others always."""
    if not a.tenures or not b.tenures:
        return True
    return any(_overlap(s, t) for s in a.tenures for t in b.tenures)


def _overlap(a: Tenure, b: Tenure) -> bool:
    return a.start < (b.end or "9999") and b.start < (a.end or "9999")


def lint_members(entries: list[Entry]) -> Iterator[str]:
    """Every body and member is itself in the tables, every day of a membership is one, and no membership stands twice."""
    known = {e.id for e in entries}
    table = rows.read_members(rows.TABLES / "members.csv")
    for (member, tenure), count in Counter(table).items():
        if count > 1 or member not in known or tenure.side not in known:
            yield f"members.csv: got {member} in {tenure.side} {count} times, allowed are rows of the tables, once; mend the row"
        if any(d and not is_day(d) for d in (tenure.start, tenure.end)) or (tenure.end and tenure.start > tenure.end):
            yield f"members.csv: got {member} in {tenure.side} from {tenure.start!r} to {tenure.end!r}, allowed are days, the earlier first"


def lint_states() -> Iterator[str]:
    """ISO codes in their form, each once; COW and Gleditsch-Ward numbers too."""
    table = list(rows.read_rows(rows.TABLES / "states.csv"))
    for field, form in (("iso3", r"[A-Z]{3}"), ("iso2", r"[A-Z]{2}"), ("cow", r"[0-9]{1,3}"), ("gw", r"[0-9]{1,3}")):
        yield from _lint_codes(table, field, form)


def _lint_codes(table: list[Row], field: str, form: str) -> Iterator[str]:
    for code, count in Counter(r[field] for r in table if r[field]).items():
        if count > 1 or not re.fullmatch(form, code):
            yield f"states.csv: got {field} {code!r} {count} times, allowed is {form} once"
