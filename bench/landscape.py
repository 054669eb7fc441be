"""Seventeen European states of 1938: the camps of least energy, from open data, against those of the war.

After Axelrod and Bennett 1993, whose own propensities are not public. **This specification was written and committed
before it was first run**, and was not changed afterwards. Published: two states in the wrong camp (Poland, Portugal).

Propensity of two states, from what was known at the end of the year: the sum of these parts, each -1, 0 or +1
  history   -1 where they fought on opposite sides of a war since 1900, +1 where on the same side and never opposite
  disputes  -1 where they had a militarised dispute with each other, on opposite sides, in the last 20 years
  rivalry   -1 where they are strategic rivals in the year (Thompson and others), or enduring ones by spec "dreyer"
  alliance  +1 where they have a defence pact or an entente in the year
  regime    +1 where both polity scores are 5 or more or both -5 or less, -1 where one is and the other the other
Energy of a split: minus the sum over pairs of size * size * propensity within camps, less that across camps. Size is
the composite index of capability (CINC). All 65,536 splits are tried.

Six specifications: all five parts ("all"); without disputes; without alliance; without regime; "dreyer" rivalries in
place of Thompson's; sizes by square root. The two camps are matched to the actual ones whichever way fits better; the
figure is the number of states in the wrong one. Actual camps (wartime alignment as Axelrod and Bennett code it):
Germany, Italy, Hungary, Romania, Finland, Estonia, Latvia, Lithuania against the nine others.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench import SHARED, Skipped, need

# Correlates of War numbers of the states.
NATIONS = {
    "Britain": 200, "France": 220, "Portugal": 235, "Germany": 255, "Poland": 290, "Hungary": 310, "Czechoslovakia": 315, "Italy": 325,
    "Yugoslavia": 345, "Greece": 350, "Romania": 360, "Soviet Union": 365, "Estonia": 366, "Latvia": 367, "Lithuania": 368, "Finland": 375,
    "Denmark": 390,
}  # fmt: skip
AXIS = {"Germany", "Italy", "Hungary", "Romania", "Finland", "Estonia", "Latvia", "Lithuania"}
PARTS = ("history", "disputes", "rivalry", "alliance", "regime")
SPECS: dict[str, tuple[tuple[str, ...], bool]] = {
    "all": (PARTS, False),
    "no_disputes": (tuple(p for p in PARTS if p != "disputes"), False),
    "no_alliance": (tuple(p for p in PARTS if p != "alliance"), False),
    "no_regime": (tuple(p for p in PARTS if p != "regime"), False),
    "dreyer": (tuple("dreyer" if p == "rivalry" else p for p in PARTS), False),
    "root_size": (PARTS, True),
}


def read_frame(folder: Path, name: str) -> list[dict[str, Any]]:
    """One frame of the folder -> its rows; skipped without pyreadr, which reads R's files."""
    try:
        import pyreadr
    except ImportError:
        raise Skipped("pyreadr is not installed, which reads R's data files") from None
    frame = next(iter(pyreadr.read_r(str(need(folder / f"{name}.rda"))).values()))
    return list(frame.to_dict("records"))


def matrix_of(pairs: dict[tuple[int, int], float]) -> np.ndarray:
    """Values by pair of state numbers -> a symmetric matrix in the order of NATIONS."""
    place = {code: i for i, code in enumerate(NATIONS.values())}
    out = np.zeros((len(place), len(place)))
    for (a, b), value in pairs.items():
        if a in place and b in place and a != b:
            out[place[a], place[b]] = out[place[b], place[a]] = value
    return out


def parts_of(folder: Path, year: int) -> dict[str, np.ndarray]:
    """The parts of the propensities at the end of a year."""

    def key(row: dict[str, Any]) -> tuple[int, int]:
        return tuple(sorted((int(row["ccode1"]), int(row["ccode2"]))))  # type: ignore[return-value]

    wars = [r for r in read_frame(folder, "cow_war_inter") if 1900 <= r["year"] <= year]
    history = {key(r): 1.0 for r in wars if r["sidea1"] == r["sidea2"]} | {key(r): -1.0 for r in wars if r["sidea1"] != r["sidea2"]}
    mids = [r for r in read_frame(folder, "cow_mid_dirdisps") if year - 20 < r["year"] <= year and r["sidea1"] != r["sidea2"]]
    rivals = [r for r in read_frame(folder, "tss_rivalries") if r["start"] <= year <= r["end"]]
    dreyer = [r for r in read_frame(folder, "td_rivalries") if r["styear"] <= year <= r["endyear"]]
    pacts = [r for r in read_frame(folder, "cow_alliance") if r["year"] == year and (r["cow_defense"] == 1 or r["cow_entente"] == 1)]
    polity = {int(r["ccode"]): r["polity2"] for r in read_frame(folder, "ccode_democracy") if r["year"] == year}
    kind = {code: (v >= 5) - (v <= -5) for code, v in polity.items()}
    pairs = itertools.combinations(sorted(NATIONS.values()), 2)
    return {
        "history": matrix_of(history),
        "disputes": matrix_of({key(r): -1.0 for r in mids}),
        "rivalry": matrix_of({key(r): -1.0 for r in rivals}),
        "dreyer": matrix_of({key(r): -1.0 for r in dreyer}),
        "alliance": matrix_of({key(r): 1.0 for r in pacts}),
        "regime": matrix_of({(a, b): float(kind.get(a, 0) * kind.get(b, 0)) for a, b in pairs}),
    }


def best_split(weight: np.ndarray) -> np.ndarray:
    """A symmetric weight -> the sides (+1, -1) of least energy, the first state on +1; of equals the first in order."""
    n = len(weight)
    codes = np.arange(2 ** (n - 1))
    sides = np.ones((len(codes), n), np.int8)
    for i in range(1, n):
        sides[:, i] = 1 - 2 * ((codes >> (i - 1)) & 1)
    s = sides.astype(np.float64)
    return np.asarray(sides[int(np.argmax(((s @ weight) * s).sum(1)))])


def run(data: Path | None) -> dict[str, float | int | str]:
    """States in the wrong camp by specification for 1938, their median, and who they are."""
    folder = data or SHARED / "data/ties/ps"
    year, out = 1938, {}
    parts = parts_of(folder, year)
    power = {int(r["ccode"]): float(r["cinc"]) for r in read_frame(folder, "cow_nmc") if r["year"] == year}
    size = np.array([power.get(code, 0.0) for code in NATIONS.values()])
    actual = np.array([-1 if name in AXIS else 1 for name in NATIONS])
    counts: list[int] = []
    for name, (wanted, root) in SPECS.items():
        own = np.sqrt(size) if root else size
        sides = best_split(sum(parts[p] for p in wanted) * np.outer(own, own))
        sides = sides if (sides != actual).sum() <= (sides == actual).sum() else -sides
        wrong = [n for n, a, b in zip(NATIONS, sides, actual, strict=True) if a != b]
        counts.append(len(wrong))
        out |= {f"{name}_wrong": len(wrong), f"{name}_who": ", ".join(wrong)}
    return out | {"median_wrong": float(median(counts)), "median_right": len(NATIONS) - float(median(counts)), "published_wrong": 2}
