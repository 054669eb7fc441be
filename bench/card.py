"""The error card: how often claims are wrong and what is missed, by kind of claim, with 95 % Wilson intervals.

Gold: the five seed reports, which no model saw, and the reports on which the judge was taught; of these each is judged by
weights taught on the others (the folds of `training/judge.py`), so that no claim counted here is one that was learnt by heart.
The totals of the seeds stand apart. A claim of a type is right where sentence, parties, direction and type are (of a status:
parties, direction and status; by source, region and outlet: parties and direction). Intervals count claims as if they were
drawn one by one; claims of one report are alike, so that the true ones are wider. Nothing is tuned here.

`python -m bench.card --keep` writes the figures to `src/amity/tables/card.json`, which `amity card` and the report show.
`--data` names a folder of gold events (`*.json`) and standings (`standing-*.json`) with their texts (`*.txt`).
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from amity.events import EventCoder
from amity.events.judge import Judge
from amity.pipeline import MAKER, Pipeline
from bench import SHARED, need
from bench.claims import write_claims
from bench.standings import gold_of as standings_of
from bench.standings import read_claims
from bench.standings import score as score_standings

TABLES = Path(__file__).resolve().parents[1] / "src" / "amity" / "tables"
CARD = TABLES / "card.json"
# Two-sided 95 %.
Z = 1.96
# The scorer's levels: same two parties and direction; and the type.
DIRECTED, TYPED = 2, 4
# How the rows follow each other.
ORDER = ("events", "events, with type", "standings", "event type", "standing", "status", "source", "outlet class", "region of the actor")

# Regions of fewer gold events than this are counted together: their rows would say nothing.
FEWEST = 10
# The row of the reports on which nothing was taught, by whatever folds.
KEPT = "the five kept from all teaching"

Tally = dict[tuple[str, str], list[int]]


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Hits of a number -> the 95 % interval of the share (Wilson 1927), 0..1; nothing known where there is none.

    >>> wilson(0, 0), [round(x, 2) for x in wilson(5, 10)]
    ((0.0, 1.0), [0.24, 0.76])
    """
    if not of:
        return 0.0, 1.0
    share, z2 = hits / of, Z * Z
    middle, reach = share + z2 / (2 * of), Z * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, (middle - reach) / (1 + z2 / of)), min(1.0, (middle + reach) / (1 + z2 / of))


def gold_of(data: Path | None) -> list[tuple[Path, Path]]:
    """Gold files with their texts."""
    folders = [(data, data)] if data else [(need(SHARED / "gold"), need(SHARED / "seeds")), (need(SHARED / "gold" / "dev"),) * 2]
    files = [(p, texts) for gold, texts in folders for p in sorted(gold.glob("*.json"))]
    rows = [(p, texts, json.loads(p.read_text(encoding="utf-8"))) for p, texts in files]
    return [(p, need(texts / row["document"])) for p, texts, row in rows if "events" in row]


@cache
def read_places() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Region by state id, by folded name of a state, and class of outlets by folded name."""
    with (TABLES / "actors" / "states.csv").open(encoding="utf-8", newline="") as stream:
        states = list(csv.DictReader(stream))
    with (TABLES / "outlets.csv").open(encoding="utf-8", newline="") as stream:
        outlets = list(csv.DictReader(stream))
    by_name = {fold(n): s["region"] for s in states for n in (s["name"], *s["aliases"].split("|")) if n}
    classes = {fold(n): o["kind"] for o in outlets for n in (o["name"], *o["aliases"].split("|")) if n}
    return {f"state:{s['iso3']}": s["region"] for s in states}, by_name, classes


def fold(name: str) -> str:
    """A name as it is compared: small letters and digits."""
    return re.sub(r"[^a-z0-9]", "", name.lower().removeprefix("the "))


def class_of(text: Path) -> str:
    """The outlet class of a report whose first line begins with its address."""
    head = text.read_text(encoding="utf-8", errors="replace")[:300].split()
    host = urlsplit(head[0]).netloc.lower() if head and head[0].startswith("http") else ""
    labels = [fold(part) for part in host.split(".")[:-1]]
    return next(
        (c for part in labels if (c := read_places()[2].get(part.removeprefix("the"))) or (c := read_places()[2].get(part))),
        "outlet not named",
    )


def told_by(row: dict[str, Any]) -> str:
    """On whose word: of a gold event or of a claim."""
    if "sources" not in row:
        return "unnamed source" if row["anonymous"] else "named source" if row["attributed_to"] else "the report's own word"
    sources = row["sources"]
    return "unnamed source" if any(s["anonymous"] for s in sources) else "named source" if sources else "the report's own word"


def region_of(row: dict[str, Any]) -> str:
    """The region of the acting state, of a gold event or of a claim."""
    by_id, by_name, _ = read_places()
    if isinstance(row["actor"], dict):
        return by_id.get(row["actor"]["side_id"].split(";")[0], "no state")
    return by_name.get(fold(row.get("actor_side") or row["actor"]), "no state")


def facets(row: dict[str, Any], text: Path) -> Iterator[tuple[str, str, Callable[[int, bool], bool]]]:
    """A gold event or claim -> the rows it counts in, and when it counts as right (level of the match, status equal)."""
    directed: Callable[[int, bool], bool] = lambda level, _: level >= DIRECTED  # noqa: E731 - said five times
    kind = row.get("event_type") or row["type"]
    yield "events", "all", directed
    yield "events, with type", "all", lambda level, _: level >= TYPED
    yield "event type", "CONCEDE" if kind == "YIELD" else kind, lambda level, _: level >= TYPED
    yield "status", row["status"], lambda level, same: level >= DIRECTED and same
    yield "source", told_by(row), directed
    yield "region of the actor", region_of(row), directed
    yield "outlet class", class_of(text), directed


def load_scorer() -> Any:
    """The shared scorer of claims."""
    sys.path.insert(0, str(need(SHARED / "score")))
    import score_claims

    return score_claims


def group_folds(pairs: list[tuple[Path, Path]], pipeline: Pipeline) -> list[tuple[EventCoder, list[tuple[Path, Path]]]]:
    """Reports that the judge was taught on -> those of each fold, with a coder whose judge was taught on the other folds."""
    from training.judge import FOLDS, THRESHOLD, fit, load_article

    articles = [load_article(gold, text.parent, pipeline, load_scorer()) for gold, text in pairs]
    folds = []
    for fold in range(FOLDS):
        taught = fit([a for i, a in enumerate(articles) if i % FOLDS != fold])
        folds.append((EventCoder(judge=Judge(taught.bias, taught.weights, THRESHOLD)), pairs[fold::FOLDS]))
    return folds


def count_events(pairs: list[tuple[Path, Path]], pipeline: Pipeline, tally: Tally, wrong: Counter[str]) -> None:
    """Gold and claims of each report -> gold, found, claims, right in each row; why things were missed or invented."""
    scorer = load_scorer()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.jsonl"
        write_claims([text for _, text in pairs], path, pipeline)
        claims = scorer.load_claims(path)
    for file, text in pairs:
        name, gold = scorer.load_gold(file)
        mine = claims.get(name, [])
        matched = scorer.match(gold, mine)
        found = {i: (level, gold[i]["status"] == mine[j]["status"]) for level, i, j in matched}
        right = {j: found[i] for _, i, j in matched}
        count_side(tally, [g["raw"] for g in gold], found, text, 0)
        count_side(tally, [c["raw"] for c in mine], right, text, 2)
        explain(scorer, gold, mine, (found, right), wrong)


def count_side(tally: Tally, rows: list[dict[str, Any]], reached: dict[int, tuple[int, bool]], text: Path, at: int) -> None:
    """Count rows of one side, and those that are right."""
    for i, row in enumerate(rows):
        for by, value, holds in facets(row, text):
            tally[by, value][at] += 1
            tally[by, value][at + 1] += holds(*reached.get(i, (0, False)))


def explain(scorer: Any, gold: list[Any], mine: list[Any], reached: tuple[dict[int, Any], dict[int, Any]], wrong: Counter[str]) -> None:
    """Why gold was missed and claims are too many: silence, other parties, the wrong way round."""
    found, right = reached
    near = lambda one, others: any(scorer.overlap(one["tokens"], o["tokens"]) >= 0.5 for o in others)  # noqa: E731
    for i, one in enumerate(gold):
        if found.get(i, (0,))[0] < DIRECTED:
            wrong[
                "missed: "
                + (
                    "the wrong way round"
                    if i in found
                    else "other parties read in its sentence"
                    if near(one, mine)
                    else "nothing read in its sentence"
                )
            ] += 1
    for j, one in enumerate(mine):
        if right.get(j, (0,))[0] < DIRECTED:
            wrong[
                "invented: "
                + (
                    "the wrong way round"
                    if j in right
                    else "other parties than its sentence has"
                    if near(one, gold)
                    else "no act in its sentence"
                )
            ] += 1


def join_regions(tally: Tally) -> None:
    """Regions with few cases become one row."""
    few = [key for key, counts in tally.items() if key[0] == "region of the actor" and counts[0] < FEWEST]
    for key in few:
        for i, count in enumerate(tally.pop(key)):
            tally["region of the actor", "other regions"][i] += count


def count_standings(data: Path | None, tally: Tally) -> None:
    """Standings by kind, by the shared scorer."""
    pairs = standings_of(data)
    for kind, row in score_standings(pairs, {text.name: list(read_claims(text)) for _, text in pairs}).items():
        by, value = ("standings", "all") if kind == "all" else ("standing", kind)
        tally[by, value] = [
            int(row["gold"]),
            round(row["recall"] * row["gold"]),
            int(row["claims"]),
            round(row["precision"] * row["claims"]),
        ]


def make_card(data: Path | None) -> dict[str, Any]:
    """The whole card: rows with intervals, totals of the seeds, what is missed and invented."""
    tally: Tally = defaultdict(lambda: [0, 0, 0, 0])
    wrong, pairs = Counter[str](), gold_of(data)
    pipeline = Pipeline()
    seeds = [p for p in pairs if data or p[0].name.startswith("seed-")]
    count_events(seeds, pipeline, tally, wrong)
    tally["events", KEPT] = list(tally["events", "all"])
    for coder, part in [] if data else group_folds([p for p in pairs if p not in seeds], pipeline):
        pipeline.coder = coder
        count_events(part, pipeline, tally, wrong)
    count_standings(data, tally)
    join_regions(tally)
    ordered = sorted(tally.items(), key=lambda r: (ORDER.index(r[0][0]), -r[1][0], r[0][1]))
    rows = [row_of(by, value, *counts) for (by, value), counts in ordered]
    return {"made_by": MAKER, "documents": len(pairs), "rows": rows, "errors": dict(wrong.most_common())}


def row_of(by: str, value: str, gold: int, found: int, claims: int, right: int) -> dict[str, Any]:
    """Counts -> a row of the card."""
    shares = {
        "precision": [right / claims if claims else None, *wilson(right, claims)],
        "recall": [found / gold if gold else None, *wilson(found, gold)],
    }
    rounded = {name: [None if x is None else round(x, 3) for x in share] for name, share in shares.items()}
    return {"by": by, "value": value, "gold": gold, "found": found, "claims": claims, "right": right, **rounded}


def run(data: Path | None) -> dict[str, float | int | str]:
    """The card as figures."""
    card = make_card(data)
    figures: dict[str, float | int | str] = {"documents": card["documents"]}
    for row in card["rows"]:
        name = re.sub(r"[^a-z0-9]+", "_", f"{row['by']} {row['value']}".lower())
        figures |= {f"{name}_{key}": row[key][0] for key in ("precision", "recall") if row[key][0] is not None}
    return figures | card["errors"]


if __name__ == "__main__":
    made = make_card(None)
    if "--keep" in sys.argv:
        CARD.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(made, indent=1))
