"""Verbs about days to come: what is likely, how earlier forecasts did."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amity.cli.desk import AsOf, app, find_party, print_json
from amity.errors import BadInput

KINDS = ("conflict", "rupture", "thaw", "act")


@app.command(epilog="Example: amity outlook --days 30  |  amity outlook --actor Mali --type ACCUSE  |  amity outlook --score")
def outlook(  # noqa: PLR0913 - each is a choice that a user may want on its own
    context: typer.Context,
    as_of: AsOf = None,
    a: Annotated[str | None, typer.Option("--a", help="Only pairs with this party.")] = None,
    b: Annotated[str | None, typer.Option("--b", help="And this one.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="conflict, rupture, thaw or act.")] = None,
    days: Annotated[int, typer.Option("--days", help="Horizon: 7, 30 or 90.")] = 30,
    top: Annotated[int, typer.Option("--top", help="How many of each kind.")] = 5,
    actor: Annotated[str | None, typer.Option("--actor", help="Rank whom this party will next do --type to.")] = None,
    recipient: Annotated[str | None, typer.Option("--recipient", help="Rank who will next do --type to this party.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="The type of act to rank for: CONSULT, ASSAULT ...")] = None,
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
    if actor or recipient or type_:
        _rank(context, (actor, recipient, type_), as_of, top)
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


def _rank(context: typer.Context, asked: tuple[str | None, str | None, str | None], as_of: str | None, top: int) -> None:
    """Print who is likeliest next, each with the past acts that speak for it."""
    actor, recipient, kind = asked
    if not kind or bool(actor) == bool(recipient):
        raise BadInput(
            "outlook: got no question to rank for, allowed is --type with --actor or --recipient, such as --actor Mali --type ACCUSE"
        )
    from amity.pipeline import rank_next
    from amity.show.outlook import print_likely

    with context.obj.ledger() as ledger:
        found, how = rank_next(ledger, find_party(actor or recipient) or "", kind.upper(), bool(actor), as_of)
    print_likely(found[:top], how, context.obj.console)


@app.command(epilog="Example: amity whatif scenario.yaml")
def whatif(
    context: typer.Context, scenario: Annotated[Path, typer.Argument(help="A YAML file; see docs/outlook.md.")], as_of: AsOf = None
) -> None:
    """Say what a scenario would change, as differences with intervals: acts, blocs, who is torn."""
    from amity.pipeline import ask_whatif
    from amity.show.outlook import print_whatif

    with context.obj.ledger() as ledger:
        answer = ask_whatif(ledger, scenario, as_of, context.obj.read_by)
    print_whatif(answer, context.obj.console)


@app.command(epilog="Example: amity bargain issue.yaml")
def bargain(context: typer.Context, issue: Annotated[Path, typer.Argument(help="A YAML file; see docs/outlook.md.")]) -> None:
    """Work out three bargaining models from an expert's numbers; this is input, not evidence."""
    from amity.outlook import read_issue, solve_bargain
    from amity.show.outlook import print_bargain

    print_bargain(solve_bargain(read_issue(issue)), context.obj.console)
