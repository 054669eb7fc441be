"""The next act of a pair on KEDS Levant: fading counts (EWMA) tuned on Gulf; turns by PELT (ruptures) on the test labels."""

from __future__ import annotations

from time import process_time

from amity.ties.options import DENSE
from bench import SHARED, ruptures
from bench.keds import SMOOTH_HALF_LIFE, SMOOTH_PRIOR, area, foresee, log_loss, read_weis, smooth


def run() -> dict[str, float | int | str]:
    """Log loss and AUC of both on the same events; recall of turns and other turns a pair and year of both."""
    folder = SHARED / "data/ties/keds"
    events, gulf = read_weis(folder / "LevantR.zip"), read_weis(folder / "gulfAllR.zip")
    base = sum(e.quad <= 2 for e in gulf) / len(gulf)
    start = process_time()
    ours, good = foresee(events, DENSE)
    middle = process_time()
    theirs = smooth(events, SMOOTH_HALF_LIFE, SMOOTH_PRIOR, base)
    end = process_time()
    turns = ruptures.run(None)
    return {
        "events": len(good), "logloss_amity": log_loss(ours, good), "logloss_peer": log_loss(theirs, good), "auc_amity": area(ours, good),
        "auc_peer": area(theirs, good), "cpu_s_amity": middle - start, "cpu_s_peer": end - middle, "peer": "EWMA; PELT of ruptures",
        "turns_recall_amity": turns["test_recall"], "turns_recall_peer": turns.get("peer_recall", "ruptures is not installed"),
        "turns_extra_amity": turns["test_extra_per_pair_year"], "turns_extra_peer": turns.get("peer_extra_per_pair_year", ""),
    }  # fmt: skip
