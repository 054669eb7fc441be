"""The verb that keeps looking at feeds, folders and pipes, and tells what changed."""

from __future__ import annotations

import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amity.cli.desk import Actors, Desk, app
from amity.errors import BadInput

if TYPE_CHECKING:
    from amity.rounds import Round, Rounds

# Longest sleep between two looks at what is due (seconds), so that a clock that is set forward is noticed.
LONGEST_SLEEP = 60.0
# What the extra `[watch]` brings.
NEEDED = ("feedparser", "protego", "warcio")


@app.command(epilog="Example: amity watch feeds.toml  |  amity watch feeds.toml --once")
def watch(
    context: typer.Context,
    settings: Annotated[Path, typer.Argument(help="What to watch, a TOML file; docs/watch.md shows one.")],
    once: Annotated[bool, typer.Option("--once", help="One look at all that is due, then end.")] = False,
    state: Annotated[Path | None, typer.Option("--state", help="Folder for pages and memory; by default LEDGER.watch.")] = None,
    workers: Annotated[int, typer.Option("--workers", help="Processes that read.")] = 1,
    actors: Actors = None,
) -> None:
    """Watch feeds, folders and pipes: fetch politely, keep the pages, read them, tell each change once; Ctrl-C ends it, to go on there."""
    from amity.engines import EngineOptions, open_engine
    from amity.rounds import Rounds
    from amity.watch import read_settings

    if lacking := [name for name in NEEDED if not find_spec(name)]:
        raise BadInput(f'watch: {", ".join(lacking)} not installed; run `pip install "amity[watch]"`')
    desk: Desk = context.obj
    told = read_settings(settings)
    folder = state or Path(f"{desk.address}.watch" if "://" not in desk.address else "amity.watch")
    options = EngineOptions("here" if workers == 1 else "cores", workers, None, actors)
    with desk.ledger(create=True) as ledger, open_engine(options) as engine:
        rounds = Rounds(told, folder, ledger, engine, say)
        try:
            keep_watch(rounds, once)
        except KeyboardInterrupt:
            say("ended; the next `amity watch` goes on here")
        finally:
            rounds.close()


def keep_watch(rounds: Rounds, once: bool) -> None:
    """Go round until the user ends it, or until nothing is left to do at once."""
    while True:
        done = rounds.go_round()
        say_round(done)
        if done.fetched or done.opened:
            continue
        if once:
            return
        time.sleep(min(max(1.0, rounds.seconds_to_next()), LONGEST_SLEEP))


def say_round(done: Round) -> None:
    """What a round did, where it did anything, and what was in its way."""
    for trouble in done.troubles:
        typer.echo(f"  {clean(trouble)}", err=True)
    if not done.idle:
        parts = ("found", "fetched", "refused", "opened", "documents", "claims", "changes")
        typer.echo(time.strftime("%H:%M:%S ") + ", ".join(f"{getattr(done, part)} {part}" for part in parts if getattr(done, part)))


def say(line: str) -> None:
    """A line to the terminal."""
    typer.echo(clean(line))


def clean(line: str) -> str:
    """A line without signs that could steer a terminal: what is fetched is hostile until it was looked at."""
    return "".join(c if c.isprintable() else " " for c in line)[:500]
