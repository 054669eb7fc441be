"""What is kept beside the claims answers to the last bit as computing from all of them, whatever was read, judged and kept before."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amity import kept
from amity.errors import BadInput
from amity.ledger import ClaimFilter, Ledger, Reading, keeping, open_ledger
from amity.records import Claim, Document, Judgement, Party, Source, When
from amity.ties import compute_ties, find_changes

FAST = "/dev/shm" if Path("/dev/shm").is_dir() else None
few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
SIDES = {"A": "state:AAA", "B": "state:BBB", "C": "state:CCC", "D": "body:ddd"}
# Who: one party, a part of one, several together, one without a side, somebody unnamed.
WHO = st.sampled_from(["A", "B", "C", "D", "army of A", "A+B", "A+B+C", "C+D", "bare", "nobody"])
KINDS = st.sampled_from(["CONSULT 1 1.0", "AID 2 7.0", "ASSAULT 4 -9.0", "ACCUSE 3 -2.0", "ALLIED", "MEMBER", "STRAINED", "HOSTILE"])
WHEN = st.sampled_from(["", "2020-01-02", "2020-01-09", "2020-03", "2021-05-05", "2022"])
STATUS = st.sampled_from(["reported", "reported", "reported", "rumoured", "denied"])
CLAIMS = st.lists(st.tuples(WHO, WHO, KINDS, WHEN, STATUS, st.sampled_from(["Alpha", "The Alphas"])), max_size=6)
READS = st.tuples(st.just("read"), st.sampled_from(["a", "b", "c"]), CLAIMS, st.sampled_from([None, "2021-06-01"]))
JUDGED = st.tuples(st.just("judge"), st.integers(0, 30), st.sampled_from(["reject", "accept"]))
KEEPS = st.tuples(st.just("keep"), st.booleans())
STEPS = st.lists(st.one_of(READS, READS, READS, JUDGED, KEEPS), min_size=3, max_size=10)


def make_party(who: str, alias: str, at: int) -> Party:
    """A party by its short name; A bears one of two names."""
    if who in ("bare", "nobody"):
        return Party("unknown:" + who, who, "", "", who == "nobody", "they", at, at + 4)
    sides = who.removeprefix("army of ").split("+")
    ids = ";".join(SIDES[s] for s in sides)
    names = "; ".join(alias if s == "A" else s for s in sides)
    id = "org:army" if who.startswith("army") else f"joint:{ids}" if len(sides) > 1 else ids
    return Party(id, names, names, ids, False, "they", at, at + 4)


def make_reading(name: str, rows: list[Any], published: str | None, maker: str) -> Reading:
    """A report with a line a claim."""
    line = "they did it to them. "
    document = Document(name, line * max(1, len(rows)), "text", published=published)
    claims = []
    for n, (actor, recipient, kind, when, status, alias) in enumerate(rows):
        type, *numbers = kind.split()
        bounds = {"2020-03": ("2020-03-01", "2020-03-31"), "2022": ("2022-01-01", "2022-12-31")}.get(when, (when, when))
        claims.append(
            Claim(
                document=name,
                document_id=document.id,
                start=n * len(line),
                end=n * len(line) + 20,
                quote=line[:20],
                kind="event" if numbers else "standing",
                actor=make_party(actor, alias, n * len(line)),
                recipient=make_party(recipient, alias, n * len(line) + 15) if recipient != "nobody" else None,
                type=type,
                mode=None,
                quad=int(numbers[0]) if numbers else None,
                contexts=(),
                score=float(numbers[1]) if numbers else None,
                status=status,
                sources=(Source("agency", "document", n % 2 == 1),),
                date=When(when, *bounds, "stated") if when else None,
                place=None,
                confidence=0.3 + 0.1 * (n % 7),
                why=(),
                published=published,
                maker=maker,
            )
        )
    return Reading(document, tuple(claims), (), maker)


def take_step(ledger: Ledger, step: Any, number: int) -> None:
    """One thing that happens to a ledger."""
    if step[0] == "read":
        ledger.add_all([make_reading(step[1], step[2], step[3], f"rules {number}")], f"2024-01-{number + 1:02}")
    elif step[0] == "keep":
        kept.keep(ledger, anew=step[1])
    else:
        there = sorted(c.id for c in ledger.claims(ClaimFilter(rejected=True)))
        if there:
            ledger.judge(Judgement(there[step[1] % len(there)], step[2], "ada", f"2024-01-{number + 1:02}", str(number)))


def check_answers(ledger: Ledger) -> None:
    """Every tie and the changes, from what is kept and from all claims."""
    claims = list(ledger.claims())
    ties = compute_ties(claims)
    sides = sorted({*SIDES.values(), "unknown:bare"})
    pairs = [(a, b) for a in sides for b in sides if a < b]
    found = [tie for pair in pairs for tie in kept.find_tie(ledger, *pair) or ()]
    assert found == [t for t in ties if (t.a, t.b) in pairs] and len(found) == len(ties)
    assert kept.find_changes(ledger) == find_changes(claims)
    assert kept.find_changes(ledger, "2021") == find_changes(claims, "2021")


@few
@given(STEPS)
def test_kept_and_computed_are_the_same(steps: list[Any]) -> None:
    """After any readings, judgements and keepings both ways give the same ties and changes, bit for bit."""
    with tempfile.TemporaryDirectory(dir=FAST) as folder, open_ledger(Path(folder) / "1") as ledger:
        kept.keep(ledger)
        for number, step in enumerate(steps):
            take_step(ledger, step, number)
        check_answers(ledger)
        assert ledger.verify().holds


# A pair that is kind for forty months and hostile for forty.
TURNING = [
    ("A", "B", "AID 2 7.0" if n < 40 else "ASSAULT 4 -9.0", f"20{10 + n // 12}-{n % 12 + 1:02}-02", "reported", "Alpha") for n in range(80)
]


def test_changes_are_kept(ledger: Ledger) -> None:
    """A pair that turned has its change kept, by the name that is most in use; rejecting its claims takes it back."""
    reading = make_reading("a", TURNING, "2022-01-01", "rules 1")
    ledger.add_all([reading, make_reading("b", [("A", "C", "ALLIED", "2021-01-01", "reported", "The Alphas")] * 90, None, "rules 1")])
    kept.keep(ledger)
    check_answers(ledger)
    found = kept.find_changes(ledger) or []
    assert [(c.a, c.direction) for c in found] == [("state:AAA", -1)] and len(found[0].claims) == 5
    for claim in reading.claims[40:]:
        ledger.judge(Judgement(claim.id, "reject", "ada", "2024-01-01"))
    assert kept.find_changes(ledger) == []
    check_answers(ledger)


def test_only_what_was_touched_is_computed(ledger: Ledger) -> None:
    """Nothing new computes nothing, a new report its pairs, one read anew those of both readings, a judgement those of its report."""
    rows = [("A", "B", "AID 2 7.0", "2020-01-02", "reported", "A"), ("C", "D", "AID 2 7.0", "2020-01-02", "reported", "A")]
    ledger.add_all([make_reading("a", rows[:1], None, "1"), make_reading("b", rows[1:], None, "1")], "2024-01-01")
    assert kept.keep(ledger) == kept.Kept(2, 2)
    assert kept.keep(ledger) == kept.Kept(0, 2)
    ledger.add_all([make_reading("c", [("A", "C", "ALLIED", "", "reported", "A")], "2021-06-01", "1")], "2024-01-02")
    assert kept.keep(ledger) == kept.Kept(1, 3)
    ledger.add_all([make_reading("a", [("B", "C", "ALLIED", "2020-01-02", "reported", "A")], None, "2")], "2024-01-03")
    assert kept.keep(ledger) == kept.Kept(2, 3)
    ledger.judge(Judgement(next(iter(ledger.claims(ClaimFilter(a="body:ddd")))).id, "reject", "ada", "2024-01-04"))
    assert kept.keep(ledger) == kept.Kept(1, 2)
    check_answers(ledger)


def test_other_rules_make_all_anew(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """What other rules kept is no answer: it is made anew before the question is answered."""
    ledger.add_all([make_reading("a", TURNING, None, "1")])
    kept.keep(ledger)
    with ledger.store.writing() as connection:
        mark = keeping.find_mark(connection)
        assert mark
        keeping.write_pairs(connection, {}, True)
        keeping.write_company(connection, [], replace(mark[0], rules="other"), 0)
    check_answers(ledger)


def test_a_ledger_that_keeps_nothing_says_so(ledger: Ledger) -> None:
    """Nothing kept, or thrown away: no answer, so that it is computed from the claims."""
    ledger.add_all([make_reading("a", TURNING, None, "1")])
    assert kept.find_tie(ledger, "state:AAA", "state:BBB") is None and kept.find_changes(ledger) is None
    kept.keep(ledger)
    assert kept.find_tie(ledger, "state:BBB", "state:AAA")
    kept.drop(ledger)
    assert kept.find_tie(ledger, "state:AAA", "state:BBB") is None
    assert ledger.verify().holds and ledger.store.find_faults() == []


def test_two_keep_at_once(address: str, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was overtaken while computing leaves what the other wrote."""
    ledger.add_all([make_reading("a", TURNING[:3], None, "1")])
    gather: Callable[..., Any] = kept.gather_company

    def overtaken(*given: Any) -> Any:
        monkeypatch.setattr(kept, "gather_company", gather)
        with open_ledger(address) as other:
            other.add_all([make_reading("b", TURNING[40:43], None, "1")])
            kept.keep(other)
        return gather(*given)

    monkeypatch.setattr(kept, "gather_company", overtaken)
    kept.keep(ledger)
    check_answers(ledger)


def test_imported_rows_are_not_kept(tmp_path: Path) -> None:
    """Ties over imported rows are computed by another law: they are refused, and later ones leave what is kept aside."""
    from amity.trade import ImportOptions, import_files

    (tmp_path / "rows.dat").write_text("790101\tSYR\tISR\t112\t(X)\n")
    with open_ledger(tmp_path / "a.db") as ledger:
        ledger.add_all([make_reading("a", TURNING, None, "1")])
        kept.keep(ledger)
        assert list(import_files(ledger, "keds", [tmp_path / "rows.dat"], ImportOptions(read_at="2024-01-01")))
        assert kept.find_changes(ledger) is None
        with pytest.raises(BadInput, match="imported rows"):
            kept.keep(ledger)
