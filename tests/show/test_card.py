"""The error card: its figures are shares of its counts, its HTML is safe, the verb prints it."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from amity.cli import app
from amity.show.card import BLIND_SPOTS, Card, CardRow, card_html, load_card, say_card


def test_rows_are_shares_within_their_intervals() -> None:
    """Every type, status and standing has a row; each value stands within its interval, and few cases have wide ones."""
    card = load_card()
    assert {"event type", "status", "source", "region of the actor", "outlet class", "standing", "events"} <= {r.by for r in card.rows}
    for row in card.rows:
        for (value, low, high), count in ((row.precision, row.claims), (row.recall, row.gold)):
            assert 0.0 <= low <= (value if value is not None else low) <= high <= 1.0
            assert (value is None) == (count == 0)
            assert count > 10 or high - low > 0.2
    whole = card.find("events", "all")
    assert whole and whole.gold == sum(r.gold for r in card.rows if r.by == "event type")


def test_the_report_part_holds_every_row_and_no_markup_of_names() -> None:
    """Each row and blind spot stands in the HTML; names are escaped."""
    html = card_html()
    rows = load_card().rows
    assert html.count("<tr>") == len(rows) + len({r.by for r in rows}) + 1 and all(spot.split(":")[0] in html for spot in BLIND_SPOTS)
    hostile = Card((CardRow("event type", "<script>", 1, 1, (1.0, 0.2, 1.0), (None, 0.0, 1.0)),), {}, 1, "x")
    assert "<script>" not in card_html(hostile) and say_card(hostile) == []


def test_the_verb_prints_the_card() -> None:
    """`amity card` opens with how often it is wrong; `--json` gives the rows."""
    shown = CliRunner().invoke(app, ["card"]).output
    assert shown.startswith("Of 100 event claims") and "RETREAT" in shown
    rows = [json.loads(line) for line in CliRunner().invoke(app, ["card", "--json"]).output.splitlines()]
    assert len(rows) == len(load_card().rows)
