"""Weights by which words that carry acts are joined, and which stems tell one act, learned on ECB+ topics 1-35.

    python -m training.carrier_weights ../shared/data

Writes `tables/act_words.csv` and prints the line `carriers:` for `tables/incidents.yaml`. The bar `least` is chosen on
the development topics with weights of the others; which stems are alike is learned for each fold of topics from the rest,
so that the weights do not take what is known for what will be.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from amity.incidents import carriers, table
from amity.incidents.carriers import Carrier, CarrierTraits, group_carriers, list_features, read_carriers
from bench.ecb import DEV_TOPICS, TEST_TOPICS, read_ecb
from bench.ecbevents import carriers_of, score_chains

Likes = dict[tuple[str, str], float]
FOLDS = 5
# Prior chance that two carriers of a story tell one act, with one stem and with two, and how many pairs it weighs; least odds kept.
PRIOR_SAME, PRIOR_OTHER, WEIGHT, LEAST = 0.55, 0.01, 3.0, 0.3
BARS = (-1.0, -0.75, -0.5, -0.25, 0.0, 0.25)


def count_likes(cases: Sequence[Carrier], chains: Mapping[str, str]) -> Likes:
    """Carriers with their true chains -> which stems tell one act, and which common ones tell it less than others."""
    traits = read_carriers(cases)
    hits: Counter[tuple[str, str]] = Counter()
    every: Counter[tuple[str, str]] = Counter()
    for a, b in pairs_across(cases):
        shared = traits[a.id].stems & traits[b.id].stems
        found = {(s, s) for s in shared} or {(min(x, y), max(x, y)) for x in traits[a.id].stems for y in traits[b.id].stems}
        every.update(found)
        hits.update(found if chains[a.id] == chains[b.id] else ())
    likes = {}
    for pair, n in every.items():
        prior = PRIOR_SAME if pair[0] == pair[1] else PRIOR_OTHER
        share = (hits[pair] + WEIGHT * prior) / (n + WEIGHT)
        odds = round(math.log(share / (1 - share)) - math.log(prior / (1 - prior)), 1)
        if odds >= LEAST or (pair[0] == pair[1] and odds):
            likes[pair] = odds
    return likes


def pairs_across(cases: Sequence[Carrier]) -> Iterable[tuple[Carrier, Carrier]]:
    """Pairs of one story and two documents."""
    stories: dict[str, list[Carrier]] = defaultdict(list)
    for case in cases:
        stories[case.story].append(case)
    return (pair for held in stories.values() for pair in combinations(held, 2) if pair[0].document != pair[1].document)


def fit(cases: Sequence[Carrier], chains: Mapping[str, str]) -> dict[str, Any]:
    """Carriers and chains -> base and weights of a logistic regression over the pairs of each story."""
    from sklearn.linear_model import LogisticRegression

    topics = sorted({topic_of(c) for c in cases})
    x: list[list[float]] = []
    y: list[bool] = []
    for i in range(FOLDS):
        held = set(topics[i::FOLDS])
        likes = count_likes([c for c in cases if topic_of(c) not in held], chains)
        ours = [c for c in cases if topic_of(c) in held]
        traits: Mapping[str, CarrierTraits] = read_carriers(ours)
        for a, b in carriers.pairs_within(ours):
            x.append(list_features(traits[a], traits[b], likes))
            y.append(chains[a] == chains[b])
    model = LogisticRegression(C=1.0, max_iter=2000).fit(x, y)
    return {"base": round(float(model.intercept_[0]), 2), "weights": [round(float(w), 2) for w in model.coef_[0]]}


def topic_of(case: Carrier) -> int:
    """The topic of a carrier's document."""
    return int(case.document.split("_")[0])


def install(settings: dict[str, Any], likes: Likes) -> None:
    """Put weights and likenesses in the place of the shipped ones, for this process."""
    table.load_table()["carriers"] = settings  # type: ignore[index]  # the table is a plain dict underneath
    carriers.load_likes = lambda: likes  # type: ignore[assignment]  # a cached function otherwise


def main(data: Path) -> None:
    """Choose the bar on the development topics, then learn on all of topics 1-35 and write."""
    documents = [d for d in read_ecb(data / "incidents" / "ecbplus.tar.gz") if d.topic not in TEST_TOPICS]
    cases, chains = carriers_of(documents, {d.name: d.story for d in documents})
    train = [c for c in cases if topic_of(c) not in DEV_TOPICS]
    settings, likes = fit(train, chains), count_likes(train, chains)
    develop, truth = carriers_of([d for d in documents if d.topic in DEV_TOPICS])
    scored = {}
    for bar in BARS:
        install(settings | {"least": bar}, likes)
        scored[bar] = score_chains(group_carriers(develop), truth)["conll_f1"]
        print(bar, round(float(scored[bar]), 4))
    best = max(scored, key=lambda bar: scored[bar])
    print("carriers:", fit(cases, chains) | {"least": best})
    with (Path(__file__).parents[1] / "src/amity/tables/act_words.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("one", "other", "odds"))
        rows.writerows((*pair, odds) for pair, odds in sorted(count_likes(cases, chains).items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
