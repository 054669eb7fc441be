"""Incidents -> terminal and report: accounts side by side, differences by kind, grades with their rule."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from amity.records import Account, Difference, Figure, Incident, Silent, Stage, Telling
from amity.show.lines import TONES, print_under, say_safe, style
from amity.show.wording import say_count, say_day, say_deed, say_short_day, say_type, say_when, wording

# Digits of an id that are printed, as for claims.
ID_DIGITS = 8
# Words of a quotation in a row of the terminal.
MOST_QUOTE = 150
# Further kinds of act that a line of the list names.
MOST_OTHERS = 2
LOOKS = {"contradiction": TONES[-1], "update": TONES[1], "difference": "dim"}
MARKS = {"contradiction": "✗", "update": "→", "difference": "≠"}


def say_title(incident: Incident) -> str:
    """An incident -> who did what to whom; where no telling says that it happened, in the words of how it stands."""
    actor, act, target = incident.title.split("\x1f")
    told = {t.status for a in incident.accounts for t in a.tellings if t.act == act}
    happened = not told or any(wording()["statuses"][status]["real"] for status in told)
    words = say_deed(act, "reported" if happened else incident.status if incident.status in told else min(told), bool(target))
    return " ".join(p for p in (actor, words, target) if p)


def say_others(incident: Incident) -> str:
    """An incident -> the kinds of act that it holds beside that of its title: "; also talks, refusal"."""
    act = incident.title.split("\x1f")[1]
    others = [say_type(t) for t in incident.types if t != act]
    return f"; also {', '.join(others[:MOST_OTHERS])}{', …' if len(others) > MOST_OTHERS else ''}" if others else ""


def say_sources(incident: Incident) -> str:
    """An incident -> "3 independent, 41 copies"."""
    copies = f", {say_count(incident.copies, 'copy', 'copies')}" if incident.copies else ""
    return f"{incident.independent} independent{copies}"


def say_time(incident: Incident) -> str:
    """An incident -> its days in words, or that none is told."""
    if not incident.first or not incident.last:
        told = sorted(t.published for a in incident.accounts for t in a.tellings if t.published)
        return f"told by {say_short_day(last_day(told[0]))}" if told else "undated"
    same = incident.first == incident.last
    return say_short_day(incident.first) if same else f"{say_short_day(incident.first)} to {say_short_day(incident.last)}"


def last_day(published: str) -> str:
    """EDTF of a publication -> the last day it may be.

    >>> last_day("2018-05-24/2018-08-01?"), last_day("2018-06-05")
    ('2018-08-01', '2018-06-05')
    """
    return published.rstrip("?~%").split("/")[-1]


def say_figures(figures: Sequence[Figure]) -> str:
    """Figures -> their words and what they count.

    >>> say_figures([Figure(7, math.inf, "killed", "seven")])
    'at least 7 killed'
    """
    return ", ".join(f"for {f.words} days or so" if f.noun == "span" else f"{say_bounds(f)} {f.noun}" for f in figures)


def say_bounds(figure: Figure) -> str:
    """A figure's bounds in words."""
    if math.isinf(figure.high):
        return f"at least {figure.low:,.0f}"
    if figure.low == 0 and figure.high:
        return f"at most {figure.high:,.0f}"
    return f"{figure.low:,.0f}" if figure.low == figure.high else f"{figure.low:,.0f}–{figure.high:,.0f}"


def say_agreement(incident: Incident) -> str:
    """An incident -> how its accounts stand to each other, in a few words."""
    counts = [(kind, sum(d.relation == kind for d in incident.differences)) for kind in ("contradiction", "update", "difference")]
    said = [say_count(n, kind) for kind, n in counts if n]
    return ", ".join(said) if said else "nothing parts them" if len(incident.accounts) > 1 else ""


def say_telling(telling: Telling) -> str:
    """A telling -> its facts in one line: actor, act, target, day, place, figures."""
    act = say_deed(telling.act, telling.status, bool(telling.target))
    parts = [" ".join(p for p in (telling.actor, act, telling.target) if p)]
    parts += [say_when(telling.when)] if telling.when else []
    parts += [f"at {', '.join(telling.places)}"] if telling.places else []
    parts += [say_figures(telling.figures)] if telling.figures else []
    return " · ".join(parts)


def say_voice(account: Account) -> str:
    """An account -> whose word it is, and what it rests on."""
    return account.voice or "in the report's own voice"


def say_rest(account: Account, names: Mapping[str, str]) -> str:
    """An account and the names of documents -> on what its word rests where that is another's, and who prints it."""
    printed = list(dict.fromkeys(names.get(d, d) for d in account.documents))
    shown = ", ".join(printed[:3]) + (f" and {len(printed) - 3} more" if len(printed) > 3 else "")
    known = {account.voice, *printed, *(names.get(d, d) for d in account.documents)}
    own = account.origin.kind == "document" or account.origin.name in known
    return f"in {shown}" if own else f"rests on {account.origin.name}; in {shown}"


def print_incidents(incidents: Sequence[Incident], console: Console) -> None:
    """Incidents -> a line each, with how many tell it and whether they agree."""
    if not incidents:
        console.print("No incidents that more than one claim tells; those of one claim: amity incidents --all")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("incident", style="dim", no_wrap=True)
    table.add_column("what", overflow="fold", min_width=20)
    for name in ("when", "status", "accounts", "agreement"):
        table.add_column(name, overflow="fold", min_width=12 if name == "agreement" else None)
    for i in incidents:
        grave = Text(say_agreement(i), TONES[-1] if i.contradicted else "")
        where = f" ({say_safe(', '.join(i.places[:2]))})" if i.places else ""
        what = Text.assemble(style(say_title(i), "bold"), where, (say_others(i), "dim"))
        table.add_row(i.id[:ID_DIGITS], what, say_time(i), i.status, say_sources(i), grave)
    console.print(table)
    told = sum(len(i.claims) for i in incidents)
    console.print(style(f"{say_count(len(incidents), 'incident')} of {say_count(told, 'claim')}", "dim"))


def print_incident(incident: Incident, names: Mapping[str, str], why: bool, console: Console) -> None:
    """One incident -> its head, accounts side by side, differences, who is silent, how it stood; with `why` the reasons."""
    console.print(Text.assemble(style(say_title(incident), "bold"), f"  {say_time(incident)}"))
    facts = [f"incident {incident.id[:ID_DIGITS]}", say_sources(incident), say_count(len(incident.claims), "claim")]
    facts += [", ".join(say_type(t) for t in incident.types)]
    facts += [f"at {', '.join(incident.places)}"] if incident.places else []
    console.print(style(" · ".join(facts), "dim"))
    for note in incident.marks:
        console.print(Text.assemble(("✎ ", TONES[1]), style(note)))
    grades = {g.claim: g for g in incident.grades}
    for account in incident.accounts:
        print_account(account, names, {t.claim: grades[t.claim].value for t in account.tellings}, console)
    print_differences(incident.differences, console)
    if incident.silent:
        console.print(Text("\nSilent", "bold"))
        for why_silent, named in group_silent(incident.silent):
            print_under(Text.assemble(style(", ".join(named), "bold"), ": ", style(why_silent)), console)
    if len({s.status for s in incident.stages}) > 1:
        console.print(Text("\nHow it stood", "bold"))
        for stage in incident.stages:
            print_under(tell_stage(stage), console)
    if why:
        print_reasons(incident, console)
    elif incident.accounts:
        rules = f"rules and reasons: amity incident {incident.id[:ID_DIGITS]} --why"
        console.print(style("\n[1] confirmed to [5] improbable, [6] cannot be judged;", "dim"), style(rules, "dim"))


def group_silent(silent: Sequence[Silent]) -> list[tuple[str, list[str]]]:
    """Silent parties -> each reason with the names it holds for, in order."""
    found: dict[str, list[str]] = {}
    for s in silent:
        found.setdefault(s.why, []).append(s.name)
    return list(found.items())


def tell_stage(stage: Stage) -> Text:
    """A stage -> its day, status and reason on one line."""
    return Text.assemble((f"{say_day(stage.day) if stage.day else 'undated'}  ", "dim"), stage.status, "  ", style(stage.why, "dim"))


def print_account(account: Account, names: Mapping[str, str], grades: Mapping[str, int], console: Console) -> None:
    """One account -> its voice, its origin and printers, and each thing it tells with the words."""
    deny = (" denies", f"bold {TONES[-1]}") if account.denies else ("", "")
    console.print()
    console.print(Text.assemble(style(say_voice(account), "bold"), deny, style(f"  {say_rest(account, names)}", "dim")))
    said: set[str] = set()
    for telling in account.tellings:
        print_under(
            Text.assemble((f"[{grades[telling.claim]}] ", "dim"), style(say_telling(telling)), (f"  {telling.claim[:ID_DIGITS]}", "dim")),
            console,
        )
        if telling.quote not in said:
            quote = say_safe(telling.quote)
            print_under(style(f"“{quote if len(quote) <= MOST_QUOTE else quote[: MOST_QUOTE - 1] + '…'}”", "italic"), console, 4)
        said.add(telling.quote)


def print_differences(differences: Sequence[Difference], console: Console) -> None:
    """Differences -> a line each, the gravest first; mere differences of one kind and for one reason share a line."""
    if not differences:
        return
    console.print(Text("\nWhere they part", "bold"))
    for rows in share_lines(differences):
        d = rows[0]
        said = " / ".join(dict.fromkeys(v for r in rows for v in (r.a_says, r.b_says)))
        ids = ", ".join(dict.fromkeys(i[:ID_DIGITS] for r in rows for i in (r.a, r.b)))
        line = Text.assemble((f"{MARKS[d.relation]} {d.relation}", LOOKS[d.relation]), f" of {d.kind}: ", style(said))
        print_under(line.append_text(style(f" – {d.why} ({ids})", "dim")), console)


def share_lines(differences: Sequence[Difference]) -> list[list[Difference]]:
    """Differences -> those that share a line, in order; a contradiction or an update always has its own."""
    lines: dict[tuple[str, ...], list[Difference]] = {}
    for d in differences:
        key = (d.relation, d.kind, d.why) if d.relation == "difference" else (d.a, d.b, d.kind)
        lines.setdefault(key, []).append(d)
    return list(lines.values())


def print_reasons(incident: Incident, console: Console) -> None:
    """What holds an incident together, pair by pair, and the rule behind each grade."""
    console.print(Text("\nWhat holds it together (log-odds)", "bold"))
    for link in incident.links:
        print_under(Text.assemble((f"{link.a[:ID_DIGITS]} – {link.b[:ID_DIGITS]}  {link.odds:+.1f}", "bold")), console)
        for term in link.terms:
            print_under(style(f"{term.odds:+.1f}  {term.name}: {term.note}", "dim"), console, 4)
    console.print(Text("\nCredibility", "bold"))
    for grade in incident.grades:
        print_under(Text.assemble((f"{grade.claim[:ID_DIGITS]}  ", "dim"), style(grade.rule), style(f"; {grade.why}", "dim")), console)
