"""Fit the weights of pronouns' links: `python training/links.py --out src/amity/model/links.json` (a minute; see README.md).

Articles of `plain/` whose pronouns were read one by one (`links/*.jsonl`: words, which occurrence, and the phrases that name
whom they stand for). An option is right where its sides are those of the phrases; where no party is meant, nobody and things
are. Fitted by the likelihood of all right options together; figures are by folds over articles.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from amity.actors import resolve_mentions
from amity.actors.options import Links, Option
from amity.events.slots import side_of
from amity.pipeline import Pipeline
from amity.records import Actor, Mention, Sentence
from scenes import READ_ON, nearest_mention, parse_article, read_articles, read_labels

HERE = Path(__file__).resolve().parent
# Features seen in fewer pronouns are left out; strength of the penalty; folds.
RAREST, PENALTY, FOLDS = 4, 1.0, 5
READ = frozenset({"it", "its", "itself"})
# The dateline that a report begins with.
DATELINE = re.compile(r"[A-Z][A-Z'’ .\-]{2,}(,| \(|/|:| [-—–])")


def read_datelined(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Whole reports among the sentences written for the reader of acts -> "FILE-NUMBER" and sentences; a dateline begins one."""
    for path in (folder / "articles_one.jsonl", folder / "articles_two.jsonl"):
        held: list[list[str]] = [[]]
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if DATELINE.match(row["text"]) and held[-1]:
                held.append([])
            held[-1].append(row["text"])
        yield from ((f"{path.stem}-{number}", texts) for number, texts in enumerate(held))


@dataclass
class Case:
    """One pronoun: its article, its options, which of them are right, whom the rules take, and whether they are right."""

    article: str
    options: list[Option]
    right: NDArray[np.bool_]
    rules: Actor | None
    ruled: bool


class Recorder(Links):
    """Keeps what it is asked; answers by the weights so far, by the rules where there are none yet."""

    def __init__(self, weights: dict[str, float]) -> None:
        super().__init__(weights)
        self.asked: dict[tuple[int, int], tuple[list[Option], Actor | None]] = {}

    def choose(self, place: tuple[int, int], options: Sequence[Option], rules: Actor | None) -> Actor | None:
        """As the weights do, and remember."""
        self.asked[place] = list(options), rules
        return super().choose(place, options, rules) if self.weights else rules


def words_at(sentence: Sentence, phrase: str, nth: int = 0) -> list[int]:
    """The words of one occurrence of a phrase."""
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", sentence.text)] or [sentence.text.find(phrase)]
    start = sentence.start + found[min(nth, len(found) - 1)]
    return [w.index for w in sentence.words if w.start < start + len(phrase) and w.end > start]


def sides_meant(meant: list[Any], sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> set[str] | None:
    """Sides of the phrases that a pronoun stands for; None where some phrase is no mention."""
    out: set[str] = set()
    for phrase, at in meant:
        inside = words_at(sentences[at], phrase)
        best = nearest_mention((m for m in mentions[at] if m.kind != "pronoun"), inside)
        if best is None or best.actor is None:
            return None
        out |= {best.actor.id} if best.actor.id.startswith("person:") else set(side_of(best).split(";"))
    return out


def gather(pipeline: Pipeline, weights: dict[str, float], held: dict[str, list[Sentence]]) -> Iterator[Case]:
    """The labelled pronouns with their options, as they are met with these weights."""
    labels = read_labels(HERE / "links", "links")
    for name, texts in (*read_articles(HERE / "plain"), *read_datelined(HERE / "reports")):
        if name not in labels:
            continue
        if name not in held:
            held[name] = parse_article(name, texts, pipeline)
        sentences, recorder = held[name], Recorder(weights)
        mentions = resolve_mentions(sentences, pipeline.actors, READ_ON, recorder)
        for place, links in labels[name].items():
            for words, nth, meant in links:
                inside = words_at(sentences[place], words, nth)
                if words.lower() not in READ or not inside or (place, inside[-1]) not in recorder.asked:
                    continue
                options, rules = recorder.asked[place, inside[-1]]
                sides = sides_meant(meant, sentences, mentions)
                right = np.array([_is_right(o.actor, sides) for o in options])
                # Whom no option stands for is nobody's: better none than another.
                if not right.any():
                    right = np.array([o.actor is None for o in options])
                ruled = _is_right(rules, sides) or (rules is None and right[0])
                yield Case(name, options, right, rules, bool(ruled))


def _is_right(actor: Actor | None, sides: set[str] | None) -> bool:
    if sides is None:
        return actor is None
    if actor is None:
        return not sides
    own = {actor.id} if actor.id.startswith("person:") else {actor.id, actor.side_id}
    return len(sides) == 1 and sides <= own


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """Cases -> weights, by the summed likelihood of the right options."""
    counts = Counter(f for c in cases for f in {f for o in c.options for f in o.features})
    place = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= RAREST))}
    rows, cols, group = [], [], []
    right: list[bool] = []
    for number, case in enumerate(cases):
        for option, ok in zip(case.options, case.right, strict=True):
            at = len(right)
            right.append(bool(ok))
            group.append(number)
            for f in set(option.features):
                if f in place:
                    rows.append(at)
                    cols.append(place[f])
    x = csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(right), len(place)))
    owner, good = np.array(group), np.array(right)
    starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = x @ w
        z = z - np.maximum.reduceat(z, starts)[owner]
        e = np.exp(z)
        whole, part = np.add.reduceat(e, starts), np.add.reduceat(e * good, starts)
        share = e / whole[owner] - e * good / part[owner]
        return float(-np.log(part / whole).sum() + PENALTY * (w @ w) / 2), x.T @ share + PENALTY * w

    found = minimize(loss, np.zeros(len(place)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {f: round(float(found[i]), 3) for f, i in place.items() if abs(found[i]) >= 0.01}


def score(cases: Sequence[Case], weights: dict[str, float]) -> int:
    """How many are right by the weights and the rules together."""
    links, right = Links(weights), 0
    for case in cases:
        chosen = links.choose((0, 0), case.options, case.rules)
        right += (
            case.ruled if chosen is case.rules else any(ok and o.actor is chosen for o, ok in zip(case.options, case.right, strict=True))
        )
    return right


def main() -> None:
    """Fold, print, fit on all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    pipeline, held = Pipeline(), dict[str, list[Sentence]]()
    weights: dict[str, float] = {}
    # What the first weights choose is what the second meet as told before.
    for turn in range(2):
        cases = list(gather(pipeline, weights, held))
        names = sorted({c.article for c in cases})
        fold = {n: k % FOLDS for k, n in enumerate(names)}
        right = sum(
            score([c for c in cases if fold[c.article] == k], fit([c for c in cases if fold[c.article] != k])) for k in range(FOLDS)
        )
        ruled = sum(c.ruled for c in cases) / len(cases)
        print(f"turn {turn}: {len(cases)} pronouns of {len(names)} articles, rules {ruled:.3f}, weights by folds {right / len(cases):.3f}")
        weights = fit(cases)
    args.out.write_text(json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    print(len(weights), "weights")


if __name__ == "__main__":
    main()
