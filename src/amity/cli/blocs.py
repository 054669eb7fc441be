"""Verbs about the whole: the blocs, and how one of them holds together."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated, Any

import typer

from amity.cli.desk import AsOf, app, find_party
from amity.errors import BadInput, NotFound, suggest
from amity.records import BlocRule

Every = Annotated[str | None, typer.Option("--every", help="One row for each month, quarter or year.")]


@app.command(
    epilog="Example: amity blocs --as-of 2024-09-30  |  amity blocs --camps --every year  |  amity blocs --count 3 --edges ties.csv"
)
def blocs(  # noqa: PLR0913 - each is a choice that a user may want on its own
    context: typer.Context,
    as_of: AsOf = None,
    camps: Annotated[bool, typer.Option("--camps", help="At most two camps in each connected part: the frustration index.")] = False,
    count: Annotated[int | None, typer.Option("--count", help="Just so many blocs; else as many as are best.")] = None,
    measure: Annotated[str, typer.Option("--measure", help="alignment (on whose side) or warmth (how they will act).")] = "alignment",
    unnamed: Annotated[bool, typer.Option("--unnamed", help="With parties that no table names.")] = False,
    sure: Annotated[float, typer.Option("--sure", help="How sure the sign of a tie must be; .95: its 90 % interval leaves 0 out.")] = 0.75,
    every: Every = None,
    edges: Annotated[Path | None, typer.Option("--edges", help="No ledger: a CSV of two ends and a signed value.")] = None,
    limit: Annotated[float, typer.Option("--time-limit", help="Seconds; then bounds are given as bounds.")] = 60.0,
) -> None:
    """Divide the parties so that the least weight of ties contradicts it, with the proof; who is torn, who could leave."""
    from amity.show.blocs import print_blocs, print_moments
    from amity.ties import BlocOptions, count_triads, divide, follow_blocs, graph_of_ties

    options = BlocOptions(as_of, measure, unnamed, sure, time_limit=limit, count=count)  # type: ignore[arg-type]  # its words are checked there
    rule: BlocRule = "two" if camps else "many"
    if edges:
        rows = _read_edges(edges)
        print_blocs(divide(rows, rule, options), (), count_triads(rows), context.obj.console)
        return
    with context.obj.ledger() as ledger:
        held = list(ledger.claims(context.obj.wanted(as_of)))
    if every:
        print_moments(follow_blocs(held, _days(held, every, as_of), rule, options), context.obj.console)
        return
    from amity.ties import compute_ties

    ties = compute_ties(held, as_of)
    found = divide(ties, rule, options, day=as_of or "")
    print_blocs(found, ties, count_triads(graph_of_ties(ties, options)), context.obj.console)


@app.command(epilog='Example: amity cohesion ECOWAS  |  amity cohesion axis --members "Iran, Syria, Hezbollah" --every quarter')
def cohesion(
    context: typer.Context,
    name: str,
    members: Annotated[str | None, typer.Option("--members", help="Its members, parted by commas; else those stated, or the bloc.")] = None,
    every: Every = "year",
    as_of: AsOf = None,
) -> None:
    """Show how a bloc holds together over time: within, against outsiders, strain, and the pair that pulls it apart."""
    from amity.show.blocs import print_cohesion
    from amity.ties import compute_ties, follow_cohesion

    with context.obj.ledger() as ledger:
        held = list(ledger.claims(context.obj.wanted(as_of)))
    ties = compute_ties(held, as_of)
    names = {t.a: t.a_name for t in ties} | {t.b: t.b_name for t in ties}
    if members:
        ids = [_known(m.strip(), names) for m in members.split(",") if m.strip()]
    else:
        name, ids = _members_of(name, held, ties, names)
    rows = follow_cohesion(held, name, ids, _days(held, every or "year", as_of))
    if not rows:
        raise BadInput(f"cohesion of {name}: got a ledger without dated claims, read reports first: amity read reports/")
    print_cohesion(rows, names, held, context.obj.console)


def _members_of(name: str, held: list[Any], ties: list[Any], names: dict[str, str]) -> tuple[str, list[str]]:
    """Those stated to be members of what is named, else the bloc that it now stands in; and what to call them."""
    from amity.ties import divide, find_members

    party = _known(name, names)
    stated = find_members(held, party)
    if len(stated) > 1:
        return names.get(party, name), stated
    found = divide(ties, "many")
    ids = next((list(map(str, bloc.members)) for bloc in found.blocs if party in bloc.members), [party])
    return f"the bloc of {names.get(party, name)}", ids


def _known(name: str, names: dict[str, str]) -> str:
    """A user's name for a party -> its id among those with ties, by id, by the tables, or by the name in the ties."""
    by_name = {shown.lower(): party for party, shown in names.items()}
    party = find_party(name) or name
    if party in names:
        return party
    if name.lower() in by_name:
        return by_name[name.lower()]
    raise NotFound(f"party {name!r}: no tie with it{suggest(name, names.values())}; see those there are with: amity ties")


def _days(held: list[Any], every: str, as_of: str | None) -> list[str]:
    from amity.ties import days_of

    return days_of(held, every, as_of)  # type: ignore[arg-type]  # its words are checked there


def _read_edges(path: Path) -> list[tuple[str, str, str]]:
    """A CSV -> rows of two ends and a value; a first row whose value is no number is a header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if row]
    short = next((i for i, row in enumerate(rows, 1) if len(row) < 3), 0)
    if short:
        raise BadInput(f"{path}:{short}: got {len(rows[short - 1])} columns, needed are three: two ends and a signed value")
    if rows and not rows[0][2].strip().lstrip("+-").replace(".", "", 1).isdigit():
        rows = rows[1:]
    return [(row[0], row[1], row[2]) for row in rows]
