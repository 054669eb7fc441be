"""Whether pairs of names are told apart or joined, on 500 hard pairs: same surname, same acronym, father and son, parent and wing.

`tests/actors/pairs.csv` gives names and, where a report would tell it, the side; whether the tables hold the
actors is not used. The weights of `likeness` were set on the odd rows; the even ones are the figure. Also how
long it takes to find candidates among 20,000 made-up names. `--data` takes another table of the same form.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

from amity.actors.blocking import block_keys, find_candidates
from amity.actors.likeness import PROPOSED, Profile, compare
from bench.texts import read_cases

# Made-up names are built of these, so that many share words, as real ones do.
_PARTS = ("al", "ben", "dar", "go", "ha", "jin", "ka", "lo", "mar", "nur", "os", "pe", "ra", "sa", "ti", "um", "va", "wi", "yu", "zo")


def run(data: Path | None) -> dict[str, float | int | str]:
    """Recall and wrong merges of each half and of both, the least wrong merges at 90 % recall, and the cost of blocking."""
    cases = read_cases("pairs.csv", data)
    out: dict[str, float | int | str] = {"pairs": len(cases)}
    for name, half in (("odd rows", cases[::2]), ("even rows", cases[1::2]), ("all rows", cases)):
        scores = [(score_pair(c), c["same"] == "yes") for c in half]
        merged = [same for chance, same in scores if chance >= PROPOSED]
        wanted = sum(same for _, same in scores)
        out[f"{name}: recall"] = sum(merged) / max(1, wanted)
        out[f"{name}: wrong merges"] = (len(merged) - sum(merged)) / max(1, len(scores) - wanted)
        out[f"{name}: wrong at 90 % recall"] = wrong_at(scores, 0.9)
    return out | blocking_cost(20_000)


def score_pair(case: dict[str, str]) -> float:
    """The chance that the two names are one; 0 where they share no block and so are never compared."""
    a, b = (Profile(f"{'person' if case['kind'] == 'person' else 'unknown'}:{x}", (case[x],), case[f"{x}_side"]) for x in ("a", "b"))
    return compare(a, b).chance if block_keys(a.names) & block_keys(b.names) else 0.0


def wrong_at(scores: list[tuple[float, bool]], recall: float) -> float:
    """Share of different pairs joined at the threshold that joins this share of the same ones."""
    same = sorted((c for c, s in scores if s), reverse=True)
    threshold = same[max(0, round(recall * len(same)) - 1)]
    others = [c for c, s in scores if not s]
    return sum(c >= threshold and c > 0 for c in others) / max(1, len(others))


def blocking_cost(count: int) -> dict[str, float | int | str]:
    """Seconds of CPU to find candidates among made-up names, one in twenty of which is a respelling of another."""
    chosen = random.Random(0)
    words = ["".join(chosen.choices(_PARTS, k=chosen.randint(2, 4))).title() for _ in range(count // 4)]
    names = [" ".join(chosen.choices(words, k=chosen.randint(2, 3))) for _ in range(count)]
    for i in range(0, count, 20):
        names[i] = names[i - 1].replace("o", "u", 1) if i else names[i]
    profiles = [Profile(f"unknown:{i}", (name,)) for i, name in enumerate(names)]
    started = time.process_time()
    found = sum(1 for _ in find_candidates(profiles))
    return {"names blocked": count, "candidates": found, "seconds of CPU": time.process_time() - started}
