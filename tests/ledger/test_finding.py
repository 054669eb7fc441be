"""Names as people give them, where one party stands for several."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from amity.ledger import ClaimFilter, Reading, open_ledger
from amity.records import Party


def test_a_joint_party_answers_to_each_of_its_members(tmp_path: Path, make_reading: Callable[..., Reading]) -> None:
    """ "They" of three states is found under the id of each, and under no other's."""
    reading = make_reading("a.txt", [("Chad", "Togo", "CONSULT", "2024-01-01", "reported")])
    claim = reading.claims[0]
    joint = Party("joint:state:CHA;state:MLI", "Chad; Mali", "Chad; Mali", "state:CHA;state:MLI", False, "Chad", 0, 4)
    told = Reading(reading.document, (dataclasses.replace(claim, actor=joint),), (), "rules 1")
    with open_ledger(tmp_path / "x.ledger") as ledger:
        ledger.add_all([told])
        for member in ("state:CHA", "state:MLI"):
            assert [c.actor.id for c in ledger.claims(ClaimFilter(a=member))] == [joint.id]
            assert len(list(ledger.claims(ClaimFilter(a="Togo", b=member)))) == 1
        assert [c.recipient.name for c in ledger.claims(ClaimFilter(a="Togo")) if c.recipient] == ["Togo"]
