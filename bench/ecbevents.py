"""Event mentions of ECB+ across documents: CoNLL F1 (mean of MUC, B-cubed and CEAF-e) on topics 36-45, predicted topics.

The protocol of the field: the curated sentences' event mentions are given, singletons count, documents are first put
into stories by `bench.stories`' method, and no group reaches over two of those. Everything was learned and tuned on
topics 1-35 (`training/carrier_weights.py`); the test topics were opened for the figure. `same_word_*` joins mentions
of one story whose last word has one stem, `one_each_*` none at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from amity.incidents.carriers import Carrier, group_carriers
from amity.incidents.stories import group_traits, read_story
from amity.incidents.words import stem_word
from bench import SHARED, need
from bench.ecb import TEST_TOPICS, EcbDocument, read_ecb
from bench.stories import story_text

Groups = Sequence[Iterable[str]]


def run(data: Path | None) -> dict[str, float | int | str]:
    """Figures over the test topics; `data` is another archive of the same form."""
    path = need(data or SHARED / "data" / "incidents" / "ecbplus.tar.gz")
    cases, chains = carriers_of([d for d in read_ecb(path) if d.topic in TEST_TOPICS])
    words: dict[tuple[str, str], list[str]] = defaultdict(list)
    for case in cases:
        words[case.story, stem_word(case.words.split()[-1])].append(case.id)
    figures: dict[str, float | int | str] = {"mentions": len(cases), "chains": len(set(chains.values()))}
    figures |= score_chains(group_carriers(cases), chains)
    figures |= {f"same_word_{k}": v for k, v in score_chains(list(words.values()), chains).items()}
    return figures | {f"one_each_{k}": v for k, v in score_chains([[c.id] for c in cases], chains).items()}


def carriers_of(documents: Sequence[EcbDocument], stories: Mapping[str, str] | None = None) -> tuple[list[Carrier], dict[str, str]]:
    """Documents, and the story of each unless it is to be found -> their event mentions as carriers, and the true chain of each."""
    if stories is None:
        groups = group_traits({d.name: read_story(story_text(d)) for d in documents})
        stories = {name: group[0] for group in groups for name in group}
    cases, chains = [], {}
    for d in documents:
        for i, m in enumerate(d.mentions):
            sentence, id = d.sentences[m.sentence], f"{d.name}#{i:03d}"
            first, last = min(m.tokens), max(m.tokens)
            words = " ".join(sentence[t] for t in m.tokens)
            around = " ".join(w for s in d.sentences[max(0, m.sentence - 1) : m.sentence + 2] for w in s)
            cases.append(Carrier(id, d.name, stories[d.name], words, " ".join(sentence[:first]), " ".join(sentence[last + 1 :]), around))
            chains[id] = m.chain
    return cases, chains


def score_chains(groups: Groups, chains: Mapping[str, str]) -> dict[str, float | int | str]:
    """Groups and the true chain of each mention -> F1 of MUC (Vilain 1995), B-cubed (Bagga 1998), CEAF-e (Luo 2005), their mean."""
    held: dict[str, set[str]] = defaultdict(set)
    for id, chain in chains.items():
        held[chain].add(id)
    key, said = list(held.values()), [set(g) for g in groups]
    scores = [f1(*pair) for pair in (count_links(key, said), weigh_mentions(key, said), match_entities(key, said))]
    return {"muc_f1": scores[0], "b3_f1": scores[1], "ceafe_f1": scores[2], "conll_f1": sum(scores) / 3}


def f1(precision: float, recall: float) -> float:
    """Their harmonic mean, 0 where both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def count_links(key: Sequence[set[str]], said: Sequence[set[str]]) -> tuple[float, float]:
    """MUC: of the links that hold each chain together, the share that the others keep."""

    def kept(these: Sequence[set[str]], others: Sequence[set[str]]) -> float:
        home = {id: i for i, group in enumerate(others) for id in group}
        due = sum(len(g) - 1 for g in these)
        return sum(len(g) - len({home[id] for id in g}) for g in these) / due if due else 0.0

    return kept(said, key), kept(key, said)


def weigh_mentions(key: Sequence[set[str]], said: Sequence[set[str]]) -> tuple[float, float]:
    """B-cubed: the mean over mentions of what their group and their chain share."""
    chain, group = ({id: g for g in groups for id in g} for groups in (key, said))
    shared = {id: len(chain[id] & group[id]) for id in chain}
    return sum(n / len(group[i]) for i, n in shared.items()) / len(shared), sum(n / len(chain[i]) for i, n in shared.items()) / len(shared)


def match_entities(key: Sequence[set[str]], said: Sequence[set[str]]) -> tuple[float, float]:
    """CEAF-e: the best one-to-one match of groups with chains, by the Dice coefficient."""
    from scipy.optimize import linear_sum_assignment

    home = {id: j for j, group in enumerate(said) for id in group}
    alike = np.zeros((len(key), len(said)))
    for i, chain in enumerate(key):
        for id in chain:
            alike[i, home[id]] += 1.0
    sizes = np.array([len(c) for c in key])[:, None] + np.array([len(g) for g in said])[None, :]
    alike *= 2.0 / sizes
    rows, columns = linear_sum_assignment(-alike)
    total = float(alike[rows, columns].sum())
    return total / len(said), total / len(key)
