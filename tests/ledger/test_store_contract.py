"""What every store must do: runs over each implementation of the slot."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from amity.errors import BadInput, BadRecord, LedgerError, NotFound
from amity.ledger import Added, ClaimFilter, Ledger, Reading, open_ledger
from amity.records import Claim, Cut, Document, EventRow, Forecast, Judgement, RowBlock, RowParty, RowType, Silence, Source, Unread

MET = ("Syria", "Russia", "CONSULT", "2018-06-04", "reported")
HIT = ("Israel", "Iran", "ASSAULT", "2018-05-10", "denied")
AID = ("Quds Force", "Syria", "AID", "2018-04-01", "rumoured")
STAY = ("Turkey", "", "MOBILIZE", "", "planned")
ACTS = [MET, HIT, AID, STAY]


def add(ledger: Ledger, reading: Reading, read_at: str | None = None) -> Added:
    """Add one reading."""
    return ledger.add(reading.document, reading.claims, reading.silences, read_at, reading.maker)


def ids(ledger: Ledger, **wanted: Any) -> set[str]:
    """Ids of the claims that fit."""
    return {claim.id for claim in ledger.claims(ClaimFilter(**wanted))}


def kinds(ledger: Ledger, **wanted: Any) -> list[str]:
    """Types of the claims that fit, in the order in which they come."""
    return [claim.type for claim in ledger.claims(ClaimFilter(**wanted))]


def test_everything_comes_back_as_it_went_in(ledger: Ledger, make_reading: Any) -> None:
    """Documents, claims and silences are given back equal to what was added."""
    reading = make_reading("a.txt", ACTS, before="By our desk\n", url="https://example.org/a")
    assert add(ledger, reading) == Added(documents=1, versions=0, claims=4, known=False)
    assert list(ledger.documents()) == [reading.document]
    assert {claim.id: claim for claim in ledger.claims()} == {claim.id: claim for claim in reading.claims}
    assert ledger.silences("a.txt") == list(reading.silences)
    assert ledger.silences("a.txt", sentence=1) == [Silence(1, "no_actor", "a party")]


def test_the_ledger_is_still_there_when_opened_again(address: str, make_reading: Any) -> None:
    """What was added survives closing and opening."""
    reading = make_reading("a.txt", ACTS)
    with open_ledger(address) as ledger:
        add(ledger, reading)
    with open_ledger(address, create=False) as ledger:
        assert ids(ledger) == {claim.id for claim in reading.claims}


def test_the_same_reading_twice_adds_nothing(ledger: Ledger, make_reading: Any) -> None:
    """A second add of the same text by the same maker is known and writes no row."""
    add(ledger, make_reading("a.txt", ACTS))
    before = ledger.stats()
    assert add(ledger, make_reading("a.txt", ACTS)) == Added(documents=0, versions=0, claims=0, known=True)
    assert ledger.stats() == before


def test_a_changed_file_adds_a_version(ledger: Ledger, make_reading: Any) -> None:
    """Other text under the same name takes the place of the first, whose claims stay for as_of."""
    old, new = make_reading("a.txt", [MET, HIT]), make_reading("a.txt", [MET, AID])
    add(ledger, old, "2024-01-01T10:00:00Z")
    assert add(ledger, new, "2024-01-03") == Added(documents=0, versions=1, claims=2, known=False)
    assert kinds(ledger) == ["AID", "CONSULT"]
    assert kinds(ledger, as_of="2024-01-02") == ["ASSAULT", "CONSULT"]
    assert kinds(ledger, as_of="2023-12-31") == []
    assert [d.id for d in ledger.documents(as_of="2024-01-01")] == [old.document.id]
    assert ledger.document("a.txt") == new.document
    assert ledger.document(old.document.id) == old.document
    assert ledger.claim(old.claims[1].id) == old.claims[1]


def test_a_text_that_comes_back_is_current_again(ledger: Ledger, make_reading: Any) -> None:
    """A file changed and changed back shows its first text, and keeps the time between."""
    old, new = make_reading("a.txt", [MET]), make_reading("a.txt", [HIT])
    add(ledger, old, "2024-01-01")
    add(ledger, new, "2024-01-02")
    assert add(ledger, old, "2024-01-03").versions == 1
    assert kinds(ledger) == ["CONSULT"] and kinds(ledger, as_of="2024-01-02") == ["ASSAULT"]
    assert add(ledger, old, "2024-01-04").known
    assert add(ledger, new, "2024-01-02").known
    assert ledger.verify().holds


def test_another_maker_adds_a_reading(ledger: Ledger, make_reading: Any) -> None:
    """The same text by a newer maker is no new version, and its claims take the place of the older reading's."""
    add(ledger, make_reading("a.txt", [MET, HIT]), "2024-01-01")
    again = make_reading("a.txt", [MET, HIT], maker="rules 2")
    fewer = replace(again, claims=again.claims[:1])
    assert add(ledger, fewer, "2024-01-02") == Added(documents=0, versions=0, claims=1, known=False)
    assert kinds(ledger) == ["CONSULT"] and kinds(ledger, as_of="2024-01-01") == ["ASSAULT", "CONSULT"]
    assert (ledger.stats().versions, ledger.stats().readings) == (1, 2)


def test_a_clock_set_back_does_not_hide_the_newest_reading(ledger: Ledger, make_reading: Any) -> None:
    """Without read_at a reading is never dated before the last one of the same report."""
    add(ledger, make_reading("a.txt", [MET]), "2999-01-01")
    add(ledger, make_reading("a.txt", [HIT]))
    assert kinds(ledger) == ["ASSAULT"]


def test_an_add_is_all_or_nothing(ledger: Ledger, make_reading: Any) -> None:
    """One claim that does not stand in the text, or stands in a cut, refuses the whole reading."""
    good = make_reading("a.txt", ACTS, before="By our desk\n")
    moved = replace(good.claims[1], start=good.claims[1].start + 1, end=good.claims[1].end + 1)
    foreign = replace(good.claims[1], document_id="0" * 16)
    in_cut = replace(good.claims[1], start=0, end=5, quote="By ou")
    for bad, word in ((moved, "quote"), (foreign, "document id"), (in_cut, "byline")):
        with pytest.raises(BadRecord, match=word):
            ledger.add(good.document, [good.claims[0], bad], read_at="2024-01-01")
    with pytest.raises(BadInput, match="ISO 8601"):
        ledger.add_all([good, make_reading("b.txt", [MET])], "yesterday")
    assert ledger.stats().documents == 0 and ids(ledger) == set()


def test_readings_in_one_transaction_are_kept_together(ledger: Ledger, make_reading: Any) -> None:
    """add_all tells each reading's own counts, also for a reading that is known or given twice."""
    one, two = make_reading("a.txt", [MET]), make_reading("b.txt", [HIT, AID])
    assert [(a.claims, a.known) for a in ledger.add_all([one, two, one], "2024-01-01")] == [(1, False), (2, False), (0, True)]


def test_claims_with_one_id_are_kept_once(ledger: Ledger, make_reading: Any) -> None:
    """The same claim given twice in a reading is one claim, the first."""
    reading = make_reading("a.txt", [MET])
    twin = replace(reading.claims[0], confidence=0.1)
    assert ledger.add(reading.document, [reading.claims[0], twin]).claims == 1
    assert next(ledger.claims()).confidence == 0.75


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["AID", "ASSAULT", "CONSULT", "MOBILIZE"]),
        ({"a": "Syria"}, ["AID", "CONSULT"]),
        ({"a": "state:SYR", "b": "russia"}, ["CONSULT"]),
        ({"a": "Russia", "b": "Syria"}, ["CONSULT"]),
        ({"a": "Russia", "b": "Syria", "directed": True}, []),
        ({"a": "Iran"}, ["AID", "ASSAULT"]),
        ({"a": "Iran", "b": "Syria"}, ["AID"]),
        ({"a": "Quds Force"}, ["AID"]),
        ({"a": "Turkey"}, ["MOBILIZE"]),
        ({"kind": "standing"}, []),
        ({"types": ("AID", "CONSULT")}, ["AID", "CONSULT"]),
        ({"statuses": ("denied",)}, ["ASSAULT"]),
        ({"since": "2018-05-10"}, ["ASSAULT", "CONSULT", "MOBILIZE"]),
        ({"until": "2018-05-10"}, ["AID", "ASSAULT"]),
        ({"since": "2018-05", "until": "2018-06"}, ["ASSAULT", "CONSULT", "MOBILIZE"]),
        ({"anonymous": True}, ["AID"]),
        ({"anonymous": False, "limit": 2}, ["ASSAULT", "CONSULT"]),
        ({"documents": ("a.txt",)}, ["AID", "ASSAULT", "CONSULT", "MOBILIZE"]),
        ({"documents": ("b.txt",), "a": "Syria"}, []),
        ({"limit": 0}, []),
    ],
)
def test_filters(ledger: Ledger, make_reading: Any, wanted: dict[str, Any], expected: list[str]) -> None:
    """Each filter narrows to what it names; events come before the undated by the day of publication."""
    add(ledger, make_reading("a.txt", ACTS))
    add(ledger, make_reading("b.txt", []))
    assert kinds(ledger, **wanted) == expected


def test_filters_refuse_what_cannot_be_meant(ledger: Ledger, make_reading: Any) -> None:
    """Unknown parties and documents are told with near names, impossible options as bad input."""
    add(ledger, make_reading("report.txt", ACTS))
    with pytest.raises(NotFound, match="did you mean Turkey"):
        ledger.claims(ClaimFilter(a="Tukey"))
    with pytest.raises(NotFound, match=r"did you mean report\.txt"):
        ledger.claims(ClaimFilter(documents=("reprt.txt",)))
    with pytest.raises(BadInput, match="allowed are reported"):
        ClaimFilter(statuses=("doubted",))  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="without a"):
        ClaimFilter(b="Syria")
    with pytest.raises(BadInput, match="limit -1"):
        ClaimFilter(limit=-1)
    with pytest.raises(BadInput, match="ISO 8601"):
        ledger.claims(ClaimFilter(as_of="last week"))


def test_a_claim_is_found_by_the_beginning_of_its_id(ledger: Ledger, make_reading: Any) -> None:
    """A unique beginning finds the claim; one that several share, or none, says what is near."""
    acts = [(f"Party{i}", "Russia", "CONSULT", "", "reported") for i in range(40)]
    add(ledger, make_reading("a.txt", acts))
    found = sorted(ids(ledger))
    shared = next(a[0] for a, b in pairwise(found) if a[0] == b[0])
    assert ledger.claim(found[3]).id == found[3] and ledger.claim(found[3][:12]).id == found[3]
    with pytest.raises(NotFound, match="several ids begin so"):
        ledger.claim(shared)
    absent = f"{int(found[5], 16) + 1:016x}"
    with pytest.raises(NotFound, match=f"the nearest are {found[5]} and {found[6]}"):
        ledger.claim(absent)
    for nonsense in ("", "xyz", "%"):
        with pytest.raises(NotFound, match="first digits"):
            ledger.claim(nonsense)


def test_a_document_is_found_by_id_name_or_url(ledger: Ledger, make_reading: Any) -> None:
    """Every handle a user has finds the document; a name that two reports bear asks for an id."""
    one = make_reading("a.txt", [MET], url="https://example.org/1").document
    two = make_reading("a.txt", [HIT], url="https://example.org/2").document
    for document in (one, two):
        ledger.add(document, ())
    assert all(ledger.document(key) == one for key in (one.id, one.id[:10], one.url))
    with pytest.raises(NotFound, match=f"several reports bear this name.*{one.id}"):
        ledger.document("a.txt")
    with pytest.raises(NotFound, match=r"did you mean a\.txt"):
        ledger.document("a.tx")


def test_judgements_hide_and_undo(ledger: Ledger, make_reading: Any) -> None:
    """A rejection hides a claim from its day on, a later acceptance undoes it, and every day can be replayed."""
    add(ledger, make_reading("a.txt", [MET, HIT]), "2024-01-01")
    about = next(claim.id for claim in ledger.claims() if claim.type == "ASSAULT")
    verdicts = [("reject", "2024-01-02"), ("accept", "2024-01-04"), ("note", "2024-01-05")]
    decisions = [Judgement(about, verdict, "ada", when, "a caption") for verdict, when in verdicts]
    assert [ledger.judge(decision) for decision in reversed(decisions)] == [True, True, True]
    assert not ledger.judge(decisions[0])
    assert [kinds(ledger, as_of=f"2024-01-0{day}") for day in (1, 3, 5)] == [["ASSAULT", "CONSULT"], ["CONSULT"], ["ASSAULT", "CONSULT"]]
    assert kinds(ledger, as_of="2024-01-03", rejected=True) == ["ASSAULT", "CONSULT"]
    assert ledger.judgements() == ledger.judgements(about) == decisions
    assert ledger.judgements(about, as_of="2024-01-02") == decisions[:1]
    assert ledger.judgements("another") == []
    ledger.judge(Judgement(about, "reject", "ada", "2024-01-04", "the same time, decided later"))
    assert kinds(ledger) == ["CONSULT"]


def test_a_judgement_concerns_its_own_claim_only(ledger: Ledger, make_reading: Any) -> None:
    """Accepting one claim does not bring back another that was rejected before it."""
    add(ledger, make_reading("a.txt", [MET, HIT, AID]))
    found = {claim.type: claim.id for claim in ledger.claims()}
    for kind, verdict, when in (
        ("ASSAULT", "reject", "2024-01-01"),
        ("CONSULT", "reject", "2024-01-02"),
        ("CONSULT", "accept", "2024-01-03"),
    ):
        ledger.judge(Judgement(found[kind], verdict, "ada", when))
    assert kinds(ledger) == ["AID", "CONSULT"]


def test_unread_files_are_counted_until_they_are_read(ledger: Ledger, make_reading: Any) -> None:
    """A file that failed is kept with its reason, once for the same failure, and leaves the list when it is read."""
    assert ledger.add_unread(Unread("a.txt", "is empty"), "2024-01-01")
    assert not ledger.add_unread(Unread("a.txt", "is empty"), "2024-01-02")
    assert ledger.add_unread(Unread("b.txt", "is binary", "give text"), "2024-01-02")
    assert ledger.add_unread(Unread("a.txt", "has no text"), "2024-01-03")
    assert ledger.unread() == [Unread("a.txt", "has no text"), Unread("b.txt", "is binary", "give text")]
    assert ledger.unread(as_of="2024-01-01") == [Unread("a.txt", "is empty")]
    add(ledger, make_reading("a.txt", [MET]), "2024-01-04")
    assert ledger.unread() == [Unread("b.txt", "is binary", "give text")]
    assert len(ledger.unread(as_of="2024-01-03")) == 2
    assert ledger.stats().unread == 1


STRANGE = ["\ud83d\ude00 two halves", "\x00 nul", "\ufffe and \ufffed83d", "\u2028\r\n\x1a", "𐎠 شام 东", "\udcff'\"; DROP TABLE claims; --"]


@pytest.mark.parametrize("words", STRANGE, ids=range(len(STRANGE)))
def test_any_code_points_come_back_exactly(ledger: Ledger, make_reading: Any, words: str) -> None:
    """Lone surrogates, NUL, escapes and quotes are kept in texts, names, quotes and parties."""
    document = Document(
        f"name {words}", f"{words} Syria met", "text", url=words, title=words, warnings=(words,), cuts=(Cut(0, 1, "byline"),)
    )
    whole = make_reading("x", [MET]).claims[0]
    start = len(words) + 1
    actor = replace(whole.actor, name=words, words="Syria")
    sources = (Source(words, "person", False),)
    claim = replace(whole, document=document.name, document_id=document.id, start=start, end=start + 9, quote="Syria met", actor=actor)
    quoting = replace(claim, start=1, end=start, quote=f"{words} "[1:], sources=sources, why=(words,))
    ledger.add(document, [claim, quoting], [Silence(0, words, words)])
    assert list(ledger.documents()) == [document]
    assert {c.id: c for c in ledger.claims(ClaimFilter(a=words))} == {c.id: c for c in (claim, quoting)}
    assert ledger.silences(document.name) == [Silence(0, words, words)]
    assert ledger.verify().faults == ()


def test_stats_count_what_is_there(ledger: Ledger, make_reading: Any) -> None:
    """Counts tell reports from versions from readings, and claims now from claims ever."""
    add(ledger, make_reading("a.txt", [MET, HIT]), "2024-01-01")
    add(ledger, make_reading("a.txt", [AID]), "2024-01-02")
    add(ledger, make_reading("b.txt", [STAY]), "2024-01-03")
    stats = ledger.stats()
    assert (stats.documents, stats.versions, stats.readings) == (2, 3, 3)
    assert (stats.claims, stats.current_claims, stats.silences, stats.parties) == (4, 2, 6, 6)
    assert (stats.first_read, stats.last_read) == ("2024-01-01T00:00:00.000000Z", "2024-01-03T00:00:00.000000Z")


def test_a_walk_through_claims_sees_one_state(ledger: Ledger, make_reading: Any) -> None:
    """What is added while claims are walked through neither shows up in the walk nor waits for it."""
    for number in range(30):
        add(ledger, make_reading(f"{number}.txt", ACTS * 5))
    walk = ledger.claims()
    seen = [next(walk)]
    add(ledger, make_reading("late.txt", [MET]))
    seen.extend(walk)
    assert len(seen) == 600 and len(ids(ledger)) == 601


def write_many(address: str, name: str, readings: list[Reading]) -> None:
    """What each of two writers does: its own reports, and one that both have."""
    with open_ledger(address) as ledger:
        for reading in readings:
            add(ledger, reading)


def test_two_processes_lose_nothing(address: str, make_reading: Any) -> None:
    """Two processes that make the ledger and write to it at once lose nothing and write shared reports once."""
    shared = [make_reading(f"shared {n}.txt", ACTS) for n in range(15)]
    writers = []
    for name in ("left", "right"):
        own = [make_reading(f"{name} {n}.txt", ACTS) for n in range(15)]
        both = [reading for pair in zip(own, shared, strict=True) for reading in pair]
        writers.append(multiprocessing.get_context("fork").Process(target=write_many, args=(address, name, both)))
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with open_ledger(address) as ledger:
        stats = ledger.stats()
        assert (stats.documents, stats.readings, stats.claims) == (45, 45, 180)
        assert ledger.verify().holds


def test_no_row_can_be_changed(ledger: Ledger, make_reading: Any) -> None:
    """The database itself refuses to update, delete or replace a row of any table."""
    from sqlalchemy import delete, insert, select, update

    from amity.ledger.schema import METADATA

    add(ledger, make_reading("a.txt", ACTS))
    ledger.judge(Judgement("x", "note", "ada", "2024-01-01"))
    ledger.add_unread(Unread("b.txt", "is empty"))
    days = ("2024-01-01", "2024-01-31", 30)
    ledger.issue([Forecast("conflict", "a", "b", "A", "B", *days, 0.1, 0.1, 0.1, "very unlikely", 0.1, None, "base rate")])
    syria = RowParty("state:SYR", "Syria", "Syria", "state:SYR", "SYR")
    kind = RowType("CAMEO", "190", "", "ASSAULT", None, 4, -9.0, (), "reported")
    event = EventRow(1, 0, 7, syria, syria._replace(id="state:ISR", words="ISR"), 0, 4, kind, 0, 0, None, "Golan", 100)
    ledger.add_rows([RowBlock(Document("rows.tab:1-1", "SYR ISR", "keds rows"), (event,), (), "rows 1")])
    for table in METADATA.sorted_tables:
        with ledger.store.reading() as connection:
            row = dict(connection.execute(select(table)).mappings().first() or {})
        assert row, f"{table.name} is empty"
        again = insert(table).prefix_with("OR REPLACE", dialect="sqlite").values(row)
        for statement in (update(table).values(seq=-1), delete(table), again):
            with pytest.raises(LedgerError, match="never changed"), ledger.store.writing() as connection:
                connection.execute(statement)
    assert ledger.verify().holds


def test_claims_of_a_later_contract_are_not_lost(ledger: Ledger, make_reading: Any) -> None:
    """The stored record is the claim of the JSON Lines contract, field for field."""
    import json

    from sqlalchemy import select

    from amity.ledger.schema import CLAIMS

    reading = make_reading("a.txt", ACTS)
    add(ledger, reading)
    with ledger.store.reading() as connection:
        stored = [json.loads(record) for record in connection.execute(select(CLAIMS.c.record)).scalars()]
    assert {row["id"]: row for row in stored} == {claim.id: claim.to_json() for claim in reading.claims}
    assert {Claim.from_json(row) for row in stored} == set(reading.claims)


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    """A closed ledger may be closed again."""
    ledger = open_ledger(tmp_path / "x.ledger")
    ledger.close()
    ledger.close()
