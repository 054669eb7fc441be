"""A dyad -> its signed strip over time, as SVG: acts, the tie with its interval, and its turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from amity.records import Change, Claim, TiePoint
from amity.show.evidence import group_cards
from amity.show.picture import Dyad, claim_bounds
from amity.show.wording import MONTHS, claim_tone, is_real, say_act, say_claim_day, say_day, say_party, say_recipient, say_signed, say_turn

# Pixels of the drawing; the page scales it to its column.
WIDTH, HEIGHT = 900, 196
LEFT, RIGHT = 44, 14
MIDDLE, REACH = 96, 66
# Steps between ticks in months; the first that gives at most eight ticks is taken.
TICK_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
# A drawing of fewer days than this has ticks by day.
SHORT_SPAN = 45
# Dated claims below which the quotations tell more than a drawing.
FEWEST = 3
# Days without a point from which the band is drawn as a guess: a season, or an eighth of the strip if that is longer.
LONG_GAP = 90


@dataclass(frozen=True, slots=True)
class Axis:
    """Days of time, ordinal and closed, laid over the width of the strip."""

    first: int
    last: int

    def x(self, day: float) -> float:
        """An ordinal day -> its place in pixels."""
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first) / (self.last - self.first)


def ordinal(day: str) -> int:
    """An ISO day -> days since the year 1."""
    return date.fromisoformat(day[:10]).toordinal()


def claim_span(claim: Claim) -> tuple[int, int] | None:
    """A claim -> its first and last possible day, ordinal; None where nothing dates it."""
    bounds = claim_bounds(claim)
    try:
        return (ordinal(bounds[0]), ordinal(bounds[1])) if bounds else None
    except ValueError:
        return None


def draw_lanes(dyad: Dyad, as_of: str) -> list[tuple[str, Markup]]:
    """A dyad -> its strips for words and for deeds, each with a name, over one axis; none where one kind alone speaks."""
    axis = find_axis(dyad, thin_series(dyad.tie.series if dyad.tie else (), 160), as_of)
    lanes = [(name, [c for c in dyad.claims if c.quad in quads]) for name, quads in (("words", (1, 3)), ("deeds", (2, 4)))]
    if axis is None or not all(any(map(claim_span, claims)) for _, claims in lanes):
        return []
    head = Markup('<svg class="strip lane" viewBox="0 0 {} {}" role="group" aria-label="{}">')
    return [
        (name, head.format(WIDTH, HEIGHT, f"{dyad.label}, {name} over time: {len(claims)} claims") + draw_lane(axis, dyad, claims))
        for name, claims in lanes
    ]


def draw_lane(axis: Axis, dyad: Dyad, claims: Sequence[Claim]) -> Markup:
    """The claims of one kind -> their marks and the turns over the common axis."""
    marks = [draw_frame(axis), *(draw_turn(axis, c) for c in dyad.changes), *(draw_claim(axis, c) for c in claims)]
    return Markup("").join(marks) + Markup("</svg>")


def draw_strip(dyad: Dyad, as_of: str, points: int = 160) -> Markup:
    """A dyad -> SVG, empty where fewer than FEWEST claims are dated and nothing turned; at most `points` of the tie's series are drawn."""
    series = thin_series(dyad.tie.series if dyad.tie else (), points)
    axis = find_axis(dyad, series, as_of)
    if axis is None or (not dyad.changes and sum(claim_span(c) is not None for c in dyad.claims) < FEWEST):
        return Markup("")
    layers = [
        draw_frame(axis),
        draw_band(axis, series),
        *(draw_turn(axis, c) for c in dyad.changes),
        *(draw_claim(axis, claim) for card in group_cards(dyad.claims) for claim in card.claims),
    ]
    # One group to a screen reader, no stop of the tab key: the cards that follow hold the same links.
    head = Markup('<svg class="strip" viewBox="0 0 {} {}" role="group" aria-label="{}">')
    label = f"{dyad.label} over time: {len(dyad.claims)} claims, {len(dyad.changes)} turns"
    return head.format(WIDTH, HEIGHT, label) + Markup("").join(layers) + Markup("</svg>")


def thin_series(series: Sequence[TiePoint], points: int) -> list[TiePoint]:
    """A series -> at most `points` of it, evenly spaced, both ends kept."""
    if len(series) <= points:
        return list(series)
    return [series[round(i * (len(series) - 1) / (points - 1))] for i in range(points)]


def find_axis(dyad: Dyad, series: Sequence[TiePoint], as_of: str) -> Axis | None:
    """A dyad -> the time that its claims, turns and series take, a little room on both sides."""
    days = [d for claim in dyad.claims for d in claim_span(claim) or ()]
    days += [ordinal(p.day) for p in series] + [ordinal(c.day) for c in dyad.changes]
    if not days:
        return None
    first, last = min(days), max([*days, ordinal(as_of)] if as_of else days)
    room = max(2, (last - first) // 50)
    return Axis(first - room, last + room)


def draw_frame(axis: Axis) -> Markup:
    """The axis -> the middle line, the scale of warmth, and ticks of time."""
    parts = [Markup('<line class="zero" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(LEFT, WIDTH - RIGHT, MIDDLE, MIDDLE)]
    for value, text in ((1, "+1"), (0, "0"), (-1, "\u22121")):
        parts.append(Markup('<text class="scale" x="{}" y="{}">{}</text>').format(LEFT - 8, MIDDLE - value * REACH + 4, text))
    for day, text in find_ticks(axis):
        x = f"{axis.x(day):.1f}"
        parts.append(Markup('<line class="tick" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(x, x, MIDDLE - REACH, MIDDLE + REACH))
        style = "when last" if WIDTH - axis.x(day) < 30 else "when"
        parts.append(Markup('<text class="{}" x="{}" y="{}">{}</text>').format(style, x, HEIGHT - 10, text))
    return Markup("").join(parts)


def find_ticks(axis: Axis) -> list[tuple[int, str]]:
    """The axis -> at most eight days with their labels."""
    if axis.last - axis.first < SHORT_SPAN:
        step = -(-(axis.last - axis.first) // 7)
        return [(d, say_day(date.fromordinal(d).isoformat())[:-5]) for d in range(axis.first + 1, axis.last, step)]
    start, end = date.fromordinal(axis.first), date.fromordinal(axis.last)
    months = range(start.year * 12 + start.month, end.year * 12 + end.month)
    step = next((s for s in TICK_STEPS if len([m for m in months if m % s == 0]) <= 8), TICK_STEPS[-1])
    chosen = [m for m in months if m % step == 0]
    return [(date(m // 12, m % 12 + 1, 1).toordinal(), label_month(m, step)) for m in chosen]


def label_month(month: int, step: int) -> str:
    """Months since the year 0 -> the tick's label: the year alone where ticks are years apart."""
    return str(month // 12) if step >= 12 else f"{MONTHS[month % 12][:3]} {month // 12}"


def draw_band(axis: Axis, series: Sequence[TiePoint]) -> Markup:
    """A series of chances -> the interval as bands and the mean as lines, on the scale of warmth; long gaps told apart."""
    runs = [draw_run(axis, series[i : j + 1], gap) for i, j, gap in split_runs(series, axis)]
    return Markup("").join(runs)


def split_runs(series: Sequence[TiePoint], axis: Axis) -> list[tuple[int, int, bool]]:
    """A series -> its runs as first and last index, both closed, each a gap or not; neighbours share a point."""
    long = max(LONG_GAP, (axis.last - axis.first) // 8)
    days = [ordinal(p.day) for p in series]
    steps = [(i, days[i + 1] - days[i] > long) for i in range(len(days) - 1)]
    runs: list[tuple[int, int, bool]] = []
    for i, gap in steps:
        if runs and not gap and not runs[-1][2]:
            runs[-1] = (runs[-1][0], i + 1, False)
        else:
            runs.append((i, i + 1, gap))
    return runs


def draw_run(axis: Axis, series: Sequence[TiePoint], gap: bool) -> Markup:
    """A stretch of the series -> its band and its line."""
    spots = [(axis.x(ordinal(p.day)), p) for p in series]
    upper = [f"{x:.1f},{chance_y(p.high):.1f}" for x, p in spots]
    lower = [f"{x:.1f},{chance_y(p.low):.1f}" for x, p in reversed(spots)]
    mean = [f"{x:.1f},{chance_y(p.mean):.1f}" for x, p in spots]
    drawn = Markup('<polygon class="band{}" points="{}"/><polyline class="mean{}" points="{}"/>')
    return drawn.format(" gap" * gap, " ".join(upper + lower), " gap" * gap, " ".join(mean))


def chance_y(chance: float) -> float:
    """A chance 0..1 -> its height in pixels: warmth -1..1 about the middle."""
    return MIDDLE - REACH * (2 * min(1.0, max(0.0, chance)) - 1)


def draw_turn(axis: Axis, change: Change) -> Markup:
    """A change -> a line on its day with an arrow the way it went."""
    x, up = axis.x(ordinal(change.day)), change.direction > 0
    top, base = (MIDDLE - REACH - 14, MIDDLE - REACH - 5) if up else (MIDDLE + REACH + 14, MIDDLE + REACH + 5)
    arrow = f"M{x - 6:.1f},{base} L{x + 6:.1f},{base} L{x:.1f},{top}Z"
    drawn = '<g class="bend {}"><title>{}</title><line x1="{:.1f}" x2="{:.1f}" y1="{}" y2="{}"/><path d="{}"/></g>'
    text = f"{say_day(change.day)}: {say_turn(change)}, {say_signed(change.before)} to {say_signed(change.after)}"
    return Markup(drawn).format("pos" if up else "neg", text, x, x, MIDDLE - REACH - 5, MIDDLE + REACH + 5, arrow)


def draw_claim(axis: Axis, claim: Claim) -> Markup:
    """A claim -> its mark: an act as a stem as long as its score, a standing as a diamond on the line; linked to its card."""
    span = claim_span(claim)
    if span is None:
        return Markup("")
    x, tone = axis.x(sum(span) / 2), claim_tone(claim)
    reach = REACH * max(0.12, abs(claim.score or 0.0) / 10) if claim.quad else 0.0
    y = MIDDLE - tone * reach
    style = " ".join(("pos" if tone > 0 else "neg" if tone < 0 else "flat", "real" if is_real(claim) else "unreal"))
    stem = Markup('<line x1="{:.1f}" x2="{:.1f}" y1="{}" y2="{:.1f}"/>').format(x, x, MIDDLE, y) if reach else Markup("")
    drawn = Markup('<a href="#c-{}" tabindex="-1" class="{}"><title>{}</title>{}{}{}</a>')
    return drawn.format(claim.id, style, title_claim(claim), draw_span(axis, span, y), stem, draw_shape(claim, x, y))


def title_claim(claim: Claim) -> str:
    """A claim -> its tooltip."""
    recipient = f" {say_recipient(claim)}" if claim.recipient else ""
    return f"{say_claim_day(claim)}: {say_party(claim.actor)} {say_act(claim)}{recipient} ({claim.status})"


def draw_span(axis: Axis, span: tuple[int, int], y: float) -> Markup:
    """The days that a claim may lie in -> a thin line, where it is wide enough to be seen."""
    low, high = axis.x(span[0]), axis.x(span[1])
    drawn = Markup('<line class="days" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>')
    return drawn.format(low, high, y, y) if high - low > 10 else Markup("")


def draw_shape(claim: Claim, x: float, y: float) -> Markup:
    """A claim -> a circle for words, a square for deeds, a diamond for a standing."""
    if claim.quad in (1, 3):
        return Markup('<circle class="verbal" cx="{:.1f}" cy="{:.1f}" r="4.2"/>').format(x, y)
    if claim.quad:
        return Markup('<rect class="material" x="{:.1f}" y="{:.1f}" width="8" height="8"/>').format(x - 4, y - 4)
    return Markup('<path class="standing" d="M{:.1f},{:.1f}l5,5l-5,5l-5,-5z"/>').format(x, y - 5)
