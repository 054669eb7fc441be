"""Verbs of exchange: other people's data in, the ledger out in other people's forms."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amity.cli.desk import Actors, AsOf, Desk, app, find_party, say_unread
from amity.errors import BadInput

if TYPE_CHECKING:
    from amity.trade import Arrival

# Names not placed that are told; all are counted.
MOST_NAMES = 12
KINDS_IN = "icews, polecat, gdelt, gdelt-mentions, acled, ucdp, keds, cameo, plover, graph, csv"
KINDS_OUT = "jsonl, csv, parquet, gexf, graphml, ftm, stix, timeline, annotations, plover, cameo, prov"


@app.command("import", epilog="Example: amity import icews events.2018.tab  |  amity import csv mine.csv --mapping mine.yaml")
def import_(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help=KINDS_IN)],
    paths: Annotated[list[Path], typer.Argument(help="Files or folders, also .gz and .zip.")],
    mapping: Annotated[Path | None, typer.Option("--mapping", help="For csv: which column is what; see docs/exchange.md.")] = None,
    actors: Actors = None,
    option: Annotated[list[str] | None, typer.Option("--option", help="NAME=VALUE, for graph: start=2018-01-01, step=24.")] = None,
) -> None:
    """Import event rows of other datasets; repeating it adds nothing, after a break it goes on where it stopped."""
    from amity.trade import ImportOptions, import_files

    for path in (p for p in (mapping, actors) if p and not p.is_file()):
        raise BadInput(f"import: {path} is no file")
    given = dict(part.partition("=")[::2] for part in option or ())
    desk: Desk = context.obj
    with desk.ledger(create=True) as ledger:
        states = list(watch_import(import_files(ledger, kind, paths, ImportOptions(mapping, actors, given)), desk))
    last = states[-1] if states else None
    if last is None:
        raise BadInput(f"import {kind}: got no file of rows in {', '.join(map(str, paths))}")
    say_arrival(last)
    if not last.events and not last.known:
        raise typer.Exit(1)


def watch_import(states: Iterator[Arrival], desk: Desk) -> Iterator[Arrival]:
    """Pass states through, with a bar where a person watches."""
    if desk.plain or not sys.stderr.isatty():
        yield from states
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[said]}"), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None, said="")
        for state in states:
            said = f"{state.events:,} events, {state.skipped:,} skipped"
            bar.update(task, total=state.bytes_all, completed=state.bytes_done, description=state.file[-40:], said=said)
            yield state


def say_arrival(state: Arrival) -> None:
    """What came in, what was skipped and why with its lines, what could not be placed."""
    files = count_of(state.files, "file")
    known = f"; {count_of(state.known, 'line')} known already" if state.known else ""
    came = f"{count_of(state.events, 'event')} from {count_of(state.lines, 'line')} of {files}"
    typer.echo(f"{came}; {count_of(state.skipped, 'line')} skipped{known}")
    for rule, count in state.bad.most_common():
        typer.echo(f"  skipped, {rule}: {count:,}")
    for file, line, why in state.told[:5]:
        typer.echo(f"    {file}:{line}  {why}")
    if state.skipped > 5:
        typer.echo("    ... all of them: SELECT * FROM v_skipped")
    say_unplaced(state.unmapped_codes, ("code", "without a type (kept as UNCODED; no tie counts them)"))
    say_unplaced(state.unmapped_actors, ("actor", "that no table knows (kept under their own names; add rows with --actors)"))
    for item in state.unread:
        say_unread(item, "  ")


def count_of(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count_of(1, "line"), count_of(2000, "line")
    ('1 line', '2,000 lines')
    """
    return f"{number:,} {noun}{'s' if number != 1 else ''}"


def say_unplaced(names: Counter[str], what: tuple[str, str]) -> None:
    """The commonest names that could not be placed; `what` is their noun and what becomes of them."""
    if names:
        shown = ", ".join(f"{name} ({count:,})" for name, count in names.most_common(MOST_NAMES))
        more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
        typer.echo(f"  {count_of(len(names), what[0])} {what[1]}: {shown}{more}")


@app.command(epilog="Example: amity export gexf -o ties.gexf --as-of 2024-09-30  |  amity export jsonl")
def export(  # noqa: PLR0913 - each is a choice that a user may want on its own
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help=KINDS_OUT)],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="The file to write; by default named after the ledger.")] = None,
    as_of: AsOf = None,
    a: Annotated[str | None, typer.Option("--a", help="Only claims of this party.")] = None,
    b: Annotated[str | None, typer.Option("--b", help="And this one.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="First day.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day.")] = None,
    title: Annotated[str, typer.Option("--title")] = "",
) -> None:
    """Write the ledger in a form that other programs read; every form carries PLOVER and CAMEO codes."""
    from amity.exchange import EXPORTS, find_export
    from amity.trade import export_ledger

    find_export(kind)
    desk: Desk = context.obj
    place = out or Path(Path(desk.address).stem + EXPORTS[kind][2])
    with desk.ledger() as ledger:
        wanted = desk.wanted(as_of, a=find_party(a), b=find_party(b), since=since, until=until)
        count = export_ledger(ledger, kind, place, wanted, title)
    typer.echo(f"wrote {place}: {count:,} of {EXPORTS[kind][3]} ({place.stat().st_size / 1000:,.0f} kB)")
