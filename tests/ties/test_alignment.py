"""Alignment: planted camps are found, intervals hold the truth, and mediators are no allies."""

from __future__ import annotations

import numpy as np
import pytest

from amity.records import DatedEvent
from amity.ties.alignment import Alignments, align_all
from amity.ties.stated import Standing


def planted(seed: int, parties: int, told: float, noise: float) -> tuple[list[Standing], dict[tuple[str, str], int]]:
    """Two camps of so many parties; of each pair something is said with chance `told`, wrongly with chance `noise`."""
    rng = np.random.default_rng(seed)
    names = [f"p{i:02d}" for i in range(parties)]
    camp = {name: 1 if i % 2 else -1 for i, name in enumerate(names)}
    truth, said = {}, []
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            truth[a, b] = camp[a] * camp[b]
            if rng.random() < told:
                sign = truth[a, b] * (1 if rng.random() >= noise else -1)
                said.append(Standing(0, a, b, "ALLIED" if sign > 0 else "HOSTILE", 0.8, f"{a}{b}"))
    return said, truth


def unsaid(aligned: Alignments, truth: dict[tuple[str, str], int]) -> list[tuple[float, int]]:
    """Mean and truth of the pairs of which nothing is said."""
    found = [(aligned.between(*pair), sign) for pair, sign in truth.items() if pair not in aligned.votes]
    return [(near.mean if near else 0.0, sign) for near, sign in found]


@pytest.mark.parametrize("seed", range(4))
def test_planted_camps_are_found_where_nothing_is_said(seed: int) -> None:
    """With a third of the pairs told, one in ten wrongly, 85 of 100 untold pairs are placed on the right side."""
    said, truth = planted(seed, 20, told=0.35, noise=0.1)
    guesses = unsaid(align_all([], said, 0), truth)
    assert len(guesses) > 80
    assert np.mean([mean * sign > 0.0 for mean, sign in guesses]) >= 0.85


def test_the_camps_form_around_the_poles() -> None:
    """Every party of two planted camps leans to the pole of its own."""
    said, _ = planted(9, 12, told=0.8, noise=0.05)
    aligned = align_all([], said, 0)
    poles = aligned.find_poles()
    assert poles is not None
    sides = [aligned.lean(f"p{i:02d}", poles) > 0.0 for i in range(12)]
    assert len(set(sides[::2])) == len(set(sides[1::2])) == 1 and sides[0] != sides[1]


def test_noise_makes_no_camps() -> None:
    """Where what is said is chance, untold pairs are hardly placed at all."""
    said, truth = planted(5, 20, told=0.2, noise=0.5)
    assert np.mean([abs(mean) for mean, _ in unsaid(align_all([], said, 0), truth)]) < 0.3


def test_intervals_hold_the_truth() -> None:
    """Votes drawn around an alignment that is drawn from the prior: the 90 % interval holds it 86 to 95 times in 100."""
    rng = np.random.default_rng(1)
    held = []
    for i in range(1500):
        true = rng.uniform(-1.0, 1.0)
        acts = [DatedEvent(0, "a", "b", 1, 10.0 * (1 if rng.random() < (1.0 + true) / 2.0 else -1)) for _ in range(rng.integers(1, 5))]
        near = align_all(acts, [], 0).between("a", "b")
        assert near is not None, i
        held.append(near.low <= true <= near.high)
    assert 0.86 <= np.mean(held) <= 0.95


def test_a_mediator_between_camps_belongs_to_neither() -> None:
    """Who only talks with both camps leans less to either than their members do."""
    said, _ = planted(2, 8, told=1.0, noise=0.0)
    talks = [DatedEvent(0, "m", f"p{i:02d}", 1, 1.0) for i in range(8)]
    aligned = align_all(talks, said, 0)
    poles = aligned.find_poles()
    assert poles is not None
    assert abs(aligned.lean("m", poles)) < 0.3 < min(abs(aligned.lean(f"p{i:02d}", poles)) for i in range(8))


def test_acts_done_together_speak_of_those_who_did_them() -> None:
    """Two parties of one claim against a third are aligned by it."""
    joint = [DatedEvent(0, who, "c", 4, -9.0, claim="x") for who in "ab"]
    apart = [DatedEvent(0, who, "c", 4, -9.0, claim=who) for who in "ab"]
    together, alone = (align_all(rows, [], 0).between("a", "b") for rows in (joint, apart))
    assert together is not None and together.mean > 0.1 and (alone is None or together.mean > alone.mean)


def test_a_standing_is_said_longer_than_strain() -> None:
    """After two years an alliance still speaks; strain of the same day does not."""
    old = [Standing(0, "a", "b", "ALLIED", 1.0, "c1"), Standing(0, "c", "d", "STRAINED", 1.0, "c2")]
    later = align_all([], old, 730)
    assert later.votes["a", "b"][1] > 1.5 > later.votes["c", "d"][1]
