"""The network behind the rankings: its slopes are those of its loss, its pasts those of the days before, and it learns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from amity.outlook.links.facts import Facts, double_facts
from amity.outlook.links.memory import Memory
from amity.outlook.links.network import Network
from amity.outlook.links.past import MOST_MET, Posed, pose
from amity.outlook.links.ranker import questions_on
from amity.outlook.links.ranks import mean_reciprocal, rank_answers


def posed_on(facts: Facts, day: int) -> tuple[Network, Posed, np.ndarray, np.ndarray]:
    """Facts -> an untaught network, the questions of a day, and their answers."""
    doubled = double_facts(facts)
    memory = Memory(doubled, facts.entities)
    memory.learn_until(day)
    asked = questions_on(doubled, day)
    return Network(doubled, facts.entities, day), pose(memory, asked.subject, asked.relation, day), asked.question, asked.answer


def test_slopes_are_those_of_the_loss(small_facts: Facts) -> None:
    """Each kind of weight, moved a little along a line drawn at random, moves the loss as the slope says."""
    network, posed, question, answer = posed_on(small_facts, 60)
    weights = network.adam.weights
    for name in weights:
        weights[name] = weights[name].astype(np.float64)
    _, slopes = network.slopes(posed, question, answer, dropping=False)
    rng = np.random.default_rng(5)
    for name, kept in list(weights.items()):
        line, losses = rng.normal(size=kept.shape), []
        for way in (1e-6, -1e-6):
            weights[name] = kept + way * line
            losses.append(network.slopes(posed, question, answer, dropping=False)[0])
        weights[name] = kept
        said = float((slopes[name] * line).sum())
        assert abs((losses[0] - losses[1]) / 2e-6 - said) < 3e-4 + 1e-3 * abs(said), name


def test_the_past_of_a_question_is_what_was_met_before_the_day(small_facts: Facts) -> None:
    """Those who answered a question before, with their decayed counts, and nobody else."""
    day, doubled = 70, double_facts(small_facts)
    _, posed, _, _ = posed_on(small_facts, day)
    answered = posed.pasts[0]
    for i, (s, r) in enumerate(zip(posed.subject.tolist(), posed.relation.tolist(), strict=True)):
        rows = (doubled.subject == s) & (doubled.relation == r) & (doubled.day < day)
        found = answered.row == i
        assert set(answered.entity[found].tolist()) == set(doubled.object[rows].tolist()) or found.sum() == MOST_MET
        for entity, heat in zip(answered.entity[found].tolist(), answered.heat[found], strict=True):
            due = (0.5 ** ((day - doubled.day[rows & (doubled.object == entity)]) / 150.0)).sum()
            assert abs(heat[2] - due) < 1e-3
    few = posed.pick(np.array([1, 3]))
    assert few.subject.tolist() == posed.subject[[1, 3]].tolist()
    assert (few.pasts[0].heat == answered.heat[np.isin(answered.row, (1, 3))]).all()


def test_a_taught_network_shares_chances_and_finds_partners(small_facts: Facts) -> None:
    """Shares sum to 1; after 90 days answers rank far above chance."""
    doubled = double_facts(small_facts)
    memory, network, ranks, chance = Memory(doubled, small_facts.entities), Network(doubled, small_facts.entities, 90), [], []
    for day in memory.days.tolist():
        memory.learn_until(day)
        asked = questions_on(doubled, day)
        posed = pose(memory, asked.subject, asked.relation, day)
        if day < 90:
            network.rehearse(posed, asked.question, asked.answer)
            continue
        share, _ = network.score(posed)
        assert np.allclose(np.exp(share).sum(1), 1.0, atol=1e-4)
        ranks.append(rank_answers(share, asked.question, asked.answer))
        chance.append(rank_answers(np.zeros_like(share), asked.question, asked.answer))
    assert mean_reciprocal(np.concatenate(ranks)) > 2.0 * mean_reciprocal(np.concatenate(chance))


def test_a_network_of_the_same_seed_is_the_same(small_facts: Facts) -> None:
    """Two networks taught alike say alike; what comes on the day or later changes nothing."""
    day = 60
    other = replace(small_facts, recipient=np.where(small_facts.day < day, small_facts.recipient, small_facts.recipient[::-1]))
    said = []
    for facts in (small_facts, other):
        doubled = double_facts(facts)
        memory, network = Memory(doubled, facts.entities), Network(doubled, facts.entities, day)
        for d in range(day):
            memory.learn_until(d)
            asked = questions_on(doubled, d)
            network.rehearse(pose(memory, asked.subject, asked.relation, d), asked.question, asked.answer)
        memory.learn_until(day)
        said.append(network.score(pose(memory, np.array([0, 5]), np.array([0, 2]), day))[0])
    assert np.allclose(*said, atol=1e-5)
