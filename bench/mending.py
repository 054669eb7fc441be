"""Which enmities end in friendship and which friendships end, four windows ahead, on the 51 Correlates of War networks.

Each window is ranked from what it and earlier ones hold; the outcome is the window four years later. `reconciled`:
enmities of pairs that were never allied before, positive four years later; `ended`: friendships, gone or negative then.
AUC over all ties of all windows, and `late_` over the windows from 1966 on. Nothing is fitted; which parts the score
of endings has was chosen among nine on windows whose outcome lay before 1966, so `late_ended_auc` is kept back. That
of reconciliation is an earlier trial's. `by_window` is the mean of the windows' own AUC; intervals are of a bootstrap
over pairs of parties (200 draws), for ties of one pair in neighbouring windows are one case.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from amity.ties.signed.mending import Leaning, rank_fraying, rank_mending
from bench import SHARED, need
from bench.frustration import read_edges
from bench.keds import area

AHEAD, LATE, DRAWS = 4, 20, 200
Case = tuple[int, frozenset[object], float, bool]


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures; `data` is a folder of windows of the same form, in order of the first two digits of their names."""
    folder = need(data or SHARED / "data/ties/signed/cow")
    windows = [read_edges(p) for p in sorted(folder.glob("*.csv"), key=lambda p: int(p.stem[:2]))]
    signs = [{frozenset((a, b)): (w > 0) - (w < 0) for a, b, w in rows} for rows in windows]
    mended: list[Case] = []
    ended: list[Case] = []
    for t in range(len(windows) - AHEAD):
        past, later = windows[: t + 1], signs[t + AHEAD]
        mended += cases(t, [r for r in rank_mending(past) if not r.former], later, 1)
        ended += [(w, pair, score, not still) for w, pair, score, still in cases(t, rank_fraying(past), later, 1)]
    return {**measure("reconciled", mended), **measure("ended", ended)}


def cases(window: int, rows: list[Leaning], later: dict[frozenset[str], int], sign: int) -> list[Case]:
    """Ranked ties of a window -> each with whether it has the sign in the later one."""
    return [(window, frozenset((r.a, r.b)), r.score, later.get(frozenset((str(r.a), str(r.b))), 0) == sign) for r in rows]


def measure(name: str, rows: list[Case]) -> dict[str, float | int | str]:
    """Cases -> how many, how many came, AUC over all, late ones, and by window."""
    late = [r for r in rows if r[0] >= LATE]
    windows = [[r for r in rows if r[0] == t] for t in sorted({r[0] for r in rows})]
    by_window = [auc(held) for held in windows if 0 < sum(r[3] for r in held) < len(held)]
    low, high = bootstrap(late)
    return {
        f"{name}_ties": len(rows), f"{name}_came": sum(r[3] for r in rows), f"{name}_auc": auc(rows),
        f"{name}_by_window_auc": float(np.mean(by_window)), f"late_{name}_came": sum(r[3] for r in late), f"late_{name}_auc": auc(late),
        f"late_{name}_low": low, f"late_{name}_high": high,
    }  # fmt: skip


def auc(rows: list[Case]) -> float:
    """Area under the curve of scores against what came."""
    return area(np.array([r[2] for r in rows]), np.array([r[3] for r in rows]))


def bootstrap(rows: list[Case]) -> tuple[float, float]:
    """The 90 % interval of the area, pairs of parties drawn anew."""
    pairs = sorted({tuple(sorted(map(str, r[1]))) for r in rows})
    place = {p: i for i, p in enumerate(pairs)}
    at = np.array([place[tuple(sorted(map(str, r[1])))] for r in rows])
    score, came = np.array([r[2] for r in rows]), np.array([r[3] for r in rows])
    rng, found = np.random.default_rng(0), []
    for _ in range(DRAWS):
        times = np.bincount(rng.integers(len(pairs), size=len(pairs)), minlength=len(pairs))[at]
        drawn = np.repeat(np.arange(len(rows)), times)
        if 0 < came[drawn].sum() < len(drawn):
            found.append(area(score[drawn], came[drawn]))
    low, high = np.quantile(found, (0.05, 0.95))
    return float(low), float(high)
