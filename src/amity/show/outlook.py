"""Forecasts and their grades -> terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from amity.records import Forecast, Graded, Outlook, Report, Skill
from amity.show.lines import print_under, say_safe, style
from amity.show.wording import say_count, say_day, say_type

KIND_WORDS = {"conflict": "material conflict", "rupture": "a rupture", "thaw": "a thaw"}
BAR = "█"
# Pairs told one by one under the base rates.
MOST_PAIRS = 12
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
        table.add_row(
            f"{KIND_WORDS.get(s.kind, s.kind)}, {s.horizon} days", *figures, verdict, f"{s.error:.3f}", f"{s.rows:,}", f"{s.events:,}"
        )
    print_under(table, console)


def print_grades(reports: Sequence[Report], grades: Sequence[Graded], waiting: int, console: Console) -> None:
    """Grades -> scores by kind and horizon with a reliability diagram, and the greatest surprises."""
    console.print(style(f"{say_count(len(grades), 'forecast')} graded, {waiting:,} whose time has not come", "bold"))
    if not grades:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("", no_wrap=True)
    for name in ("cases", "came true", "Brier", "base rate's", "skill", "log score", "calibration error", "CRPS"):
        table.add_column(name, header_style="dim", justify="right")
    for r in reports:
        crps = f"{r.crps:.2f}" if r.crps is not None else "-"
        figures = (f"{r.brier:.4f}", f"{r.base:.4f}", f"{r.skill:+.2f}", f"{r.log:.3f}", f"{r.error:.3f}", crps)
        table.add_row(f"{KIND_WORDS.get(r.kind, 'act')}, {r.horizon} days", f"{r.cases:,}", f"{r.happened:,}", *figures)
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
    console.print(style(f"{KIND_WORDS.get(report.kind, 'act')}, {report.horizon} days: said and came true", "bold"))
    width = 40
    for b in report.bins:
        bar = list((BAR * round(b.came * width)).ljust(width, "·"))
        bar[min(round(b.said * width), width - 1)] = "┃"
        print_under(Text(f"{say_share(b.said):>7} {''.join(bar)} {say_share(b.came):>7}  {b.cases:,}"), console)
