"""Train the judge of events: `python training/judge.py --gold DIR [DIR ...] --out FILE` (see README.md).

Each folder holds gold (`*.json` with `document` and `events`) and its texts beside it or in `--texts`. A candidate is
right where its sentence's gold has its pair of sides, in its direction, in its quad class. Prints figures by folds
over documents, then fits on all and writes the weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from amity.actors import resolve_mentions
from amity.events import EventCoder, load_codebook
from amity.events.candidates import Candidate
from amity.events.judge import Judge
from amity.pipeline import Pipeline, read_documents
from amity.reading import split_sentences
from amity.records import Document, Mention, Sentence

# Features seen in fewer candidates than this are left out; inverse strength of the penalty. Both chosen by folds.
RAREST, STRENGTH, FOLDS = 4, 0.35, 5
SHARE_OF_SIDE_MATCHES = 1.0


@dataclass
class Article:
    """One gold document with everything the judge sees of it."""

    name: str
    gold: list[dict[str, object]]
    sentences: list[Sentence]
    mentions: list[list[Mention]]
    candidates: list[tuple[int, Candidate]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)


def load_article(path: Path, texts: Path, pipeline: Pipeline, scorer: object) -> Article:
    """Gold file -> article with candidates and labels."""
    data = json.loads(path.read_text(encoding="utf-8"))
    (document,) = read_documents([texts / data["document"]])
    assert isinstance(document, Document), document
    sentences = pipeline.reader.parse(document.id, split_sentences(document))
    mentions = resolve_mentions(sentences, pipeline.actors, document.published)
    _, gold = scorer.load_gold(str(path))  # type: ignore[attr-defined]
    article = Article(path.stem, gold, sentences, mentions)
    coder = EventCoder(judge=Judge(0.0, {}, 0.5))
    for sentence, parties in zip(sentences, mentions, strict=True):
        tokens = set(scorer.plain(sentence.text).split())  # type: ignore[attr-defined]
        near = [g for g in gold if scorer.overlap(g["tokens"], tokens) >= 0.5]  # type: ignore[attr-defined]
        for candidate in coder.candidates(sentence, parties):
            article.candidates.append((sentence.index, candidate))
            article.labels.append(label_candidate(candidate, near, tokens, scorer))
    return article


def as_claim(candidate: Candidate, tokens: set[str], scorer: object) -> dict[str, object]:
    """Candidate in the scorer's form."""
    a, r = candidate.actor.actor, candidate.recipient.actor
    assert a is not None and r is not None
    party = scorer.party  # type: ignore[attr-defined]
    return {"tokens": tokens, "actor": party({"name": a.name, "side": a.side}), "recipient": party({"name": r.name, "side": r.side}),
            "type": candidate.frame.type, "status": ""}  # fmt: skip


def label_candidate(candidate: Candidate, near: list[dict[str, object]], tokens: set[str], scorer: object) -> int:
    """Best grade that the candidate reaches against the gold of its sentence (0 none ... 4 type)."""
    claim = as_claim(candidate, tokens, scorer)
    return max((scorer.grade(g, claim) for g in near), default=0)  # type: ignore[attr-defined]


def index_features(articles: list[Article]) -> dict[str, int]:
    """Features that are common enough -> column."""
    counts = Counter(f for a in articles for _, c in a.candidates for f in set(c.features))
    return {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= RAREST))}


def matrix(candidates: list[Candidate], columns: dict[str, int]) -> csr_matrix:
    """Candidates -> 0/1 rows."""
    rows, cols = [], []
    for i, candidate in enumerate(candidates):
        for f in set(candidate.features):
            if f in columns:
                rows.append(i)
                cols.append(columns[f])
    return csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(candidates), len(columns)))


def fit(articles: list[Article]) -> Judge:
    """Articles -> judge."""
    columns = index_features(articles)
    x = matrix([c for a in articles for _, c in a.candidates], columns)
    y = np.array([label >= 3 for a in articles for label in a.labels])
    model = LogisticRegression(C=STRENGTH, max_iter=400, solver="liblinear").fit(x, y)
    weights = {f: round(float(model.coef_[0, i]), 3) for f, i in columns.items() if abs(model.coef_[0, i]) >= 0.005}
    return Judge(round(float(model.intercept_[0]), 3), weights, 0.5)


def claims_at(article: Article, judge: Judge, threshold: float, scorer: object) -> list[dict[str, object]]:
    """What the coder would claim with this judge and threshold."""
    coder = EventCoder(judge=Judge(judge.bias, judge.weights, threshold))
    out = []
    for sentence, parties in zip(article.sentences, article.mentions, strict=True):
        tokens = set(scorer.plain(sentence.text).split())  # type: ignore[attr-defined]
        for e in coder.code(sentence, parties)[0]:
            assert e.recipient and e.actor.actor and e.recipient.actor
            party = scorer.party  # type: ignore[attr-defined]
            out.append({"tokens": tokens, "actor": party({"name": e.actor.actor.name, "side": e.actor.actor.side}),
                        "recipient": party({"name": e.recipient.actor.name, "side": e.recipient.actor.side}),
                        "type": e.type, "status": ""})  # fmt: skip
    return out


def score(articles: list[Article], judges: list[Judge], threshold: float, scorer: object) -> dict[str, float]:
    """Directed, quad and type F1 over articles, each judged by its own judge."""
    hits, n_claims, n_gold = Counter(), 0, 0
    for article, judge in zip(articles, judges, strict=True):
        claims = claims_at(article, judge, threshold, scorer)
        for level, _, _ in scorer.match(article.gold, claims):  # type: ignore[attr-defined]
            hits.update(("parties", "directed", "quad", "type")[: min(level, 4)])
        n_claims, n_gold = n_claims + len(claims), n_gold + len(article.gold)
    out = {k: 2 * v / (n_claims + n_gold) for k, v in hits.items()}
    return out | {"precision": hits["directed"] / max(1, n_claims), "recall": hits["directed"] / n_gold}


def main() -> None:
    """Fold, print, fit on all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="one folder of texts for each --gold file pattern")
    parser.add_argument("--scorer", type=Path, required=True, help="folder of score_claims.py")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    sys.path.insert(0, str(args.scorer))
    import score_claims as scorer

    load_codebook.cache_clear()
    pipeline = Pipeline()
    articles = []
    for folder, texts in zip(args.gold, args.texts, strict=True):
        paths = [p for p in sorted(folder.glob("*.json")) if "events" in json.loads(p.read_text(encoding="utf-8"))]
        articles += [load_article(p, texts, pipeline, scorer) for p in paths]
    total = sum(len(a.candidates) for a in articles)
    print(f"{len(articles)} articles, {total} candidates, {sum(x >= 3 for a in articles for x in a.labels)} right", flush=True)
    reach = [{(s, g) for (s, c), x in zip(a.candidates, a.labels, strict=True) if x >= 2 for g in [0]} for a in articles]
    assert reach
    judges: list[Judge] = [Judge(0, {}, 0.5)] * len(articles)
    for fold in range(FOLDS):
        held = [i for i in range(len(articles)) if i % FOLDS == fold]
        judge = fit([a for i, a in enumerate(articles) if i not in held])
        for i in held:
            judges[i] = judge
    best = (0.0, 0.5)
    for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        figures = score(articles, judges, threshold, scorer)
        print(threshold, {k: round(v, 3) for k, v in figures.items()}, flush=True)
        best = max(best, (figures["directed"] + figures["quad"], threshold))
    final = fit(articles)
    note = {"candidates": total, "articles": len(articles), "folds": score(articles, judges, best[1], scorer)}
    args.out.write_text(
        json.dumps({"bias": final.bias, "threshold": best[1], "note": note, "weights": dict(sorted(final.weights.items()))}, indent=0),
        encoding="utf-8",
    )
    print(f"wrote {args.out}: {len(final.weights)} weights, threshold {best[1]}")


if __name__ == "__main__":
    main()
