"""The command line: one verb a stage. Every verb's help ends with an example.

Exit codes: 0 done, 1 something was asked that cannot be done or nothing was done, 2 wrong usage, 3 a check failed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amity.errors import AmityError, BadInput

if TYPE_CHECKING:
    from rich.console import Console

    from amity.ledger import ClaimFilter, Ledger
    from amity.pipeline import Progress
    from amity.records import Unread

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
    ledger: Annotated[str, typer.Option("--ledger", envvar="AMITY_LEDGER", help="The ledger: a SQLite file.")] = "amity.db",
    read_by: Annotated[str | None, typer.Option("--read-by", help="Replay: only what the ledger had read and judged by this day.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, results only.")] = False,
) -> None:
    """Set the ledger for the verb that follows."""
    context.obj = Desk(ledger, quiet, read_by)


@app.command(epilog="Example: amity read reports/ more.jsonl")
def read(context: typer.Context, paths: Paths, actors: Actors = None) -> None:
    """Read articles into the ledger; what is known already is not read again."""
    from amity.pipeline import Pipeline, read_into

    desk: Desk = context.obj
    with desk.ledger(create=True) as ledger:
        steps = list(_watch(read_into(ledger, paths, Pipeline(actors)), desk))
    fresh, known = [s for s in steps if not s.known and not s.unread], [s for s in steps if s.known]
    unread = [s.unread for s in steps if s.unread]
    typer.echo(f"{len(fresh)} documents read, {sum(s.claims for s in fresh)} claims; {len(known)} known already; {len(unread)} not read")
    for item in unread:
        _say_unread(item, "  ")
    if not fresh and not known:
        raise typer.Exit(1)


@app.command(epilog="Example: amity code report.txt --jsonl > claims.jsonl")
def code(
    context: typer.Context,
    paths: Paths,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One claim a line as JSON, for other programs.")] = False,
    actors: Actors = None,
) -> None:
    """Read articles and print their claims; nothing is stored."""
    from amity.pipeline import Pipeline, read_documents
    from amity.records import Unread

    pipeline, count = Pipeline(actors), 0
    for item in read_documents(paths):
        if isinstance(item, Unread):
            _say_unread(item)
            continue
        count += 1
        claims = pipeline.analyse(item).claims
        if jsonl:
            for claim in claims:
                _print_json(claim.to_json())
        else:
            from amity.show import print_claims

            print_claims(claims, context.obj.console)
    if not count:
        raise typer.Exit(1)


@app.command(epilog="Example: amity claims --a Syria --b Iran --status denied")
def claims(  # noqa: PLR0913 - each is a filter that a user may want on its own
    context: typer.Context,
    a: Annotated[str | None, typer.Option("--a", help="A party, by name or id.")] = None,
    b: Annotated[str | None, typer.Option("--b", help="The other party.")] = None,
    type_: Annotated[list[str] | None, typer.Option("--type", help="Event type or standing, repeatable.")] = None,
    status: Annotated[list[str] | None, typer.Option("--status", help="reported, denied, rumoured, planned ...")] = None,
    since: Annotated[str | None, typer.Option("--since", help="First day.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day.")] = None,
    as_of: AsOf = None,
    jsonl: Annotated[bool, typer.Option("--jsonl")] = False,
) -> None:
    """List claims, each with its quotation and on whose word."""
    statuses: Any = tuple(status or ())
    types = tuple(t.upper() for t in type_ or ())
    with context.obj.ledger() as ledger:
        wanted = context.obj.wanted(as_of, a=_party(a), b=_party(b), types=types, statuses=statuses, since=since, until=until)
        _show_claims(ledger, wanted, context.obj, jsonl)


@app.command(epilog="Example: amity ties --as-of 2024-09-30")
def ties(context: typer.Context, as_of: AsOf = None) -> None:
    """List the ties between parties: warmth with its interval, standings, and how many claims speak."""
    from amity.pipeline import say_left_out
    from amity.show import print_ties
    from amity.ties import compute_ties

    with context.obj.ledger() as ledger:
        held = list(ledger.claims(context.obj.wanted(as_of)))
    print_ties(compute_ties(held, as_of), context.obj.console)
    for line in say_left_out(held):
        typer.echo(line)


@app.command(epilog="Example: amity tie Syria Iran")
def tie(context: typer.Context, a: str, b: str, as_of: AsOf = None) -> None:
    """Show one pair: the strip over time, changes, and every claim behind it."""
    from amity.show import print_tie
    from amity.ties import compute_ties, find_changes

    first, second = _party(a), _party(b)
    with context.obj.ledger() as ledger:
        held = list(ledger.claims(context.obj.wanted(as_of, a=first, b=second)))
        if not held:
            raise BadInput(f"tie {a!r} and {b!r}: got no claim of the two, see those there are with: amity ties")
        pair = _sides(held, (first, second))
        found = [t for t in compute_ties(held, as_of) if {t.a, t.b} == pair] or compute_ties(held, as_of)
        changes = [c for c in find_changes(held) if {c.a, c.b} == pair and (not as_of or c.day <= as_of)]
        if not found:
            _show_claims(ledger, context.obj.wanted(as_of, a=first, b=second), context.obj, False)
            return
        print_tie(found[0], held, changes, context.obj.console)


@app.command(epilog="Example: amity changes --since 2024-01-01")
def changes(context: typer.Context, since: Annotated[str | None, typer.Option("--since")] = None, as_of: AsOf = None) -> None:
    """List the turns in ties, the latest last, with their first evidence."""
    from amity.show import print_changes
    from amity.ties import find_changes

    with context.obj.ledger() as ledger:
        held = list(ledger.claims(context.obj.wanted(as_of)))
        print_changes(find_changes(held, since=since), held, context.obj.console)


@app.command(epilog="Example: amity why 3f9c1a  |  amity why --document report.txt --sentence 4")
def why(
    context: typer.Context,
    claim: Annotated[str | None, typer.Argument(help="A claim's id, or its beginning.")] = None,
    document: Annotated[str | None, typer.Option("--document", help="A document's name or id.")] = None,
    sentence: Annotated[int | None, typer.Option("--sentence", help="Number of the sentence, from 0.")] = None,
) -> None:
    """Explain a claim, or the silence of a sentence."""
    from amity.show import print_why

    with context.obj.ledger() as ledger:
        if claim:
            found = ledger.claim(claim)
            print_why(found, ledger.document(found.document_id), context.obj.console)
        elif document:
            for quiet in ledger.silences(document, sentence):
                typer.echo(f"sentence {quiet.sentence}: {quiet.rule}: {quiet.missing}")
        else:
            raise BadInput("why: got neither a claim nor a document, allowed is one of them, for example: amity why --document report.txt")


@app.command(epilog="Example: amity verify")
def verify(context: typer.Context) -> None:
    """Check every quotation against its document, and the ledger against itself."""
    with context.obj.ledger() as ledger:
        result = ledger.verify()
    for fault in result.faults:
        typer.echo(fault, err=True)
    typer.echo(f"{result.claims} claims of {result.documents} documents: {'every quote holds' if result.holds else 'FAULTS FOUND'}")
    if not result.holds:
        raise typer.Exit(3)


@app.command(epilog="Example: amity report -o report.html --as-of 2024-09-30")
def report(
    context: typer.Context,
    out: Annotated[Path, typer.Option("-o", "--out", help="The HTML file to write.")] = Path("report.html"),
    as_of: AsOf = None,
    title: Annotated[str, typer.Option("--title")] = "",
) -> None:
    """Write one HTML file that holds everything, works offline and calls no one."""
    from amity.pipeline import draw_picture
    from amity.show import print_summary, write_report

    with context.obj.ledger() as ledger:
        picture = draw_picture(ledger, as_of, title, context.obj.read_by)
    write_report(picture, out)
    print_summary(picture, context.obj.console)
    typer.echo(f"wrote {out} ({out.stat().st_size / 1000:.0f} kB)")


def _watch(steps: Iterator[Progress], desk: Desk) -> Iterator[Progress]:
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


def _show_claims(ledger: Ledger, wanted: ClaimFilter, desk: Desk, jsonl: bool) -> None:
    found = ledger.claims(wanted)
    if jsonl:
        for claim in found:
            _print_json(claim.to_json())
        return
    from amity.show import print_claims

    print_claims(list(found), desk.console)


def _say_unread(item: Unread, indent: str = "") -> None:
    """Where nothing was read: the reason and what to do."""
    typer.echo(f"{indent}{item.name}: {item.reason}{'; ' + item.remedy if item.remedy else ''}", err=True)


def _party(name: str | None) -> str | None:
    """A user's name for a party -> its id where the tables know it, else the words as given."""
    if name is None or ":" in name:
        return name
    from amity.actors import load_actors

    found = load_actors().find(name)
    return found.id if found else name


def _sides(held: list[Any], wanted: tuple[str | None, str | None]) -> set[str]:
    """The two sides that claims of a pair speak of, most often."""
    from collections import Counter

    pairs = Counter(frozenset((c.actor.side_id or c.actor.id, c.recipient.side_id or c.recipient.id)) for c in held if c.recipient)
    named = frozenset(w for w in wanted if w)
    return set(named if named in pairs else pairs.most_common(1)[0][0] if pairs else named)


def _print_json(row: dict[str, Any]) -> None:
    line = json.dumps(row, ensure_ascii=False)
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")


def main(run: Callable[[], Any] = app) -> None:
    """Run the command line; what a user may see is one sentence, never a trace."""
    try:
        run()
    except AmityError as error:
        typer.echo(f"amity: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        typer.echo(f"amity: {error.filename or 'file'}: got {error.strerror}, see that the place exists and can be written", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
