"""What every dialect must keep: rows become claims that quote themselves, bad lines are counted by number, repeats add nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from amity.exchange import DIALECTS
from amity.ledger import ClaimFilter, Ledger
from amity.records import UNCODED
from amity.ties import compute_ties, compute_ties_from_events

KINDS = sorted(DIALECTS)
# Events and bad lines (by number) of each sample.
EXPECTED = {k: (3, [4]) for k in KINDS} | {
    "icews": (3, [4]), "polecat": (3, [4]), "gdelt": (3, [3]), "acled": (3, [5]), "ucdp": (3, [4]), "keds": (3, [3]), "cameo": (3, [3]),
    "plover": (3, [35]), "graph": (3, [3]), "csv": (3, [4]),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_rows_become_claims_that_quote_their_row(kind: str, samples: Any, ledger: Ledger, bring_in: Any) -> None:
    """Each event is a claim whose quotation is its row, word for word; the ledger verifies."""
    state = bring_in(kind, samples[kind])
    claims = list(ledger.claims())
    if kind == "gdelt-mentions":
        assert (state.events, state.bad["an event"]) == (2, 3)
        return
    assert (state.events, len(claims)) == (3, 3)
    assert [line for _, line, _ in state.told] == EXPECTED[kind][1]
    for claim in claims:
        text = ledger.document(claim.document_id).text
        assert text[claim.start : claim.end] == claim.quote
        assert claim.quote.strip() == claim.quote and claim.quote in Path(samples[kind][0]).read_text(encoding="utf-8")
        assert claim.kind == "event" and claim.sources[0].name and claim.why[0].startswith("row ")
        for party in (claim.actor, claim.recipient):
            assert party is None or text[party.start : party.end] == party.words
        assert ledger.claim(claim.id) == claim
    assert ledger.verify().holds and ledger.verify().claims == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_repeated_import_adds_nothing(kind: str, samples: Any, ledger: Ledger, bring_in: Any) -> None:
    """The same file again is known line by line."""
    first, again = bring_in(kind, samples[kind]), bring_in(kind, samples[kind])
    assert first.events > 0 and (again.events, again.known) == (0, first.lines)
    assert ledger.stats().current_claims == first.events


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in ("keds", "cameo", "gdelt-mentions")])
def test_known_parties_are_placed_and_unknown_ones_kept(kind: str, samples: Any, ledger: Ledger, bring_in: Any) -> None:
    """Mali and Niger are found whatever they are called; a party no table knows stands under its own name."""
    bring_in(kind, samples[kind])
    sides = {p.side_id for c in ledger.claims() for p in (c.actor, c.recipient) if p}
    assert {"state:MLI", "state:NER"} <= sides
    assert any(side.startswith("unknown:") for side in sides)


def test_codes_without_a_type_are_kept_and_listed(samples: Any, ledger: Ledger, bring_in: Any) -> None:
    """A statement is no act of the codebook: its row stands as UNCODED, and no tie counts it."""
    state = bring_in("icews", samples["icews"])
    assert state.unmapped_codes == {"010 Make statement": 1}
    assert state.unmapped_actors == {"Xyzzy Front": 1}
    assert [c.quad for c in ledger.claims(ClaimFilter(types=(UNCODED,)))] == [None]


def test_filters_reach_imported_rows(samples: Any, ledger: Ledger, bring_in: Any) -> None:
    """Parties, days, types and clocks narrow imported rows as they do claims."""
    bring_in("icews", samples["icews"])
    count = lambda **f: len(list(ledger.claims(ClaimFilter(**f))))  # noqa: E731 - said five times below
    assert (count(a="Mali"), count(a="Kenya"), count(a="Niger", b="Mali"), count(a="Niger", b="Mali", directed=True)) == (2, 1, 2, 0)
    assert (count(since="2024-03-16"), count(until="2024-03-15"), count(types=("ASSAULT",)), count(limit=1)) == (2, 1, 1, 1)
    assert (count(published_by="2024-03-16"), count(as_of="2020-01-01"), count(anonymous=True), count(kind="standing")) == (2, 0, 0, 0)


def test_rejected_rows_are_hidden(samples: Any, ledger: Ledger, bring_in: Any) -> None:
    """A judgement hides an imported row from claims, events, counts and views, and `accept` brings it back."""
    from amity.records import Judgement

    bring_in("icews", samples["icews"])
    first = next(iter(ledger.claims()))
    ledger.judge(Judgement(first.id, "reject", "ada", "2024-04-01"))
    assert first.id not in {c.id for c in ledger.claims()} and first.id not in {e.claim for e in ledger.events()[0]}
    assert ledger.stats().current_claims == 2
    ledger.judge(Judgement(first.id, "accept", "ada", "2024-04-02"))
    assert first.id in {e.claim for e in ledger.events()[0]} and ledger.stats().current_claims == 3


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "plover"])
def test_columns_for_ties_say_what_claims_say(kind: str, samples: Any, ledger: Ledger, bring_in: Any) -> None:
    """The fast way from rows to events agrees with the slow way over claims, event for event."""
    from amity.ties import read_evidence

    bring_in(kind, samples[kind])
    events, _ = ledger.events()
    slow = read_evidence(list(ledger.claims())).events
    key = lambda e: (e.day, e.actor, e.recipient, e.quad, e.score, e.weight, e.claim)  # noqa: E731 - said twice
    assert sorted(map(key, events)) == sorted(map(key, slow)) and events


def test_damage_to_rows_is_found(samples: Any, ledger: Ledger, bring_in: Any) -> None:
    """Somebody who takes the guards away and changes a row is found out by `verify`."""
    import sqlite3

    bring_in("icews", samples["icews"])
    ledger.close()
    raw = sqlite3.connect(ledger.store.address)
    raw.execute("DROP TRIGGER keep_event_rows_update")
    raw.execute("UPDATE event_rows SET last_day = last_day + 1 WHERE seq = 1")
    raw.commit()
    faults = ledger.verify().faults
    assert any("guard keep_event_rows_update" in f for f in faults) and any("were changed after they were written" in f for f in faults)


def test_ties_come_from_imported_rows(samples: Any, ledger: Ledger, bring_in: Any) -> None:
    """Ties from the columns name the sides."""
    bring_in("gdelt", samples["gdelt"])
    events, names = ledger.events()
    ties = compute_ties_from_events(events, names=names)
    assert ("state:MLI", "state:NER") in {(t.a, t.b) for t in ties} and {t.a_name for t in ties} >= {"Mali"} | {t.a_name for t in ties}
    assert compute_ties(list(ledger.claims()))


def test_an_import_that_was_cut_off_goes_on(samples: Any, ledger: Ledger) -> None:
    """Of 30,000 rows the first transaction is kept; the next run adds the others only, and each row stands once."""
    from amity.trade import import_files

    path = samples["icews"][0]
    head, good = path.read_text(encoding="utf-8").splitlines()[:2]
    path.write_text("\n".join([head, *(good.replace("17\t", f"{n}\t", 1) for n in range(30_000))]) + "\n", encoding="utf-8")
    cut = import_files(ledger, "icews", [path])
    first = next(cut).events
    cut.close()
    last = list(import_files(ledger, "icews", [path]))[-1]
    assert 0 < first < 30_000 and last.known >= first
    assert first + last.events == 30_000 == ledger.stats().current_claims
