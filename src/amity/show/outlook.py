"""Forecasts and their grades -> terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from amity.records import Bargain, Forecast, Graded, Likely, Outlook, Report, Skill, WhatIf
from amity.show.lines import print_under, say_safe, style
from amity.show.wording import say_count, say_day, say_type

KIND_WORDS = {"conflict": "material conflict", "rupture": "a rupture", "thaw": "a thaw", "act": "a type of act"}
BAR = "█"
# Pairs told one by one under the base rates.
MOST_PAIRS = 12
# Differences of a what-if that are told.
MOST_DIFFERENCES = 15
# Times a kind must have come true before its reliability is drawn.
LEAST_DRAWN = 5


def say_kind(forecast: Forecast) -> str:
    """What is forecast, in words."""
    return say_type(forecast.type) if forecast.kind == "act" else KIND_WORDS[forecast.kind]


def say_share(chance: float) -> str:
    """A chance in percent, with a digit where it is small.

    >>> say_share(0.0002), say_share(0.004), say_share(0.42), say_share(0.999)
    ('under 0.1 %', '0.4 %', '42 %', '99.9 %')
    """
    if chance < 0.0005:
        return "under 0.1 %"
    return f"{100 * chance:.1f} %" if chance < 0.0995 or chance > 0.99 else f"{100 * chance:.0f} %"


def print_outlook(outlook: Outlook, shown: Sequence[Forecast], console: Console) -> None:
    """An outlook -> those of its forecasts that are to be shown, each with its grounds; then how such forecasts did."""
    console.print(style("Outlook", "bold"))
    if outlook.as_of:
        console.print(style(f"From what had happened by {say_day(outlook.as_of)}", "dim"))
    by_law = [f for f in shown if f.basis == "model"]
    for forecast in by_law:
        console.print()
        print_forecast(forecast, console)
    rest = [f for f in shown if f.basis != "model"]
    if rest:
        console.print()
        print_base_rates(rest, console)
    if outlook.skills:
        console.print()
        print_skills(outlook.skills, console)
    for note in outlook.notes:
        console.print(style(note, "dim"))


def print_forecast(f: Forecast, console: Console) -> None:
    """A forecast -> its sentence, its number with interval and base rate, its grounds."""
    link = " towards " if f.kind == "act" else " and "
    console.print(
        Text.assemble(
            style(f.a_name, "bold"), link, style(f.b_name, "bold"), f": {say_kind(f)} by {say_day(f.until)} is ", (f.words, "bold")
        )
    )
    print_under(
        Text(f"{say_share(f.chance)} (90 % interval {say_share(f.low)} to {say_share(f.high)}); base rate {say_share(f.base)}"), console
    )
    for line in f.grounds:
        print_under(style(line, "dim"), console)
    if f.claims:
        print_under(style(f"claims: {' '.join(c[:8] for c in f.claims)}", "dim"), console)


def print_base_rates(forecasts: Sequence[Forecast], console: Console) -> None:
    """Forecasts that are base rates -> one line for each kind and horizon, and the pairs once."""
    console.print(style("Base rates: nothing better is known of these", "bold"))
    seen: dict[tuple[str, int], list[Forecast]] = {}
    for f in forecasts:
        seen.setdefault((say_kind(f), f.horizon), []).append(f)
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for name in ("of a pair", "within", "base rate", "90 % interval", "in words"):
        table.add_column(name, header_style="dim", no_wrap=True)
    for (kind, horizon), rows in seen.items():
        f = rows[0]
        table.add_row(kind, f"{horizon} days", say_share(f.chance), f"{say_share(f.low)} to {say_share(f.high)}", f.words)
    print_under(table, console)
    pairs = {f"{f.a_name} and {f.b_name}": f for f in forecasts}
    for name, f in list(pairs.items())[:MOST_PAIRS]:
        print_under(Text.assemble(style(name, "bold"), style(f": {'; '.join(f.grounds)}", "dim")), console)
        if f.claims:
            print_under(style(f"claims: {' '.join(c[:8] for c in f.claims)}", "dim"), console, 4)
    if len(pairs) > MOST_PAIRS:
        print_under(style(f"and {len(pairs) - MOST_PAIRS} more pairs", "dim"), console)


def print_skills(skills: Sequence[Skill], console: Console) -> None:
    """Skills -> a table: how such forecasts did on later days that the fit had not seen."""
    console.print(style("How such forecasts did on days they were not fitted on (Brier score, lower is better)", "bold"))
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("", no_wrap=True)
    for name in ("forecast", "base rate", "persistence", "EWMA", "skill", "calibration error", "cases", "came true"):
        table.add_column(name, header_style="dim", justify="right")
    for s in skills:
        figures = [f"{v:.4f}" for v in (s.brier, s.base, s.persistence, s.ewma)]
        verdict = f"{s.skill:+.2f}" if s.skill > 0 else "none"
        table.add_row(f"{KIND_WORDS[s.kind]}, {s.horizon} days", *figures, verdict, f"{s.error:.3f}", f"{s.rows:,}", f"{s.events:,}")
    print_under(table, console)


def print_grades(reports: Sequence[Report], grades: Sequence[Graded], waiting: int, console: Console) -> None:
    """Grades -> scores by kind and horizon with a reliability diagram, and the greatest surprises."""
    console.print(style(f"{say_count(len(grades), 'forecast')} graded, {waiting:,} whose time has not come", "bold"))
    if not grades:
        told = (
            "A forecast is graded once the ledger tells of the days it spoke of."
            if waiting
            else "None was issued: `amity outlook` issues them."
        )
        console.print(style(told, "dim"))
        return
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("", no_wrap=True)
    for name in ("cases", "came true", "Brier", "base rate's", "skill", "log score", "calibration error", "CRPS"):
        table.add_column(name, header_style="dim", justify="right")
    for r in reports:
        crps = f"{r.crps:.2f}" if r.crps is not None else "-"
        figures = (f"{r.brier:.4f}", f"{r.base:.4f}", f"{r.skill:+.2f}", f"{r.log:.3f}", f"{r.error:.3f}", crps)
        table.add_row(f"{KIND_WORDS[r.kind]}, {r.horizon} days", f"{r.cases:,}", f"{r.happened:,}", *figures)
    print_under(table, console)
    for r in reports:
        if r.happened >= LEAST_DRAWN:
            print_reliability(r, console)
    surprises = sorted((g for g in grades if g.happened), key=lambda g: g.forecast.chance)[:3]
    if surprises:
        console.print(style("Came true and was least expected", "bold"))
    for g in surprises:
        f = g.forecast
        told = f"{f.a_name} and {f.b_name}: {say_kind(f)} by {say_day(f.until)}, given {say_share(f.chance)}"
        print_under(Text(say_safe(told) + (f"  {' '.join(c[:8] for c in g.claims)}" if g.claims else "")), console)


def print_reliability(report: Report, console: Console) -> None:
    """The reliability diagram: for each band of chances said, the share that came true, as a bar with the mean said marked."""
    console.print(style(f"{KIND_WORDS[report.kind]}, {report.horizon} days: said and came true", "bold"))
    width = 40
    for b in report.bins:
        bar = list((BAR * round(b.came * width)).ljust(width, "·"))
        bar[min(round(b.said * width), width - 1)] = "┃"
        print_under(Text(f"{say_share(b.said):>7} {''.join(bar)} {say_share(b.came):>7}  {b.cases:,}"), console)


def print_whatif(answer: WhatIf, console: Console) -> None:
    """A what-if -> its differences with intervals, how parties stand before and after, and how much rests on neighbours."""
    names = dict(answer.names)

    def name(party: str) -> str:
        return names.get(party, party)

    console.print(style(answer.question, "bold"))
    runs = f" · {answer.runs:,} pairs of runs" if answer.runs else ""
    console.print(style(f"{answer.days} days after {say_day(answer.as_of)}{runs}; differences, not forecasts", "dim"))
    if answer.differences:
        console.print()
        table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
        for column in ("between", "measure", "without", "with", "difference", "90 % interval", ""):
            table.add_column(column, header_style="dim", justify="left" if column in ("between", "measure", "") else "right")
        for d in answer.differences[:MOST_DIFFERENCES]:
            share = d.measure.startswith("chance")
            told = [say_share(v) if share else f"{v:.2f}" for v in (d.base, d.changed)]
            moved = [f"{100 * v:+.1f} %" if share else f"{v:+.2f}" for v in (d.difference, d.low, d.high)]
            verdict = "" if d.claimed else "none to be told"
            pair = f"{name(d.a)} and {name(d.b)}"
            table.add_row(say_safe(pair), d.measure, *told, moved[0], f"{moved[1]} to {moved[2]}", verdict)
        print_under(table, console)
        if len(answer.differences) > MOST_DIFFERENCES:
            print_under(style(f"and {len(answer.differences) - MOST_DIFFERENCES} more differences", "dim"), console)
    if answer.frustration:
        print_stands(answer, console)
    if answer.sensitivity:
        console.print()
        console.print(style("How much rests on pairs stirring their neighbours, which they do little in data", "bold"))
        for factor, d in answer.sensitivity:
            line = f"{factor:g} times that: at most {d.difference:+.3f} {d.measure} ({d.low:+.3f} to {d.high:+.3f})"
            print_under(Text(say_safe(f"{line}, {name(d.a)} and {name(d.b)}")), console)
    for note in answer.notes:
        console.print(style(note, "dim"))


def print_stands(answer: WhatIf, console: Console) -> None:
    """How parties stand in the blocs, before and after: a table, then with whom each stands."""
    names = dict(answer.names)
    before, after, proven = answer.frustration or (0.0, 0.0, False)
    console.print()
    console.print(style("Blocs", "bold"))
    proof = "both proven least" if proven else "not proven least"
    print_under(Text(f"frustration {before:.2f} today, {after:.2f} then ({proof})"), console)
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    moves = ("moves in",) if answer.runs else ()
    for column in ("", "torn today", "then", "cost to move it today", "then", *moves):
        table.add_column(column, header_style="dim", justify="right" if column else "left")
    for s in answer.stands:
        torn = [f"{100 * v:.0f} %" if v is not None else "-" for v in (s.torn_before, s.torn_after)]
        flips = [f"{v:.2f}" if v is not None else "-" for v in (s.flip_before, s.flip_after)]
        share = (f"{100 * s.moves:.0f} % of laws",) if answer.runs else ()
        table.add_row(style(names.get(s.party, s.party), "bold"), *torn, *flips, *share)
    print_under(table, console)
    for s in answer.stands:
        sides = [
            ", ".join(names.get(p, p) for p in side[:6]) + (f" and {len(side) - 6} more" if len(side) > 6 else "")
            for side in (s.before, s.after)
        ]
        sides = [f"with {side}" if side else "alone" for side in sides]
        story = f"stands {sides[0]}" if s.before == s.after else f"stands {sides[0]}; then {sides[1]}"
        print_under(Text.assemble(style(names.get(s.party, s.party), "bold"), " ", style(story)), console)
    told = "torn: the part of its ties that pull the other way; cost to move: what frustration rises by if it alone changes sides"
    print_under(style(told, "dim"), console)


def print_bargain(found: Bargain, console: Console) -> None:
    """A bargain -> its outcomes side by side under their label."""
    issue = found.issue
    console.print(style(f"{issue.name}", "bold"))
    console.print(style(f"{found.label}: what three models make of numbers that a person put in", "dark_orange"))
    ends = " to ".join(f"{v:g}{f' ({w})' if w else ''}" for v, w in ((issue.low, issue.low_means), (issue.high, issue.high_means)))
    console.print(style(f"scale {ends}", "dim"))
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for column in ("model", "outcome", "moves by up to, if one input is a fifth off"):
        table.add_column(column, header_style="dim", justify="left" if column == "model" else "right")
    outcomes = (found.mean, found.median, found.challenge)
    for model, value, swing in zip(("weighted mean", "weighted median", "challenge model"), outcomes, found.swing, strict=True):
        table.add_row(model, f"{value:.1f}", f"{swing:.1f}")
    print_under(table, console)
    width = 60
    for stake, end in zip(issue.stakes, found.ends, strict=True):
        line = ["·"] * (width + 1)
        place = [round((v - issue.low) / (issue.high - issue.low) * width) for v in (stake.position, end)]
        line[place[1]], line[place[0]] = "○", "●"
        moved = f" -> {end:.0f}" if place[0] != place[1] else ""
        print_under(Text(f"{say_safe(stake.name)[:16]:16s} {''.join(line)} {stake.position:g}{moved}"), console)
    print_under(style("● where it stands, ○ where the challenge model ends it; the weighted mean is the one to beat", "dim"), console)


def print_likely(found: Sequence[Likely], how: str, console: Console) -> None:
    """A ranking -> one party a line with the past acts that speak for it."""
    for place, row in enumerate(found, 1):
        console.print(Text.assemble(f"{place:2d}  ", style(row.name, "bold"), ": ", style("; ".join(row.grounds), "dim")))
        if row.claims:
            print_under(style(f"claims: {' '.join(c[:8] for c in row.claims)}", "dim"), console, 4)
    if not found:
        console.print("Nobody: the ledger tells of no such party.")
    console.print(style(how, "dim"))
