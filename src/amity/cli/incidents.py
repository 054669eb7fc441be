"""Verbs about incidents: list them, set their accounts side by side, and judge what belongs together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from amity.cli.desk import AsOf, app, find_party, print_json
from amity.errors import BadInput

Who = Annotated[str, typer.Option("--who", envvar=["AMITY_USER", "USER"], help="Who judges.")]
Why = Annotated[str, typer.Option("--why", help="The reason, kept with the judgement.")]
Id = Annotated[str, typer.Argument(help="An incident, or any claim of it: the first digits of an id.")]

Note = Annotated[str, typer.Argument(help="What to note; empty takes all notes off.")]


@app.command(epilog="Example: amity incidents --a Russia --contradicted")
def incidents(
    context: typer.Context,
    a: Annotated[str | None, typer.Option("--a", help="A party, by name or id.")] = None,
    contradicted: Annotated[bool, typer.Option("--contradicted", help="Only those with accounts that cannot all be true.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Also those that one claim alone tells.")] = False,
    as_of: AsOf = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One incident a line as JSON.")] = False,
) -> None:
    """List incidents: what happened, how many independent accounts and copies tell it, and whether they agree."""
    from amity.show.incidents import print_incidents

    party = find_party(a)
    found = [i for i in find_all(context, as_of) if every or len(i.claims) > 1]
    found = [i for i in found if party is None or party in {p for p, _ in i.parties} or party in {n for _, n in i.parties}]
    found = [i for i in found if i.contradicted or not contradicted]
    if jsonl:
        for incident in found:
            print_json(incident.to_json())
        return
    print_incidents(found, context.obj.console)


@app.command(epilog="Example: amity incident 3f9c1a  |  amity incident 3f9c1a --why")
def incident(
    context: typer.Context,
    id: Id,
    why: Annotated[bool, typer.Option("--why", help="Also the reasons that hold it together, and the rule of each grade.")] = False,
    as_of: AsOf = None,
) -> None:
    """Set the accounts of one incident side by side: who tells it, who denies, who is silent, where they part."""
    from amity.show.incidents import print_incident

    found = find_one(find_all(context, as_of), id)
    with context.obj.ledger() as ledger:
        names = {d.id: d.outlet or d.name for d in ledger.documents()}
    print_incident(found, names, why, context.obj.console)


@app.command(epilog='Example: amity join 3f9c1a 77ab02 --why "one strike, told from both sides"')
def join(context: typer.Context, id: Id, other: Id, why: Why = "", who: Who = "someone") -> None:
    """Judge two incidents to be one; undone by `amity split`."""
    _judge_two(context, (id, other), "join", who, why)


@app.command(epilog='Example: amity split 3f9c1a 77ab02 --why "the raid of the next day"')
def split(
    context: typer.Context,
    id: Id,
    claims: Annotated[list[str], typer.Argument(help="The claims of it that are another incident.")],
    why: Why = "",
    who: Who = "someone",
) -> None:
    """Judge claims of an incident to be another one; undone by `amity join`."""
    found = find_one(find_all(context, None), id)
    wrong = [c for c in claims if not any(held.startswith(c) for held in found.claims)]
    if wrong:
        raise BadInput(f"split: got {wrong[0]!r}, allowed are claims of incident {found.id[:8]}; see amity incident {found.id[:8]}")
    out = [held for held in found.claims if any(held.startswith(c) for c in claims)]
    _judge(context, [held for held in found.claims if held not in out], out, "split", who, why)


@app.command(epilog='Example: amity mark 3f9c1a "ask the ministry"')
def mark(
    context: typer.Context,
    id: Id,
    note: Note,
    who: Who = "someone",
) -> None:
    """Note something on an incident; it stays with it as it grows."""
    from amity.records import Judgement

    found = find_one(find_all(context, None), id)
    with context.obj.ledger() as ledger:
        ledger.judge(Judgement(found.id, "mark" if note else "unmark", who, _now(), note))
    typer.echo(f"noted on incident {found.id[:8]}" if note else f"notes taken off incident {found.id[:8]}")


def find_all(context: typer.Context, as_of: str | None) -> Any:
    """Every incident of the ledger."""
    from amity.pipeline import read_incidents

    with context.obj.ledger() as ledger:
        return read_incidents(ledger, as_of, context.obj.read_by)


def find_one(found: Any, id: str) -> Any:
    """The incident whose id, or one of whose claims, begins so. Raises BadInput where none does, or several do."""
    fits = [i for i in found if i.id.startswith(id)] or [i for i in found if any(c.startswith(id) for c in i.claims)]
    if len(fits) != 1:
        several = (
            f"{len(fits)} incidents begin so, give more digits" if fits else "no incident has it, see them with: amity incidents --all"
        )
        raise BadInput(f"incident {id!r}: {several}")
    return fits[0]


def _judge_two(context: typer.Context, ids: tuple[str, str], verdict: str, who: str, why: str) -> None:
    every = find_all(context, None)
    one, two = (find_one(every, id) for id in ids)
    if one.id == two.id:
        raise BadInput(f"{verdict}: got {ids[0]!r} and {ids[1]!r}, which are one incident already; see amity incident {one.id[:8]}")
    _judge(context, one.claims, two.claims, verdict, who, why)


def _judge(context: typer.Context, left: Any, right: Any, verdict: str, who: str, why: str) -> None:
    from amity.incidents import judge_pairs

    rows = judge_pairs(left, right, verdict, who, _now(), why)
    with context.obj.ledger() as ledger:
        kept = sum(ledger.judge(row) for row in rows)
    typer.echo(f"{kept} judgements kept; see: amity incident {left[0][:8]}")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
