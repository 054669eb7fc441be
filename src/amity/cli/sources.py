"""Verbs about sources: who is cited and how they fared, what one of them said, and how reliable the user holds them to be."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from amity.cli.desk import AsOf, app, print_json
from amity.errors import BadInput, suggest

sources_app = typer.Typer(
    rich_markup_mode=None,
    epilog='Example: amity sources  |  amity sources said Reuters  |  amity sources grade Reuters B --why "corrects its errors"',
)
app.add_typer(sources_app, name="sources")
Who = Annotated[str, typer.Option("--who", envvar=["AMITY_USER", "USER"], help="Who judges.")]
Kind = Annotated[str, typer.Option("--kind", help="person, body, official, media, document, social, anonymous or paper.")]
KINDS = ("person", "body", "anonymous", "official", "media", "document", "social", "paper")


@sources_app.callback(invoke_without_command=True)
def sources(
    context: typer.Context,
    kind: Annotated[str | None, typer.Option("--kind", help="Only sources of this kind.")] = None,
    top: Annotated[int, typer.Option("--top", help="How many, those with most claims first; 0 for all.")] = 40,
    as_of: AsOf = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One source a line as JSON.")] = False,
) -> None:
    """List on whose word the claims stand: each source, its grade, and how its claims fared among other accounts."""
    if context.invoked_subcommand:
        return
    from amity.claims.reliability import RELIABILITY
    from amity.pipeline import weigh_sources
    from amity.show.sources import print_sources

    with context.obj.ledger() as ledger:
        found = [s for s in weigh_sources(ledger, as_of, context.obj.read_by) if kind in (None, s.kind)]
    if kind is not None and kind not in KINDS:
        raise BadInput(f"sources --kind: got {kind!r}, allowed is one of {', '.join(KINDS)}{suggest(kind, KINDS)}")
    if jsonl:
        for sheet in found:
            print_json(sheet.to_json())
        return
    print_sources(found[: top or None], dict(RELIABILITY), context.obj.console)


@sources_app.command(epilog="Example: amity sources said Reuters")
def said(context: typer.Context, name: str, as_of: AsOf = None) -> None:
    """List the claims that stand on a source's word."""
    from amity.pipeline import weigh_sources
    from amity.show import print_claims

    with context.obj.ledger() as ledger:
        found = weigh_sources(ledger, as_of, context.obj.read_by)
        wanted = [s for s in found if name.casefold() in (s.name.casefold(), s.key)]
        if not wanted:
            raise BadInput(f"sources said: got {name!r}, no claim stands on it{suggest(name, [s.name for s in found])}; see amity sources")
        print_claims([ledger.claim(c) for s in wanted for c in s.claims], context.obj.console)


@sources_app.command(epilog='Example: amity sources grade "Al Watan" D --why "close to the government"')
def grade(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The source as amity sources lists it.")],
    letter: Annotated[str, typer.Argument(help="A completely reliable ... E unreliable, F cannot be judged.")],
    why: Annotated[str, typer.Option("--why", help="The reason, kept with the judgement.")] = "",
    kind: Kind = "media",
    who: Who = "someone",
) -> None:
    """Grade how reliable a source is; the last grade stands, earlier ones are kept."""
    from amity.claims.reliability import RELIABILITY, VERDICT, check_grade, source_key
    from amity.pipeline import weigh_sources
    from amity.records import Judgement

    letter = check_grade(letter)
    with context.obj.ledger() as ledger:
        known = next((s.key for s in weigh_sources(ledger) if name.casefold() in (s.name.casefold(), s.key)), None)
        key = known or source_key(name, kind)
        ledger.judge(Judgement(f"source:{key}", VERDICT + letter, who, datetime.now(UTC).isoformat(), why))
    typer.echo(f"{name} is graded {letter}, {RELIABILITY[letter]}{'' if known else '; no claim stands on it yet'}")


@sources_app.command(epilog="Example: amity sources grades my-outlets.csv")
def grades(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV file with the columns name, kind, reliability, why.")],
    who: Who = "someone",
) -> None:
    """Grade sources by a file of your own."""
    from amity.claims.reliability import read_grades

    with context.obj.ledger() as ledger:
        rows = list(read_grades(file, who, datetime.now(UTC).isoformat()))
        kept = sum(ledger.judge(row) for row in rows)
    typer.echo(f"{kept} of {len(rows)} grades kept from {file}")
