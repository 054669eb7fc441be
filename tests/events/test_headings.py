"""Acts of a heading that the text tells again."""

from __future__ import annotations

from collections.abc import Callable

from amity.events import Coded

Report = Callable[..., list[Coded]]


def test_an_act_of_a_heading_that_the_text_tells_again_counts_once(code_report: Report) -> None:
    """The text's telling stays; the heading says why it is silent."""
    heading, text = code_report("Kenya condemns Uganda", "Kenya's president on Monday condemned Uganda over the raid.", heading=True)
    assert not heading.events and [e.type for e in text.events] == ["ACCUSE"]
    assert [s.rule for s in heading.silences].count("told again") == 1


def test_an_act_that_only_the_heading_tells_stays(code_report: Report) -> None:
    """Nothing is lost where the text tells other matters."""
    heading, _ = code_report("Kenya condemns Uganda", "Rain fell on the capital all day.", heading=True)
    assert [e.type for e in heading.events] == ["ACCUSE"]
