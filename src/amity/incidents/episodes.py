"""Acts -> incidents: steps of one happening, told together. Deploying, the protest, and the leaving a day later are one.

An act is a group of claims that tell the same. Two acts are steps of one incident where reports tell them side by
side, of the same parties, in one stretch of days and one place; that two documents do so counts twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from amity.incidents.joining import join_pairs
from amity.incidents.scoring import NEXT
from amity.incidents.table import episode_weights, weights
from amity.incidents.traits import Traits
from amity.records import Term

Act = tuple[str, ...]
# Documents that count as telling two acts side by side; more are mostly copies of these.
MOST_DOCUMENTS = 2
MOST_NAMES = 1.5


def find_neighbours(acts: Iterable[Act], traits: Mapping[str, Traits]) -> set[tuple[str, str]]:
    """Acts -> pairs of them (by their first claims, the smaller first) that a document tells side by side."""
    first = {claim: act[0] for act in acts for claim in act}
    places: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for claim in first:
        places[traits[claim].document].append((traits[claim].start, claim))
    found = set()
    for told in places.values():
        told.sort()
        for i, (start, claim) in enumerate(told):
            for later, other in told[i + 1 :]:
                if later - start > NEXT:
                    break
                a, b = sorted((first[claim], first[other]))
                if a != b:
                    found.add((a, b))
    return found


def weigh_acts(one: Sequence[Traits], two: Sequence[Traits]) -> list[Term]:
    """Two acts -> the terms of the log-odds that they are steps of one incident; symmetric but for the notes."""
    w = episode_weights()
    terms = [Term("before comparing", w["base"], "two acts told side by side")]
    terms += weigh_nearness(one, two)
    shared = {s for t in one for s in t.sides} & {s for t in two for s in t.sides}
    if shared:
        terms.append(Term("parties", w["both_sides" if len(shared) > 1 else "one_side"], ", ".join(sorted(shared))))
    gap = days_apart(one, two)
    if gap is not None:
        near = gap <= weights()["near"]
        terms.append(Term("time", w["same_days" if near else "other_days"], f"{max(gap, 0)} days apart"))
    places = {p for t in one for p in t.places} & {p for t in two for p in t.places}
    if places:
        terms.append(Term("place", w["same_place"], ", ".join(sorted(places))))
    names = {n for t in one for n in t.names} & {n for t in two for n in t.names}
    if names - places:
        terms.append(Term("names", min(MOST_NAMES, w["same_names"] * len(names - places)), ", ".join(sorted(names - places))))
    if any(t.habit for t in (*one, *two)):
        terms.append(Term("habit", w["habit"], "one tells of many such acts at once"))
    if {t.status == "denied" for t in one} != {t.status == "denied" for t in two}:
        terms.append(Term("denial", w["denial"], "one denies, the other tells"))
    return terms


def weigh_nearness(one: Sequence[Traits], two: Sequence[Traits]) -> list[Term]:
    """How near documents tell the two acts: the nearest place of each document, the nearest documents first."""
    w = episode_weights()
    nearest: dict[str, int] = {}
    for a in one:
        for b in two:
            if a.document == b.document:
                nearest[a.document] = min(nearest.get(a.document, NEXT + 1), abs(a.start - b.start))
    gaps = sorted(g for g in nearest.values() if g <= NEXT)[:MOST_DOCUMENTS]
    terms = [
        Term(
            "position",
            w["next_sentence"] if gap else w["same_sentence"],
            "told in neighbouring sentences" if gap else "told in one sentence",
        )
        for gap in gaps
    ]
    return [*terms, Term("position", w["two_reports"], "and so in two reports")] if len(gaps) > 1 else terms


def days_apart(one: Sequence[Traits], two: Sequence[Traits]) -> int | None:
    """Two acts -> days between their narrow times, 0 or less where they overlap; None where either has none."""
    narrow = weights()["narrow_days"]
    mine, theirs = ([t.days for t in act if t.days and t.days[1] - t.days[0] < narrow] for act in (one, two))
    gaps = [max(a[0], b[0]) - min(a[1], b[1]) for a in mine for b in theirs]
    return min(gaps, default=None)


def join_acts(acts: Sequence[Act], traits: Mapping[str, Traits], apart: Iterable[tuple[str, str]] = ()) -> list[Act]:
    """Acts -> incidents, each the sorted claims of its acts, in order of their first; `apart` are claims never in one."""
    by_first = {act[0]: act for act in acts}
    told = {first: [traits[c] for c in act] for first, act in by_first.items()}
    odds = {(a, b): sum(t.odds for t in weigh_acts(told[a], told[b])) for a, b in find_neighbours(acts, traits)}
    home = {claim: act[0] for act in acts for claim in act}
    for a, b in apart:
        if a in home and b in home and home[a] != home[b]:
            first, second = sorted((home[a], home[b]))
            odds[first, second] = NEVER
    groups = join_pairs(sorted(by_first), odds)
    return sorted(tuple(sorted(c for first in group for c in by_first[first])) for group in groups)


# Log-odds of acts that a person has set apart: no mean of others outweighs it.
NEVER = -1e6
