"""Verbs that draw figures for papers: a tie, the blocs, how one of them holds together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from amity.cli.blocs import _days, _known, _members_of
from amity.cli.desk import AsOf, app
from amity.errors import BadInput, NotFound

plots = typer.Typer(name="plot", rich_markup_mode=None, no_args_is_help=True, help="Draw figures for papers, as SVG, PNG or PDF.")
app.add_typer(plots)
Out = Annotated[Path, typer.Option("-o", "--out", help="The file to write: .svg, .png or .pdf.")]
Every = Annotated[str, typer.Option("--every", help="A step for each month, quarter or year.")]


@plots.command(epilog="Example: amity plot tie Iran Syria -o iran-syria.svg")
def tie(context: typer.Context, a: str, b: str, out: Out = Path("tie.svg"), as_of: AsOf = None) -> None:
    """Draw one tie: deeds, words, and warmth with its 90 % interval over time, and its turns."""
    from amity.pipeline import draw_picture
    from amity.show.picture import gather_dyads
    from amity.show.plots import plot_tie

    with context.obj.ledger() as ledger:
        picture = draw_picture(ledger, as_of, read_by=context.obj.read_by)
    names = {t.a: t.a_name for t in picture.ties} | {t.b: t.b_name for t in picture.ties}
    ends = {_known(a, names), _known(b, names)}
    found = next((d for d in gather_dyads(picture)[0] if {d.a, d.b} == ends and d.tie), None)
    if found is None or found.tie is None:
        raise NotFound(f"plot tie: got {a!r} and {b!r}, between whom the ledger knows no tie; see those there are with: amity ties")
    save(plot_tie(found.tie, found.claims, found.changes), out)


@plots.command(epilog="Example: amity plot blocs --every year -o blocs.png")
def blocs(
    context: typer.Context,
    out: Out = Path("blocs.svg"),
    every: Every = "year",
    camps: Annotated[bool, typer.Option("--camps", help="At most two camps in each connected part.")] = False,
    as_of: AsOf = None,
) -> None:
    """Draw who stood in which bloc over time."""
    from amity.show.plots import plot_blocs
    from amity.ties import follow_blocs

    held = read_claims(context, as_of)
    save(plot_blocs(follow_blocs(held, _days(held, every, as_of), "two" if camps else "many")), out)


@plots.command(epilog='Example: amity plot cohesion axis --members "Iran, Syria, Hezbollah" --every quarter -o axis.svg')
def cohesion(
    context: typer.Context,
    name: str,
    out: Out = Path("cohesion.svg"),
    members: Annotated[str | None, typer.Option("--members", help="Its members, parted by commas; else those stated, or the bloc.")] = None,
    every: Every = "year",
    as_of: AsOf = None,
) -> None:
    """Draw how a bloc holds together over time: within, to outsiders, and its strain."""
    from amity.show.plots import plot_cohesion
    from amity.ties import compute_ties, follow_cohesion

    held = read_claims(context, as_of)
    ties = compute_ties(held, as_of)
    names = {t.a: t.a_name for t in ties} | {t.b: t.b_name for t in ties}
    if members:
        ids = [_known(m.strip(), names) for m in members.split(",") if m.strip()]
    else:
        name, ids = _members_of(name, held, ties, names)
    save(plot_cohesion(follow_cohesion(held, name, ids, _days(held, every, as_of)), names), out)


def read_claims(context: typer.Context, as_of: str | None) -> list[Any]:
    """The ledger's claims as published by a day. Raises BadInput where there are none."""
    with context.obj.ledger() as ledger:
        held = list(ledger.claims(context.obj.wanted(as_of)))
    if not held:
        raise BadInput("plot: got a ledger without claims, read reports first: amity read reports/")
    return held


def save(figure: Any, out: Path) -> None:
    """Write a figure and say where it is."""
    from amity.show.plots import save_figure

    save_figure(figure, out)
    typer.echo(f"wrote {out} ({out.stat().st_size / 1000:.0f} kB)")
