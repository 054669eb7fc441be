"""Documents of ECB+ into stories: TF-IDF of words and pairs with average linkage, its cut tuned on topics 1-35 as ours."""

from __future__ import annotations

from collections import defaultdict
from time import process_time

from amity.incidents.stories import group_traits, read_story
from bench import SHARED, need
from bench.ecb import TEST_TOPICS, read_ecb
from bench.stories import score_groups, story_text

# Cosine distances tried as the cut.
CUTS = [0.5 + 0.02 * i for i in range(25)]


def link(texts: list[str], names: list[str], cuts: list[float]) -> list[list[tuple[str, ...]]]:
    """Texts -> the groups at each cut."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform
    from sklearn.feature_extraction.text import TfidfVectorizer

    matrix = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, stop_words="english").fit_transform(texts)
    far = 1.0 - (matrix @ matrix.T).toarray()
    far[range(len(names)), range(len(names))] = 0.0
    tree = linkage(squareform(far.clip(0.0), checks=False), "average")
    found = []
    for cut in cuts:
        groups = defaultdict(list)
        for name, label in zip(names, fcluster(tree, cut, "distance").tolist(), strict=True):
            groups[label].append(name)
        found.append([tuple(g) for g in groups.values()])
    return found


def run() -> dict[str, float | int | str]:
    """B-cubed F1 over topics 36-45, and seconds, of both."""
    documents = list(read_ecb(need(SHARED / "data/incidents/ecbplus.tar.gz")))
    parts = {True: [d for d in documents if d.topic in TEST_TOPICS], False: [d for d in documents if d.topic not in TEST_TOPICS]}
    truth = {part: {d.name: d.story for d in held} for part, held in parts.items()}
    texts = {part: [story_text(d) for d in held] for part, held in parts.items()}
    tried = link(texts[False], list(truth[False]), CUTS)
    best = max(range(len(CUTS)), key=lambda i: float(score_groups(tried[i], truth[False])["b3_f1"]))
    start = process_time()
    theirs = score_groups(link(texts[True], list(truth[True]), [CUTS[best]])[0], truth[True])
    middle = process_time()
    ours = score_groups(group_traits({d.name: read_story(text) for d, text in zip(parts[True], texts[True], strict=True)}), truth[True])
    end = process_time()
    return {
        "documents": len(truth[True]), "b3_f1_amity": ours["b3_f1"], "b3_f1_peer": theirs["b3_f1"], "groups_amity": ours["groups"],
        "groups_peer": theirs["groups"], "cpu_s_amity": end - middle, "cpu_s_peer": middle - start,
        "peer": f"scikit-learn TF-IDF, average linkage, cut {CUTS[best]:.2f}",
    }  # fmt: skip
