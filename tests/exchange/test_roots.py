"""Roots of another ontology that go out with every claim, by its type and status."""

from __future__ import annotations

import pytest

from amity.exchange.roots import read_roots, root_of
from amity.exchange.types import load_codebook
from amity.records import STATUSES


@pytest.mark.parametrize(
    ("type", "status", "root"),
    [
        ("CONSULT", "planned", "AGREE"),
        ("ASSAULT", "planned", "THREATEN"),
        ("ASSAULT", "reported", "ASSAULT"),
        ("CONCEDE", "denied", "YIELD"),
    ],
)
def test_a_plan_counts_as_agreeing_or_threatening(type: str, status: str, root: str) -> None:
    """What is only planned is an utterance; what happened is what it is."""
    assert root_of(type, status)[0] == root


def test_every_type_and_status_has_a_root_with_its_quad_class() -> None:
    """None falls out of the variant; only help and concessions that are asked for change sides, since asking counts as conflict."""
    roots = read_roots()["variants"]["plv"]["roots"]
    for type, row in load_codebook().items():
        for status in STATUSES:
            root, quad = root_of(type, status)
            assert roots[root] == quad
            assert root == "REQUEST" or (quad > 2) == (row["quad"] > 2)
