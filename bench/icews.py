"""Who will do what to whom on the next day: ranks of the true answers on ICEWS, beside a recurrency baseline.

Protocol (Gastinger et al. 2023, 2024): extrapolation, single step. To rank the answers of a day everything before
it is known, validation and earlier test days included; the trees are fitted on train alone. Questions in both
directions; of the other entities only true answers of the same question on the same day are taken out; among equal
scores the rank is the mean one; entities never met stay in. MRR and hits over all facts of the scored days, twice.

`recurrency` is the simple sum that also chooses candidates, with no learning. Half-lives, weights and the options of
the trees were chosen on the validation days of ICEWS14; its test days were scored with the chosen ones only.
`python -m bench links` scores ICEWS14 test; with `--data FOLDER` another folder of the same form (train.txt,
valid.txt, test.txt, .gz or not, and the two name files): its test where there is one, else its valid.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from time import process_time

import numpy as np

from amity.outlook.links.facts import Facts
from amity.outlook.links.ranker import Ranker, RankerOptions
from amity.outlook.links.ranks import mean_reciprocal, rank_answers
from bench import SHARED, need

# Hours in a step of the files' time.
HOURS = 24


def read_names(path: Path) -> tuple[str, ...]:
    """A file of name and number -> names in order of number."""
    rows = [line.rstrip("\n").split("\t") for line in need(path).open(encoding="utf-8") if line.strip()]
    names = {int(row[1]): row[0].strip() for row in rows}
    return tuple(names.get(i, "") for i in range(max(names) + 1))


def read_part(folder: Path, part: str) -> np.ndarray | None:
    """train, valid or test -> rows of (actor, type, recipient, time), None where it is absent."""
    for path, opener in ((folder / f"{part}.txt", open), (folder / f"{part}.txt.gz", gzip.open)):
        if path.exists():
            with opener(path, "rt") as file:  # type: ignore[operator]
                return np.array([[int(x) for x in line.split()[:4]] for line in file if line.strip()], np.int64)
    return None


def read_facts(folder: Path) -> tuple[Facts, int, int]:
    """A folder -> its facts, the first day after train, and the first day that is scored."""
    parts = [read_part(need(folder), part) for part in ("train", "valid", "test")]
    held = [p for p in parts if p is not None]
    rows = np.concatenate(held)
    facts = Facts(
        read_names(folder / "entity2id.txt"),
        read_names(folder / "relation2id.txt"),
        rows[:, 0],
        rows[:, 1],
        rows[:, 2],
        rows[:, 3] // HOURS,
    )
    return facts, int(held[0][:, 3].max()) // HOURS + 1, int(held[-1][:, 3].min()) // HOURS


def run(data: Path | None, options: RankerOptions | None = None, score_from: int | None = None) -> dict[str, float | int | str]:
    """Figures on a folder's last part; `score_from` (a day) scores from there on instead."""
    start = process_time()
    facts, train_end, first = read_facts(data or SHARED / "data/outlook/ICEWS14")
    ranker = Ranker(facts, options or RankerOptions())
    ranker.learn(train_end)
    fitted = process_time()
    days = [d for d in ranker.memory.days.tolist() if d >= (score_from or first)]
    ranks, plain, chance, ever = [], [], [], []
    seen = set(zip(*(c[facts.day < train_end].tolist() for c in (facts.actor, facts.recipient)), strict=True))
    for asked, scores in ranker.score_days(days):
        ranks.append(rank_answers(scores, asked.question, asked.answer))
        plain.append(rank_answers(ranker.simple, asked.question, asked.answer))
        chance.append(rank_answers(np.zeros_like(scores), asked.question, asked.answer))
        ends = zip(asked.subject[asked.question].tolist(), asked.answer.tolist(), strict=True)
        ever.append([(a, b) in seen or (b, a) in seen for a, b in ends])
    rank, met = np.concatenate(ranks), np.concatenate(ever)
    return {
        "questions": len(rank),
        "mrr": 100.0 * mean_reciprocal(rank),
        **{f"hits_{k}": 100.0 * float((rank <= k).mean()) for k in (1, 3, 10)},
        "mrr_recurrency": 100.0 * mean_reciprocal(np.concatenate(plain)),
        "mrr_constant": 100.0 * mean_reciprocal(np.concatenate(chance)),
        "share_pairs_met_in_train": float(met.mean()),
        "mrr_pairs_met": 100.0 * mean_reciprocal(rank[met]),
        "mrr_pairs_new": 100.0 * mean_reciprocal(rank[~met]) if (~met).any() else float("nan"),
        "fit_cpu_seconds": fitted - start,
        "rank_cpu_seconds": process_time() - fitted,
    }
