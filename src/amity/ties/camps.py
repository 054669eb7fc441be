"""Ties, a ledger or anyone's signed network -> the blocs they form, with the proof; and who they are from day to day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from amity.errors import BadInput
from amity.records import Claim, DatedEvent, Tie
from amity.records.blocs import BlocRule, Partition
from amity.ties.estimate import compute_ties, compute_ties_from_events
from amity.ties.signed.blocs import TIME_LIMIT, compute_frustration, find_blocs
from amity.ties.signed.graph import Repeats, SignedGraph, read_graph

Measure = Literal["alignment", "warmth"]
# Alignment nearer to 0 than this says of a pair neither friend nor foe, where its interval is not known: an act of a
# fifth of the greatest score, half surely read, stays below; one stated alliance or attack passes. Set by hand.
LEAST_ALIGNMENT = 0.1
# How the ids of parties begin that no table names.
UNNAMED = "unknown:"
# Places of the signed values: finer differences between ties are no evidence.
PLACES = 3


@dataclass(frozen=True, slots=True)
class BlocOptions:
    """How a source is read and how long is searched.

    `as_of` and `measure` are for what becomes ties (a ledger, claims, event rows): the day, and whether the
    signed value is alignment (on whose side) or warmth (how the next act will be). Parties that no table
    names ("governments") take no part unless `unnamed`: one word is not one party. `value` and `repeats` are for
    networks and frames, as in `read_graph`. `time_limit` is in seconds of wall time.
    """

    as_of: str | None = None
    measure: Measure = "alignment"
    unnamed: bool = False
    value: str | None = None
    repeats: Repeats = "refuse"
    time_limit: float = TIME_LIMIT

    def __post_init__(self) -> None:
        if self.measure not in ("alignment", "warmth"):
            raise BadInput(f"bloc options: got the measure {self.measure!r}, allowed is alignment or warmth")


def blocs(source: Any, options: BlocOptions | None = None) -> Partition:
    """A ledger, claims, ties, event rows, a networkx graph, an edge frame or rows -> blocs, as many as are best.

    The least weight of ties is frustrated: friends in different blocs, foes in one. See `find_blocs`.

    >>> blocs([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)]).cost
    1.0
    """
    return divide(source, "many", options)


def frustration(source: Any, options: BlocOptions | None = None) -> Partition:
    """As `blocs`, but at most two camps in each connected part: `cost` is the frustration index. See `compute_frustration`."""
    return divide(source, "two", options)


def divide(source: Any, rule: BlocRule, options: BlocOptions | None = None, day: str = "") -> Partition:
    """As `blocs` or `frustration`, by rule; ties computed beforehand may be given with the `day` they are of."""
    options = options or BlocOptions()
    find = compute_frustration if rule == "two" else find_blocs
    ties = read_ties(source, None if day else options.as_of)
    if ties is None:
        return find(source, options.value, options.repeats, options.time_limit)
    found = find(graph_of_ties(ties, options), time_limit=options.time_limit)
    names = {t.a: t.a_name for t in ties} | {t.b: t.b_name for t in ties}
    return replace(found, day=ties[0].as_of if ties else day or options.as_of or "", names=tuple(sorted(names.items())))


def read_ties(source: Any, as_of: str | None = None) -> list[Tie] | None:
    """A ledger, claims, event rows or ties -> ties on a day; None for what is a network of another kind.

    Raises BadInput where ties are asked for on a day that they are not of.
    """
    if callable(claims := getattr(source, "claims", None)):
        return compute_ties(cast("Iterable[Claim]", claims()), as_of)
    if not isinstance(source, Sequence) or not source:
        return None if source is None or not isinstance(source, Sequence) else []
    first = source[0]
    if isinstance(first, Claim):
        return compute_ties(source, as_of)
    if isinstance(first, DatedEvent):
        return compute_ties_from_events(source, as_of)
    if isinstance(first, Tie):
        if as_of and as_of != first.as_of:
            raise BadInput(f"blocs: got ties as of {first.as_of}, asked for {as_of}; compute the ties of that day, or give the claims")
        return list(source)
    return None


def graph_of_ties(ties: Iterable[Tie], options: BlocOptions | None = None) -> SignedGraph:
    """Ties -> a signed network of party ids; ties that tell neither friend nor foe are left out and counted.

    Parties all of whose ties are left out are not in it.
    """
    options = options or BlocOptions()
    rows: list[tuple[str, str, float]] = []
    left_out: Counter[str] = Counter()
    for tie in ties:
        value, reason = signed_value(tie, options.measure)
        if not options.unnamed and any(party.startswith(UNNAMED) for party in (tie.a, tie.b)):
            reason = "a party that no table names"
        if reason:
            left_out[reason] += 1
        else:
            rows.append((tie.a, tie.b, value))
    graph = read_graph(rows)
    return SignedGraph(graph.labels, graph.u, graph.v, graph.weight, (*graph.left_out, *left_out.most_common()))


def signed_value(tie: Tie, measure: Measure = "alignment") -> tuple[float, str]:
    """A tie -> its value as friend or foe, -1..1, and why it tells neither, if so."""
    if measure == "warmth":
        return round(tie.warmth, PLACES), "" if tie.sign else "the interval of warmth holds 0"
    if tie.alignment is None:
        return 0.0, "nothing speaks of alignment"
    low, high = getattr(tie, "alignment_low", None), getattr(tie, "alignment_high", None)
    if low is not None and high is not None and low <= 0.0 <= high:
        return 0.0, "the interval of alignment holds 0"
    if abs(tie.alignment) < LEAST_ALIGNMENT:
        return 0.0, f"alignment within {LEAST_ALIGNMENT:g} of 0"
    return round(tie.alignment, PLACES), ""
