"""Verbs about pairs: all ties, one tie, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amity.cli.desk import AsOf, app, find_party, show_claims
from amity.errors import BadInput
from amity.records import Change, Claim, Tie

if TYPE_CHECKING:
    from amity.ties import TieOptions


Law = Annotated[Path | None, typer.Option("--law", help="Numbers of the tie model: with --fit written there, else read from there.")]


@app.command(epilog="Example: amity ties --as-of 2024-09-30")
def ties(
    context: typer.Context,
    as_of: AsOf = None,
    fit: Annotated[bool, typer.Option("--fit", help="Learn the numbers of the tie model from this ledger (200 events or more).")] = False,
    law: Law = None,
    every: Annotated[bool, typer.Option("--all", help="Also every tie with parties that no table names.")] = False,
    once: Annotated[
        bool, typer.Option("--once", help="Count as one origin all papers that print one text (finds incidents first).")
    ] = False,
) -> None:
    """List the ties between parties: how each pair stands, where that is heading, and how many claims speak."""
    from amity.pipeline import read_told_once, say_left_out
    from amity.show import print_ties
    from amity.ties import compute_ties
    from amity.ties.fitting import load_options
    from amity.trade import find_ties

    with context.obj.ledger() as ledger:
        wanted = context.obj.wanted(as_of)
        if not fit and not ledger.holds_read_claims():
            # Imported rows alone, perhaps millions: read as columns, not as claims.
            print_ties(find_ties(ledger, as_of, wanted, load_options(law) if law else None), context.obj.console, every)
            return
        held = list(ledger.claims(wanted))
        evidence = read_told_once(ledger, as_of, context.obj.read_by) if once else None
    options = _fit(held, law) if fit else load_options(law) if law else None
    print_ties(compute_ties(evidence or held, as_of, options), context.obj.console, every)
    for line in say_left_out(held, evidence):
        typer.echo(line)


def _fit(held: list[Claim], law: Path | None) -> TieOptions:
    """Learn the numbers of the tie model, say how they do, and keep them where asked."""
    from amity.ties import REPORTS, read_evidence
    from amity.ties.fitting import fit_options, save_options

    found = fit_options(read_evidence(held).events, REPORTS)
    typer.echo(
        f"Learnt on {found.events - found.held_out} events, tried on the {found.held_out} after them: {found.loss_before:.3f} nats an event"
        f" as shipped, {found.loss_after:.3f} as learnt; {'the learnt numbers are used' if found.better else 'the shipped numbers stay'}."
    )
    if law:
        save_options(found.taken, law)
        typer.echo(f"Kept in {law}; use them with: amity ties --law {law}")
    return found.taken


@app.command(epilog="Example: amity tie Syria Iran")
def tie(context: typer.Context, a: str, b: str, as_of: AsOf = None) -> None:
    """Show one pair: the strip over time, its standings and changes, and every claim behind it."""
    from amity import kept
    from amity.pipeline import say_left_out
    from amity.show import print_tie
    from amity.ties import compute_ties, find_changes, read_evidence
    from amity.trade import find_ties

    first, second = find_party(a), find_party(b)
    with context.obj.ledger() as ledger:
        held = list(ledger.claims(context.obj.wanted(as_of, a=first, b=second)))
        if not held:
            raise BadInput(f"tie {a!r} and {b!r}: got no claim of the two, see those there are with: amity ties")
        pair = _sides(held, (first, second))
        # The company of the two is part of the tie, so all claims are read, not theirs alone, unless what they come to is kept.
        answered = kept.find_tie(ledger, *pair) if context.obj.asks_now(as_of) and len(pair) == 2 else None
        if answered is None:
            answered = [t for t in find_ties(ledger, as_of, context.obj.wanted(as_of)) if {t.a, t.b} == pair]
        found = answered or compute_ties(held, as_of)
        evidence = read_evidence(held)
        changes = [c for c in find_changes(evidence) if {c.a, c.b} == pair and (not as_of or c.day <= as_of)]
        if not found:
            show_claims(ledger, context.obj.wanted(as_of, a=first, b=second), context.obj, False)
            return
        print_tie(found[0], held, changes, context.obj.console)
        for line in (*say_standing(found[0], changes), *say_left_out(held, evidence)):
            typer.echo(line)


def say_standing(tie: Tie, changes: Iterable[Change]) -> Iterator[str]:
    """A tie and its changes -> a line for each standing with start and end, and what would undo a change."""
    names = {tie.a: tie.a_name, tie.b: tie.b_name}
    if tie.spells:
        yield "Standings over time"
    for spell in tie.spells:
        end = f"ended {spell.end}" if spell.end else f"last told {spell.last}"
        ends = f"{names.get(spell.actor, spell.actor)} and {names.get(spell.recipient, spell.recipient)}"
        yield f"  {spell.type} {ends}: since {spell.start}, {end} ({len(spell.claims)} claim{'s' if len(spell.claims) != 1 else ''})"
    for change in changes:
        if change.undo:
            yield f"  The change of {change.day} would be half undone by: {change.undo}."


@app.command(epilog="Example: amity changes --since 2024-01-01")
def changes(context: typer.Context, since: Annotated[str | None, typer.Option("--since")] = None, as_of: AsOf = None) -> None:
    """List the turns in ties, the latest last, with their first evidence."""
    from amity import kept
    from amity.show import print_changes
    from amity.ties import find_changes

    with context.obj.ledger() as ledger:
        found = kept.find_changes(ledger, since) if context.obj.asks_now(as_of) else None
        if found is not None:
            print_changes(found, kept.cited_claims(ledger, found), context.obj.console)
            return
        held = list(ledger.claims(context.obj.wanted(as_of)))
        print_changes(find_changes(held, since=since), held, context.obj.console)


def _sides(held: list[Any], wanted: tuple[str | None, str | None]) -> set[str]:
    """The two sides that claims of a pair speak of, most often."""
    from collections import Counter

    pairs = Counter(frozenset((c.actor.side_id or c.actor.id, c.recipient.side_id or c.recipient.id)) for c in held if c.recipient)
    named = frozenset(w for w in wanted if w)
    return set(named if named in pairs else pairs.most_common(1)[0][0] if pairs else named)
