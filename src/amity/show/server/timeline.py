"""A view and a day -> the network as its ties stood on that day, by the time of events; places stay where they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from amity.records import Tie
from amity.show import network
from amity.show.evidence import lean_of, say_tie
from amity.show.picture import Dyad, claim_bounds
from amity.show.server.desk import Desk, View
from amity.show.strip import thin_series
from amity.show.wording import wording

# Steps of the slider: as many as a mouse can tell apart on a screen.
MOST_STEPS = 160


@dataclass(frozen=True, slots=True)
class Moment:
    """The network on one day: its drawing, its dyads with their ties as they stood, and where that is on the slider."""

    day: str
    step: int
    days: Sequence[str]
    drawing: Markup
    dyads: tuple[Dyad, ...]


def list_days(view: View) -> list[str]:
    """A view -> the days on which any tie of named parties moved, at most MOST_STEPS of them, ends kept."""
    days = sorted({p.day for d in view.dyads if d.tie and d.named for p in d.tie.series})
    return thin_series(days, MOST_STEPS)  # type: ignore[arg-type,return-value]  # it thins whatever stands in order


def tie_on(tie: Tie, day: str) -> Tie | None:
    """A tie -> as it stood on a day: warmth by the acts until then, alignment by the standings that held; None before its first act."""
    if day >= tie.as_of:
        return tie
    before = bisect_right([p.day for p in tie.series], day)
    if not before:
        return None
    point = tie.series[before - 1]
    tones = wording()["standings"]
    held = [int(tones.get(s.type, {}).get("tone", 0)) for s in tie.spells if s.start <= day and (s.end is None or day < s.end)]
    told = [t for t in held if t]
    aligned = sum(told) / len(told) if told else None
    warmth, low, high = (2 * v - 1 for v in (point.mean, point.low, point.high))
    then = replace(tie, warmth=warmth, low=low, high=high, as_of=day, series=tie.series[:before])
    return replace(then, alignment=aligned, alignment_low=None, alignment_high=None, state="", lean=0, trend=0)


def dyad_on(dyad: Dyad, day: str) -> Dyad:
    """A dyad -> with its tie and the claims of events that may have happened by a day."""
    held = tuple(c for c in dyad.claims if (b := claim_bounds(c)) and b[0] <= day)
    return replace(dyad, tie=tie_on(dyad.tie, day) if dyad.tie else None, claims=held)


def draw_moment(desk: Desk, view: View, day: str | None, step: int | None = None) -> Moment:
    """A view and a day, or a step of the slider (neither: the last) -> the network then."""
    tied = [d for d in view.dyads if d.tie and d.named]
    layout = desk.keep(("layout", view.as_of), lambda: network.lay_out(tied), view.state)
    days: list[str] = desk.keep(("days", view.as_of), lambda: list_days(view), view.state)
    if not days:
        return Moment(view.picture.as_of, 0, (), Markup(""), ())
    if day is None:
        day = days[min(max(0, len(days) - 1 if step is None else step), len(days) - 1)]
    drawn = {p.id for p in layout.parties}
    then = tuple(x for x in (dyad_on(d, day) for d in tied if d.a in drawn and d.b in drawn) if x.tie)
    return Moment(day, max(0, bisect_right(days, day) - 1), days, network.draw_network(then, layout), then)


def tell_moment(moment: Moment) -> dict[str, Any]:
    """A moment -> its rows for JSON."""
    links = [
        {"a": d.a, "b": d.b, "a_name": d.a_name, "b_name": d.b_name, "word": say_tie(d.tie), "lean": lean_of(d.tie), "warmth": d.tie.warmth,
         "low": d.tie.low, "high": d.tie.high, "claims": len(d.claims)}
        for d in moment.dyads if d.tie
    ]  # fmt: skip
    return {"day": moment.day, "days": list(moment.days), "links": links}
