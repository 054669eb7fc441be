"""What every verb shares: the application, the ledger's address, the console, and how rows are printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from amity.ledger import ClaimFilter, Ledger
    from amity.pipeline import Progress
    from amity.records import Claim, Unread

app = typer.Typer(
    name="amity",
    help="Reads reports about alliances and keeps the map: who stands with whom, how firmly, on whose word, what changed.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
Paths = Annotated[list[Path], typer.Argument(help="Files or folders: text, HTML, JSON Lines.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Only what had been published by this day (2024-09-30).")]
Actors = Annotated[Path | None, typer.Option("--actors", help="Your own actor rows, a CSV file; see docs/actors.md.")]


class Desk:
    """What every verb shares: the ledger's address and the console."""

    def __init__(self, address: str, plain: bool, read_by: str | None) -> None:
        self.address, self.plain, self.read_by = address, plain, read_by

    def wanted(self, as_of: str | None, **more: Any) -> ClaimFilter:
        """A filter of claims published by a day, in the ledger as it stood when the desk says."""
        from amity.ledger import ClaimFilter

        return ClaimFilter(published_by=as_of, as_of=self.read_by, **more)

    def asks_now(self, as_of: str | None) -> bool:
        """Whether all that the ledger holds now is asked for: of the past nothing is kept."""
        return as_of is None and self.read_by is None

    @property
    def console(self) -> Console:
        """Where people read; width of the terminal, 100 in a pipe."""
        from rich.console import Console

        return Console(soft_wrap=False, width=None if sys.stdout.isatty() else 100, highlight=False)

    @contextmanager
    def ledger(self, create: bool = False) -> Iterator[Ledger]:
        """The ledger, opened; one that is not there is created only by reading."""
        from amity.ledger import open_ledger

        with open_ledger(self.address, create=create) as ledger:
            yield ledger


@app.callback()
def start(
    context: typer.Context,
    ledger: Annotated[
        str, typer.Option("--ledger", envvar="AMITY_LEDGER", help="The ledger: a SQLite file, or postgresql://user@host/name.")
    ] = "amity.db",
    read_by: Annotated[str | None, typer.Option("--read-by", help="Replay: only what the ledger had read and judged by this day.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, results only.")] = False,
) -> None:
    """Set the ledger for the verb that follows."""
    context.obj = Desk(ledger, quiet, read_by)


def watch_steps(steps: Iterator[Progress], desk: Desk) -> Iterator[Progress]:
    """Pass steps through, with a line of progress where a person watches."""
    if desk.plain or not sys.stderr.isatty():
        yield from steps
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("loading the reader", total=None)
        for step in steps:
            bar.update(task, advance=1, description=step.name[-40:])
            yield step


def show_claims(ledger: Ledger, wanted: ClaimFilter, desk: Desk, jsonl: bool, keep: Callable[[Claim], bool] = lambda _: True) -> None:
    """Print the claims that fit a filter, of these those kept."""
    found = filter(keep, ledger.claims(wanted))
    if jsonl:
        for claim in found:
            print_json(claim.to_json())
        return
    from amity.show import print_claims

    print_claims(list(found), desk.console)


def say_unread(item: Unread, indent: str = "") -> None:
    """Where nothing was read: the reason and what to do."""
    typer.echo(f"{indent}{item.name}: {item.reason}{'; ' + item.remedy if item.remedy else ''}", err=True)


def find_party(name: str | None) -> str | None:
    """A user's name for a party -> its id where the tables know it, else the words as given."""
    if name is None or ":" in name:
        return name
    from amity.actors import load_actors

    found = load_actors().find(name)
    return found.id if found else name


def print_json(row: dict[str, Any]) -> None:
    line = json.dumps(row, ensure_ascii=False)
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
