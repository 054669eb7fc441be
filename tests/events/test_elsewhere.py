"""What the rest of a report says of two parties."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from amity.events import load_codebook
from amity.events.elsewhere import Elsewhere
from amity.records import Actor, ActScores, Mention

TYPES = ("ASSAULT", "ACCUSE", "AID")
STATES = ("state:MLI", "state:NER", "state:TCD")


def mention(sentence: int, place: int, side: str) -> Mention:
    """A state named at one word of a sentence."""
    actor = Actor(side, side[-3:], side=side[-3:], side_id=side, sector="government", known=True)
    return Mention(sentence, place, place + 1, place, side[-3:], "name", actor, "")


def report(*rows: tuple[str, str, float]) -> tuple[list[list[Mention]], list[ActScores | None]]:
    """Sentences in which the first party attacks the second with these log-odds, and does nothing else."""
    mentions: list[list[Mention]] = [[mention(n, 0, a), mention(n, 1, r)] for n, (a, r, _) in enumerate(rows)]
    scores: list[ActScores | None] = []
    for *_, odds in rows:
        pairs = np.full((2, 2, len(TYPES)), -7.5, np.float32)
        pairs[0, 1, 0] = odds
        scores.append(ActScores(TYPES, {(0, 1): 0, (1, 2): 1}, np.zeros((2, 3)), np.zeros((2, 2)), np.zeros((2, 2)), pairs))
    return mentions, scores


def ask(rows: list[tuple[str, str, float]], sentence: int, kind: str = "ASSAULT") -> tuple[str, ...]:
    """What the other sentences say of the two parties of one."""
    mentions, scores = report(*rows)
    return Elsewhere(mentions, scores, load_codebook().types).features(sentence, *mentions[sentence], kind)


def test_a_pair_that_fights_elsewhere_is_told_so() -> None:
    """The odds of the type, of its quad class and of any act come from the other sentences, and so does who began."""
    told = ask([(STATES[0], STATES[1], 3.2), (STATES[0], STATES[1], -6.0)], 1)
    assert {"report type 3", "report quad 3", "report any 3", "report back 5", "report met 1"} <= set(told)
    assert "report silent" in ask([(STATES[0], STATES[1], 3.2), (STATES[0], STATES[2], -6.0)], 1)


def test_who_is_named_in_every_sentence_is_told_from_who_is_named_once() -> None:
    """Salience is the share of sentences, and the rank among all."""
    told = ask([(STATES[0], STATES[1], 0.0), (STATES[0], STATES[2], 0.0)], 1)
    assert {"report a 8", "report r 4", "report a rank 0"} <= set(told)


def test_a_lone_sentence_has_no_rest() -> None:
    """Nothing is said of a report of one sentence."""
    assert ask([(STATES[0], STATES[1], 3.0)], 0) == ()


ROWS = st.lists(st.tuples(st.sampled_from(STATES[:2]), st.just(STATES[2]), st.floats(-9, 6)), min_size=2, max_size=6)


@given(ROWS, st.floats(-9, 6), st.randoms())
def test_the_sentence_itself_and_the_order_of_the_others_change_nothing(
    rows: list[tuple[str, str, float]], odds: float, dice: object
) -> None:
    """Law: what is said of a sentence rests on the others alone, in whatever order they stand."""
    first, *others = rows
    turned = [*others]
    dice.shuffle(turned)  # type: ignore[attr-defined]
    assert ask(rows, 0) == ask([(*first[:2], odds), *turned], 0)
