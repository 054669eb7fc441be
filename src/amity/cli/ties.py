"""Verbs about pairs: all ties, one tie, what changed."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from amity.cli.desk import AsOf, app, find_party, show_claims
from amity.errors import BadInput


@app.command(epilog="Example: amity ties --as-of 2024-09-30")
def ties(context: typer.Context, as_of: AsOf = None) -> None:
    """List the ties between parties: warmth with its interval, standings, and how many claims speak."""
    from amity.pipeline import say_left_out
    from amity.show import print_ties
    from amity.ties import compute_ties

    with context.obj.ledger() as ledger:
        held = list(ledger.claims(context.obj.wanted(as_of)))
    print_ties(compute_ties(held, as_of), context.obj.console)
    for line in say_left_out(held):
        typer.echo(line)


@app.command(epilog="Example: amity tie Syria Iran")
def tie(context: typer.Context, a: str, b: str, as_of: AsOf = None) -> None:
    """Show one pair: the strip over time, changes, and every claim behind it."""
    from amity.show import print_tie
    from amity.ties import compute_ties, find_changes

    first, second = find_party(a), find_party(b)
    with context.obj.ledger() as ledger:
        held = list(ledger.claims(context.obj.wanted(as_of, a=first, b=second)))
        if not held:
            raise BadInput(f"tie {a!r} and {b!r}: got no claim of the two, see those there are with: amity ties")
        pair = _sides(held, (first, second))
        found = [t for t in compute_ties(held, as_of) if {t.a, t.b} == pair] or compute_ties(held, as_of)
        changes = [c for c in find_changes(held) if {c.a, c.b} == pair and (not as_of or c.day <= as_of)]
        if not found:
            show_claims(ledger, context.obj.wanted(as_of, a=first, b=second), context.obj, False)
            return
        print_tie(found[0], held, changes, context.obj.console)


@app.command(epilog="Example: amity changes --since 2024-01-01")
def changes(context: typer.Context, since: Annotated[str | None, typer.Option("--since")] = None, as_of: AsOf = None) -> None:
    """List the turns in ties, the latest last, with their first evidence."""
    from amity.show import print_changes
    from amity.ties import find_changes

    with context.obj.ledger() as ledger:
        held = list(ledger.claims(context.obj.wanted(as_of)))
        print_changes(find_changes(held, since=since), held, context.obj.console)


def _sides(held: list[Any], wanted: tuple[str | None, str | None]) -> set[str]:
    """The two sides that claims of a pair speak of, most often."""
    from collections import Counter

    pairs = Counter(frozenset((c.actor.side_id or c.actor.id, c.recipient.side_id or c.recipient.id)) for c in held if c.recipient)
    named = frozenset(w for w in wanted if w)
    return set(named if named in pairs else pairs.most_common(1)[0][0] if pairs else named)
