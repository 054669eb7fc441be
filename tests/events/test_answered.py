"""Acts taken up again by a noun, and the one whose they were."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amity.events import Coded

Report = Callable[..., list[Coded]]

ACT = "Ethiopia bombed a rebel camp in Eritrea on Monday."


def implied(code_report: Report, *texts: str) -> list[tuple[str, str]]:
    """Words and actors of the implied parties of the last sentence."""
    return [(m.text, m.actor.name) for m in code_report(*texts)[-1].mentions if m.kind == "implied" and m.actor]


@pytest.mark.parametrize(("answer", "word"), [("Kenya condemned the strikes.", "strikes"), ("Kenya warned against such a move.", "move")])
def test_a_definite_noun_stands_for_the_one_whose_act_it_was(answer: str, word: str, code_report: Report) -> None:
    """What was condemned is another's deed, told in the sentence before."""
    assert implied(code_report, ACT, answer) == [(word, "Ethiopia")]


@pytest.mark.parametrize(
    "answer",
    [
        "Kenya condemned strikes on hospitals.",
        "Kenya condemned the Sudanese strikes.",
        "Kenya condemned the strikes by Sudan.",
        "Kenya condemned the harvest.",
    ],
)
def test_a_noun_with_a_doer_of_its_own_or_of_another_act_stands_for_nobody(answer: str, code_report: Report) -> None:
    """Indefinite nouns, nouns with an owner, and nouns of no act take up nothing."""
    assert implied(code_report, ACT, answer) == []


def test_nothing_is_taken_up_where_nothing_was_told(code_report: Report) -> None:
    """A first sentence implies nobody."""
    assert implied(code_report, "Kenya condemned the strikes.") == []


def test_the_act_that_a_report_is_about_is_meant_before_the_latest_other_one(code_report: Report) -> None:
    """ "The strikes" are those of whom the report tells again and again, in that word, not of who hit back once."""
    told = (
        "Ethiopia carried out air strikes on Eritrea on Monday.",
        "The strikes by Ethiopia on Eritrea were the first in years.",
        "Eritrea later shelled Ethiopia.",
        "Kenya condemned the strikes.",
    )
    assert implied(code_report, *told) == [("strikes", "Ethiopia")]
