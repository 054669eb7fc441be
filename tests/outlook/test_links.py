"""Who acts on whom next: the protocol of ranks, tallies that never look ahead, names, and a ranker that learns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import BadInput, NotFound
from amity.outlook import rank_likeliest
from amity.outlook.links.facts import Facts, double_facts
from amity.outlook.links.memory import Memory
from amity.outlook.links.names import infer_countries, read_names
from amity.outlook.links.ranker import FIRST, KEPT, Ranker, RankerOptions, thin_candidates
from amity.outlook.links.ranks import mean_reciprocal, rank_answers
from amity.outlook.links.tally import Tally
from amity.outlook.links.trees import share_loss
from amity.records import DatedEvent


@given(st.integers(2, 40), st.integers(1, 5))
def test_a_constant_scorer_gets_the_chance_level(entities: int, answers: int) -> None:
    """Where every entity scores the same, each answer has the mean rank of those that are not answers, and itself."""
    answers = min(answers, entities)
    question, answer = np.zeros(answers, np.int64), np.arange(answers)
    ranks = rank_answers(np.full((1, entities), 7.0, np.float32), question, answer)
    assert (ranks == 1.0 + (entities - answers) / 2.0).all()


def test_other_answers_of_the_same_day_are_taken_out_and_nothing_else() -> None:
    """Two answers of one question never stand in each other's way; a wrong entity above both counts for both."""
    scores = np.array([[0.9, 0.8, 0.7, 0.1]], np.float32)
    assert rank_answers(scores, np.array([0, 0]), np.array([1, 2])).tolist() == [2.0, 2.0]
    assert mean_reciprocal(np.array([1.0, 2.0])) == 0.75


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), min_size=1, max_size=40))
def test_a_tally_is_the_sum_of_decayed_rows(rows: list[tuple[int, int]]) -> None:
    """Fed day by day, a tally gives what the rows before the day sum to, and nothing of keys not yet met."""
    rows = sorted(rows)
    day, key = np.array(rows).T
    tally = Tally(key.astype(np.int64), (5.0,))
    for d in np.unique(day):
        found = tally.heats(tally.find(np.arange(7)), int(d))
        due = [sum(0.5 ** ((d - e) / 5.0) for e, k in rows if k == want and e < d) for want in range(7)]
        assert np.allclose(found, due, atol=1e-4)
        tally.add(slice(*np.searchsorted(day, (d, d + 1))), int(d))


def test_names_tell_countries_and_the_rest_is_known_a_day_late(small_facts: Facts) -> None:
    """A country inferred from company is not known on the day an entity is first met."""
    doubled = double_facts(small_facts)
    memory = Memory(doubled, small_facts.entities)
    named, _ = read_names(small_facts.entities)
    home, first = infer_countries(doubled, named)
    unnamed = np.flatnonzero((named < 0) & (home >= 0))
    assert len(unnamed)
    one = int(unnamed[0])
    assert memory.homes_known(int(first[one]))[one] == -1
    assert memory.homes_known(int(first[one]) + 1)[one] == home[one]


def test_scores_of_a_day_do_not_depend_on_that_day_or_later(small_facts: Facts) -> None:
    """Facts from a day on may be anything: what is said of the day is the same."""
    day = 100
    keep, late = small_facts.day < day, {"actor": [1, 2], "relation": [0, 1], "recipient": [2, 9], "day": [day, day + 1]}
    other = replace(small_facts, **{c: np.concatenate([getattr(small_facts, c)[keep], np.array(extra)]) for c, extra in late.items()})
    asked = np.array([0, 5, 29]), np.array([0, 5, 3])
    scores = [Ranker(f, RankerOptions()).score(*asked, day) for f in (small_facts, other)]
    assert np.allclose(*scores, atol=1e-5)


def test_a_taught_ranker_finds_the_partners_that_each_keeps_to(small_facts: Facts) -> None:
    """Taught on 90 days it ranks the last 30 far better than chance, and no worse than the simple sum."""
    pytest.importorskip("lightgbm", reason="the trees need the [outlook] extra")
    ranker = Ranker(small_facts, RankerOptions(questions=2000, trees=40, candidates=20))
    ranker.learn(90)
    taught, simple, chance = [], [], []
    for asked, scores in ranker.score_days(range(90, 120)):
        taught.append(rank_answers(scores, asked.question, asked.answer))
        simple.append(rank_answers(ranker.simple, asked.question, asked.answer))
        chance.append(rank_answers(np.zeros_like(scores), asked.question, asked.answer))
    mrr = [mean_reciprocal(np.concatenate(r)) for r in (taught, simple, chance)]
    assert mrr[0] > 3.0 * mrr[2]
    assert mrr[0] > mrr[1] - 0.02


def test_the_softmax_loss_is_least_where_the_shares_are_the_answers() -> None:
    """Gradients of a question sum to 0, pull answers up and others down, and vanish where the shares are as they came."""
    answers = np.array([[1, 0, 0], [1, 1, 0]])
    pull, curve = share_loss(answers, np.ones((2, 3)))(np.zeros(6), None)
    assert np.allclose(pull.reshape(2, 3).sum(1), 0.0) and (curve > 0.0).all()
    assert ((pull.reshape(2, 3) < 0.0) == (answers == 1)).all()
    there = np.array([50.0, 0.0, 0.0, 50.0, 50.0, 0.0])
    assert np.abs(share_loss(answers, np.ones((2, 3)))(there, None)[0]).max() < 1e-9


def test_a_thinned_question_keeps_answers_and_the_first_and_stands_for_all() -> None:
    """Of 100 candidates 40 are trained on: the answer, wherever it stood, the first in order, and some that stand for the rest."""
    order = -np.arange(300.0, dtype=np.float32).reshape(3, 100)
    answers = np.zeros((3, 100), bool)
    answers[0, 97] = answers[2, 3] = True
    rows, weights = thin_candidates(answers, order, np.random.default_rng(1))
    assert rows.shape == weights.shape == (2, KEPT)
    assert {97, *range(FIRST)} <= set(rows[0].tolist()) and set(range(200, 200 + FIRST)) <= set(rows[1].tolist())
    assert np.allclose(weights.sum(1), 100.0)
    assert all(len(set(row)) == KEPT for row in rows.tolist())


def test_the_rule_that_speaks_for_an_answer_is_named() -> None:
    """Where threats are followed by assaults on the next day, a threat of yesterday is given as the ground, with its share."""
    rows = []
    for day in range(0, 300, 10):
        rows += [DatedEvent(day, "a", "b", 3, -5.0, type="THREATEN"), DatedEvent(day + 1, "a", "b", 4, -9.0, type="ASSAULT")]
        rows += [DatedEvent(day + 5, "a", "c", 1, 3.0, type="CONSULT"), DatedEvent(day + 5, "c", "d", 1, 3.0, type="CONSULT")]
    rows.append(DatedEvent(300, "a", "b", 3, -5.0, type="THREATEN"))
    found, _ = rank_likeliest(rows, {}, "a", "ASSAULT")
    assert found[0].party == "b"
    assert found[0].grounds[1].startswith("rule: a THREATEN b, 1 day before")


def test_a_small_ledger_is_ranked_by_shares_with_its_claims() -> None:
    """Whom Mali accused twice comes before whom it accused once, each with the claims that say so."""
    rows = [DatedEvent(d, "mali", who, 3, -3.0, claim=f"c{d}", type="ACCUSE") for d, who in enumerate(["algeria", "niger", "algeria"])]
    found, how = rank_likeliest(rows, {"mali": "Mali"}, "Mali", "ACCUSE")
    assert [r.party for r in found] == ["algeria", "niger"]
    assert found[0].claims == ("c2", "c0")
    assert "no chances" in how
    back, _ = rank_likeliest(rows, {}, "algeria", "ACCUSE", acts=False)
    assert back[0].party == "mali"
    with pytest.raises(NotFound, match="did you mean Mali"):
        rank_likeliest(rows, {"mali": "Mali"}, "Mal", "ACCUSE")
    with pytest.raises(BadInput, match="there are ACCUSE"):
        rank_likeliest(rows, {}, "mali", "AID")
