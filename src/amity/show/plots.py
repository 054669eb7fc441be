"""Ties, blocs and cohesion -> figures for papers (matplotlib; the extra `amity[plot]`).

Blue is cooperation and orange conflict, told apart by place, mark and line too; nothing rests on colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity.errors import BadInput
from amity.records import BlocMoment, Change, Claim, Cohesion, Tie
from amity.show.lines import say_safe
from amity.show.picture import claim_bounds
from amity.show.wording import is_real, say_day, say_short_day

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

POS, NEG, FLAT, INK, BAND = "#1a5fa8", "#b04a00", "#6b7178", "#1b1f24", "#dfe2e4"
# Blocs in the order of their numbers: the palette of Okabe and Ito (2008), which colour-blind readers tell apart.
TRACKS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999")
FORMS = ("svg", "png", "pdf")
# Inches: one column and a half of a journal page.
WIDE = 7.0
# Points an inch in PNG: what printers ask for.
DOTS = 300
# Parties in the figure of blocs, those that stand in a bloc on most days.
MOST_PARTIES = 40
STYLE: dict[Any, Any] = {
    "font.family": "sans-serif", "font.size": 8, "axes.titlesize": 9, "axes.titlelocation": "left", "axes.spines.top": False,
    "axes.spines.right": False, "axes.edgecolor": INK, "axes.linewidth": 0.6, "xtick.major.width": 0.6, "ytick.major.width": 0.6,
    "figure.constrained_layout.use": True, "svg.hashsalt": "amity", "legend.frameon": False, "legend.fontsize": 7,
    # Names come from articles: a dollar sign is a letter there, not mathematics.
    "text.parse_math": False,
}  # fmt: skip


@contextmanager
def styled() -> Iterator[Any]:
    """The plotting library with this page's style, apart from whatever else uses it. Raises BadInput where it is not installed."""
    try:
        import matplotlib
    except ImportError:
        raise BadInput("plot: matplotlib not installed, figures need the extra: pip install 'amity[plot]'") from None
    with matplotlib.rc_context(STYLE):
        from matplotlib import figure

        yield figure.Figure


def save_figure(figure: Figure, path: Path) -> None:
    """A figure -> a file whose ending says its form; the same figure gives the same bytes. Raises BadInput for another ending."""
    form = path.suffix.lower().lstrip(".")
    if form not in FORMS:
        raise BadInput(f"{path}: got the ending {path.suffix!r}, allowed is {', '.join('.' + f for f in FORMS)}; name it with -o")
    blank: dict[str, Mapping[str, None]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}
    with styled():
        figure.savefig(path, format=form, dpi=DOTS, metadata=dict(blank[form]))


def plot_tie(tie: Tie, claims: Sequence[Claim], changes: Sequence[Change] = ()) -> Figure:
    """A tie with its claims and turns -> three panels over one axis of time: deeds, words, and warmth with its 90 % interval."""
    with styled() as make:
        figure: Figure = make(figsize=(WIDE, 4.2))
        deeds, words, warmth = figure.subplots(3, 1, sharex=True, gridspec_kw={"height_ratios": (1, 1, 1.4)})
        deeds.set_title(say_safe(f"{tie.a_name} – {tie.b_name}") + (f": {tie.state}" if tie.state else ""), fontsize=10, fontweight="bold")
        draw_acts(deeds, claims, (2, 4), "deeds")
        draw_acts(words, claims, (1, 3), "words")
        draw_warmth(warmth, tie)
        for axes in (deeds, words, warmth):
            for change in changes:
                axes.axvline(day_of(change.day), color=POS if change.direction > 0 else NEG, linewidth=0.8, linestyle=(0, (3, 2)))
        for change in changes:
            mark = "▲" if change.direction > 0 else "▼"
            deeds.annotate(
                mark, (day_of(change.day), 1), xycoords=("data", "axes fraction"), ha="center", color=POS if change.direction > 0 else NEG
            )
    return figure


def draw_acts(axes: Axes, claims: Sequence[Claim], quads: tuple[int, int], name: str) -> None:
    """Acts of two quads -> stems from the middle line, as long as their score; hollow where not said to have happened."""
    axes.axhline(0, color=INK, linewidth=0.6)
    for claim in claims:
        bounds = claim_bounds(claim)
        if claim.quad not in quads or bounds is None or claim.score is None:
            continue
        at: Any = date.fromordinal((day_of(bounds[0]).toordinal() + day_of(bounds[1]).toordinal()) // 2)
        tone, real = POS if claim.quad == quads[0] else NEG, is_real(claim)
        height = abs(claim.score) * (1 if claim.quad == quads[0] else -1)
        axes.vlines([at], 0, height, color=tone, linewidth=1, linestyles="solid" if real else "dotted")
        axes.plot([at], [height], "s" if name == "deeds" else "o", markersize=3.6, color=tone, markerfacecolor=tone if real else "white")
    axes.set_ylim(-11, 11)
    axes.set_yticks((-10, 0, 10), ("−10", "0", "+10"))
    axes.set_ylabel(name)


def draw_warmth(axes: Axes, tie: Tie) -> None:
    """A tie's series -> its mean as a line in its band, on the scale of warmth."""
    days = [day_of(p.day) for p in tie.series]
    axes.axhline(0, color=INK, linewidth=0.6)
    axes.fill_between(days, [2 * p.low - 1 for p in tie.series], [2 * p.high - 1 for p in tie.series], color=BAND, linewidth=0)
    axes.plot(days, [2 * p.mean - 1 for p in tie.series], color=INK, linewidth=1.2)
    axes.set_ylim(-1.05, 1.05)
    axes.set_yticks((-1, 0, 1), ("−1", "0", "+1"))
    axes.set_ylabel("warmth, 90 %")


def plot_blocs(moments: Sequence[BlocMoment]) -> Figure:
    """Blocs on days -> a field for each party and day, with the number and colour of its bloc; empty where it stands in none."""
    moments = [m for m in moments if any(t is not None for t in m.tracks)]
    if not moments:
        raise BadInput("plot blocs: got no day with a bloc of two or more parties, read more reports or plot fewer steps")
    names = {str(i): n for m in moments for i, n in m.partition.names}
    stood = [{str(p): t for t, b in zip(m.tracks, m.partition.blocs, strict=True) if t is not None for p in b.members} for m in moments]
    parties = sorted({p for s in stood for p in s}, key=lambda p: (-sum(p in s for s in stood), names.get(p, p)))[:MOST_PARTIES]
    parties.sort(key=lambda p: (next((s[p] for s in reversed(stood) if p in s), 99), names.get(p, p)), reverse=True)
    with styled() as make:
        figure: Figure = make(figsize=(WIDE, 1.1 + 0.19 * len(parties)))
        axes = figure.subplots()
        for x, s in enumerate(stood):
            for y, party in enumerate(parties):
                if party in s:
                    draw_field(axes, x, y, s[party])
        axes.set_xlim(-0.5, len(moments) - 0.5)
        axes.set_ylim(-0.5, len(parties) - 0.5)
        axes.set_yticks(range(len(parties)), [say_safe(names.get(p, p)) for p in parties])
        step = -(-len(moments) // 12)
        axes.set_xticks(range(0, len(moments), step), [say_short_day(m.day) for m in moments[::step]], rotation=30, ha="right")
        axes.tick_params(length=0)
        axes.set_title("Blocs of two or more, by number")
        axes.spines[["left", "bottom"]].set_visible(False)
    return figure


def draw_field(axes: Axes, x: int, y: int, track: int) -> None:
    """A party's bloc on a day -> a coloured field with its number."""
    from matplotlib.patches import Rectangle

    colour = TRACKS[(track - 1) % len(TRACKS)]
    axes.add_patch(Rectangle((x - 0.47, y - 0.44), 0.94, 0.88, facecolor=colour, edgecolor="white", linewidth=0.5))
    axes.text(
        x, y, str(track), ha="center", va="center", fontsize=6.5, color="black" if colour in ("#F0E442", "#E69F00", "#56B4E9") else "white"
    )


def plot_cohesion(rows: Sequence[Cohesion], names: Mapping[str, str]) -> Figure:
    """Cohesion of a bloc on days -> its mean alignment within with the 90 % interval, beside that to outsiders; below, strain."""
    spoken = [r for r in rows if r.within is not None]
    if not spoken:
        raise BadInput("plot cohesion: got no day on which anything is said of two members, name others with --members")
    days = [day_of(r.day) for r in spoken]
    with styled() as make:
        figure: Figure = make(figsize=(WIDE, 3.4))
        top, low = figure.subplots(2, 1, sharex=True, gridspec_kw={"height_ratios": (3, 1)})
        top.axhline(0, color=INK, linewidth=0.6)
        banded = [r for r in spoken if r.low is not None and r.high is not None]
        top.fill_between(
            [day_of(r.day) for r in banded], [r.low or 0 for r in banded], [r.high or 0 for r in banded], color=BAND, linewidth=0
        )
        top.plot(days, [r.within for r in spoken], "o-", color=POS, markersize=3.5, linewidth=1.4, label="within, 90 % interval")
        away = [r for r in spoken if r.outside is not None]
        top.plot(
            [day_of(r.day) for r in away], [r.outside for r in away], "s--", color=NEG, markersize=3.5, linewidth=1.2, label="to outsiders"
        )
        top.set_ylim(-1.05, 1.05)
        top.set_ylabel("alignment")
        top.legend(loc="best", ncols=2)
        top.set_title(f"Cohesion of {say_safe(spoken[-1].bloc)}", fontsize=10, fontweight="bold")
        low.stem(days, [100 * (r.strain or 0) for r in spoken], linefmt=FLAT, markerfmt="o", basefmt=" ")
        low.set_ylabel("strain, %")
        low.set_ylim(0, 105)
        note_weakest(low, spoken[-1], names)
    return figure


def note_weakest(axes: Axes, row: Cohesion, names: Mapping[str, str]) -> None:
    """The last row -> a line below the figure: the pair that pulls the bloc apart, and how much is spoken of."""
    pair = " – ".join(say_safe(names.get(p, p)) for p in row.weakest or ())
    told = f"on {say_day(row.day)} {row.pairs} of {row.possible} pairs are spoken of" + (f"; pulled apart by {pair}" if pair else "")
    axes.set_xlabel(told, fontsize=7, loc="left")


def day_of(day: str) -> Any:
    """ISO text -> a day for the axis, which takes dates though its types do not say so."""
    return date.fromisoformat(day[:10])
