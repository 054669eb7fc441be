"""Records -> terminal, through rich; plain text where the output is no terminal. Made for 80 columns and more."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from amity.records import Change, Claim, Document, Tie, TiePoint
from amity.show.evidence import Card, group_cards, lean_of, say_confidence, say_stand, say_ties, split_ties
from amity.show.lines import TONES, print_under, say_safe, style, tell_act, tell_quote
from amity.show.picture import Picture, claim_order
from amity.show.turns import head_turn, print_turns
from amity.show.wording import (
    BIDI_CONTROL,
    claim_tone,
    clean_text,
    say_chain,
    say_chance,
    say_claim_day,
    say_count,
    say_day,
    say_percent,
    say_quad,
    say_signed,
    say_type,
    say_when,
    warmth_chance,
    wording,
)

BLOCKS = "▁▂▃▄▅▆▇█"
# Digits of a claim's id that are printed: enough to name it among some thousands, and `why` takes them.
ID_DIGITS = 8
# Ties in the summary.
MOST_TIES = 12
# Ties with parties that no table names, unless all are asked for.
MOST_UNNAMED = 8
# Columns from which there is room for words and deeds apart.
WIDE = 116
SCALES = "aligned: −1 against, +1 with; warmth: −1 to +1, how the next act will likely be; intervals: amity tie A B"
# Characters of context on either side of a quotation in `print_why`.
CONTEXT = 240


def print_summary(picture: Picture, console: Console) -> None:
    """A picture -> headline figures, turns, the strongest ties, and what was not read."""
    events = sum(c.kind == "event" for c in picture.claims)
    console.print(style(picture.title, "bold"))
    console.print(style(f"As of {say_day(picture.as_of)}" if picture.as_of else "Nothing dated was read", "dim"))
    console.print()
    standings = len(picture.claims) - events
    figures = [
        say_count(len(picture.documents), "document") + (f" ({len(picture.unread)} not read)" if picture.unread else ""),
        f"{say_count(len(picture.claims), 'claim')} ({say_count(events, 'act')}, {say_count(standings, 'standing')})",
    ]
    console.print(Text(" · ".join(figures)))
    console.print(Text(f"{say_ties(picture.ties)} · {say_count(len(picture.changes), 'turn')}"))
    print_quads(picture.claims, console)
    print_turns(picture, console)
    named, _ = split_ties(picture.ties)
    if named:
        console.print()
        print_table(named[:MOST_TIES], console)
    for row in picture.unread[:5]:
        console.print(style(f"not read: {row.name}: {row.reason}{f' ({row.remedy})' if row.remedy else ''}", "dim"))
    if len(picture.unread) > 5:
        console.print(style(f"and {len(picture.unread) - 5} more not read", "dim"))


def print_quads(claims: Sequence[Claim], console: Console) -> None:
    """Claims -> one line: how many acts of each quad."""
    counts = Counter(c.quad for c in claims if c.quad)
    if counts:
        look = {1: TONES[1], 2: f"bold {TONES[1]}", 3: TONES[-1], 4: f"bold {TONES[-1]}"}
        console.print(Text(" · ").join(Text(f"{say_quad(q)} {counts[q]}", look[q]) for q in (2, 1, 3, 4)))


def print_claims(claims: Sequence[Claim], console: Console) -> None:
    """Claims -> a group for each document in order of publication, undated ones last; in it quotations in order of time."""
    if not claims:
        console.print("No claims.")
        return
    groups: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in sorted(claims, key=claim_order):
        groups.setdefault((claim.published or "", claim.document, claim.document_id), []).append(claim)
    for (published, name, _), held in sorted(groups.items(), key=lambda g: (not g[0][0], g[0])):
        day = f", published {say_day(published)}" if published else ", undated"
        console.print(Text.assemble(style(name, "bold underline"), style(f"{day} · {say_count(len(held), 'claim')}", "dim")))
        for card in group_cards(held):
            print_card(card, console)
        console.print()
    console.print(style(say_count(len(claims), "claim"), "dim"))


def print_card(card: Card, console: Console) -> None:
    """A quotation with its claims -> a line for each, with its day and the first digits of its id, and the words once."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for claim in card.claims:
        day = say_when(claim.date) if claim.date else "undated"
        # One quotation may hold acts on the word of several.
        chain = f"  {say_safe(say_chain(claim.sources))}" if claim.sources != card.first.sources else ""
        table.add_row(claim.id[:ID_DIGITS], Text.assemble((f"{day}  ", "dim"), tell_act(claim), (chain, "dim")))
    table.add_row("", tell_quote(card.first))
    print_under(table, console)


def print_ties(ties: Sequence[Tie], console: Console, every: bool = False) -> None:
    """Ties -> a table, those with most claims first; those with parties that no table names come after, in brief."""
    if not ties:
        console.print("No ties: no two parties have a claim in common.")
        return
    named, unnamed = split_ties(ties)
    if named:
        print_table(named, console)
        console.print(style(SCALES, "dim"))
    if unnamed:
        console.print(Text("\nTies with parties that no table names" if named else "Ties with parties that no table names", "bold"))
        table = _make_table(console, ("claims",))
        shown = unnamed if every or not named else unnamed[:MOST_UNNAMED]
        for tie in shown:
            table.add_row(*tell_stand(tie), str(len(tie.claims)))
        console.print(table)
        if len(unnamed) > len(shown):
            console.print(style(f"and {len(unnamed) - len(shown)} more: amity ties --all", "dim"))


def print_table(ties: Sequence[Tie], console: Console) -> None:
    """Ties -> their table, in the order given: the word for how a pair stands first, then its numbers."""
    wide = console.width >= WIDE
    table = _make_table(console, ("aligned", "warmth", *(("words", "deeds") if wide else ()), "claims"))
    table.add_column("over time", no_wrap=True)
    for tie in ties:
        halves = [say_signed(tie.verbal, 1), say_signed(tie.material, 1)] if wide else []
        numbers = [say_signed(tie.alignment, 1), say_signed(tie.warmth, 1), *halves, str(len(tie.claims))]
        table.add_row(*tell_stand(tie), *numbers, strip_series(tie.series, 16 if wide else 8))
    console.print(table)


def _make_table(console: Console, numbers: Sequence[str]) -> Table:
    """A table of ties without rows: the pair, how it stands, where it is heading, then columns of numbers."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("pair", overflow="fold", min_width=console.width // 4)
    table.add_column("stands", overflow="fold")
    table.add_column("heading", no_wrap=True)
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def tell_stand(tie: Tie) -> list[Text]:
    """A tie -> the pair, how it stands, and where that is heading."""
    tone = TONES[0 if tie.strained else tie.lean or lean_of(tie)]
    heading = Text("warming", TONES[1]) if tie.trend > 0 else Text("cooling", TONES[-1]) if tie.trend < 0 else Text("")
    return [style(f"{tie.a_name} – {tie.b_name}"), Text(say_stand(tie), tone), heading]


def strip_series(series: Sequence[TiePoint], width: int) -> Text:
    """A series -> one line of blocks over equal stretches of time, each as the tie stood at its end: low cold, high warm.

    >>> strip_series([TiePoint("2018-01-01", 0.0, 0, 0), TiePoint("2018-01-10", 1.0, 1, 1)], 4).plain
    '▁▁▁█'
    """
    text = Text()
    days = [date.fromisoformat(p.day).toordinal() for p in series]
    size = min(width, days[-1] - days[0] + 1) if days else 0
    for i in range(1, size + 1):
        end = days[0] + (days[-1] - days[0]) * i / size
        mean = series[bisect_right(days, end) - 1].mean
        text.append(BLOCKS[min(7, max(0, int(mean * 8)))], TONES[1 if mean >= 0.5 else -1])
    return text


def print_tie(tie: Tie, claims: Sequence[Claim], changes: Sequence[Change], console: Console) -> None:
    """A tie with its claims and changes -> its judgement, strip, turns, and the claims behind it."""
    pair, stands, heading = tell_stand(tie)
    console.print(Text.assemble(Text(pair.plain, "bold"), "  ", stands, ", " if heading else "", heading))
    interval = f"{say_percent(warmth_chance(tie.low))} to {say_percent(warmth_chance(tie.high))}"
    sure = f"Next act cooperative: {say_chance(warmth_chance(tie.warmth))}, 90 % interval {interval}. {say_confidence(claims, {})}"
    console.print(Text(sure))
    parts = [f"warmth {say_signed(tie.warmth)} ({say_signed(tie.low)} to {say_signed(tie.high)})", f"words {say_signed(tie.verbal)}"]
    parts += [f"deeds {say_signed(tie.material)}", f"alignment {say_signed(tie.alignment)}", f"as of {say_day(tie.as_of)}"]
    console.print(style(" · ".join(parts), "dim"))
    if tie.standings:
        console.print(style("standings told: " + ", ".join(say_type(s) for s in tie.standings), "dim"))
    if tie.series:
        first, last = tie.series[0].day, tie.series[-1].day
        strip = strip_series(tie.series, max(10, console.width - len(first) - len(last) - 4))
        console.print(Text.assemble((f"{first} ", "dim"), strip, (f" {last}", "dim")))
        console.print(style("▁ cold   ▄▅ even   █ warm", "dim"))
    for change in changes:
        console.print(head_turn(change))
    console.print()
    print_claims(claims, console)


def print_why(claim: Claim, document: Document | None, console: Console) -> None:
    """A claim and its document -> the quotation in its context with the parties' words marked, and all it rests on."""
    console.print(tell_act(claim))
    console.print()
    console.print(Padding(show_context(claim, document), (0, 2, 0, 2), expand=False))
    console.print()
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in list_reasons(claim, document):
        table.add_row(name, value)
    console.print(table)


def show_context(claim: Claim, document: Document | None) -> Text:
    """A claim -> its quotation in bold between the lines around it, the parties' words in ⟦brackets⟧."""
    inner = Text(style="bold")
    at = claim.start
    parties = sorted({(p.start, p.end): p for p in (claim.actor, claim.recipient) if p}.values(), key=lambda p: (p.start, p.end))
    for party in parties:
        if at <= party.start < party.end <= claim.end:
            inner.append(lay_text(claim.quote[at - claim.start : party.start - claim.start]))
            inner.append(f"⟦{lay_text(claim.quote[party.start - claim.start : party.end - claim.start])}⟧", TONES[claim_tone(claim)])
            at = party.end
    inner.append(lay_text(claim.quote[at - claim.start :]))
    if document is None or document.text[claim.start : claim.end] != claim.quote:
        return inner
    before, after = document.text[max(0, claim.start - CONTEXT) : claim.start], document.text[claim.end : claim.end + CONTEXT]
    lead = "… " if claim.start > CONTEXT else ""
    tail = " …" if claim.end + CONTEXT < len(document.text) else ""
    return Text.assemble((lead + lay_text(before).lstrip(), "dim"), inner, (lay_text(after).rstrip() + tail, "dim"))


def lay_text(text: str) -> str:
    """Text of a report -> the same, safe, with its line breaks."""
    return BIDI_CONTROL.sub("", clean_text(text))


def list_reasons(claim: Claim, document: Document | None) -> list[tuple[str, RenderableType]]:
    """A claim -> name and value of each thing that it rests on."""
    date = f"{say_claim_day(claim)}{f', by “{claim.date.basis}”' if claim.date and claim.date.basis else ''}"
    where = document.outlet or document.name if document else claim.document
    published = f", published {say_day(claim.published)}" if claim.published else ""
    score = f", score {say_signed(claim.score, 1)}" if claim.score is not None else ""
    rows: list[tuple[str, str]] = [
        ("read as", f"{say_type(claim.type)} ({claim.type}{f', {claim.mode}' if claim.mode else ''}), {say_quad(claim.quad)}{score}"),
        ("status", f"{claim.status}: {wording()['statuses'][claim.status]['note']}"),
        ("on whose word", say_chain(claim.sources)),
        ("when", date),
        ("where", claim.place or "not said"),
        ("printed in", f"{where}{published}"),
        ("read rightly", say_chance(claim.confidence)),
        ("claim", f"{claim.id}, {claim.document} characters {claim.start}–{claim.end}"),
    ]
    table: list[tuple[str, RenderableType]] = [(name, style(value)) for name, value in rows]
    return [*table, ("why", Group(*(style(f"{i}. {w}") for i, w in enumerate(claim.why, 1))))] if claim.why else table
