"""Hand-coded events of an article -> claims, so that a room above reading is measured apart from what reading misses."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from pathlib import Path

from amity.records import Claim, Party, Source, When


def read_gold(path: Path, text: str, id: str = "") -> list[Claim]:
    """A gold file, its article's text and document id -> a claim for each event."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    return [claim for row in gold["events"] if (claim := make_claim(row, gold, text, id))]


def make_claim(row: dict[str, object], gold: dict[str, object], text: str, id: str) -> Claim | None:
    """One gold event -> its claim; None where it has no place in the text."""
    start, end = int(str(row["char_start"])), int(str(row["char_end"]))
    word = row.get("attributed_to")
    source = (Source(str(word), "anonymous" if row.get("anonymous") else "person", bool(row.get("anonymous"))),) if word else ()
    published = str(gold["published"]) if gold.get("published") else None
    return Claim(
        document=str(gold["document"]),
        document_id=id or str(gold["document"]),
        start=start,
        end=end,
        quote=text[start:end],
        kind="event",
        actor=make_party(str(row["actor"]), row.get("actor_side"), start),
        recipient=make_party(str(row["recipient"]), row.get("recipient_side"), start) if row.get("recipient") else None,
        type=str(row["event_type"]),
        mode=None,
        quad=QUADS.get(str(row["event_type"]), 3),
        contexts=(),
        score=None,
        status=str(row["status"]),  # type: ignore[arg-type]  # the gold's words are the closed list
        sources=source,
        date=make_when(row.get("date")),
        place=None,
        confidence=1.0,
        why=(),
        published=published,
    )


QUADS = {t: q for q, types in enumerate(("AGREE CONSULT SUPPORT CONCEDE", "COOPERATE AID RETREAT", "REQUEST ACCUSE REJECT THREATEN",
         "PROTEST SANCTION MOBILIZE COERCE ASSAULT"), 1) for t in types.split()}  # fmt: skip


def make_party(name: str, side: object, at: int) -> Party:
    """A name and a side -> a party that answers to both."""
    side_name = str(side or name)
    return Party(f"state:{name.casefold()}", name, side_name, f"state:{side_name.casefold()}", False, name, at, at + len(name))


def make_when(date: object) -> When | None:
    """A gold date (day, month, year or an interval of these) -> its time."""
    ends = [e for e in str(date or "").split("/") if re.fullmatch(r"\d{4}(-\d\d)?(-\d\d)?", e)]
    if not ends:
        return None
    return When(str(date), widen(ends[0])[0], widen(ends[-1])[1], "gold")


def widen(day: str) -> tuple[str, str]:
    """A day, month or year -> first and last day."""
    if len(day) == 10:
        return day, day
    year, _, month = day.partition("-")
    if not month:
        return f"{year}-01-01", f"{year}-12-31"
    return f"{day}-01", f"{day}-{monthrange(int(year), int(month))[1]:02d}"
