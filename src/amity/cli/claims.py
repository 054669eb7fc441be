"""Verbs about single claims: list them, explain them, check them."""

from __future__ import annotations

from typing import Annotated, Any, get_args

import typer

from amity.cli.desk import AsOf, app, find_party, show_claims
from amity.errors import BadInput, suggest
from amity.records import Claim, SourceKind


@app.command(epilog="Example: amity claims --a Syria --b Iran --status denied")
def claims(  # noqa: PLR0913 - each is a filter that a user may want on its own
    context: typer.Context,
    a: Annotated[str | None, typer.Option("--a", help="A party, by name or id.")] = None,
    b: Annotated[str | None, typer.Option("--b", help="The other party.")] = None,
    type_: Annotated[list[str] | None, typer.Option("--type", help="Event type or standing, repeatable.")] = None,
    status: Annotated[list[str] | None, typer.Option("--status", help="reported, denied, rumoured, planned ..., repeatable.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="On whose word: a source's name, or part of it.")] = None,
    source_kind: Annotated[
        str | None, typer.Option("--source-kind", help="person, body, official, media, document, social, anonymous; paper: its own voice.")
    ] = None,
    unnamed: Annotated[bool | None, typer.Option("--unnamed/--named", help="Only on an unnamed source's word, or on none such.")] = None,
    document: Annotated[list[str] | None, typer.Option("--document", help="A report, by name or id, repeatable.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="First day.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day.")] = None,
    as_of: AsOf = None,
    jsonl: Annotated[bool, typer.Option("--jsonl")] = False,
) -> None:
    """List claims, each with its quotation and on whose word."""
    if source_kind is not None and source_kind not in get_args(SourceKind):
        allowed = get_args(SourceKind)
        raise BadInput(f"claims --source-kind: got {source_kind!r}, allowed is one of {', '.join(allowed)}{suggest(source_kind, allowed)}")
    statuses: Any = tuple(status or ())
    types = tuple(t.upper() for t in type_ or ())
    with context.obj.ledger() as ledger:
        sides: Any = {"a": find_party(a), "b": find_party(b), "types": types, "statuses": statuses}
        wanted = context.obj.wanted(as_of, **sides, since=since, until=until, anonymous=unnamed, documents=tuple(document or ()))
        show_claims(ledger, wanted, context.obj, jsonl, lambda c: stands_on(c, source, source_kind))


def stands_on(claim: Claim, source: str | None, kind: str | None) -> bool:
    """Whether a claim stands on the word of a source of that name and kind; one in its report's own voice is of kind "paper"."""
    if kind == "paper" and source is None:
        return not claim.sources
    return (source is None and kind is None) or any(
        (source is None or source.casefold() in s.name.casefold()) and kind in (None, s.kind) for s in claim.sources
    )


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
