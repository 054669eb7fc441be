"""What-ifs: planted effects are found, nothing is claimed of nothing, blocs move as ties are set, bad files are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.errors import BadInput, NotFound
from amity.outlook import WhatIfOptions, answer_scenario, make_scenario, read_scenario
from amity.outlook.scenario import Scenario
from amity.outlook.standing import changed_ties
from amity.ties import find_blocs
from amity.worlds import make_echo_world

NAMES = {"a": "Aland", "b": "Boland", "c": "Coland", "d": "Doland"}
TIES = [("a", "b", 0.8), ("c", "d", 0.8), ("a", "c", -0.6), ("b", "d", -0.6), ("b", "c", -0.5)]


def test_a_forced_spell_of_violence_brings_on_more_and_leaves_strangers_alone() -> None:
    """Of five forced days the pair has more than five as difference; of the pair that shares nothing none is claimed."""
    world = make_echo_world(11, 4, 1500)
    x, y = world.pairs[0]
    row = {"days": 60, "acts": [{"actor": x, "type": "ASSAULT", "recipient": y, "first": 1, "last": 5}]}
    answer = answer_scenario(world.events, make_scenario(row, {p: p for pair in world.pairs for p in pair}), WhatIfOptions({}, laws=20))
    first = next(d for d in answer.differences if d.measure == "days with deeds of conflict")
    assert (first.a, first.b) == world.pairs[0]
    assert first.claimed and first.difference > 5.0
    truth = world.effect({0: 5}, 60, 2000)[0, 1]
    assert abs(first.difference - truth) < 2.0
    assert not [d for d in answer.differences if (d.a, d.b) == world.pairs[-1]]
    told = {d.measure: d for d in answer.differences if (d.a, d.b) == world.pairs[0]}
    assert told["balance of acts"].difference < 0.0
    assert told["chance of a rupture"].difference >= 0.0
    assert [factor for factor, _ in answer.sensitivity] == [0.0, 1.0, 3.0]
    assert answer.sensitivity[0][1].difference == 0.0


def test_few_acts_give_no_event_part_but_blocs_still_move() -> None:
    """With hardly an act, a tie set hostile moves its party over, and the notes say what is missing."""
    ties = [
        {"between": ["Aland", "Boland"], "standing": "hostile"},
        {"between": ["Boland", "Coland"], "standing": "ALLIED"},
        {"between": ["Boland", "Doland"], "alignment": 0.9},
    ]
    scenario = make_scenario({"question": "?", "ties": ties}, NAMES)
    answer = answer_scenario([], scenario, WhatIfOptions(NAMES, TIES, find_blocs))
    assert answer.differences == ()
    assert "too few" in " ".join(answer.notes)
    boland = next(s for s in answer.stands if s.party == "b")
    assert boland.before == ("a",) and boland.after == ("c", "d")
    assert answer.frustration == (0.0, 0.0, True)


def test_who_leaves_has_no_tie_and_who_joins_has_fellows() -> None:
    """A party that stays out drops out of every tie; one that joins a body is tied to it and to those tied to it."""
    left = changed_ties(TIES, Scenario("?", leave=("a",)), {})
    assert all("a" not in (x, y) for x, y, _ in left)
    joined = changed_ties([("body", "c", 0.7), ("body", "d", 0.7), ("a", "c", -0.6)], Scenario("?", join=(("a", "body"),)), {})
    wanted = {("a", "body"): 0.7, ("body", "c"): 0.7, ("body", "d"): 0.7, ("a", "c"): 0.5, ("a", "d"): 0.5}
    assert {(x, y): v for x, y, v in joined} == wanted


def test_who_has_only_lost_one_that_left_is_not_said_to_move() -> None:
    """Where one of three friends stays out, it stands alone and the other two stand as they stood."""
    ties = [("a", "b", 0.8), ("b", "c", 0.8), ("a", "c", 0.8)]
    answer = answer_scenario([], Scenario("?", leave=("a",)), WhatIfOptions(NAMES, ties, find_blocs))
    assert [s.party for s in answer.stands] == ["a"]


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("days: 0", BadInput, "allowed is 1 to 730"),
        ("weeks: 3", BadInput, "allowed are the fields"),
        ("acts: [{actor: Aland, type: ASSALT, recipient: Boland}]", BadInput, "did you mean ASSAULT"),
        ("acts: [{actor: Alnd, type: ASSAULT, recipient: Boland}]", NotFound, "did you mean Aland"),
        ("ties: [{between: [Aland, Boland], alignment: 3}]", BadInput, "allowed is alignment -1 to 1"),
        ("hold: [{between: [Aland], kind: all}]", BadInput, "a list of two parties"),
        ("hold: [{between: [Aland, Boland], first: 9, last: 3}]", BadInput, "in order within 1 to 90"),
        ("members: [{party: Aland, joins: Boland}]", BadInput, "allowed are the fields body, join, leave"),
        ("ties: {between: [Aland, Boland]}", BadInput, "under ties"),
        ("a: [", BadInput, "is no YAML"),
    ],
)
def test_a_bad_scenario_says_what_is_wrong(tmp_path: Path, text: str, error: type[Exception], says: str) -> None:
    """One sentence with file, what was got and what is allowed."""
    path = tmp_path / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=says):
        read_scenario(path, NAMES)
    with pytest.raises(BadInput, match="cannot be read"):
        read_scenario(tmp_path / "none.yaml", NAMES)
