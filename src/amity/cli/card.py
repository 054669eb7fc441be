"""The verb that says how often amity is wrong."""

from __future__ import annotations

from typing import Annotated

import typer

from amity.cli.desk import app, print_json


@app.command(epilog="Example: amity card  |  amity card --json")
def card(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="One row a line as JSON.")] = False,
) -> None:
    """Say how often claims are wrong and what is missed, by kind of claim, as measured on hand-coded reports."""
    from dataclasses import asdict

    from amity.show.card import load_card, print_card

    if json:
        for row in load_card().rows:
            print_json(asdict(row))
    else:
        print_card(context.obj.console)
