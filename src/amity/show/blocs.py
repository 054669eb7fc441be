"""Blocs and cohesion -> terminal."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from amity.records import BlocMoment, Claim, Cohesion, OddCouple, Partition, Tie, Triads
from amity.show.lines import TONES, print_under, say_safe, style, tell_quote
from amity.show.wording import say_count, say_day, say_short_day, say_signed

# Rows of each list, unless all are asked for.
MOST_ROWS = 10
# Members named in a cell of the table over time.
MOST_NAMES = 4
PROOFS = {
    "cycles": "proven the least possible",
    "search": "the least possible, by exhausted search",
}


def print_blocs(found: Partition, ties: Sequence[Tie], triads: Triads, console: Console) -> None:
    """A partition of ties -> its blocs, what it costs and how sure that is, who contradicts it, who could leave."""
    camps = "camps" if found.rule == "two" else "blocs"
    console.print(style(f"{camps.capitalize()}{f' on {say_day(found.day)}' if found.day else ''}", "bold"))
    if not found.ties:
        console.print("No ties that tell friend or foe.")
        _print_left_out(found, console)
        return
    _print_members(found, console)
    console.print()
    console.print(Text(say_cost(found)))
    if triads.count:
        console.print(Text(f"{triads.balanced} of {say_count(triads.count, 'triad')} balanced."))
    _print_odd(found, ties, console)
    _print_torn(found, console)
    _print_left_out(found, console)


def say_cost(found: Partition) -> str:
    """A partition -> its cost in a sentence, with what is proven of it.

    >>> from amity.records import Partition
    >>> say_cost(Partition("two", (), 2.0, 1.0, "", (), (), (), 9, 3, 9.0, 60.0))
    '2 of 9 of the weight of 9 ties contradicts these camps; between 1 and 2 is the least possible (time ran out).'
    """
    weight = f"{say_weight(found.cost)} of {say_weight(found.weight)} of the weight of {say_count(found.ties, 'tie')}"
    noun = "camps" if found.rule == "two" else "blocs"
    proof = PROOFS.get(found.proof)
    if proof is None:
        proof = f"between {say_weight(found.bound)} and {say_weight(found.cost)} is the least possible (time ran out)"
    return f"{weight} contradicts these {noun}; {proof}."


def print_moments(moments: Sequence[BlocMoment], console: Console, every: bool = False) -> None:
    """Blocs over time -> a table of days with ties, each bloc under its number, and who moved between them."""
    names = {party: name for moment in moments for party, name in moment.partition.names}
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("day", no_wrap=True)
    for column in ("ties", "against", "balance", "triads"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("blocs of two or more", overflow="fold", ratio=1)
    last = Text()
    for moment in moments:
        found = moment.partition
        if found.ties:
            share = moment.triads.share
            cells = (say_short_day(moment.day), str(found.ties), say_weight(found.cost), f"{found.balance:.2f}")
            cell = Text("\n").join(_tell_tracks(moment, names))
            same = Text("as before", "dim") if cell.plain == last.plain else cell
            table.add_row(*cells, "–" if share is None else f"{100 * share:.0f} %", same)
            last = cell
    if not table.row_count:
        console.print("No ties that tell friend or foe on any of the days.")
        return
    console.print(table)
    moves = [(moment.day, move) for moment in moments for move in moment.moves]
    if moves:
        console.print()
        console.print(style("Moves", "bold"))
    for day, move in moves if every else moves[-MOST_ROWS:]:
        line = f"{say_short_day(day)}  {names.get(str(move.party), move.party)}: {_say_track(move.before)} → {_say_track(move.after)}"
        print_under(style(line), console)
    if len(moves) > MOST_ROWS and not every:
        print_under(style(f"and {len(moves) - MOST_ROWS} earlier", "dim"), console)
    open_days = [m.day for m in moments if not m.partition.certified]
    if open_days:
        console.print(style(f"Not proven least, as time ran out: {', '.join(map(say_short_day, open_days))}.", "dim"))


def print_cohesion(rows: Sequence[Cohesion], names: dict[str, str], claims: Collection[Claim], console: Console) -> None:
    """Cohesion of one bloc on days -> a table, and the pair that pulls it apart on the last with its evidence."""
    spoken = [row for row in rows if row.pairs]
    head = rows[-1]
    console.print(style(f"Cohesion of {head.bloc}", "bold"))
    console.print(style(", ".join(names.get(m, m) for m in head.members), "dim"))
    if not spoken:
        console.print("Nothing is said of any pair of its members.")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("day", "within", "90 %", "outside", "strain", "pairs"):
        table.add_column(column, justify="left" if column == "day" else "right", no_wrap=True)
    table.add_column("pulled apart by", overflow="fold", ratio=1)
    for row in spoken:
        table.add_row(*_cohesion_cells(row, names))
    console.print(table)
    _print_weakest(spoken[-1], names, claims, console)


def _cohesion_cells(row: Cohesion, names: dict[str, str]) -> list[Text]:
    interval = f"{say_signed(row.low, 1)}..{say_signed(row.high, 1)}" if row.low is not None and row.high is not None else "–"
    pair = " – ".join(names.get(p, p) for p in row.weakest or ())
    return [
        style(say_short_day(row.day)),
        _tone(row.within),
        style(interval),
        _tone(row.outside),
        style(f"{100 * (row.strain or 0.0):.0f} %"),
        style(f"{row.pairs} of {row.possible}"),
        style(f"{pair} {say_signed(row.weakest_alignment)}"),
    ]


def _print_weakest(row: Cohesion, names: dict[str, str], claims: Collection[Claim], console: Console) -> None:
    known = {claim.id: claim for claim in claims}
    # One sentence may hold several claims; it is told once.
    quoted = list({(c.document_id, c.quote): c for c in (known[i] for i in row.claims if i in known)}.values())
    if quoted:
        console.print()
        pair = " and ".join(names.get(p, p) for p in row.weakest or ())
        console.print(style(f"What stands between {pair}", "bold"))
    for claim in quoted:
        print_under(Text.assemble((f"{claim.id[:8]}  ", "dim"), tell_quote(claim)), console)


def _print_members(found: Partition, console: Console) -> None:
    """Blocs of two or more under their numbers, those of one together; each connected part by itself."""
    parts = sorted({bloc.part for bloc in found.blocs})
    number = 0
    for part in parts:
        if len(parts) > 1:
            console.print(style(f"Part {part + 1} (no tie joins it to the others)" if part else "Part 1", "dim"))
        alone = []
        for bloc in (b for b in found.blocs if b.part == part):
            if len(bloc.members) == 1 and found.rule == "many":
                alone.append(bloc.members[0])
                continue
            number += 1
            print_under(Text.assemble((f"{number}  ", "bold"), say_safe(", ".join(map(found.name_of, bloc.members)))), console)
        if alone:
            print_under(Text.assemble(("–  ", "bold"), say_safe(", ".join(map(found.name_of, alone))), (" (each alone)", "dim")), console)


def _print_odd(found: Partition, ties: Sequence[Tie], console: Console) -> None:
    if not found.odd:
        return
    console.print()
    console.print(style("Odd couples", "bold"))
    rows = {frozenset((tie.a, tie.b)): tie for tie in ties}
    for odd in found.odd[:MOST_ROWS]:
        tie = rows.get(frozenset((str(odd.a), str(odd.b))))
        behind = f", {say_count(len(tie.claims), 'claim')}" if tie else ""
        line = Text.assemble(
            say_safe(f"{found.name_of(odd.a)} – {found.name_of(odd.b)}"), "  ", (say_odd(odd), TONES[1 if odd.weight > 0 else -1])
        )
        print_under(line.append(f" ({say_signed(odd.weight)}{behind})", "dim"), console)
    if len(found.odd) > MOST_ROWS:
        print_under(style(f"and {len(found.odd) - MOST_ROWS} more", "dim"), console)


def _print_torn(found: Partition, console: Console) -> None:
    torn = [m for m in found.members if m.frustrated][:MOST_ROWS]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("torn", overflow="fold", ratio=1)
    for column in ("against", "of", "to move it"):
        table.add_column(column, justify="right", no_wrap=True)
    for member in torn:
        cells = (say_weight(member.frustrated), say_weight(member.weight), say_weight(member.flip))
        table.add_row(style(found.name_of(member.party)), *cells)
    # A party that keeps its bloc from being empty cannot leave it.
    loosest = min((m for m in found.members if m.flip >= 0.0), key=lambda m: (m.flip, str(m.party)), default=None)
    if torn:
        console.print()
        console.print(table)
    if loosest:
        to = "to stand alone" if loosest.flip_to is None else f"to {found.name_of(found.blocs[loosest.flip_to].members[0])}"
        console.print(style(f"Cheapest flip: {found.name_of(loosest.party)} {to}, at {say_weight(loosest.flip)}.", "dim"))


def _print_left_out(found: Partition, console: Console) -> None:
    for reason, count in found.left_out:
        console.print(style(f"{say_count(count, 'tie')} left out: {reason}.", "dim"))


def _tell_tracks(moment: BlocMoment, names: dict[str, str]) -> list[Text]:
    found = []
    for track, bloc in sorted(zip(moment.tracks, moment.partition.blocs, strict=True), key=lambda pair: pair[0] or 0):
        if track is not None:
            shown = [names.get(str(m), str(m)) for m in bloc.members]
            more = f" and {len(shown) - MOST_NAMES} more" if len(shown) > MOST_NAMES else ""
            found.append(Text.assemble((f"{track} ", "bold"), say_safe(", ".join(shown[:MOST_NAMES]) + more)))
    return found or [Text("–", "dim")]


def _say_track(track: int | None) -> str:
    return "alone" if track is None else f"bloc {track}"


def say_odd(odd: OddCouple) -> str:
    """What is odd about a tie that contradicts the blocs."""
    return "friends apart" if odd.weight > 0 else "foes together"


def say_weight(weight: float) -> str:
    """A weight -> at most two places.

    >>> say_weight(7.0), say_weight(0.305)
    ('7', '0.30')
    """
    return f"{weight:.0f}" if weight == round(weight) else f"{weight:.2f}"


def _tone(value: float | None) -> Text:
    return Text(say_signed(value), TONES[0 if value is None or abs(value) < 0.05 else 1 if value > 0 else -1])
