"""Ties, a ledger or anyone's signed network -> the blocs they form, with the proof; and who they are from day to day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import NormalDist
from typing import Any, Literal, cast

from amity.errors import BadInput
from amity.records import BlocRule, Claim, DatedEvent, Partition, Tie
from amity.ties.estimate import compute_ties, compute_ties_from_events
from amity.ties.options import Z90
from amity.ties.signed.blocs import TIME_LIMIT, compute_frustration, find_blocs, find_count
from amity.ties.signed.graph import Repeats, SignedGraph, read_graph

Measure = Literal["alignment", "warmth"]
# How sure the sign of a tie must be to take part, as a chance. Three to one: of a handful of reports few ties are
# sure at nine in ten, and a wrong sign of small weight misleads less than a map of three parties. Set by hand.
SURE = 0.75
# Alignment nearer to 0 than this says of a pair neither friend nor foe where no interval is known. Set by hand.
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
    names ("governments") take no part unless `unnamed`: one word is not one party. Ties whose sign is less than
    `sure` (a chance, .5 to 1; .95 is a 90 % interval that leaves 0 out) take none. `value` and `repeats` are for
    networks and frames, as in `read_graph`. `time_limit` is in seconds of wall time. `count` is the number of blocs to be found,
    by default as many as are best.
    """

    as_of: str | None = None
    measure: Measure = "alignment"
    unnamed: bool = False
    sure: float = SURE
    value: str | None = None
    repeats: Repeats = "refuse"
    time_limit: float = TIME_LIMIT
    count: int | None = None

    def __post_init__(self) -> None:
        if self.measure not in ("alignment", "warmth"):
            raise BadInput(f"bloc options: got the measure {self.measure!r}, allowed is alignment or warmth")
        if not 0.5 <= self.sure < 1.0:
            raise BadInput(f"bloc options: got {self.sure} for how sure a sign must be, allowed is .5 up to 1, without it")


def blocs(source: Any, options: BlocOptions | None = None) -> Partition:
    """A ledger, claims, ties, event rows, a networkx graph, an edge frame or rows -> blocs, as many as are best.

    The least weight of ties is frustrated: friends in different blocs, foes in one. See `find_blocs`; with a `count` in the
    options just so many blocs, see `find_count`.

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
    find = _finder(rule, options.count)
    ties = read_ties(source, None if day else options.as_of)
    if ties is None:
        return find(source, value=options.value, repeats=options.repeats, time_limit=options.time_limit)
    found = find(graph_of_ties(ties, options), time_limit=options.time_limit)
    names = {t.a: t.a_name for t in ties} | {t.b: t.b_name for t in ties}
    return replace(found, day=ties[0].as_of if ties else day or options.as_of or "", names=tuple(sorted(names.items())))


def _finder(rule: BlocRule, count: int | None) -> Callable[..., Partition]:
    """A rule, and the number of blocs if one is asked for -> what divides by it."""
    if count is not None and rule != "two":
        return partial(find_count, count=count)
    if count is not None or rule == "count":
        got, allowed = ("none", "a number") if count is None else (count, "none: camps are two at most, ask for blocs")
        raise BadInput(f"{rule}: got a count of {got}, allowed is {allowed}")
    return compute_frustration if rule == "two" else find_blocs


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
        value, reason = signed_value(tie, options)
        if not options.unnamed and any(party.startswith(UNNAMED) for party in (tie.a, tie.b)):
            reason = "a party that no table names"
        if reason:
            left_out[reason] += 1
        else:
            rows.append((tie.a, tie.b, value))
    graph = read_graph(rows)
    return SignedGraph(graph.labels, graph.u, graph.v, graph.weight, (*graph.left_out, *left_out.most_common()))


def signed_value(tie: Tie, options: BlocOptions) -> tuple[float, str]:
    """A tie -> its value as friend or foe, -1..1, and why it tells neither, if so."""
    if options.measure == "warmth":
        value, low, high = tie.warmth, tie.low, tie.high
    elif tie.alignment is None:
        return 0.0, "nothing speaks of alignment"
    elif tie.alignment_low is None or tie.alignment_high is None:
        reason = f"alignment within {LEAST_ALIGNMENT:g} of 0" if abs(tie.alignment) < LEAST_ALIGNMENT else ""
        return round(tie.alignment, PLACES), reason
    else:
        value, low, high = tie.alignment, tie.alignment_low, tie.alignment_high
    chance = sure_of_sign(value, low, high)
    return round(value, PLACES), "" if chance >= options.sure else f"sign less than {100 * options.sure:g} % sure"


def sure_of_sign(value: float, low: float, high: float) -> float:
    """A value with its 90 % interval -> the chance that its sign is right, by the normal whose interval reaches as far towards 0.

    >>> round(sure_of_sign(0.4, 0.0, 0.8), 2), sure_of_sign(0.0, -0.5, 0.5), sure_of_sign(0.3, 0.3, 0.3)
    (0.95, 0.5, 1.0)
    """
    reach = (value - low if value > 0.0 else high - value) / Z90
    return NormalDist().cdf(abs(value) / reach) if reach > 0.0 else 1.0 if value else 0.5
