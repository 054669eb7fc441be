"""The error card: how often claims are wrong and what is missed, as measured on hand-made gold, for the terminal and the report.

The figures are those of `tables/card.json`, which `python -m bench.card --keep` measures; nothing is worked out here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

TABLE = Path(__file__).resolve().parent.parent / "tables" / "card.json"
# What no figure shows; each holds for every report.
BLIND_SPOTS = (
    "Only English is read; a translation is read as it stands.",
    "An act told across two sentences, or by a pronoun whose name is far away, is mostly missed.",
    "Leverage and protest are hardly ever found: their rows hold too few cases, or none right.",
    "Whether a report is true is not asked: a right claim says what the report says.",
    "The gold is of reports on the Middle East, with some on Africa, Korea, Venezuela; for others the figures are a guess.",
    "No report was judged by weights taught on it, but rules and thresholds were chosen in sight of them: new reports may fare worse.",
)
# Claims of a row below which its figures are set in brackets: the interval is as wide as a third of the scale.
FEW = 30


@dataclass(frozen=True, slots=True)
class CardRow:
    """One kind of claim: gold and claims counted; precision and recall as (value, low, high), the value None where there is no case."""

    by: str
    value: str
    gold: int
    claims: int
    precision: tuple[float | None, float, float]
    recall: tuple[float | None, float, float]


@dataclass(frozen=True, slots=True)
class Card:
    """All rows in order, how often each error occurred, on how many reports, and the version that was measured."""

    rows: tuple[CardRow, ...]
    errors: dict[str, int]
    documents: int
    made_by: str

    def find(self, by: str, value: str) -> CardRow | None:
        """The row of a kind, such as ("event type", "AID"); None where there is none."""
        return next((r for r in self.rows if (r.by, r.value) == (by, value)), None)


@lru_cache(maxsize=1)
def load_card() -> Card:
    """The card that is shipped.

    >>> load_card().find("event type", "AID").gold > 0
    True
    """
    table: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    rows = (CardRow(r["by"], r["value"], r["gold"], r["claims"], tuple(r["precision"]), tuple(r["recall"])) for r in table["rows"])
    return Card(tuple(rows), table["errors"], table["documents"], table["made_by"])


def say_card(card: Card) -> list[str]:
    """The card in sentences: how often wrong, how much is missed, and how."""
    everything, typed, unseen = (
        card.find(*key) for key in (("events", "all"), ("events, with type", "all"), ("events", "the five kept from all teaching"))
    )
    lines = []
    if everything and typed:
        right, exact = hundred(everything.precision), hundred(typed.precision)
        lines.append(f"Of 100 event claims {right} name the right parties the right way round, {exact} the type too.")
        lines.append(f"Of 100 acts that a careful reader finds, amity finds {hundred(everything.recall)}.")
    if unseen:
        lines.append(f"On the five reports kept from all teaching: {hundred(unseen.precision)} and {hundred(unseen.recall)}.")
    for what in ("missed", "invented"):
        kinds = {kind.partition(": ")[2]: count for kind, count in card.errors.items() if kind.startswith(what)}
        if kinds:
            lines.append(f"{what.capitalize()}: {', '.join(f'{count} {kind}' for kind, count in kinds.items())}.")
    return lines


def hundred(share: tuple[float | None, float, float]) -> str:
    """A share with its interval, of a hundred.

    >>> hundred((0.564, 0.531, 0.598)), hundred((None, 0.0, 1.0))
    ('56 (53 to 60)', 'none')
    """
    value, low, high = share
    return "none" if value is None else f"{100 * value:.0f} ({100 * low:.0f} to {100 * high:.0f})"


def cells_of(row: CardRow) -> tuple[str, str, str, str]:
    """Precision with its claims, recall with its gold; figures of few cases in brackets."""
    shown = [hundred(share) for share in (row.precision, row.recall)]
    right, found = (text if count >= FEW else f"[{text}]" for text, count in zip(shown, (row.claims, row.gold), strict=True))
    return right, str(row.claims), found, str(row.gold)


def card_html(card: Card | None = None) -> str:
    """The card as HTML: sentences, a table with a head for each way of counting, blind spots; no script, no style of its own."""
    card = card or load_card()
    said = "".join(f"<p>{escape(line)}</p>" for line in say_card(card))
    rows, last = "", ""
    for row in card.rows:
        if row.by != last:
            rows += f'<tr><th colspan="5" scope="rowgroup"><b>{escape(row.by)}</b></th></tr>'
            last = row.by
        rows += f"<tr><td>{escape(row.value)}</td>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells_of(row)) + "</tr>"
    head = "".join(f'<th scope="col">{name}</th>' for name in ("kind", "right of 100", "claims", "found of 100", "gold"))
    spots = "".join(f"<li>{escape(spot)}</li>" for spot in BLIND_SPOTS)
    note = f"{card.documents} hand-coded reports, {escape(card.made_by)}; 95 % Wilson intervals; in brackets: fewer than {FEW} cases."
    table = f"<table><caption>{note}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return (
        f"{said}<details><summary>By type, status, source, region and outlet</summary>"
        f'<div class="scroll" tabindex="0" role="region" aria-label="How often it is wrong, by kind">{table}</div></details>'
        f"<h4>Blind spots</h4><ul>{spots}</ul>"
    )


def print_card(console: Console, card: Card | None = None) -> None:
    """The card on a terminal."""
    from rich import box
    from rich.table import Table

    card = card or load_card()
    for line in say_card(card):
        console.print(line, highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, side in (("kind", "left"), ("right of 100", "right"), ("claims", "right"), ("found of 100", "right"), ("gold", "right")):
        table.add_column(name, justify="right" if side == "right" else "left")
    last = ""
    for row in card.rows:
        if row.by != last:
            table.add_section()
            table.add_row(row.by, style="bold")
            last = row.by
        table.add_row("  " + row.value, *(cell.replace("[", r"\[") for cell in cells_of(row)))
    console.print(table)
    console.print(
        f"{card.documents} hand-coded reports, {card.made_by}; 95 % intervals; in brackets: fewer than {FEW} cases.",
        markup=False,
        highlight=False,
    )
    for spot in BLIND_SPOTS:
        console.print(f"- {spot}", markup=False, highlight=False)
