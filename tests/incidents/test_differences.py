"""Differences are named by kind, and an update is told from a contradiction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from amity.incidents.accounts import tell_claim
from amity.incidents.differences import compare_tellings

CASES = yaml.safe_load(Path(__file__).with_name("differences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["second"]["quote"])
def test_a_difference_and_its_kind(case: dict[str, Any], make_claim) -> None:  # type: ignore[no-untyped-def]  # a fixture
    """Each case parts in one way, and that way is named."""
    base = {"status": case.get("status", "reported"), **({"type": case["type"]} if "type" in case else {})}
    first = tell_claim(make_claim(case["first"], document="a", **base))
    second = tell_claim(make_claim(**{"document": "b", **base, **case["second"]}))
    assert (case["kind"], case["relation"]) in {(d.kind, d.relation) for d in compare_tellings(first, second)}


def test_like_tellings_do_not_part(make_claim) -> None:  # type: ignore[no-untyped-def]  # a fixture
    """The same facts in other words are no difference."""
    a, b = (tell_claim(make_claim(q, document=q)) for q in ("Chad shelled Sudan, killing seven.", "Seven died as Chad shelled Sudan."))
    assert compare_tellings(a, b) == []
