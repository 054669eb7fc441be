"""Laws that hold for any ledger: order does not matter, adding twice is adding once, the past stays as it was."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amity.ledger import ClaimFilter, Ledger, open_ledger
from amity.ledger.schema import escape_text, unescape_text
from amity.ledger.times import day_bounds, stamp_end, stamp_time
from amity.records import Judgement

PARTIES = st.sampled_from(["Syria", "Russia", "Iran", "Quds Force"])
ACTS = st.lists(st.tuples(PARTIES, PARTIES, st.sampled_from(["AID", "ASSAULT"]), st.just("2018-06-04"), st.just("reported")), max_size=3)
# What was read: which of three reports, what it said, by which maker; each on a day of its own.
READS = st.lists(
    st.tuples(st.sampled_from(["a.txt", "b.txt", "c.txt"]), ACTS, st.sampled_from(["rules 1", "rules 2"])), min_size=1, max_size=6
)
# In memory where that is a folder: the laws are about rows, and hundreds of waits for the disk prove nothing.
FAST = "/dev/shm" if Path("/dev/shm").is_dir() else None
few = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def state(ledger: Ledger, as_of: str | None = None) -> tuple[Any, ...]:
    """All that is shown on a day."""
    return set(ledger.claims(ClaimFilter(as_of=as_of))), [d.id for d in ledger.documents(as_of)], ledger.judgements(as_of=as_of)


def once(reads: list[Any], make_reading: Any) -> list[tuple[Any, str]]:
    """Readings with their days, each text by each maker once: a text that comes back is read anew by design."""
    readings = {(r.document.id, r.maker): r for r in (make_reading(name, acts, maker=maker) for name, acts, maker in reads)}
    return [(reading, f"2024-01-{day:02}") for day, reading in enumerate(readings.values(), 1)]


@few
@given(READS, st.randoms(use_true_random=False))
def test_the_order_of_adding_does_not_matter(make_reading: Any, reads: list[Any], chance: Any) -> None:
    """Readings of given days, added in any order, show the same claims on every day."""
    dated = once(reads, make_reading)
    shuffled = chance.sample(dated, len(dated))
    with tempfile.TemporaryDirectory(dir=FAST) as folder, open_ledger(Path(folder) / "1") as one, open_ledger(Path(folder) / "2") as two:
        for ledger, order in ((one, dated), (two, shuffled)):
            for reading, day in order:
                ledger.add_all([reading], day)
        assert all(state(one, day) == state(two, day) for day in (None, *(day for _, day in dated)))


@few
@given(READS)
def test_adding_twice_changes_nothing(make_reading: Any, reads: list[Any]) -> None:
    """A second pass over the same readings on the same days writes no row."""
    dated = [(make_reading(name, acts, maker=maker), f"2024-01-{day:02}") for day, (name, acts, maker) in enumerate(reads, 1)]
    with tempfile.TemporaryDirectory(dir=FAST) as folder, open_ledger(Path(folder) / "1") as ledger:
        for reading, day in dated:
            ledger.add_all([reading], day)
        before = ledger.stats(), state(ledger)
        assert all(ledger.add_all([reading], day)[0].known for reading, day in dated)
        assert (ledger.stats(), state(ledger)) == before


@few
@given(READS, st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["reject", "accept"])), max_size=6))
def test_the_past_stays_as_it_was(make_reading: Any, reads: list[Any], verdicts: list[tuple[int, str]]) -> None:
    """What as_of shows for a day is what was shown on that day, whatever was added or judged later."""
    with tempfile.TemporaryDirectory(dir=FAST) as folder, open_ledger(Path(folder) / "1") as ledger:
        shown = {}
        for number, (name, acts, maker) in enumerate(reads):
            day = f"2024-01-{number + 1:02}"
            ledger.add_all([make_reading(name, acts, maker=maker)], f"{day}T08:00:00Z")
            there = sorted(claim.id for claim in ledger.claims(ClaimFilter(rejected=True)))
            for pick, verdict in verdicts[number : number + 2] if there else []:
                ledger.judge(Judgement(there[pick % len(there)], verdict, "ada", f"{day}T09:00:00Z", str(number)))
            shown[day] = state(ledger)
        assert {day: state(ledger, day) for day in shown} == shown
        assert ledger.verify().holds


@given(st.text(st.characters(codec=None) | st.sampled_from("\ufffe\x000123456789abcdef\ud800\udfff")))
def test_any_text_can_be_stored(text: str) -> None:
    """The stored form holds nothing unstorable and gives back every code point."""
    stored = escape_text(text)
    assert unescape_text(stored) == text and "\x00" not in stored
    stored.encode("utf-8")


@given(st.datetimes(), st.datetimes(), st.integers(-12, 12))
def test_the_order_of_stamps_is_the_order_of_time(one: Any, two: Any, hours: int) -> None:
    """Stamps sort as their times do, whatever zone they were written in."""
    from datetime import timedelta, timezone

    zone = timezone(timedelta(hours=hours))
    if one.year > 2 and one.year < 9998:
        assert stamp_time(one.isoformat()) == stamp_time((one + timedelta(hours=hours)).replace(tzinfo=zone).isoformat())
    assert (stamp_time(one.isoformat()) < stamp_time(two.isoformat())) == (one < two)
    assert stamp_time(one.isoformat()) <= stamp_end(one.date().isoformat())


@given(st.text("0123456789-/.~%XT? unknow", max_size=40))
def test_bounds_of_any_text_are_days_in_order(text: str) -> None:
    """Whatever stands for a time, its bounds are both absent or two days in order."""
    first, last = day_bounds(text)
    assert (first is None) == (last is None)
    assert first is None or (len(first) == 10 and last is not None and first <= last)
