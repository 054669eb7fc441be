"""Verbs about actors: who the ledger names, who may be one, and people's judgements of it."""

from __future__ import annotations

import getpass
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amity.cli.desk import Actors, app
from amity.errors import NotFound, suggest

if TYPE_CHECKING:
    from amity.actors import ActorTable, Clusters, Profile
    from amity.ledger import Ledger

verbs = typer.Typer(name="actors", rich_markup_mode=None, help="Who is who: list actors that may be one, and judge them.")
app.add_typer(verbs)
Who = Annotated[str, typer.Option("--who", help="Who judges; by default your user name.")]
Why = Annotated[str, typer.Option("--why", help="The reason, kept with the judgement.")]


@verbs.callback(
    invoke_without_command=True,
    epilog="Example: amity actors --top 20  |  amity actors same unknown:blue-hand group:x --why 'own statement'",
)
def actors(
    context: typer.Context,
    top: Annotated[int, typer.Option("--top", help="How many pairs to list.")] = 10,
    explain: Annotated[bool, typer.Option("--explain", help="Print the steps of every score.")] = False,
    own: Actors = None,
) -> None:
    """List pairs of actors of the ledger that may be one, the likeliest first; then the clusters judged so far."""
    if context.invoked_subcommand:
        return
    from amity.actors import derive_clusters, find_candidates, load_actors

    with context.obj.ledger() as ledger:
        profiles, counts = collect_profiles(ledger, load_actors(own))
        clusters = derive_clusters(ledger.judgements())
    judged = set(clusters.verdicts)
    pairs = [f for f in find_candidates(profiles) if tuple(sorted((f.a, f.b))) not in judged and clusters.of(f.a) != clusters.of(f.b)]
    typer.echo(
        f"{len(profiles)} actors in the ledger, {len(pairs)} pairs that may be one, {len(clusters.shown)} judged the same as another"
    )
    for pair in pairs[:top]:
        typer.echo(f"\n{pair.chance:4.0%}  {pair.a} ({counts[pair.a]} claims)  =?  {pair.b} ({counts[pair.b]} claims)")
        for step in pair.reasons if explain else pair.reasons[1:2]:
            typer.echo(f"      {step.weight:+5.1f}  {step.what}: {step.found}")
    show_clusters(clusters)


def collect_profiles(ledger: Ledger, table: ActorTable) -> tuple[list[Profile], Counter[str]]:
    """Every party of the ledger's claims as a profile for comparison, with the number of claims that name it; joint ones are left out."""
    from amity.actors import Profile

    counts: Counter[str] = Counter()
    names: dict[str, set[str]] = {}
    sides: dict[str, str] = {}
    for claim in ledger.claims():
        for party in filter(None, (claim.actor, claim.recipient)):
            if not party.anonymous and not party.id.startswith(("joint:", "place:")):
                counts[party.id] += 1
                names.setdefault(party.id, set()).add(party.name)
                sides[party.id] = party.side_id
    profiles = []
    for id in sorted(names):
        known, entry = table.get(id), table.entries.get(id)
        forms = {f.text for f in entry.forms if f.kind in ("name", "person")} if entry else set()
        profiles.append(
            Profile(id, tuple(sorted(names[id] | forms)), sides[id], table.home(id) or "", known.sector if known else "", entry is not None)
        )
    return profiles, counts


def show_clusters(clusters: Clusters) -> None:
    """Print what has been judged: who is shown as whom, and judgements that contradict each other."""
    for id, shown in sorted(clusters.shown.items(), key=lambda c: (c[1], c[0])):
        typer.echo(f"judged: {id} is {shown}")
    for a, b in clusters.conflicts:
        typer.echo(f"conflict: {a} and {b} are judged different, yet others join them; undo one of the judgements", err=True)


def keep_judgement(context: typer.Context, a: str, b: str, verdict: str, who: str, why: str) -> None:
    """Check the ids, keep the row, say what stands now."""
    from amity.actors import derive_clusters, judge_actors, load_actors

    table = load_actors()
    with context.obj.ledger() as ledger:
        known = {p.id for c in ledger.claims() for p in (c.actor, c.recipient) if p}
        for id in (a, b):
            if id not in known and table.get(id) is None:
                raise NotFound(
                    f"actors {verdict}: got {id!r}, which neither the ledger nor the tables hold{suggest(id, known)}; see: amity actors"
                )
        row = judge_actors(a, b, verdict, who or getpass.getuser(), datetime.now(UTC).isoformat(timespec="seconds"), why)
        ledger.judge(row)
        clusters = derive_clusters(ledger.judgements())
    typer.echo(f"{row.verdict}: {row.about.replace(' | ', ' and ')}, by {row.who} on {row.when[:10]}{', ' + why if why else ''}")
    show_clusters(clusters)


def _verb(name: str, help: str) -> None:
    """Register one verdict as a verb of two ids."""

    def run(context: typer.Context, a: str, b: str, who: Who = "", why: Why = "") -> None:
        keep_judgement(context, a, b, name, who, why)

    run.__doc__ = help
    verbs.command(name, epilog=f"Example: amity actors {name} unknown:blue-hand group:x --why 'own statement'")(run)


_VERDICTS: Any = {
    "same": "Judge two actors one; they are shown as one from now on, the rows stay as they were read.",
    "different": "Judge two actors to be two; the pair is no longer listed.",
    "unsure": "Note that a pair was looked at and left open; it is no longer listed.",
    "undo": "Take back whatever was judged about a pair.",
}
for _name, _help in _VERDICTS.items():
    _verb(_name, _help)


@verbs.command("why", epilog="Example: amity actors why unknown:hizbullah group:hezbollah")
def why(context: typer.Context, a: str, b: str, own: Actors = None) -> None:
    """Explain how likely two actors are one, step by step in log-odds."""
    from amity.actors import compare, load_actors

    with context.obj.ledger() as ledger:
        profiles = {p.id: p for p in collect_profiles(ledger, load_actors(own))[0]}
    for id in (a, b):
        if id not in profiles:
            raise NotFound(f"actors why: got {id!r}, which no claim names{suggest(id, profiles)}; see: amity actors")
    found, total = compare(profiles[a], profiles[b]), 0.0
    for step in found.reasons:
        total += step.weight
        typer.echo(f"{step.weight:+6.1f} {total:+6.1f}  {step.what}: {step.found}")
    typer.echo(f"chance that {a} and {b} are one: {found.chance:.0%}")


@verbs.command("check", epilog="Example: amity actors check --actors my.csv")
def check(own: Actors = None) -> None:
    """Check the tables, and your own rows with them; ends with 3 where a row is refused."""
    from amity.actors import lint_tables

    faults = lint_tables(own)
    for fault in faults:
        typer.echo(fault, err=True)
    typer.echo(f"{len(faults)} faults" if faults else "every row holds")
    if faults:
        raise typer.Exit(3)
