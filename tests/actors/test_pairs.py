"""Nouns that stand for two parties or more told of together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amity.actors import ActorTable, resolve_mentions
from amity.records import Sentence

Parse = Callable[..., list[Sentence]]


def meant(parse: Parse, table: ActorTable, before: str, text: str) -> set[str]:
    """Sides of the joint and paired mentions of the second sentence."""
    mentions = resolve_mentions(parse(before, text), table, "2024-05-01")[1]
    found = [m.actor for m in mentions if m.actor and ("together" in m.why)]
    return {side for actor in found for side in actor.side.split("; ")}


@pytest.mark.parametrize(
    ("before", "text", "sides"),
    [
        ("Kenya and Somalia recalled their envoys.", "The two governments met in Doha.", {"Kenya", "Somalia"}),
        ("Argentina accused Uruguay of spying.", "A judge said both capitals were at fault.", {"Argentina", "Uruguay"}),
        ("Ecuador and Peru exchanged fire.", "Officers of both armies met on Monday.", {"Ecuador", "Peru"}),
        ("Kenya and Somalia recalled their envoys.", "Qatar urged the two sides to talk.", {"Kenya", "Somalia"}),
        (
            "Finland, Norway and Sweden signed the plan.",
            "Jets of the three countries will train.",
            {"Finland", "Norway", "Sweden"},
        ),
    ],
)
def test_counted_parties_are_those_told_of_together(before: str, text: str, sides: set[str], parse: Parse, table: ActorTable) -> None:
    """Governments, capitals and armies that are counted are the states told of; who urges both sides is neither."""
    assert meant(parse, table, before, text) == sides


def test_governments_that_nobody_counts_are_no_pair(parse: Parse, table: ActorTable) -> None:
    """`The governments` alone may be any."""
    assert meant(parse, table, "Kenya and Somalia recalled their envoys.", "Governments met in Doha.") == set()
