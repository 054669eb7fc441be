"""The verb that makes a large ledger answer at once."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from amity.cli.desk import app


@app.command(epilog="Example: amity --ledger big.db keep")
def keep(
    context: typer.Context,
    anew: Annotated[bool, typer.Option("--anew", help="Throw away what is kept, and compute all of it again.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="Throw away what is kept; all is computed from the claims again.")] = False,
) -> None:
    """Keep what each pair's claims come to beside a large ledger, so that `tie` and `changes` need not read all claims."""
    from amity import kept

    with context.obj.ledger() as ledger:
        if drop:
            kept.drop(ledger)
            typer.echo("Nothing is kept any more; answers are computed from the claims.")
            return
        done = kept.keep(ledger, anew, tell_progress if sys.stderr.isatty() and not context.obj.plain else lambda done, of: None)
    typer.echo(
        f"{done.pairs} pairs are kept, {done.computed} computed now. What is read or judged later is taken in when it is next asked."
    )


def tell_progress(done: int, of: int) -> None:
    """One line that is written over, while a person watches."""
    if done % 100 == 0 or done == of:
        typer.echo(f"\r{done} of {of} pairs", nl=done == of, err=True)
