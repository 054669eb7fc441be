"""Verbs that read articles: into the ledger, or to the screen."""

from __future__ import annotations

from typing import Annotated

import typer

from amity.cli.desk import Actors, Desk, Paths, app, print_json, say_unread, watch_steps


@app.command(epilog="Example: amity read reports/ more.jsonl  |  amity read reports/ --workers 8")
def read(
    context: typer.Context,
    paths: Paths,
    actors: Actors = None,
    engine: Annotated[str | None, typer.Option("--engine", help="Where to read: here, cores or ray; see docs/scale.md.")] = None,
    workers: Annotated[int, typer.Option("--workers", help="Processes that read; 0 for as many as there are cores.")] = 1,
    address: Annotated[str | None, typer.Option("--address", help="A Ray cluster: auto, HOST:PORT or ray://HOST:PORT.")] = None,
) -> None:
    """Read articles into the ledger; what is known already is not read again."""
    from amity.engines import EngineOptions, open_engine, read_with

    desk: Desk = context.obj
    kind = engine or ("ray" if address else "here" if workers == 1 else "cores")
    options = EngineOptions(kind, workers if kind != "ray" or workers != 1 else 0, address, actors)
    with desk.ledger(create=True) as ledger, open_engine(options) as running:
        steps = list(watch_steps(read_with(running, ledger, paths), desk))
    fresh, known = [s for s in steps if not s.known and not s.unread], [s for s in steps if s.known]
    unread = [s.unread for s in steps if s.unread]
    typer.echo(f"{len(fresh)} documents read, {sum(s.claims for s in fresh)} claims; {len(known)} known already; {len(unread)} not read")
    for item in unread:
        say_unread(item, "  ")
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
            say_unread(item)
            continue
        count += 1
        claims = pipeline.analyse(item).claims
        if jsonl:
            for claim in claims:
                print_json(claim.to_json())
        else:
            from amity.show import print_claims

            print_claims(claims, context.obj.console)
    if not count:
        raise typer.Exit(1)
