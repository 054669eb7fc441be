"""Events coded from sentences of many regions, and the laws that hold for all."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from amity.actors import load_actors
from amity.records import CodedEvent, Silence

Code = Callable[[str], tuple[list[CodedEvent], list[Silence]]]
CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


def triples(events: list[CodedEvent]) -> set[tuple[str, str, str]]:
    """Events as (side, type, side)."""
    return {(e.actor.actor.side, e.type, e.recipient.actor.side) for e in events if e.actor.actor and e.recipient and e.recipient.actor}


def as_params() -> list[Any]:
    """Cases; those with a known fault are expected to fail, and say why."""
    faults = [[pytest.mark.xfail(reason=c["fault"], strict=True)] if "fault" in c else [] for c in CASES]
    return [pytest.param(c, id=c["text"][:40], marks=f) for c, f in zip(CASES, faults, strict=True)]


@pytest.mark.parametrize("case", as_params())
def test_case(case: dict[str, Any], code: Code) -> None:
    """The sentence states just these events; a mutual one may be told from either end."""
    found = triples(code(case["text"])[0])
    wanted = {tuple(e) for e in case["events"]}
    turned = {(c, t, a) for a, t, c in found if t in ("AGREE", "CONSULT", "COOPERATE")}
    assert wanted <= found | turned, found
    assert len(found) == len(wanted), found


STATES = [a.name for a in load_actors().all() if a.id.startswith("state:")]


def test_no_state_is_known_better_than_another(code: Code) -> None:
    """The same plain sentence is coded alike whichever states stand in it; one in twenty may fall to a parse."""
    pairs = list(pairwise(STATES[::4]))
    missed = [(a, b) for a, b in pairs if (a, "ACCUSE", b) not in triples(code(f"{a} accused {b} of breaking the treaty.")[0])]
    assert len(missed) <= len(pairs) // 20, missed


@pytest.mark.parametrize("text", ["Peru did not attack Chile.", "Peru never met Chile's envoys.", "Peru failed to attack Chile."])
def test_what_did_not_happen_is_no_event(text: str, code: Code) -> None:
    """A negated act gives no event, and a reason."""
    events, silences = code(text)
    assert not [e for e in events if e.type in ("ASSAULT", "CONSULT")]
    assert silences or events


def test_a_sentence_without_parties_says_why(code: Code) -> None:
    """Silence has its reason."""
    events, silences = code("The weather was fine.")
    assert not events
    assert silences[0].rule == "no party"


def test_every_event_explains_itself(code: Code) -> None:
    """`why` names the predicate, both paths and the probability; confidence is that probability."""
    (event, *_) = code("Turkey attacked Greece.")[0]
    assert event.why[0] == "'attacked' states ASSAULT"
    assert event.why[1].startswith("actor by ")
    assert f"{event.confidence:.2f}" in event.why[3]
