"""Likeness of names: what is one, what is two, and that the steps add up."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from amity.actors import Profile, compare, find_candidates
from amity.actors.likeness import PROPOSED
from amity.actors.spelling import romanise, spelling_key

PAIRS = list(csv.DictReader((Path(__file__).parent / "pairs.csv").open(encoding="utf-8")))


def chance(kind: str, a: str, b: str, side: str = "") -> float:
    """How likely two names of one side are one."""
    return compare(Profile(f"{kind}:a", (a,), side), Profile(f"{kind}:b", (b,), side)).chance


@pytest.mark.parametrize(
    ("kind", "a", "b", "one"),
    [
        ("person", "Muammar Gaddafi", "Moammar Kadhafi", True),
        ("person", "Sergei Lavrov", "Сергей Лавров", True),
        ("person", "Hafez al-Assad", "Bashar al-Assad", False),
        ("person", "George H. W. Bush", "George W. Bush", False),
        ("person", "Ferdinand Marcos", "Ferdinand Marcos Jr.", False),
        ("unknown", "Kurdistan Workers' Party", "PKK", False),
        ("unknown", "Rapid Support Forces", "RSF", True),
        ("unknown", "Hezbollah", "Hizbullah", True),
        ("unknown", "Real Irish Republican Army", "Irish Republican Army", False),
        ("unknown", "Oromo Liberation Front", "Oromo Liberation Army", False),
        ("unknown", "militias", "militias", False),
        ("person", "Mahamat Idriss Deby", "Idriss Deby", False),
        ("person", "DK Shivakumar", "Doddalahalli Kempegowda Shivakumar", True),
        ("unknown", "Wagner", "Vagner", True),
        ("unknown", "Boko Haram", "Bokoharam", True),
        ("unknown", "Harakat al-Sabireen", "al-Sabireen movement", True),
    ],
)
def test_names(kind: str, a: str, b: str, one: bool) -> None:
    """Spellings and initials are one; generations, wings, splinters and bare words are not."""
    assert (chance(kind, a, b) >= PROPOSED) == one


def test_same_name_in_two_lands_is_two() -> None:
    """A ministry of one land is not that of another."""
    a, b = (Profile(f"unknown:{s}", ("Ministry of Defence",), s) for s in ("state:GBR", "state:IND"))
    assert compare(a, b).chance < PROPOSED


def test_steps_add_up_and_order_does_not_matter() -> None:
    """The log-odds are the sum of the steps, and a pair scores the same either way round."""
    for row in PAIRS[:120]:
        a, b = (Profile(f"{row['kind']}:{x}", (row[x],), row[f"{x}_side"]) for x in "ab")
        there, back = compare(a, b), compare(b, a)
        assert there.log_odds == pytest.approx(sum(r.weight for r in there.reasons)) == pytest.approx(back.log_odds), row


def test_candidates_come_from_blocks_only() -> None:
    """Names that share a word, a sound or initials are compared, others never; the likeliest pair comes first."""
    names = {"unknown:a": "Blue Hand Brigade", "unknown:b": "Blue Hand", "unknown:c": "Silent Rivers", "unknown:d": "Saylent Rivers"}
    found = list(find_candidates([Profile(i, (n,)) for i, n in names.items()], least=0.0))
    assert (found[0].a, found[0].b) == ("unknown:c", "unknown:d")
    assert not any({f.a, f.b} == {"unknown:a", "unknown:c"} for f in found)


def test_spelling_key_joins_scripts() -> None:
    """Cyrillic letters lead to the key of the usual Latin spelling."""
    assert spelling_key(romanise("Лукашенко")) == spelling_key("Lukashenko")
