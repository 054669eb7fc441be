"""The table of actors: names, days, homes, the user's own rows."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from amity.actors import ActorTable, lint_tables, load_actors
from amity.errors import BadTable


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Hizb'ullah", "Hezbollah"),
        ("al-Qa'ida", "Al-Qaeda"),
        ("Hayʼat Tahrir ash-Sham", None),
        ("hayat tahrir al sham", "Hayat Tahrir al-Sham"),
        ("Côte d’Ivoire", "Ivory Coast"),
        ("turkiye", "Turkey"),
        ("U.S.A.", "United States"),
        ("DPRK", "North Korea"),
        ("the Élysée", "France"),
        ("Zhongnanhai", "China"),
        ("Nakasoneland", None),
        ("Sergei Lavrov", "Russia"),
        ("Alexander Lavrentyev", "Russia"),
        ("Quds Force", "Iran"),
        ("Shin Bet", "Israel"),
        ("Economic Community of West African States", "ECOWAS"),
    ],
)
def test_find_by_any_spelling(table: ActorTable, name: str, side: str | None) -> None:
    """A name is found whatever its case, accents, apostrophes, hyphens and Arabic article."""
    actor = table.find(name)
    assert (actor.side if actor else None) == side


def test_names_of_ten_regions(table: ActorTable) -> None:
    """Thirty names of parties, bodies, services and holders of office in each of ten regions lead to their row."""
    cases = list(csv.DictReader((Path(__file__).parent / "regions.csv").open(encoding="utf-8")))
    found = {(c["region"], c["name"]): table.find(c["name"], c["day"]) or table.heard(c["name"], c["day"]) for c in cases}
    wrong = {(c["region"], c["name"]) for c in cases if (a := found[c["region"], c["name"]]) is None or a.id != c["id"]}
    assert not wrong and min(Counter(c["region"] for c in cases).values()) == 30


@pytest.mark.parametrize(
    ("body", "day", "member", "is_one"),
    [
        ("body:ecowas", "2024-12-01", "Mali", True),
        ("body:ecowas", "2025-02-01", "Mali", False),
        ("body:nato", "2023-06-01", "Finland", True),
        ("body:nato", "2022-06-01", "Finland", False),
        ("body:eu", "2020-03-01", "United Kingdom", False),
        ("body:eu", None, "Croatia", True),
    ],
)
def test_members_of_a_body_on_a_day(table: ActorTable, body: str, day: str | None, member: str, is_one: bool) -> None:
    """Who is a member depends on the day; a body knows its members and a state its bodies."""
    assert (member in {a.name for a in table.members(body, day)}) == is_one
    state = table.find(member)
    assert state is not None and (body in {a.id for a in table.bodies(state.id, day)}) == is_one


def test_one_name_two_men(table: ActorTable) -> None:
    """A surname shared in time leads to the one in office on the day."""
    castro = [table.find("Castro", day) for day in ("2001-01-01", "2015-01-01")]
    assert [a.name for a in castro if a] == ["Fidel Castro", "Raul Castro"]


def test_out_of_office_is_own_side(table: ActorTable) -> None:
    """A person is of the state while in office and of nobody after."""
    sides = [table.find("Angela Merkel", day) for day in ("2010-01-01", "2023-01-01", None)]
    assert [a.side for a in sides if a] == ["Germany", "Angela Merkel", "Germany"]


def test_the_dead_and_the_just_fallen_keep_their_side(table: ActorTable) -> None:
    """For a month after a fall, and for ever after death, a person is spoken of for what was done in office."""
    found = [
        table.find(n, d)
        for n, d in (("Viktor Yanukovych", "2014-03-10"), ("Viktor Yanukovych", "2014-06-01"), ("Saddam Hussein", "2020-01-01"))
    ]
    assert [a.side for a in found if a] == ["Ukraine", "Viktor Yanukovych", "Iraq"]


def test_sides_of_sides(table: ActorTable) -> None:
    """Parts lead to their whole; groups and parties stay their own."""
    found = {id: table.get(id) for id in ("org:irgc", "org:qassam", "org:republicans", "group:ypg")}
    assert {i: a.side for i, a in found.items() if a} == {
        "org:irgc": "Iran",
        "org:qassam": "Hamas",
        "org:republicans": "Republicans",
        "group:ypg": "YPG",
    }


def test_homes(table: ActorTable) -> None:
    """Home is the state behind an actor, told even by the words of an unknown one."""
    ids = ("group:hezbollah", "person:sergei-lavrov", "unknown:south-korean-farmers", "body:un", "state:NER/military", "no:such")
    assert [table.home(i) for i in ids] == ["LBN", "RUS", "KOR", None, "NER", None]


def test_heard_finds_other_spellings(table: ActorTable) -> None:
    """A name is found by its sound in another script or romanisation, and short names are not guessed."""
    found = {n: table.heard(n, "2020-01-01") for n in ("Сергей Шойгу", "Hezbullah", "Владимир Путин", "Oman", "Nobody Knowne")}
    assert {n: a.name for n, a in found.items() if a} == {
        "Сергей Шойгу": "Sergei Shoigu",
        "Hezbullah": "Hezbollah",
        "Владимир Путин": "Vladimir Putin",
    }


def test_search_suggests(table: ActorTable) -> None:
    """Search finds by part and by likeness, and says nothing where nothing is near."""
    assert table.search("boko")[0].id == "group:boko-haram"
    assert "state:TUR" in {a.id for a in table.search("Tukey")}
    assert table.search("zzzzqqqq") == []


def test_coverage() -> None:
    """The table holds at least what is promised of each kind, in every region."""
    actors = load_actors().all()
    counts = {kind: sum(a.id.startswith(kind + ":") for a in actors) for kind in ("state", "group", "body", "outlet", "person", "org")}
    assert counts["state"] >= 195 and counts["group"] >= 300 and counts["body"] >= 120
    assert counts["outlet"] >= 80 and counts["person"] >= 600 and counts["org"] >= 150


def test_tables_pass_the_linter() -> None:
    """No shipped row is refused."""
    assert lint_tables() == []


EXTRA = """id,name,side,sector,home,aliases,source
group:hezbollah,Twin,,armed,,,me
group:own,Own Front,state:XXX,armed,state:SYR,Hamas,
"""


def test_linter_names_each_fault(tmp_path: Path) -> None:
    """A double id, a missing side, a missing source and a shared name are each named."""
    path = tmp_path / "my.csv"
    path.write_text(EXTRA, encoding="utf-8")
    found = "\n".join(lint_tables(path))
    for part in ("group:hezbollah: got 2 rows", "state:XXX", "without name or source", "'hamas'"):
        assert part in found


def test_own_rows_are_found(tmp_path: Path) -> None:
    """A user's row is found like a shipped one, its sides followed."""
    path = tmp_path / "my.csv"
    path.write_text("id,name,side,sector,home,aliases,source\ngroup:x,Blue Hand,,armed,state:PER,La Mano,me\n", encoding="utf-8")
    table = load_actors(path)
    assert table.find("la mano") == table.get("group:x")
    assert table.home("group:x") == "PER"


def test_bad_rows_are_refused(tmp_path: Path) -> None:
    """A row with too many cells, or without an id, stops with the file's name."""
    path = tmp_path / "bad.csv"
    for text in ("id,name\na,b,c\n", "id,name\n,b\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadTable, match=r"bad\.csv"):
            load_actors(tmp_path / "bad.csv")


def test_loading_imports_nothing_heavy() -> None:
    """The table loads without numpy, pandas or the model's runtime."""
    code = "import sys, amity.actors as a; a.load_actors(); print([m for m in ('numpy', 'pandas', 'onnxruntime') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
