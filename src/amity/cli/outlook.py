"""Verbs about days to come: what is likely, how earlier forecasts did."""

from __future__ import annotations

from typing import Annotated

import typer

from amity.cli.desk import AsOf, app, find_party, print_json
from amity.errors import BadInput

KINDS = ("conflict", "rupture", "thaw", "act")


@app.command(epilog="Example: amity outlook --days 30  |  amity outlook --score")
def outlook(  # noqa: PLR0913 - each is a choice that a user may want on its own
    context: typer.Context,
    as_of: AsOf = None,
    a: Annotated[str | None, typer.Option("--a", help="Only pairs with this party.")] = None,
    b: Annotated[str | None, typer.Option("--b", help="And this one.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="conflict, rupture, thaw or act.")] = None,
    days: Annotated[int, typer.Option("--days", help="Horizon: 7, 30 or 90.")] = 30,
    top: Annotated[int, typer.Option("--top", help="How many of each kind.")] = 5,
    score: Annotated[bool, typer.Option("--score", help="Grade the forecasts issued whose time has come.")] = False,
    store: Annotated[bool, typer.Option("--store/--no-store", help="Keep what is forecast, to be graded later.")] = True,
    jsonl: Annotated[bool, typer.Option("--jsonl")] = False,
) -> None:
    """Say what is likely next between pairs, with the chance, its grounds, and how such forecasts did before."""
    if kind is not None and kind not in KINDS:
        raise BadInput(f"outlook --kind: got {kind!r}, allowed is one of {', '.join(KINDS)}")
    if days not in (7, 30, 90):
        raise BadInput(f"outlook --days: got {days}, allowed is 7, 30 or 90")
    if score:
        _score(context, as_of, jsonl)
        return
    from amity.pipeline import look_ahead
    from amity.show.outlook import print_outlook

    with context.obj.ledger() as ledger:
        found = look_ahead(ledger, as_of, context.obj.read_by)
        if store:
            ledger.issue(found.forecasts)
    named = {p for p in (find_party(a), find_party(b)) if p}
    wanted = [
        f for f in found.forecasts if f.horizon == days and (kind is None or f.kind == kind) and named <= {f.a, f.b, f.a_name, f.b_name}
    ]
    shown = [f for k in KINDS for f in [f for f in wanted if f.kind == k][:top]]
    if jsonl:
        for f in shown:
            print_json(f.to_json())
        return
    print_outlook(found, shown, context.obj.console)


def _score(context: typer.Context, as_of: str | None, jsonl: bool) -> None:
    from amity.pipeline import grade_outlook
    from amity.show.outlook import print_grades

    with context.obj.ledger() as ledger:
        grades, reports, waiting = grade_outlook(ledger, as_of, context.obj.read_by)
    if jsonl:
        for g in grades:
            print_json(g.forecast.to_json() | {"happened": g.happened, "brier": g.brier, "log": g.log, "decided_by": list(g.claims)})
        return
    print_grades(reports, grades, waiting, context.obj.console)
