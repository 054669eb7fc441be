"""Train the model of sentence ends: `python training/boundaries.py --data LANGUAGE --out src/amity/model` (a minute).

English-EWT (CC BY-SA 4.0), training part, with its paragraphs; figures on the development part are printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from amity.reading.boundaries import BITS, hash_features
from amity.reading.sentences import TOKEN, find_stops

# Inverse strength of the penalty; .1, .3 and 1 differ by less than a tenth of a point on the development part.
STRENGTH = 0.3


def read_paragraphs(path: Path) -> Iterator[tuple[str, set[int]]]:
    """CoNLL-U -> text of each paragraph and the places where its sentences end."""
    text, ends = "", set[int]()
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        if text and any(x.startswith(("# newpar", "# newdoc")) for x in lines):
            yield text.rstrip(), ends
            text, ends = "", set()
        text += next(x[9:] for x in lines if x.startswith("# text = "))
        ends.add(len(text))
        text += "" if "SpaceAfter=No" in [x for x in lines if x and x[0].isdigit()][-1] else " "
    yield text.rstrip(), ends


def list_places(text: str, ends: set[int]) -> Iterator[tuple[list[int], bool]]:
    """Paragraph -> features and truth of every place between its words."""
    tokens = list(TOKEN.finditer(text))
    words, ruled, since = [t.group() for t in tokens], find_stops(text, 0, len(text)), 0
    for i, token in enumerate(tokens[:-1]):
        since += 1
        truth = token.end() in ends
        yield hash_features(words, i, since, token.end() in ruled), truth
        since = 0 if truth else since


def gather(path: Path) -> tuple[csr_matrix, np.ndarray]:
    """All places of a file as a sparse matrix, with their truths."""
    rows = [place for text, ends in read_paragraphs(path) for place in list_places(text, ends)]
    columns = [k for features, _ in rows for k in features]
    pointers = np.cumsum([0, *(len(f) for f, _ in rows)])
    matrix = csr_matrix((np.ones(len(columns), np.float32), columns, pointers), shape=(len(rows), 1 << BITS))
    return matrix, np.array([t for _, t in rows])


def main() -> None:
    """Fit, print figures, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ewt/")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    features, truth = gather(args.data / "ewt/en_ewt-ud-train.conllu")
    model = LogisticRegression(C=STRENGTH, solver="liblinear", fit_intercept=False).fit(features, truth)
    np.save(args.out / "boundaries.npy", model.coef_[0].astype(np.float16))
    features, truth = gather(args.data / "ewt/en_ewt-ud-dev.conllu")
    for limit in (0.3, 0.5, 0.7, 0.9):
        guess = model.predict_proba(features)[:, 1] > limit
        hits = (guess & truth).sum()
        print(limit, f"precision {hits / guess.sum():.3f} recall {hits / truth.sum():.3f} F1 {2 * hits / (guess.sum() + truth.sum()):.3f}")


if __name__ == "__main__":
    main()
