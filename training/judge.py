"""Train the judge of events: `python training/judge.py --gold DIR --scorer DIR --out FILE` (see README.md).

The folder holds gold (`*.json` with `document` and `events`) and its texts. A candidate is right where its
sentence's gold has its pair of sides, in its direction, in its quad class. Prints figures by folds over
documents, then fits on all and writes the weights.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, vstack
from sklearn.linear_model import LogisticRegression

from amity.actors import resolve_mentions
from amity.events import Coded, EventCoder
from amity.events.candidates import Candidate
from amity.events.headings import find_repeated
from amity.events.judge import Judge
from amity.events.slots import side_of
from amity.pipeline import Pipeline, read_documents
from amity.reading import split_sentences
from amity.records import Document, Mention, Sentence

# Features seen in fewer candidates than this are left out; inverse strength of the penalty; rounds of choosing the
# likeliest candidate. Chosen by folds; weights smaller than the last change nothing that is printed.
RAREST, STRENGTH, ROUNDS, FOLDS, LEAST_WEIGHT = 4, 0.03, 3, 5, 0.01
# Least probability of a claim. F1 is nearly flat from .15 to .2 (printed for each): the upper end claims less and is
# right more often, which readers who must answer for a line want.
THRESHOLD, THRESHOLDS = 0.2, (0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
# Grade of the scorer from which a candidate counts as right: sides, direction and quad class.
RIGHT, WHOLE = 3, 4
# How right a candidate is whose type is another of the same quad class; chosen by folds among 1, .7 and .5.
HALF_RIGHT = 0.7
# Share of a candidate's weight with which it is seen as if its sentence stood alone: judges of reports are asked of lone
# sentences too. By folds .2 to .4 change nothing for reports; on the gold records, which are lone, F1 rises by .02.
ALONE = 0.3
# Share of the shorter sentence's words that two must have in common to be one.
SAME_SENTENCE = 0.8


@dataclass
class Article:
    """One gold document with everything the judge sees of it."""

    name: str
    gold: list[dict[str, object]]
    sentences: list[Sentence]
    coded: list[Coded]
    candidates: list[tuple[int, Candidate]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)


def load_article(path: Path, texts: Path, pipeline: Pipeline, scorer: Any) -> Article:
    """Gold file -> article with candidates and labels."""
    data = json.loads(path.read_text(encoding="utf-8"))
    (document,) = read_documents([texts / data["document"]])
    assert isinstance(document, Document), document
    sentences = pipeline.reader.parse(document.id, split_sentences(document))
    mentions = resolve_mentions(sentences, pipeline.actors, document.published)
    _, gold = scorer.load_gold(str(path))
    return judge_article(Article(path.stem, gold, sentences, pipeline.code(sentences, mentions)), scorer)


def judge_article(article: Article, scorer: Any) -> Article:
    """Fill in an article's candidates and labels."""
    coder = EventCoder(judge=Judge(0.0, {}, 0.5))
    for sentence, given in zip(article.sentences, article.coded, strict=True):
        tokens = set(scorer.plain(sentence.text).split())
        near = [g for g in article.gold if scorer.overlap(g["tokens"], tokens) >= SAME_SENTENCE]
        for candidate in coder.candidates(sentence, given.mentions, given.scores, given.rest):
            article.candidates.append((sentence.index, candidate))
            article.labels.append(label_candidate(candidate, near, tokens, scorer))
    return article


def as_claim(actor: Mention, recipient: Mention, kind: str, tokens: set[str], scorer: Any) -> dict[str, object]:
    """An event in the scorer's form."""
    a, r = actor.actor, recipient.actor
    assert a is not None and r is not None
    parties = {"actor": scorer.party({"name": a.name, "side": a.side}), "recipient": scorer.party({"name": r.name, "side": r.side})}
    return {"tokens": tokens, "type": kind, "status": "", **parties}


def label_candidate(candidate: Candidate, near: list[dict[str, object]], tokens: set[str], scorer: Any) -> int:
    """Best grade that the candidate reaches against the gold of its sentence (0 none ... 4 type)."""
    claim = as_claim(candidate.actor, candidate.recipient, candidate.frame.type, tokens, scorer)
    return max((scorer.grade(g, claim) for g in near), default=0)


def index_features(articles: list[Article]) -> dict[str, int]:
    """Features that are common enough -> column."""
    counts = Counter(f for a in articles for _, c in a.candidates for f in set(c.features))
    return {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= RAREST))}


def matrix(candidates: list[Candidate], columns: dict[str, int]) -> csr_matrix:
    """Candidates -> 0/1 rows."""
    pairs = [(i, columns[f]) for i, c in enumerate(candidates) for f in sorted(set(c.features)) if f in columns]
    rows, cols = zip(*pairs, strict=True)
    return csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(candidates), len(columns)))


def group_candidates(articles: list[Article]) -> list[list[int]]:
    """Rows of all articles that say the same (sentence, type, sides): one of them carries the event, if there is one."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    row = 0
    for article in articles:
        for sentence, c in article.candidates:
            groups[article.name, sentence, c.frame.type, side_of(c.actor), side_of(c.recipient)].append(row)
            row += 1
    return list(groups.values())


def fit(articles: list[Article]) -> Judge:
    """Articles -> judge: fit on all candidates, then again and again on the likeliest of each group.

    The gold names sentences and parties, not predicates, so which candidate carries an event is itself unknown
    (multiple-instance learning by hard assignment).
    """
    columns = index_features(articles)
    x = matrix([c for a in articles for _, c in a.candidates], columns)
    alone = x @ diags([0.0 if feature.startswith("report ") else 1.0 for feature in columns]).tocsr()
    grades = np.array([label for a in articles for label in a.labels])
    groups = group_candidates(articles)
    model = fit_rows(x, alone, grades, np.arange(len(grades)))
    for _ in range(ROUNDS):
        odds = model.decision_function(x)
        model = fit_rows(x, alone, grades, np.array([max(group, key=lambda i: odds[i]) for group in groups]))
    weights = {f: round(float(model.coef_[0, i]), 3) for f, i in columns.items() if abs(model.coef_[0, i]) >= LEAST_WEIGHT}
    return Judge(round(float(model.intercept_[0]), 3), weights, 0.5)


def fit_rows(x: csr_matrix, alone: csr_matrix, grades: NDArray[np.int64], rows: NDArray[np.int64]) -> LogisticRegression:
    """Fit on some rows, with and without the rest of their reports; one that is right but for its type counts for both sides."""
    half = rows[(grades[rows] >= RIGHT) & (grades[rows] < WHOLE)]
    share = np.where((grades[rows] >= RIGHT) & (grades[rows] < WHOLE), HALF_RIGHT, 1.0)
    seen = vstack([x[rows], x[half], alone[rows], alone[half]])
    y = np.concatenate([grades[rows] >= RIGHT, np.zeros(len(half), bool)])
    weight = np.concatenate([share, np.full(len(half), 1 - HALF_RIGHT)])
    weights = np.concatenate([weight * (1 - ALONE), weight * ALONE])
    model = LogisticRegression(C=STRENGTH, max_iter=400, solver="liblinear", random_state=0)
    return model.fit(seen, np.concatenate([y, y]), sample_weight=weights)


def claims_at(article: Article, judge: Judge, threshold: float, scorer: Any) -> list[dict[str, object]]:
    """What the coder would claim with this judge and threshold."""
    coder = EventCoder(judge=Judge(judge.bias, judge.weights, threshold))
    read = zip(article.sentences, article.coded, strict=True)
    events = [coder.code(sentence, given.mentions, given.scores, given.rest)[0] for sentence, given in read]
    repeated = find_repeated(article.sentences, events, coder.codebook.types)
    out = []
    for sentence, found, again in zip(article.sentences, events, repeated, strict=True):
        tokens = set(scorer.plain(sentence.text).split())
        for e in found:
            assert e.recipient
            if e not in again:
                out.append(as_claim(e.actor, e.recipient, e.type, tokens, scorer))
    return out


def score(articles: list[Article], judges: list[Judge], threshold: float, scorer: Any) -> dict[str, float]:
    """Directed, quad and type F1 over articles, each judged by its own judge; precision and recall of directed."""
    hits: Counter[str] = Counter()
    n_claims = n_gold = 0
    for article, judge in zip(articles, judges, strict=True):
        claims = claims_at(article, judge, threshold, scorer)
        for level, _, _ in scorer.match(article.gold, claims):
            hits.update(("parties", "directed", "quad", "type")[: min(level, 4)])
        n_claims, n_gold = n_claims + len(claims), n_gold + len(article.gold)
    out = {k: 2 * v / (n_claims + n_gold) for k, v in hits.items()}
    return {
        k: round(v, 3) for k, v in (out | {"precision": hits["directed"] / max(1, n_claims), "recall": hits["directed"] / n_gold}).items()
    }


def main() -> None:
    """Fold, print, fit on all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder of gold with its texts")
    parser.add_argument("--scorer", type=Path, required=True, help="folder of score_claims.py")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    sys.path.insert(0, str(args.scorer))
    scorer = importlib.import_module("score_claims")
    pipeline = Pipeline()
    paths = [p for p in sorted(args.gold.glob("*.json")) if "events" in json.loads(p.read_text(encoding="utf-8"))]
    articles = [load_article(p, args.gold, pipeline, scorer) for p in paths]
    total = sum(len(a.candidates) for a in articles)
    print(f"{len(articles)} articles, {total} candidates, {sum(x >= RIGHT for a in articles for x in a.labels)} right", flush=True)
    judges = [Judge(0.0, {}, 0.5)] * len(articles)
    for fold in range(FOLDS):
        judge = fit([a for i, a in enumerate(articles) if i % FOLDS != fold])
        judges = [judge if i % FOLDS == fold else j for i, j in enumerate(judges)]
    for threshold in THRESHOLDS:
        print(threshold, score(articles, judges, threshold, scorer), flush=True)
    final = fit(articles)
    note = {"articles": len(articles), "candidates": total, "folds": score(articles, judges, THRESHOLD, scorer)}
    held = {"bias": final.bias, "threshold": THRESHOLD, "note": note, "weights": dict(sorted(final.weights.items()))}
    args.out.write_text(json.dumps(held, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"wrote {args.out}: {len(final.weights)} weights")


if __name__ == "__main__":
    main()
