"""Next-day sign of the events of a pair, on KEDS: the tie filter beside the base rate and smoothed counts.

What is scored: every event of the Levant file between two different parties, a party being the first three
letters of its code (ISRMIL is ISR, as a side is in amity), leaving out parties unknown or not coded (UNK,
---, ***) and neutral comment (WEIS 02). Each is foreseen from the pair's events of earlier days only, the
pair's first day from the prior. Parameters come from the Gulf file alone (`python -m bench.keds`).

WEIS cue categories: 01 yield, 03 consult, 04 approve, 05 promise, 06 grant, 07 reward, 08 agree, 09 request,
10 propose are cooperative; 11 reject, 12 accuse, 13 protest, 14 deny, 15 demand, 16 warn, 17 threaten,
18 demonstrate, 19 reduce relations, 20 expel, 21 seize, 22 force are conflictual. 02 comment takes either
tone and is left out; a second run counts it as cooperative, as it is in some tables.

Beside it, `busy_*`: requests (09) left out too and only pairs of 70 events or more, 117,930 events with a
base rate of .690: the nearest we come to the 117,446 events (base .691) of an earlier trial, whose choice of
events was not written down.

`events_per_second_*`: the filter with company, compiled where numba is installed (the extra `fast`); `_plain` without it.

Source: Kansas Event Data System, Levant and Gulf files as kept at github.com/bavla/Nets.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import process_time
from unittest import mock

import numpy as np

from amity.records import DatedEvent
from amity.ties import walk
from amity.ties.cells import cells_of, rows_of
from amity.ties.filter import chance, informative, run_filter
from amity.ties.foresight import foresee_rows, run_model
from amity.ties.options import DENSE, Z90, TieOptions
from amity.worlds import WorldOptions, make_world
from bench import SHARED, need

COOPERATIVE, CONFLICTUAL, NEUTRAL = range(1, 11), range(11, 23), {2}
# Deeds rather than words: yield, grant, reward; demonstrate, reduce relations, expel, seize, force.
MATERIAL = {1, 6, 7, 18, 19, 20, 21, 22}
NOBODY = re.compile(r"UNK|---|\*\*\*|^$")
EPOCH = date(1970, 1, 1).toordinal()
# Mean score of the events of each WEIS category, -10..10, after Goldstein (1992); 02 tells neither way.
SCORES = {1: 0.6, 2: 0.0, 3: 1.5, 4: 3.5, 5: 4.5, 6: 2.2, 7: 7.4, 8: 4.8, 9: 0.5, 10: 0.8} | {
    11: -4.0, 12: -2.5, 13: -2.2, 14: -1.0, 15: -4.9, 16: -3.0, 17: -6.0, 18: -6.0, 19: -4.5, 20: -5.0, 21: -7.5, 22: -9.3
}  # fmt: skip
# Half-life (days) and weight of the prior of the smoothed counts: the best of a grid on the Gulf file.
SMOOTH_HALF_LIFE, SMOOTH_PRIOR = 120.0, 4.0


def read_weis(path: Path, neutral: Collection[int] = NEUTRAL, whole: bool = False) -> list[DatedEvent]:
    """A KEDS archive -> its signed events between sides, or with `whole` codes between acting parties of different sides.

    Rows without date, code or second party are passed over.
    """
    with zipfile.ZipFile(need(path)) as archive:
        member = next(n for n in archive.namelist() if n.lower().endswith(".dat"))
        text = archive.read(member).decode("latin-1")
    return list(_events(text, neutral, whole))


def _events(text: str, neutral: Collection[int], whole: bool) -> Iterator[DatedEvent]:
    for line in re.split(r"[\r\n]+", text):
        fields = [f.strip() for f in line.split("\t")] if "\t" in line else line.split()
        if len(fields) < 4 or not re.fullmatch(r"\d{6}", fields[0]) or not re.match(r"\d\d", fields[3]):
            continue
        a, b, root = fields[1][:3], fields[2][:3], int(fields[3][:2])
        if a == b or NOBODY.search(a) or NOBODY.search(b) or not 1 <= root <= 22 or root in neutral:
            continue
        year, month, day = int(fields[0][:2]), int(fields[0][2:4]), int(fields[0][4:])
        number = date(year + (1900 if year > 50 else 2000), month, day).toordinal() - EPOCH
        ends = (fields[1], fields[2]) if whole else (a, b)
        yield DatedEvent(number, *ends, (1 if root in COOPERATIVE else 3) + (root in MATERIAL), SCORES[root], type=f"{root:02d}")


def foresee(events: list[DatedEvent], options: TieOptions) -> tuple[np.ndarray, np.ndarray]:
    """Events -> the chance given to each to be cooperative, and whether it was."""
    rows = rows_of(events, side_of)
    return foresee_rows(rows, options), rows.good


def side_of(party: str) -> str:
    """The side of a coded party: its first three letters."""
    return party[:3]


def smooth(events: list[DatedEvent], half_life: float, prior: float, base: float) -> np.ndarray:
    """Events -> the chance by exponentially smoothed counts of the pair, of earlier days only."""
    rows = rows_of(events)
    cells = cells_of(rows)
    out = np.empty(len(cells.day))
    good = total = 0.0
    last_pair, last_day = -1, 0
    for i, (pair, day, g, n) in enumerate(zip(*(c.tolist() for c in (cells.pair, cells.day, cells.good, cells.total)), strict=True)):
        fade = 0.5 ** ((day - last_day) / half_life) if pair == last_pair else 0.0
        good, total = good * fade, total * fade
        out[i] = (good + prior * base) / (total + prior)
        good, total, last_pair, last_day = good + g, total + n, pair, day
    return out[cells.of_row]


def log_loss(p: np.ndarray, good: np.ndarray) -> float:
    """Mean of -log of the chance given to what came, in nats."""
    return float(-np.log(np.where(good, p, 1.0 - p)).mean())


def area(p: np.ndarray, good: np.ndarray) -> float:
    """Area under the ROC curve, ties as halves."""
    _, place, counts = np.unique(p, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2.0)[place]
    hits = int(good.sum())
    return float((rank[good].sum() - hits * (hits + 1) / 2.0) / (hits * (len(p) - hits)))


def calibration(p: np.ndarray, good: np.ndarray, bins: int = 15) -> float:
    """Expected calibration error over bins of equal width."""
    place = np.minimum((p * bins).astype(int), bins - 1)
    gap = np.bincount(place, p, bins) - np.bincount(place, good, bins)
    return float(np.abs(gap).sum() / len(p))


def coverage(events: list[DatedEvent], options: TieOptions, least: int = 5) -> float:
    """Share of pair-days of some events whose count of cooperative ones lies in its 90 % predictive interval.

    The predictive law: as many independent events as the day is worth, spread by the interval before. The
    share seen is compared with the normal approximation around its mean, so 0.90 is only nearly due.
    """
    rows = rows_of(events)
    model = run_model(rows, int(rows.day.max()), options)
    cells, track = model.cells, model.track
    many = cells.total >= least
    p = chance(track.before, track.before_var)[many]
    worth = informative(cells.total, options)[many]
    # Variance of p by 9 points of the normal, plus the binomial one of so few independent events.
    points, weights = np.polynomial.hermite_e.hermegauss(9)
    odds = track.before[many, None] + np.sqrt(track.before_var[many, None]) * points
    spread = ((1.0 / (1.0 + np.exp(-odds)) - p[:, None]) ** 2 * weights).sum(1) / weights.sum()
    reach = Z90 * np.sqrt(spread * (1.0 - 1.0 / worth) + p * (1.0 - p) / worth)
    share = cells.good[many] / cells.total[many]
    return float((np.abs(share - p) <= reach).mean())


def speed(events: list[DatedEvent], options: TieOptions) -> float:
    """Events per second of processor time from columns to the state of every pair on every day, with company, the best of ten."""
    rows, best = rows_of(events), np.inf
    for _ in range(10):
        start = process_time()
        run_model(rows, int(rows.day.max()), options)
        best = min(best, process_time() - start)
    return len(rows.day) / best


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures on the Levant file (or `data`, an archive of the same form); parameters from the Gulf file."""
    folder = SHARED / "data/ties/keds"
    events = read_weis(data or folder / "LevantR.zip")
    gulf = read_weis(folder / "gulfAllR.zip")
    base = sum(e.quad <= 2 for e in gulf) / len(gulf)
    whole = read_weis(data or folder / "LevantR.zip", whole=True)
    p, good = foresee(events, DENSE)
    ways = {
        "base": np.full(len(p), base),
        "smooth": smooth(events, SMOOTH_HALF_LIFE, SMOOTH_PRIOR, base),
        "pairs": foresee(events, replace(DENSE, company=(), party_sd=0.0, mean=1.0))[0],
        "ties": p,
    }
    figures: dict[str, float | int | str] = {
        "events": len(p),
        "pairs": len(rows_of(events).pairs),
        "cooperative": float(good.mean()),
        "scored": "all signed events between two 3-letter parties; 02 comment, UNK, --- left out; earlier days only",
    }
    parties, same = foresee(whole, DENSE)
    figures |= {"parties_logloss": log_loss(parties, same), "parties_auc": area(parties, same), "parties_ece": calibration(parties, same)}
    figures |= few(events, {"pairs": ways["pairs"], "ties": p}, good)
    for name, value in ways.items():
        figures |= {f"{name}_logloss": log_loss(value, good), f"{name}_auc": area(value, good), f"{name}_ece": calibration(value, good)}
    for least in (3, 5, 10):
        figures[f"coverage90_days_of_{least}"] = coverage(events, DENSE, least)
        figures[f"gulf_coverage90_days_of_{least}"] = coverage(gulf, DENSE, least)
    figures["gulf_logloss"] = log_loss(*foresee(gulf, DENSE))
    figures["logloss_comment_cooperative"] = log_loss(*foresee(read_weis(data or folder / "LevantR.zip", {}), DENSE))
    figures |= busy(read_weis(data or folder / "LevantR.zip", {2, 9}))
    wide = make_world(1, 60, 300, WorldOptions(rate=1.0)).events
    sides = replace(DENSE, party_sd=0.0)
    for name, least in (("", walk.MANY_CELLS), ("_plain", len(events) + len(wide))):
        with mock.patch.object(walk, "MANY_CELLS", least):
            figures[f"events_per_second{name}"] = round(speed(events, sides))
            figures[f"events_per_second_1770_pairs{name}"] = round(speed(list(wide), sides))
            figures[f"events_per_second_1770_pairs_two_ways{name}"] = round(speed(list(wide), DENSE))
    return figures


def few(events: list[DatedEvent], ways: dict[str, np.ndarray], good: np.ndarray, most: int = 20) -> dict[str, float | int | str]:
    """Log loss over pairs of fewer events, where company must speak."""
    pair = rows_of(events).pair
    rare = np.bincount(pair)[pair] < most
    return {"few_events": int(rare.sum())} | {f"few_{name}_logloss": log_loss(p[rare], good[rare]) for name, p in ways.items()}


def busy(events: list[DatedEvent], least: int = 70) -> dict[str, float | int | str]:
    """Figures over pairs of many events."""
    pair = rows_of(events).pair
    p, good = (values[np.bincount(pair)[pair] >= least] for values in foresee(events, DENSE))
    share = np.full(len(p), good.mean())
    return {
        "busy_events": len(p),
        "busy_base_logloss": log_loss(share, good),
        "busy_ties_logloss": log_loss(p, good),
        "busy_ties_auc": area(p, good),
        "busy_ties_ece": calibration(p, good),
    }


def tune(loss: Callable[[np.ndarray], float], at: np.ndarray, step: float = 0.4, rounds: int = 40) -> np.ndarray:
    """Coordinate search with shrinking steps -> the arguments of the least loss found."""
    best = loss(at)
    for _ in range(rounds):
        moved = False
        for i in range(len(at)):
            for sign in (1.0, -1.0):
                trial = at.copy()
                trial[i] += sign * step
                value = loss(trial)
                if value < best - 1e-6:
                    at, best, moved = trial, value, True
                    break
        step = step if moved else step / 2.0
        if step < 0.02:
            break
        print(f"{best:.5f} step {step:.3f} {np.round(at, 3).tolist()}", flush=True)
    return at


def options_at(x: np.ndarray) -> TieOptions:
    """Free numbers (log half-lives, log sds, mean, logit of correlation) -> options."""
    k = (len(x) - 2) // 2
    rho = float(1.0 / (1.0 + np.exp(-x[-1])))
    return replace(DENSE, half_lives=tuple(np.exp(x[:k])), sds=tuple(np.exp(x[k : 2 * k])), mean=float(x[-2]), day_correlation=rho)


def main() -> None:
    """Tune one, two and three states on the Gulf file and print what is found."""
    rows = rows_of(read_weis(SHARED / "data/ties/keds/gulfAllR.zip"))
    cells = cells_of(rows)

    def loss(x: np.ndarray) -> float:
        track = run_filter(cells, options_at(x))
        p = chance(track.before, track.before_var)
        return float(-(cells.good * np.log(p) + (cells.total - cells.good) * np.log(1.0 - p)).sum() / cells.total.sum())

    for half_lives in [(30.0,), (10.0, 1000.0), (5.0, 60.0, 3000.0)]:
        k = len(half_lives)
        start = np.concatenate([np.log(half_lives), np.log(np.full(k, 1.0)), [0.0, -2.0]])
        print(k, options_at(tune(loss, start)), flush=True)


if __name__ == "__main__":
    sys.exit(main())
