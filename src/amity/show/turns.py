"""Changes, and the latest acts where none is proven -> terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from amity.records import Change, Claim
from amity.show.evidence import group_cards, say_confidence
from amity.show.lines import TONES, print_under, style, tell_act, tell_quote
from amity.show.picture import Picture
from amity.show.recent import Recent, find_recent
from amity.show.wording import say_chance, say_claim_day, say_count, say_day, say_signed, say_turn, warmth_chance, wording

NO_TURN = "No tie turned by more than its own uncertainty."
# Turns and latest acts in the summary.
MOST_TURNS = 10
MOST_NEWS = 5


def print_changes(changes: Sequence[Change], claims: Sequence[Claim], console: Console) -> None:
    """Changes with the claims they rest on -> a block each, the latest last: who, which way, how far, when, first quotation."""
    if not changes:
        console.print(f"{NO_TURN} The latest acts stand in: amity report")
        return
    held = {c.id: c for c in claims}
    for change in sorted(changes, key=lambda c: (c.day, c.a, c.b)):
        behind = [held[i] for i in change.claims if i in held]
        print_turn(change, behind, say_confidence(behind, {}), console)
        if behind:
            print_under(style(f"{behind[0].id}  {behind[0].document}", "dim"), console)
    console.print(style(say_count(len(changes), "turn"), "dim"))


def print_turns(picture: Picture, console: Console) -> None:
    """A picture -> its changes, newest first, or that there is none and the latest acts that speak for one."""
    held = {c.id: c for c in picture.claims}
    documents = {d.id: d for d in picture.documents}
    console.print(Text("\nWhat changed", "bold"))
    for change in sorted(picture.changes, key=lambda c: (c.day, abs(c.size)), reverse=True)[:MOST_TURNS]:
        claims = [held[i] for i in change.claims if i in held]
        print_turn(change, claims, say_confidence(claims, documents), console)
    if len(picture.changes) > MOST_TURNS:
        console.print(style(f"and {len(picture.changes) - MOST_TURNS} earlier: amity changes", "dim"))
    if picture.changes:
        return
    console.print(NO_TURN)
    recent = find_recent(picture)
    if recent:
        print_recent(recent, console)


def print_turn(change: Change, claims: Sequence[Claim], confidence: str, console: Console) -> None:
    """A change -> its block: its line, what that means for the next act, and the first quotation."""
    console.print(head_turn(change))
    print_under(style(f"{judge_turn(change)} {confidence}", "dim"), console)
    if claims:
        print_under(tell_quote(claims[0]), console)


def judge_turn(change: Change) -> str:
    """A change -> the chances before and after, or what its figures measure instead."""
    if change.measure != "warmth":
        return str(wording()["measures"][change.measure])
    before, after = (say_chance(warmth_chance(w)) for w in (change.before, change.after))
    return f"Next act cooperative: {before} before, {after} after."


def head_turn(change: Change) -> Text:
    """A change -> its line: arrow, who, which way, when, from and to."""
    tone = TONES[1 if change.direction > 0 else -1]
    arrow = "▲" if change.direction > 0 else "▼"
    return Text.assemble(
        (f"{arrow} ", tone),
        style(f"{change.a_name} – {change.b_name}", "bold"),
        " turned ",
        (say_turn(change), tone),
        f", {say_day(change.day)}, {change.measure} {say_signed(change.before)} → {say_signed(change.after)}",
    )


def print_recent(recent: Recent, console: Console) -> None:
    """The latest acts and standings -> a few lines each, one quotation for all that was read from it."""
    console.print(style(f"{'Latest' if recent.late else 'Last known'} acts that speak for a change:", "dim"))
    for card in group_cards(recent.claims)[:MOST_NEWS]:
        for claim in card.claims:
            console.print(Text.assemble((f"{say_claim_day(claim)}  ", "dim"), tell_act(claim)))
        print_under(tell_quote(card.first, 120), console)
