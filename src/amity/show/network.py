"""Ties -> the network as SVG, and the signed matrix where there are too many parties to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from amity.records import Tie
from amity.show.evidence import lean_of, say_tie, tie_look
from amity.show.layout import Link, link_width, place_labels, place_nodes
from amity.show.picture import Dyad, order_pair
from amity.show.wording import say_count, say_signed

SIZE, MARGIN = (640, 560), (70, 34)
# Parties in the network, those with most claims; more cannot be told apart.
MOST_NODES = 36
# Parties in the matrix: 60 x 60 cells take about 100 KB.
MOST_ROWS = 60
# Letters of a label; the whole name is in the tooltip.
LABEL_LETTERS = 24


@dataclass(frozen=True, slots=True)
class Party:
    """A party of the network: id, name, number of ties and of claims behind them."""

    id: str
    name: str
    ties: int
    claims: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the matrix: its sign as text, the anchor it leads to, its style and its tooltip."""

    text: str
    anchor: str
    look: str
    title: str


def list_parties(dyads: Sequence[Dyad]) -> list[Party]:
    """Dyads -> the parties of their ties, most claims first."""
    names: dict[str, str] = {}
    ties: Counter[str] = Counter()
    claims: Counter[str] = Counter()
    for d in dyads:
        if d.tie:
            for id, name in ((d.a, d.a_name), (d.b, d.b_name)):
                names.setdefault(id, name)
                ties[id] += 1
                claims[id] += len(d.claims)
    return sorted((Party(i, n, ties[i], claims[i]) for i, n in names.items()), key=lambda p: (-p.claims, -p.ties, p.name, p.id))


def title_tie(tie: Tie, claims: int) -> str:
    """A tie -> its tooltip."""
    interval = f"{say_signed(tie.low)} to {say_signed(tie.high)}"
    return f"{tie.a_name} – {tie.b_name}: {say_tie(tie)}, warmth {say_signed(tie.warmth)} ({interval}), {say_count(claims, 'claim')}"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parties of a network stand: places in pixels, and radii."""

    parties: tuple[Party, ...]
    spots: tuple[tuple[float, float], ...]
    radii: tuple[float, ...]


def lay_out(dyads: Sequence[Dyad]) -> Layout:
    """Dyads -> places of the MOST_NODES parties with most claims; a party whose ties all lead out of the drawing has none."""
    drawn = {p.id for p in list_parties(dyads)[:MOST_NODES]}
    tied = [d for d in dyads if d.tie and {d.a, d.b} <= drawn]
    parties = list_parties(tied)
    at = {p.id: i for i, p in enumerate(parties)}
    links = [Link(at[d.a], at[d.b], lean_of(d.tie), len(d.claims)) for d in tied if d.tie]
    spots = place_nodes(len(parties), links, SIZE, MARGIN) if parties else []
    return Layout(tuple(parties), tuple(spots), tuple(5 + min(9.0, 1.3 * p.ties**0.8) for p in parties))


def draw_network(dyads: Sequence[Dyad], layout: Layout | None = None) -> Markup:
    """Dyads -> SVG of the ties among the parties of a layout (None: their own); empty without ties."""
    layout = layout or lay_out(dyads)
    parties, at = layout.parties, {p.id: layout.spots[i] for i, p in enumerate(layout.parties)}
    if not parties:
        return Markup("")
    tied = [d for d in dyads if d.tie and d.a in at and d.b in at]
    lines = [draw_link(d, at[d.a], at[d.b]) for d in reversed(tied)]
    nodes = draw_nodes(parties, layout.spots, layout.radii)
    head = Markup('<svg class="net" viewBox="0 0 {} {}" role="group" aria-label="{}">')
    label = (
        f"Network of {say_count(len(parties), 'party', 'parties')} and {say_count(len(tied), 'tie')}; the table beside it holds the same"
    )
    return head.format(*SIZE, label) + Markup("").join(lines + nodes) + Markup("</svg>")


def draw_link(dyad: Dyad, start: tuple[float, float], end: tuple[float, float]) -> Markup:
    """A dyad -> a line to its section: solid where warm, dashed where cold, dotted where open; pale where it only leans."""
    if dyad.tie is None:
        return Markup("")
    (x1, y1), (x2, y2) = start, end
    place = f'x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"'
    # Put together by hand: a dense network has hundreds of lines, and Markup.format takes ten times as long. What stands in
    # them is numbers, anchors and classes of this page's own; the title alone comes from articles, and is escaped.
    title = escape(title_tie(dyad.tie, len(dyad.claims)))
    line = f'<line class="hit" {place}/><line {place} stroke-width="{link_width(len(dyad.claims))}"/>'
    return Markup(f'<a href="#{dyad.anchor}" tabindex="-1" class="{tie_look(dyad.tie)}"><title>{title}</title>{line}</a>')


def draw_nodes(parties: Sequence[Party], spots: Sequence[tuple[float, float]], radii: Sequence[float]) -> list[Markup]:
    """Parties and places -> circles first, labels above all."""
    labels = [p.name if len(p.name) <= LABEL_LETTERS else p.name[: LABEL_LETTERS - 1] + "…" for p in parties]
    circle = Markup('<circle cx="{}" cy="{}" r="{:.1f}"><title>{}</title></circle>')
    text = Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}"><title>{}</title>{}</text>')
    titles = [f"{p.name}: {say_count(p.ties, 'tie')}, {say_count(p.claims, 'claim')}" for p in parties]
    circles = [circle.format(*spot, r, t) for spot, r, t in zip(spots, radii, titles, strict=True)]
    places = place_labels(spots, radii, labels, SIZE)
    return circles + [text.format(*place, t, label) for place, t, label in zip(places, titles, labels, strict=True)]


def build_matrix(dyads: Sequence[Dyad]) -> tuple[list[Party], list[list[Cell | None]]]:
    """Dyads -> parties with most claims, and their signed fields; None where no tie is known."""
    parties = sort_camps(list_parties(dyads)[:MOST_ROWS], dyads)
    tied = {order_pair(d.a, d.b): d for d in dyads if d.tie}
    rows = [[fill_cell(tied.get(order_pair(r.id, c.id))) for c in parties] for r in parties]
    return parties, rows


def sort_camps(parties: list[Party], dyads: Sequence[Dyad]) -> list[Party]:
    """Parties -> the same with those side by side that share friends and foes: by the leading eigenvector of alignment, or else warmth."""
    import numpy as np

    at = {p.id: i for i, p in enumerate(parties)}
    warm = np.zeros((len(parties), len(parties)))
    for d in dyads:
        if d.tie and d.a in at and d.b in at:
            warm[at[d.a], at[d.b]] = warm[at[d.b], at[d.a]] = d.tie.warmth if d.tie.alignment is None else d.tie.alignment
    if not parties:
        return []
    leading = np.linalg.eigh(warm)[1][:, -1].round(6)
    leading = leading * (1 if leading[np.argmax(np.abs(leading))] >= 0 else -1)
    return [parties[i] for i in np.argsort(-leading, kind="stable")]


def fill_cell(dyad: Dyad | None) -> Cell | None:
    """A dyad -> its field."""
    if dyad is None or dyad.tie is None:
        return None
    return Cell(short_sign(dyad.tie), dyad.anchor, tie_look(dyad.tie), title_tie(dyad.tie, len(dyad.claims)))


def short_sign(tie: Tie) -> str:
    """A tie -> its sign as text, so that colour is never alone: doubled where the interval decides, single where it leans."""
    return {1: "+", 0: "○", -1: "\u2212"}[lean_of(tie)] * (2 if tie.sign else 1)
