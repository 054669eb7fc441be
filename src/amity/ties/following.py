"""Claims over time -> the blocs on each of several days, each bloc under one number as long as it lasts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal

from amity.errors import BadInput
from amity.records import BlocMoment, BlocMove, BlocRule, Claim, DatedEvent, Label, Partition
from amity.ties.camps import BlocOptions, blocs, frustration, graph_of_ties, read_ties
from amity.ties.days import last_day_of
from amity.ties.signed.triads import count_triads

Step = Literal["month", "quarter", "year"]
MONTHS: dict[Step, int] = {"month": 1, "quarter": 3, "year": 12}


def follow_blocs(source: Any, days: Iterable[str], rule: BlocRule = "many", options: BlocOptions | None = None) -> list[BlocMoment]:
    """A ledger, claims or event rows -> the blocs at the end of each day (ISO), in order, and who moved between them.

    Each day is computed from what could be known by then; on a day of fewer parties than blocs asked for each
    stands alone. A bloc keeps its number where the next day's bloc shares most parties with it (of equals the larger), and a number
    is never given twice.
    """
    options = options or BlocOptions()
    rows = list(source.claims()) if callable(getattr(source, "claims", None)) else list(source)
    moments: list[BlocMoment] = []
    used = 0
    for day in sorted(set(days)):
        ties = read_ties(rows, day) or []
        graph = graph_of_ties(ties, options)
        here = replace(options, as_of=day, count=(min(options.count, graph.size) or None) if options.count else options.count)
        found = replace(frustration(rows, here) if rule == "two" else blocs(rows, here), day=day)
        tracks, used = _follow(moments[-1] if moments else None, found, used)
        moves = _moves(moments[-1], found, tracks) if moments else ()
        moments.append(BlocMoment(day, found, tracks, count_triads(graph), moves))
    return moments


def days_of(rows: Sequence[Claim | DatedEvent], step: Step = "year", until: str | None = None) -> list[str]:
    """Claims or event rows -> the last days of the months, quarters or years they span, the last one `until` or the last row.

    Raises BadInput for another step.

    >>> days_of([DatedEvent(0, "a", "b", 1, 1.0), DatedEvent(500, "a", "b", 1, 1.0)])
    ['1970-12-31', '1971-05-16']
    """
    from amity.ties.evidence import day_of

    if step not in MONTHS:
        raise BadInput(f"days: got the step {step!r}, allowed is {', '.join(MONTHS)}")
    numbers = [n for row in rows if (n := row.day if isinstance(row, DatedEvent) else day_of(row)) is not None]
    if not numbers:
        return []
    first = date(1970, 1, 1) + timedelta(days=min(numbers))
    last = date(1970, 1, 1) + timedelta(days=last_day_of(until, "until") if until else max(numbers))
    found = []
    month = first.year * 12 + (first.month - 1) // MONTHS[step] * MONTHS[step] + MONTHS[step]
    while (end := date(month // 12, month % 12 + 1, 1) - timedelta(days=1)) < last:
        found.append(end.isoformat())
        month += MONTHS[step]
    return [*found, last.isoformat()] if last >= first else []


def _follow(before: BlocMoment | None, found: Partition, used: int) -> tuple[tuple[int | None, ...], int]:
    """Number the blocs of a day after those of the day before; `used` numbers have been given."""
    tracks: list[int | None] = [None] * len(found.blocs)
    old = _tracked(before) if before else {}
    shared = [
        (len(set(bloc.members) & set(members)), len(bloc.members), -track, i)
        for i, bloc in enumerate(found.blocs)
        if len(bloc.members) > 1
        for track, members in old.items()
    ]
    for count, _, track, i in sorted(shared, key=lambda row: (-row[0], -row[1], -row[2])):
        if count and tracks[i] is None and -track not in tracks:
            tracks[i] = -track
    for i, bloc in enumerate(found.blocs):
        if tracks[i] is None and len(bloc.members) > 1:
            used += 1
            tracks[i] = used
    return tuple(tracks), used


def _moves(before: BlocMoment, found: Partition, tracks: tuple[int | None, ...]) -> tuple[BlocMove, ...]:
    """Who stands under another number than before.

    Where no tie joins a party to its old bloc any more, or joined none to its new one then, nothing was
    changed but what is known, and no move is told.
    """
    old, new = _places(before.partition, before.tracks), _places(found, tracks)
    moves = []
    for party in sorted(old.keys() & new.keys(), key=str):
        (was, part_then), (now, part_now) = old[party], new[party]
        left, met = _part_of(found, tracks, was), _part_of(before.partition, before.tracks, now)
        if was != now and left in (None, part_now) and met in (None, part_then):
            moves.append(BlocMove(party, was, now))
    return tuple(moves)


def _part_of(partition: Partition, tracks: tuple[int | None, ...], track: int | None) -> int | None:
    """The part that a bloc of some number lies in, None where there is none."""
    return next((b.part for b, t in zip(partition.blocs, tracks, strict=True) if t == track and t is not None), None)


def _places(partition: Partition, tracks: tuple[int | None, ...]) -> dict[Label, tuple[int | None, int]]:
    """The number and the part that each party stands in."""
    return {party: (track, bloc.part) for bloc, track in zip(partition.blocs, tracks, strict=True) for party in bloc.members}


def _tracked(moment: BlocMoment) -> dict[int, tuple[Label, ...]]:
    pairs = zip(moment.tracks, moment.partition.blocs, strict=True)
    return {track: bloc.members for track, bloc in pairs if track is not None}
