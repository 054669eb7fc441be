"""Claims, or anyone's event rows -> changes: when a pair turned warmer or colder, how far, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal

from amity.errors import BadInput
from amity.records import Change, DatedEvent
from amity.ties.alignment import align_pairs
from amity.ties.days import day_text, first_day_of
from amity.ties.evidence import Evidence
from amity.ties.sources import read_source
from amity.ties.stated import Standing
from amity.ties.surges import find_surges
from amity.ties.turns import ChangeOptions, Turn, find_turns
from amity.ties.votes import Pair, pair_of

# What the figures of a change are taken of, as `Change.measure` has it.
Measure = Literal["warmth", "alignment", "volume"]
# Standings that make a pair partners, whose strain is news.
PARTNERS = {"ALLIED", "PATRON"}
# Days within which strain stated again is the same strain. Half a year, chosen by hand.
SAME_STRAIN = 180
# Days within which two turns of a pair the same way are one: two months, chosen by hand.
SAME_TURN = 60
# Score (of at most 10) at which a hostile and a kind act count as one in the volume of acts, as one without score does. Kind
# acts bear lower scores: in KEDS 2.5 in the mean against 6.2. Tuned with the numbers of `surges.py`.
MIDDLE = {False: 5.0, True: 10.0 / 3.0}
# Types of act that cut relations: envoys expelled or recalled, treaties broken, trade stopped.
CUTS = {"SANCTION"}
# How many of the first claims a change carries: enough to judge it by, few enough to read.
FIRST_EVIDENCE = 5


def find_changes(source: Any, since: str | None = None, options: ChangeOptions | None = None) -> list[Change]:
    """A ledger, claims, evidence, event rows or a polars or pandas frame -> changes, in order of day, then pair.

    Those on or after `since` (a day, month or year: its first day).

    Three kinds. A turn in the share of cooperative acts (`find_turns`: reported only where the interval
    before leaves out the mean after; `before`, `after` and `size` are warmth). A surge in the acts of a busy
    pair (`find_surges`: weekly balance). Strain stated between parties that are stated allied, or patron and
    client (alignment without and with the strain).
    """
    evidence, _ = read_source(source)
    return _in_order([*_turned(evidence, options), *_strained(evidence)], since)


def find_changes_from_events(events: Iterable[DatedEvent], since: str | None = None, options: ChangeOptions | None = None) -> list[Change]:
    """Event rows -> the turns in them, as `find_changes`; names are the ids."""
    from collections import Counter

    return _in_order(_turned(Evidence(tuple(events), (), {}, Counter()), options), since)


def _in_order(changes: Iterable[Change], since: str | None) -> list[Change]:
    start = day_text(first_day_of(since, "since")) if since else ""
    return sorted((c for c in changes if c.day >= start), key=lambda c: (c.day, c.a, c.b, c.direction))


def _turned(evidence: Evidence, options: ChangeOptions | None) -> list[Change]:
    """Changes in the events of each pair."""
    found = []
    for pair, rows in sorted(_events_by_pair(evidence.events).items()):
        for turn, measure in measured_turns(rows, options):
            first = [e.claim for e in rows if turn.start <= e.day <= turn.seen and (e.quad <= 2) == (turn.direction > 0) and e.claim]
            change = _change(evidence, pair, turn.start, (turn.before, turn.after), first, measure)
            found.append(replace(change, undo=say_undo(turn, measure)))
    return found


def seen_turns(rows: Iterable[DatedEvent], options: ChangeOptions | None = None) -> list[Turn]:
    """Events of one pair -> its turns by either test, each with the day it could be seen."""
    return [turn for turn, _ in measured_turns(rows, options)]


def measured_turns(rows: Iterable[DatedEvent], options: ChangeOptions | None = None) -> list[tuple[Turn, Measure]]:
    """Events of one pair -> its turns by either test in order of start, each with what its figures measure.

    A turn that comes within two months of another turn or surge the same way is the same; a surge is told by its own rule.
    """
    ordered = sorted(rows, key=lambda e: (e.day, e.claim, e.quad))
    columns = [(e.day, e.quad <= 2, e.weight) for e in ordered]
    heavy = [(e.day, e.quad <= 2, e.weight * (abs(e.score) / MIDDLE[e.quad <= 2] or 1.0)) for e in ordered]
    found: list[tuple[Turn, Measure]] = [(turn, "warmth") for turn in find_turns(columns, options or ChangeOptions())]
    cuts = [(e.day, e.weight) for e in ordered if e.type in CUTS]
    found += [(surge, "volume") for surge in find_surges(heavy, cuts)]
    kept: list[tuple[Turn, Measure]] = []
    for turn, measure in sorted(found, key=lambda f: (f[0].seen, f[0].start)):
        if measure == "volume" or not any(k.direction == turn.direction and turn.seen - k.seen <= SAME_TURN for k, _ in kept):
            kept.append((turn, measure))
    return sorted(kept, key=lambda f: (f[0].start, f[0].seen))


def say_undo(turn: Turn, measure: Measure) -> str:
    """A turn -> what would take it back half the way.

    >>> say_undo(Turn(0, 9, 0.5, -0.5, 3), "warmth")
    '3 kind acts, one a week'
    """
    kind = "hostile" if turn.direction > 0 else "kind"
    many = f"{turn.undo} {kind} act{'s' if turn.undo != 1 else ''}"
    return f"{many} in one week" if measure == "volume" else f"{many}, one a week"


def _strained(evidence: Evidence) -> list[Change]:
    """Strain stated between partners, once per spell of it."""
    by_pair: dict[Pair, list[Standing]] = {}
    for standing in evidence.standings:
        by_pair.setdefault(pair_of(standing.actor, standing.recipient), []).append(standing)
    found = []
    for pair, stated in sorted(by_pair.items()):
        if not any(s.type in PARTNERS for s in stated):
            continue
        strains = [s for s in stated if s.type == "STRAINED"]
        for i, strain in enumerate(strains):
            if i and strain.day - strains[i - 1].day <= SAME_STRAIN:
                continue
            known = [s for s in stated if s.day <= strain.day]
            calm = [s for s in known if s.type != "STRAINED"] or [s for s in stated if s.type in PARTNERS]
            before, after = (align_pairs([pair], [], rows, strain.day)[pair].mean for rows in (calm, [*calm, strain]))
            if after < before:
                spell = [s.claim for s in strains[i:] if s.day - strain.day <= SAME_STRAIN]
                change = _change(evidence, pair, strain.day, (before, after), spell, "alignment")
                found.append(replace(change, undo="a denial of the strain, or the alliance stated anew without it"))
    return found


def _change(evidence: Evidence, pair: Pair, day: int, turn: tuple[float, float], claims: Sequence[str], measure: Measure) -> Change:
    a, b = pair
    before, after = turn
    names = evidence.names
    direction = 1 if after > before else -1
    first = tuple(claims[:FIRST_EVIDENCE])
    return Change(a, b, names.get(a, a), names.get(b, b), day_text(day), direction, abs(after - before), before, after, first, measure)


def _events_by_pair(events: Iterable[DatedEvent]) -> dict[Pair, list[DatedEvent]]:
    """Events of each pair in order of day, then claim. Raises BadInput for a quad other than 1-4."""
    found: dict[Pair, list[DatedEvent]] = {}
    for event in events:
        if event.quad not in (1, 2, 3, 4):
            raise BadInput(f"event {event}: got quad {event.quad}, allowed is 1-4")
        if event.weight > 0.0 and event.actor != event.recipient:
            found.setdefault(pair_of(event.actor, event.recipient), []).append(event)
    return {pair: sorted(rows, key=lambda e: (e.day, e.claim, e.quad)) for pair, rows in found.items()}
