"""Whatever a user has -> evidence: a ledger, claims, event rows, or a frame of polars or pandas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from amity.errors import BadInput, suggest
from amity.records import Claim, DatedEvent
from amity.ties.days import span_of
from amity.ties.evidence import Evidence, read_evidence

# Names under which frames of this trade carry the same column, the first being ours.
COLUMNS = {
    "day": ("day", "date", "event_date", "SQLDATE"),
    "actor": ("actor", "source", "source_actor", "a", "Source Name", "Actor1Code"),
    "recipient": ("recipient", "target", "target_actor", "b", "Target Name", "Actor2Code"),
    "score": ("score", "goldstein", "intensity", "Intensity", "GoldsteinScale"),
    "quad": ("quad", "quad_class", "QuadClass"),
    "weight": ("weight",),
    "type": ("type", "event_type"),
    "claim": ("claim", "id", "event_id"),
}
NEEDED = ("day", "actor", "recipient")
# Size of a score from which an act is taken to be a deed where no quad tells, -10..10: half the scale.
DEED = 5.0


def read_source(source: Any, until: int | None = None) -> tuple[Evidence, bool]:
    """A ledger, claims, evidence, event rows or a frame -> its evidence up to a day (closed), and whether it is an event stream.

    A frame of polars or pandas has columns day (a date, or ISO text), actor, recipient, and score (-10..10) or quad
    (1-4); weight, type and claim if there (other names: `COLUMNS`). Evidence must have been read with the same day.
    Raises BadInput for a frame without these, a row that cannot be used, or anything else.
    """
    if isinstance(source, Evidence):
        return source, False
    if callable(getattr(source, "claims", None)):
        return read_evidence(source.claims(), until), False
    rows = list(rows_of_frame(source) if hasattr(source, "columns") else source)
    if all(isinstance(row, Claim) for row in rows):
        return read_evidence(rows, until), False
    for row in rows:
        if not isinstance(row, DatedEvent):
            raise BadInput(f"ties: got a {type(row).__name__}, allowed is a ledger, claims, event rows or a frame")
    kept = tuple(row for row in rows if until is None or row.day <= until)
    return Evidence(kept, (), {}, Counter()), True


def rows_of_frame(frame: Any) -> Iterable[DatedEvent]:
    """A polars or pandas frame -> its event rows; a row without day, actor or recipient is passed over."""
    named = {ours: next((name for name in names if name in frame.columns), None) for ours, names in COLUMNS.items()}
    missing = [ours for ours in NEEDED if named[ours] is None]
    if missing or not (named["score"] or named["quad"]):
        wanted = missing[0] if missing else "score"
        near = suggest(wanted, [str(c) for c in frame.columns])
        raise BadInput(
            f"frame: got the columns {', '.join(map(str, frame.columns))}, needed is {wanted}{near}; rename it, or see docs/ties.md"
        )
    columns = {ours: _values(frame[name]) for ours, name in named.items() if name}
    for i, day in enumerate(columns["day"]):
        row = {ours: values[i] for ours, values in columns.items()}
        if not (_is_blank(day) or _is_blank(row["actor"]) or _is_blank(row["recipient"])):
            yield _event(row, i)


def _event(row: dict[str, Any], i: int) -> DatedEvent:
    span = span_of(_day_text(row["day"]))
    if span is None:
        raise BadInput(f"frame row {i}: got the day {row['day']!r}, allowed is a date or text as 2018-06-04")
    quad, score, weight, claim, kind = (None if _is_blank(row.get(k)) else row[k] for k in ("quad", "score", "weight", "claim", "type"))
    if quad is None and score is None:
        raise BadInput(f"frame row {i}: got neither score nor quad, allowed is -10..10 or 1-4")
    value = float(score) if score is not None else 0.0
    told = int(quad) if quad is not None else (1 if value >= 0.0 else 3) + (abs(value) >= DEED)
    believed = float(weight) if weight is not None else 1.0
    return DatedEvent(span[0], str(row["actor"]), str(row["recipient"]), told, value, believed, str(claim or ""), str(kind or ""))


def _values(column: Any) -> list[Any]:
    """A column of either library -> its values as Python's own."""
    return list(column.to_list() if hasattr(column, "to_list") else column)


def _day_text(day: Any) -> str:
    """A date, a time stamp, ISO text or a number as 20180604 -> ISO text."""
    text = day.isoformat() if hasattr(day, "isoformat") else str(day)
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or value != value
