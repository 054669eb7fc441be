"""Reading anyone's signed network: every form gives the same rows, and what cannot be used is told."""

from __future__ import annotations

import networkx
import pandas
import polars
import pytest

from amity.errors import BadInput
from amity.ties.signed.graph import SignedGraph, read_graph

ROWS = [("a", "b", 1.0), ("b", "c", -2.0), ("a", "c", 0.5)]


def as_network() -> networkx.Graph:
    """Sign and size as attributes of their own."""
    graph = networkx.Graph()
    graph.add_nodes_from("abc")
    for a, b, w in ROWS:
        graph.add_edge(a, b, sign=1 if w > 0 else -1, weight=abs(w))
    return graph


FORMS = {
    "rows": lambda: ROWS,
    "networkx": as_network,
    "polars": lambda: polars.DataFrame(ROWS, schema=["from", "to", "weight"], orient="row"),
    "pandas": lambda: pandas.DataFrame(ROWS, columns=["from", "to", "sign"]),
    "arrow": lambda: polars.DataFrame(ROWS, schema=["from", "to", "value"], orient="row").to_arrow(),
    "itself": lambda: read_graph(ROWS),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_reads_alike(form: str) -> None:
    """Labels, ends and weights are those of the rows."""
    if form == "arrow":
        pytest.importorskip("pyarrow")
    graph = read_graph(FORMS[form]())
    found = {(frozenset((graph.labels[a], graph.labels[b])), w) for a, b, w in zip(graph.u, graph.v, graph.weight, strict=True)}
    assert isinstance(graph, SignedGraph)
    assert found == {(frozenset((a, b)), w) for a, b, w in ROWS}
    assert graph.labels == ("a", "b", "c")


def test_a_pair_that_comes_twice_needs_a_word() -> None:
    """Two directions of one pair are refused, summed, or meant, as told."""
    rows = [("a", "b", 1), ("b", "a", -2)]
    with pytest.raises(BadInput, match="repeats='sum'"):
        read_graph(rows)
    assert read_graph(rows, repeats="sum").weight.tolist() == [-1.0]
    assert read_graph(rows, repeats="mean").weight.tolist() == [-0.5]


def test_what_says_nothing_is_counted() -> None:
    """Self ties and ties of 0 take no part, and are counted."""
    graph = read_graph([("a", "a", 1), ("a", "b", 0), ("b", "c", 1)])
    assert dict(graph.left_out) == {"a party tied to itself": 1, "a tie of value 0": 1}
    assert len(graph.u) == 1


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ([("a", "b", float("nan"))], "finite"),
        ([("a", "b", "friend")], "allowed is a number"),
        ([("a", "b")], "allowed is"),
        (networkx.Graph([("a", "b")]), "name one with value="),
        (polars.DataFrame({"a": ["x"], "b": ["y"]}), "needed are two ends"),
    ],
)
def test_what_cannot_be_read_is_told(source: object, words: str) -> None:
    """The sentence names the place and the remedy."""
    with pytest.raises(BadInput, match=words):
        read_graph(source)


def test_a_named_column_is_taken() -> None:
    """`value` says which column holds the signed values."""
    frame = polars.DataFrame({"a": ["x"], "b": ["y"], "sign": [1], "strength": [-0.5]})
    assert read_graph(frame).weight.tolist() == [1.0]
    assert read_graph(frame, value="strength").weight.tolist() == [-0.5]
