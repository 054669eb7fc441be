"""Phrases by themselves, and names inside mentions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amity.actors import ActorTable, nested_names, resolve_mentions, resolve_phrase
from amity.records import Sentence

Parse = Callable[..., list[Sentence]]


@pytest.mark.parametrize(
    ("words", "home", "sector"),
    [
        ("Kenyan police officers", "KEN", "police"),
        ("a group of smugglers", None, "criminal"),
        ("an airport in Dakar", "SEN", ""),
        ("Peru's supreme court", "PER", "judiciary"),
        ("the Indonesian finance minister", "IDN", "government"),
        ("students in Lagos", "NGA", "education"),
    ],
)
def test_phrase(words: str, home: str | None, sector: str, parse: Parse, table: ActorTable) -> None:
    """The land named in a phrase is its home, its words tell the sector."""
    actor = resolve_phrase(parse(words)[0], table, None)
    assert (table.home(actor.id) or table.home(actor.side_id), actor.sector) == (home, sector)


def test_group_in_power_is_a_government(parse: Parse, table: ActorTable) -> None:
    """The Taliban are armed in 2010 and a government in 2022, their own side in both."""
    found = {day: resolve_phrase(parse("the Taliban")[0], table, day) for day in ("2010-05-01", "2022-05-01")}
    assert {d: (a.sector, a.side) for d, a in found.items()} == {
        "2010-05-01": ("armed", "Taliban"),
        "2022-05-01": ("government", "Taliban"),
    }


def test_names_inside_a_mention(parse: Parse, table: ActorTable) -> None:
    """`Ugandan-backed rebels` are one mention, and Uganda is named inside it."""
    sentence = parse("Ugandan-backed rebels attacked a village in eastern Congo.")[0]
    mention = resolve_mentions([sentence], table, "2024-01-01")[0][0]
    inner = nested_names(sentence, mention, table)
    assert mention.text == "Ugandan-backed rebels"
    assert [(m.text, m.actor.id) for m in inner if m.actor] == [("Ugandan", "state:UGA")]


def test_two_letters_in_each_others_place_still_name_a_land(table: ActorTable) -> None:
    """A slip of the keys in a lone word leads to the land, a word that is no land's to nobody."""
    assert [table.mistyped(w) and table.mistyped(w).name for w in ("Kazahks", "Germnay", "Ehtiopians", "tables", "Hamsa")] == [  # type: ignore[union-attr]
        "Kazakhstan",
        "Germany",
        "Ethiopia",
        None,
        None,
    ]
