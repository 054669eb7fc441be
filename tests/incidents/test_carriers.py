"""Words that carry acts: one word and its likes are joined within a story, in any order, never across stories."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from amity.incidents import Carrier, group_carriers


def carry(id: str, words: str, before: str, behind: str, story: str = "s") -> Carrier:
    """A carrier in a document of its own."""
    return Carrier(id, f"d{id}", story, words, before, behind, f"{before} {words} {behind}")


QUAKES = [
    carry("1", "quake", "A strong", "shook Aceh province on Tuesday"),
    carry("2", "earthquake", "The", "shook Aceh province and killed a child"),
    carry("3", "quake", "The", "in Aceh province was felt in Banda Aceh"),
    carry("4", "told", "A resident", "reporters that houses fell"),
]


def test_one_act_under_one_word_is_joined() -> None:
    """The same word in the same company is one act; a word of another kind is not."""
    groups = group_carriers(QUAKES)
    home = {id: g for g in groups for id in g}
    assert home["1"] == home["3"]
    assert home["4"] == ("4",)


def test_no_group_reaches_over_two_stories() -> None:
    """The same words in another story are another act."""
    other = [carry(f"x{c.id}", c.words, c.before, c.behind, "t") for c in QUAKES]
    groups = group_carriers([*QUAKES, *other])
    assert all(len({id.startswith("x") for id in group}) == 1 for group in groups)


@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(random: Random) -> None:
    """Any order of carriers gives the same groups."""
    turned = list(QUAKES)
    random.shuffle(turned)
    assert group_carriers(turned) == group_carriers(QUAKES)
