"""Roots of other ontologies: how a sentence puts an act decides what it counts as."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from amity.actors import load_actors, resolve_mentions
from amity.errors import BadInput
from amity.events import EventCoder, load_codebook, load_roots, spans_of
from amity.language import load_acts, load_reader
from amity.records import Stretch

CASES = yaml.safe_load(Path(__file__).with_name("root_cases.yaml").read_text(encoding="utf-8"))
PUTS = sorted({*load_roots().puts, "relieved"})


def read_roots(text: str, variant: str = "plv") -> dict[str, float]:
    """One sentence about Mali and Niger -> the weights of roots from the one to the other."""
    (sentence,) = load_reader().parse("t", [Stretch(0, len(text), text, 0)])
    (mentions,) = resolve_mentions([sentence], load_actors(), "2024-05-01")
    mali, niger = (next(m for m in mentions if m.actor and m.actor.side == side) for side in ("Mali", "Niger"))
    (scores,) = load_acts().read([sentence], [spans_of([mali, niger])])
    return EventCoder().roots_between(sentence, mali, niger, scores, variant)


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["text"])[:40])
def test_root_of_a_sentence(case: dict[str, Any]) -> None:
    """The likeliest root is the one that the sentence's wording asks for."""
    assert next(iter(read_roots(case["text"]))) == case["root"]


def test_weights_fall_and_are_of_the_variants_roots() -> None:
    """Roots come likeliest first, and no other name among them."""
    weights = read_roots("Mali will meet Niger next week.")
    assert list(weights.values()) == sorted(weights.values(), reverse=True)
    assert set(weights) <= set(load_roots().variant("plv").roots)


def test_an_unknown_variant_is_refused_with_those_there_are() -> None:
    """The error names what is allowed."""
    with pytest.raises(BadInput, match="allowed are plv"):
        load_roots().variant("weis")


@given(
    st.sampled_from(sorted(load_codebook().types)), st.sets(st.sampled_from(PUTS)), st.sets(st.sampled_from(["ban", "aid", "deal", "sign"]))
)
def test_every_type_has_a_root_however_it_is_put(kind: str, put: set[str], lemmas: set[str]) -> None:
    """No wording leaves a type without a root of the variant; with none it keeps its own, or the name that stands for it."""
    variant = load_roots().variant("plv")
    assert variant.root_of(kind, frozenset(put), frozenset(lemmas)) in variant.roots
    assert variant.root_of(kind) == variant.same.get(kind, kind)


def test_each_row_states_a_code_and_can_be_reached() -> None:
    """A row has its CAMEO code, and no earlier row takes everything that it would take."""
    rows = load_roots().variant("plv").rows
    for place, row in enumerate(rows):
        assert row.code.isdigit()
        for earlier in rows[:place]:
            takes_all = row.types <= earlier.types and earlier.put <= row.put and not earlier.words and not earlier.beside
            assert not takes_all, row
