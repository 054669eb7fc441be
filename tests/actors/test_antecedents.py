"""What `it` may stand for, and how it is weighed."""

from __future__ import annotations

import json
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from amity.actors import ActorTable, resolve_mentions
from amity.actors.options import FILE, SURE, Links, Option, load_links
from amity.records import Actor, Sentence

Parse = Callable[..., list[Sentence]]
FEATURES = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=4).map(tuple)
OPTIONS = st.lists(FEATURES, min_size=1, max_size=5).map(
    lambda rows: [Option(Actor(f"x:{k}", str(k), f"x:{k}", str(k), "") if k else None, f) for k, f in enumerate(rows)]
)


@given(OPTIONS, st.dictionaries(st.sampled_from("abcd"), st.floats(-5, 5)))
def test_the_option_that_weighs_most_tells_whether_a_party_is_meant(options: list[Option], weights: dict[str, float]) -> None:
    """Law: the heaviest is chosen, of equals nobody, then the first; whom the rules take stands unless it is surely nobody."""
    weigh = lambda o: sum(weights.get(f, 0.0) for f in o.features)  # noqa: E731
    best = max(map(weigh, options))
    heaviest = next(o.actor for o in options if weigh(o) == best)
    ruled = Actor("x:ruled", "ruled", "x:ruled", "ruled", "")
    assert Links(weights).choose((0, 0), options, None) == heaviest
    party = max((weigh(o) for o in options if o.actor), default=-100.0)
    assert Links(weights).choose((0, 0), options, ruled) == (ruled if weigh(options[0]) - party <= SURE else None)


def test_options_are_told_in_words_that_have_weights(parse: Parse, table: ActorTable) -> None:
    """Nobody is the first option, each party before the pronoun is one, and most of what speaks for them is known to the weights."""
    asked: list[list[Option]] = []

    class Heard(Links):
        def choose(self, place: tuple[int, int], options: list[Option], rules: Actor | None) -> Actor | None:  # type: ignore[override]
            asked.append(options)
            return super().choose(place, options, rules)

    weights = json.loads(FILE.read_text(encoding="utf-8"))
    resolve_mentions(parse("Chad accused Sudan of lying.", "It recalled its envoy."), table, "2024-05-01", Heard(weights))
    first = asked[0]
    assert first[0].actor is None and {o.actor.name for o in first[1:] if o.actor} == {"Chad", "Sudan"}
    told = [f for o in first for f in o.features]
    assert sum(f in weights for f in told) > 0.7 * len(told)


def test_weights_are_loaded_once_and_finite() -> None:
    """A table of a few hundred plain numbers."""
    assert load_links() is load_links()
    assert 100 < len(load_links().weights) < 5000 and all(abs(w) < 10 for w in load_links().weights.values())
