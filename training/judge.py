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
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from amity.actors import resolve_mentions
from amity.events import EventCoder, spans_of
from amity.events.candidates import Candidate
from amity.events.judge import Judge
from amity.events.slots import side_of
from amity.language import load_acts
from amity.pipeline import Pipeline, read_documents
from amity.reading import split_sentences
from amity.records import ActScores, Document, Mention, Sentence, Stretch
from written import FILLS, fill_sentences

# Features seen in fewer candidates than this are left out; inverse strength of the penalty; rounds of choosing the
# likeliest candidate. Chosen by folds; weights smaller than the last change nothing that is printed.
RAREST, STRENGTH, ROUNDS, FOLDS, LEAST_WEIGHT = 4, 0.1, 3, 5, 0.01
# Least probability of a claim. F1 is nearly flat from .15 to .30 (printed for each): the upper end claims less and is
# right more often, which readers who must answer for a line want.
THRESHOLD, THRESHOLDS = 0.3, (0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
# Weight of a candidate from a written sentence beside one from an article: there are three fills of each.
WRITTEN = 0.3
# Weight of a candidate from a report, and the day on which the reports are read (offices change hands).
WEIGHTS, REPORTED = {"written": WRITTEN, "report": 1.0}, "2024-05-01"
# Grade of the scorer from which a candidate counts as right: sides, direction and quad class.
RIGHT = 3
# Share of the shorter sentence's words that two must have in common to be one.
SAME_SENTENCE = 0.8


@dataclass
class Article:
    """One gold document with everything the judge sees of it."""

    name: str
    kind: str
    gold: list[dict[str, object]]
    sentences: list[Sentence]
    mentions: list[list[Mention]]
    candidates: list[tuple[int, Candidate]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    scores: list[ActScores | None] = field(default_factory=list)


def load_article(path: Path, texts: Path, pipeline: Pipeline, scorer: Any) -> Article:
    """Gold file -> article with candidates and labels."""
    data = json.loads(path.read_text(encoding="utf-8"))
    (document,) = read_documents([texts / data["document"]])
    assert isinstance(document, Document), document
    sentences = pipeline.reader.parse(document.id, split_sentences(document))
    mentions = resolve_mentions(sentences, pipeline.actors, document.published)
    _, gold = scorer.load_gold(str(path))
    return judge_article(Article(path.stem, "gold", gold, sentences, mentions), scorer)


def judge_article(article: Article, scorer: Any) -> Article:
    """Fill in an article's candidates and labels."""
    coder = EventCoder(judge=Judge(0.0, {}, 0.5))
    article.scores = load_acts().read(article.sentences, [spans_of(parties) for parties in article.mentions])
    for sentence, parties, scores in zip(article.sentences, article.mentions, article.scores, strict=True):
        tokens = set(scorer.plain(sentence.text).split())
        near = [g for g in article.gold if scorer.overlap(g["tokens"], tokens) >= SAME_SENTENCE]
        for candidate in coder.candidates(sentence, parties, scores):
            article.candidates.append((sentence.index, candidate))
            article.labels.append(label_candidate(candidate, near, tokens, scorer))
    return article


def as_claim(actor: Mention, recipient: Mention, kind: str, tokens: set[str], scorer: Any) -> dict[str, object]:
    """An event in the scorer's form."""
    a, r = actor.actor, recipient.actor
    assert a is not None and r is not None
    parties = {"actor": scorer.party({"name": a.name, "side": a.side}), "recipient": scorer.party({"name": r.name, "side": r.side})}
    return {"tokens": tokens, "type": kind, "status": "", **parties}


def write_articles(pipeline: Pipeline, scorer: Any) -> list[Article]:
    """The sentences written for the judge -> articles of one fill each."""
    articles = []
    for fill in range(FILLS):
        gold, stretches, at = [], [], 0
        for text, events in fill_sentences(fill):
            stretches.append(Stretch(at, at + len(text), text, len(stretches)))
            at += len(text) + 1
            for actor, kind, recipient in events:
                tokens = set(scorer.plain(text).split())
                parties = {"actor": scorer.party(actor), "recipient": scorer.party(recipient)}
                gold.append({"tokens": tokens, "type": kind, "status": "", **parties})
        sentences = pipeline.reader.parse(f"written {fill}", stretches)
        mentions = [resolve_mentions([s], pipeline.actors, "2024-05-01")[0] for s in sentences]
        articles.append(judge_article(Article(f"written {fill}", "written", gold, sentences, mentions), scorer))
    return articles


def read_reports(folder: Path, pipeline: Pipeline, scorer: Any) -> list[Article]:
    """The reports written for this project, a file an article: their gold names phrases, read here as the parties they stand for."""
    articles = []
    for path in sorted(folder.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        stretches, at = [], 0
        for row in rows:
            stretches.append(Stretch(at, at + len(row["text"]), row["text"], len(stretches)))
            at += len(row["text"]) + 1
        sentences = pipeline.reader.parse(path.stem, stretches)
        mentions = [list(resolve_mentions([s], pipeline.actors, REPORTED)[0]) for s in sentences]
        gold = [g for r, s, m in zip(rows, sentences, mentions, strict=True) for g in _gold_of_report(r, s, m, scorer)]
        articles.append(judge_article(Article(path.stem, "report", gold, sentences, mentions), scorer))
    return articles


def _gold_of_report(row: dict[str, Any], sentence: Sentence, mentions: list[Mention], scorer: Any) -> list[dict[str, object]]:
    tokens = set(scorer.plain(sentence.text).split())
    parties = [m for m in mentions if m.actor]
    out = []
    for actor, kind, recipient, _, status in row["events"]:
        ends = {"actor": _party_of_phrase(actor, sentence, parties, scorer)}
        ends["recipient"] = _party_of_phrase(recipient, sentence, parties, scorer) if recipient else (set(), set())
        out.append({"tokens": tokens, "type": kind, "status": status, **ends})
    return out


def _party_of_phrase(phrase: str, sentence: Sentence, parties: list[Mention], scorer: Any) -> Any:
    """The party whose mention meets a phrase best; the phrase itself where none does."""
    at = sentence.text.find(phrase)
    inside = [w.index for w in sentence.words if at <= w.start - sentence.start and w.end - sentence.start <= at + len(phrase)]
    if not inside:
        return scorer.party(phrase)
    first, last = inside[0], inside[-1] + 1
    met = [(abs(m.first - first) + abs(m.last - last), n) for n, m in enumerate(parties) if m.first < last and first < m.last]
    if not met:
        return scorer.party(phrase)
    actor = parties[min(met)[1]].actor
    assert actor is not None
    return scorer.party({"name": actor.name, "side": actor.side})


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
    y = np.array([label >= RIGHT for a in articles for label in a.labels])
    share = np.array([WEIGHTS.get(a.kind, 1.0) for a in articles for _ in a.labels])
    groups = group_candidates(articles)
    model = LogisticRegression(C=STRENGTH, max_iter=400, solver="liblinear", random_state=0).fit(x, y, sample_weight=share)
    for _ in range(ROUNDS):
        odds = model.decision_function(x)
        best = [max(group, key=lambda i: odds[i]) for group in groups]
        model = LogisticRegression(C=STRENGTH, max_iter=400, solver="liblinear", random_state=0).fit(
            x[best], y[best], sample_weight=share[best]
        )
    weights = {f: round(float(model.coef_[0, i]), 3) for f, i in columns.items() if abs(model.coef_[0, i]) >= LEAST_WEIGHT}
    return Judge(round(float(model.intercept_[0]), 3), weights, 0.5)


def claims_at(article: Article, judge: Judge, threshold: float, scorer: Any) -> list[dict[str, object]]:
    """What the coder would claim with this judge and threshold."""
    coder = EventCoder(judge=Judge(judge.bias, judge.weights, threshold))
    out = []
    for sentence, parties, scores in zip(article.sentences, article.mentions, article.scores, strict=True):
        tokens = set(scorer.plain(sentence.text).split())
        for e in coder.code(sentence, parties, scores)[0]:
            assert e.recipient
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
    written = write_articles(pipeline, scorer) + read_reports(Path(__file__).parent / "reports", pipeline, scorer)
    for fold in range(FOLDS):
        judge = fit([a for i, a in enumerate(articles) if i % FOLDS != fold] + written)
        judges = [judge if i % FOLDS == fold else j for i, j in enumerate(judges)]
    for threshold in THRESHOLDS:
        print(threshold, score(articles, judges, threshold, scorer), flush=True)
    final = fit(articles + written)
    note = {"articles": len(articles), "candidates": total, "folds": score(articles, judges, THRESHOLD, scorer)}
    held = {"bias": final.bias, "threshold": THRESHOLD, "note": note, "weights": dict(sorted(final.weights.items()))}
    args.out.write_text(json.dumps(held, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"wrote {args.out}: {len(final.weights)} weights")


if __name__ == "__main__":
    main()
