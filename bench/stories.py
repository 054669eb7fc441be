"""ECB+ documents into stories: B-cubed F1 over topics 36-45 (206 documents and their 20 stories).

Weights and bars were learned and tuned on topics 1-35 (by folds of topics); the test topics were opened for the figure.
A document is its text alone: the address in its first line is left out, since it often spells the story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from amity.incidents.stories import group_traits, read_story
from bench import SHARED, need
from bench.ecb import TEST_TOPICS, EcbDocument, read_ecb


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures over the test topics; `data` is another archive of the same form."""
    path = need(data or SHARED / "data" / "incidents" / "ecbplus.tar.gz")
    documents = [d for d in read_ecb(path) if d.topic in TEST_TOPICS]
    groups = group_traits({d.name: read_story(story_text(d)) for d in documents})
    stories = {d.name: d.story for d in documents}
    for group in groups:
        print(f"{len(group):3d} {dict(Counter(stories[n] for n in group))}")
    return score_groups(groups, stories)


def story_text(document: EcbDocument) -> str:
    """A document's sentences as lines, addresses left out."""
    return "\n".join(" ".join(s) for s in document.sentences if s and not s[0].startswith("http"))


def score_groups(groups: Sequence[tuple[str, ...]], truth: Mapping[str, str]) -> dict[str, float | int | str]:
    """Groups of names and the true story of each -> B-cubed precision, recall and F1, and how many groups for how many stories."""
    members: dict[str, set[str]] = defaultdict(set)
    for name, story in truth.items():
        members[story].add(name)
    home = {name: set(group) for group in groups for name in group}
    overlap = {name: len(home[name] & members[truth[name]]) for name in truth}
    precision = sum(overlap[n] / len(home[n]) for n in truth) / len(truth)
    recall = sum(overlap[n] / len(members[truth[n]]) for n in truth) / len(truth)
    return {
        "b3_precision": precision,
        "b3_recall": recall,
        "b3_f1": 2 * precision * recall / (precision + recall),
        "groups": len(groups),
        "stories": len(members),
        "documents": len(truth),
    }
