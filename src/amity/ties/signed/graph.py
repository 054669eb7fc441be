"""Anyone's signed network -> one form: labels, ends and signed weights as columns, one row a pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from amity.errors import BadInput, suggest
from amity.records import Label

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# What to do where a pair comes more than once (two rows, two directions, parallel edges).
Repeats = Literal["refuse", "sum", "mean"]
# Columns and attributes taken for the signed value where none is named, the first that is there.
VALUE_NAMES = ("sign", "weight", "value", "alignment", "score")


@dataclass(frozen=True, slots=True)
class SignedGraph:
    """Parties and signed ties: row i joins `labels[u[i]]` and `labels[v[i]]`, friends where `weight[i]` is above 0.

    No pair comes twice, none joins a party with itself, no weight is 0. `left_out` counts the rows not used.
    """

    labels: tuple[Label, ...]
    u: Ints
    v: Ints
    weight: Floats
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def size(self) -> int:
        """Number of parties."""
        return len(self.labels)

    @property
    def whole(self) -> bool:
        """Whether all weights are whole numbers, so that costs are and a bound may be rounded up."""
        return bool(np.all(self.weight == np.round(self.weight)))

    def rows(self, keep: NDArray[Any]) -> SignedGraph:
        """The same parties with some of the rows."""
        return SignedGraph(self.labels, self.u[keep], self.v[keep], self.weight[keep])


def read_graph(source: Any, value: str | None = None, repeats: Repeats = "refuse") -> SignedGraph:
    """A networkx graph, an edge frame (polars, pandas, arrow) or rows of (a, b, signed value) -> the graph in one form.

    A frame's first two columns are the ends. `value` names the column or edge attribute; by default the first
    of sign, weight, value, alignment and score, and where an edge has both sign and weight, their product.
    An edge of 0 and a party tied to itself are left out and counted.
    Raises BadInput for a value that is no finite number, and for a pair that comes twice unless `repeats` says
    whether to take the sum or the mean.
    """
    if isinstance(source, SignedGraph):
        return source
    if hasattr(source, "nodes") and hasattr(source, "edges"):
        return _gather(_edges_of_network(source, value), repeats, list(source.nodes))
    if hasattr(source, "columns"):
        return _gather(_rows_of_frame(source, value), repeats)
    return _gather(_rows(source), repeats)


def _gather(rows: Iterable[tuple[Label, Label, float]], repeats: Repeats, labels: Iterable[Label] = ()) -> SignedGraph:
    """Rows -> the graph, parties in order of first sight."""
    place: dict[Label, int] = {label: i for i, label in enumerate(labels)}
    sums: dict[tuple[int, int], list[float]] = {}
    left_out: Counter[str] = Counter()
    for a, b, weight in rows:
        if not np.isfinite(weight):
            raise BadInput(f"tie of {a!r} and {b!r}: got the value {weight}, allowed is a finite number; drop the row or give it a value")
        i, j = place.setdefault(a, len(place)), place.setdefault(b, len(place))
        if i == j:
            left_out["a party tied to itself"] += 1
            continue
        found = sums.setdefault((min(i, j), max(i, j)), [])
        found.append(weight)
        if len(found) > 1 and repeats == "refuse":
            raise BadInput(f"ties: got the pair {a!r} and {b!r} twice, allowed is one row a pair; say repeats='sum' or repeats='mean'")
    total = {pair: sum(found) / (len(found) if repeats == "mean" else 1) for pair, found in sums.items()}
    left_out["a tie of value 0"] = sum(weight == 0.0 for weight in total.values())
    kept = [(i, j, weight) for (i, j), weight in total.items() if weight != 0.0]
    u, v, w = zip(*kept, strict=True) if kept else ((), (), ())
    counts = tuple((reason, n) for reason, n in left_out.items() if n)
    return SignedGraph(tuple(place), np.array(u, np.int64), np.array(v, np.int64), np.array(w, np.float64), counts)


def _edges_of_network(graph: Any, value: str | None) -> Iterator[tuple[Label, Label, float]]:
    for a, b, data in graph.edges(data=True):
        if value is None and "sign" in data and "weight" in data:
            yield a, b, _number(a, b, data["sign"]) * abs(_number(a, b, data["weight"]))
            continue
        name = value if value is not None else next((n for n in VALUE_NAMES if n in data), "")
        if name not in data:
            wanted = f"{value!r}" if value else "any of " + ", ".join(VALUE_NAMES)
            raise BadInput(
                f"edge of {a!r} and {b!r}: got the attributes {sorted(map(str, data))}, needed is {wanted}; name one with value="
            )
        yield a, b, _number(a, b, data[name])


def _rows_of_frame(frame: Any, value: str | None) -> Iterator[tuple[Label, Label, float]]:
    # Arrow tables tell their names by another word.
    names = [str(c) for c in (frame.column_names if hasattr(frame, "column_names") else frame.columns)]
    name = value if value is not None else next((n for n in VALUE_NAMES if n in names[2:]), "")
    if len(names) < 3 or name not in names:
        near = suggest(value or "sign", names)
        raise BadInput(
            f"edge frame: got the columns {names}, needed are two ends and {value or 'a sign or weight'}{near}; name it with value="
        )
    a, b, w = (_column(frame, c) for c in (names[0], names[1], name))
    for x, y, weight in zip(a, b, w, strict=True):
        yield x, y, _number(x, y, weight)


def _column(frame: Any, name: str) -> list[Any]:
    column = frame[name]
    return cast("list[Any]", column.to_pylist() if hasattr(column, "to_pylist") else column.to_list())


def _rows(source: Iterable[Any]) -> Iterator[tuple[Label, Label, float]]:
    for row in source:
        try:
            a, b, weight = row
        except (TypeError, ValueError) as error:
            raise BadInput(f"ties: got the row {row!r}, allowed is (a, b, signed value), a networkx graph or an edge frame") from error
        yield a, b, _number(a, b, weight)


def _number(a: Label, b: Label, weight: Any) -> float:
    try:
        return float(weight)
    except (TypeError, ValueError) as error:
        raise BadInput(
            f"tie of {a!r} and {b!r}: got the value {weight!r}, allowed is a number, above 0 for friends, below for foes"
        ) from error
