"""Incidents of a few documents: accounts, origins, denials, silence, grades, stages, judgements."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.errors import BadInput
from amity.incidents import find_incidents, judge_pairs, read_decisions
from amity.records import Document, Judgement, Source
from amity.worlds import make_press

SHARED = Path(__file__).resolve().parents[3] / "shared"


def test_accounts_stand_apart_and_the_denial_is_kept(make_claim) -> None:  # type: ignore[no-untyped-def]  # a fixture
    """Two papers tell it, one voice denies it: one incident, three accounts, the told claim doubtful, the denial improbable."""
    told = "Chad shelled Sudan near Adre on 1 March, killing seven people."
    rows = [
        make_claim(told, document="a", place="Adre"),
        make_claim("Sudan was shelled by Chad near Adre on 1 March, and seven people were killed.", document="b", place="Adre"),
        make_claim("Chad denied that it had shelled Sudan near Adre on 1 March.", document="c", status="denied", place="Adre",
                   sources=(Source("the ministry of Chad", "body", False),)),
    ]  # fmt: skip
    (incident,) = find_incidents(rows, ())
    assert len(incident.accounts) == 3
    assert (incident.independent, incident.copies) == (3, 0)
    assert incident.contradicted
    grades = {g.claim: g.value for g in incident.grades}
    assert grades[rows[0].id] == 4
    assert grades[rows[2].id] == 5
    assert all(g.rule and g.why for g in incident.grades)
    assert {s.name for s in incident.silent} == {"Sudan"}


def test_copies_are_counted_apart_from_origins(make_claim) -> None:  # type: ignore[no-untyped-def]  # a fixture
    """Three prints of one agency's text are one independent account and two copies."""
    text = " ".join(f"Chad shelled Sudan near Adre on day {i}, said the governor of district {i * 7} in letter {i * 13}." for i in range(9))
    documents = [Document(f"p{i}", f"(AP) - {text}" if i else text, "text", outlet=f"Paper {i}") for i in range(3)]
    quote = "Chad shelled Sudan near Adre on day 0, said the governor of district 0 in letter 0."
    claims = [make_claim(quote, document=d.id, start=d.text.index(quote)) for d in documents]
    (incident,) = find_incidents(claims, documents)
    assert (incident.independent, incident.copies) == (1, 2)
    assert incident.accounts[0].origin.name == "Associated Press"
    assert {g.value for g in incident.grades} == {3}


def test_a_plan_is_carried_out_or_lapses(make_claim) -> None:  # type: ignore[no-untyped-def]  # a fixture
    """Planned then done is two stages; a plan whose day went by untold has lapsed."""
    plan = make_claim("Chad plans to shell Sudan near Adre on 9 March.", document="a", status="planned", day="2021-03-09")
    done = make_claim("Chad shelled Sudan near Adre on 9 March.", document="b", day="2021-03-09", published="2021-03-10")
    (carried,) = find_incidents([plan, done], ())
    assert [s.status for s in carried.stages] == ["planned", "reported"]
    (lapsed,) = find_incidents([plan], (), as_of="2021-06-01")
    assert lapsed.status == "lapsed"


def test_judgements_join_split_and_mark() -> None:
    """What people decide stands over what was computed, and the latest word stands over the earlier."""
    press = make_press(5, 3)
    one, two, three = find_incidents(press.claims, ())
    joining = judge_pairs(one.claims, two.claims, "join", "ana", "2024-01-01", "the same")
    joined = find_incidents(press.claims, (), joining)
    assert len(joined) == 2
    undone = find_incidents(press.claims, (), [*joining, *judge_pairs(one.claims, two.claims, "split", "ana", "2024-01-02", "not so")])
    assert {i.claims for i in undone} == {i.claims for i in (one, two, three)}
    marked = find_incidents(press.claims, (), [Judgement(one.id, "mark", "ana", "2024-01-01", "ask them")])
    assert next(i for i in marked if i.id == one.id).marks == ("ask them (ana, 2024-01-01)",)
    assert read_decisions([Judgement("x", "reject", "ana", "2024-01-01")]).pairs == {}


def test_groups_that_share_a_claim_cannot_be_judged() -> None:
    """The error says what is allowed."""
    with pytest.raises(BadInput, match="share none"):
        judge_pairs(["a"], ["a"], "join", "ana", "2024-01-01", "")


def test_links_explain_themselves() -> None:
    """Every claim but the first is tied in by terms that add up to its odds."""
    (incident,) = find_incidents(make_press(5, 1).claims, ())
    assert len(incident.links) == len(incident.claims) - 1
    assert all(link.odds == pytest.approx(sum(t.odds for t in link.terms)) for link in incident.links)


@pytest.mark.skipif(not (SHARED / "seeds").exists(), reason="the shared folder is not beside this checkout")
def test_the_crossing_keeps_its_denial() -> None:
    """In the report of December 2024 the crossing and its denial are one incident with two accounts, contradicted."""
    from amity.pipeline import Pipeline, read_documents

    documents = [d for d in read_documents(sorted((SHARED / "seeds").glob("003*"))) if isinstance(d, Document)]
    claims = [c for d in documents for c in Pipeline().analyse(d).claims]
    found = [i for i in find_incidents(claims, documents) if any(t.denies for a in i.accounts for t in a.tellings)]
    assert found
    assert any(len(i.claims) > 1 for i in found)
