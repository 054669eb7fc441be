"""Weights by which documents fall into stories, learned on ECB+ topics 1-35; prints the line for `tables/incidents.yaml`.

    python -m training.incident_weights ../shared/data

Every pair of documents is a case; pairs of different topics, which are easy, count a fifth. By folds of topics the
bars `least`, `loose` and `small` are scored too, B-cubed F1 of each fold printed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from amity.incidents import table
from amity.incidents.stories import StoryTraits, group_traits, list_features, read_story
from bench.ecb import EcbDocument, read_ecb
from bench.stories import score_groups, story_text

LAST_TOPIC, FOLDS, EASY = 35, 3, 0.2


def fit(documents: Sequence[EcbDocument], traits: dict[str, StoryTraits]) -> dict[str, Any]:
    """Documents -> base and weights of a logistic regression over all pairs."""
    from sklearn.linear_model import LogisticRegression

    pairs = list(combinations(documents, 2))
    x = [list_features(traits[a.name], traits[b.name]) for a, b in pairs]
    model = LogisticRegression(C=10, max_iter=3000)
    model.fit(x, [a.story == b.story for a, b in pairs], sample_weight=[1.0 if a.topic == b.topic else EASY for a, b in pairs])
    return {"base": round(float(model.intercept_[0]), 2), "weights": [round(float(w), 2) for w in model.coef_[0]]}


def main(data: Path) -> None:
    """Score by folds, then print the weights learned on all."""
    documents = [d for d in read_ecb(data / "incidents" / "ecbplus.tar.gz") if d.topic <= LAST_TOPIC]
    traits = {d.name: read_story(story_text(d)) for d in documents}
    settings = dict(table.load_table()["stories"])
    topics = sorted({d.topic for d in documents})
    for i in range(FOLDS):
        held = set(topics[i::FOLDS])
        settings |= fit([d for d in documents if d.topic not in held], traits)
        table.load_table()["stories"] |= settings  # type: ignore[index]  # the table is a plain dict underneath
        ours = [d for d in documents if d.topic in held]
        groups = group_traits({d.name: traits[d.name] for d in ours})
        print(f"fold {i}", score_groups(groups, {d.name: d.story for d in ours}))
    settings |= fit(documents, traits)
    print("stories:", settings)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
