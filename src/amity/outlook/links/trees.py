"""Features of candidates and which of them came -> two rows of boosted trees, whose scores are added.

One row learns to order the candidates of a question (LambdaMART, Burges 2010), the other how the chance of being the
answer is shared among them (the softmax loss of Cao et al. 2007). Each errs in its own way: on the validation days of
ICEWS14, taught on 12,000 questions, their sum has .1 to .5 points of MRR more than either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from amity.errors import BadInput
from amity.outlook.links.facts import Floats

if TYPE_CHECKING:
    from amity.outlook.links.ranker import RankerOptions

Loss = Callable[[np.ndarray, Any], tuple[np.ndarray, np.ndarray]]
# Rows from which the spread of scores is taken: every so many of the training rows, a hundred thousand or fewer.
SPREAD_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Trees:
    """Rows of boosted trees, and the spread of each one's scores, by which they are divided before they are added."""

    rows: tuple[Any, ...]
    spreads: tuple[float, ...]

    def scores(self, x: Floats) -> Floats:
        """Features -> scores; only their order within a question means anything."""
        said = [row.predict(x, num_threads=1) / spread for row, spread in zip(self.rows, self.spreads, strict=True)]
        return np.asarray(np.sum(said, axis=0), np.float32)


def grow_trees(x: Floats, came: tuple[np.ndarray, Floats], columns: list[str], options: RankerOptions) -> Trees:
    """Features; which candidates came, and how many each stands for (question, candidate) -> trees. Raises BadInput without lightgbm."""
    try:
        import lightgbm
    except ImportError:
        raise BadInput("ranker: got no lightgbm, which the trees need; install it with: pip install 'amity[outlook]'") from None
    law = {
        "learning_rate": options.rate, "num_leaves": options.leaves, "feature_fraction": options.columns, "max_bin": 127,
        "min_data_in_leaf": 100, "verbose": -1, "num_threads": 1, "seed": options.seed, "deterministic": True, "force_col_wise": True,
    }  # fmt: skip
    y, weights = came
    data = lightgbm.Dataset(x, y.ravel().astype(np.int32), group=[y.shape[1]] * len(y), feature_name=columns, params=law)
    order = {"objective": "lambdarank", "lambdarank_truncation_level": options.cutoff}
    share = {"objective": share_loss(y, weights)}
    rows = tuple(lightgbm.train(law | kind, data, options.trees) for kind in (order, share))
    some = x[:: max(1, len(x) // SPREAD_ROWS)]
    return Trees(rows, tuple(float(np.std(row.predict(some, num_threads=1))) or 1.0 for row in rows))


def share_loss(answers: np.ndarray, weights: Floats) -> Loss:
    """Which candidates (question, candidate) came -> gradient and curvature of the softmax loss, each answer counted once.

    A candidate that was drawn from among some has their number as its weight: its share is as much greater.
    """
    came, behind = answers.astype(float), np.log(weights)
    many = came.sum(1, keepdims=True)

    def loss(scores: np.ndarray, _: Any) -> tuple[np.ndarray, np.ndarray]:
        raw = scores.reshape(came.shape) + behind
        share = np.exp(raw - raw.max(1, keepdims=True))
        share /= share.sum(1, keepdims=True)
        # The curvature is doubled, as is usual for a softmax, and kept off 0.
        return (many * share - came).ravel(), (2.0 * many * share * (1.0 - share) + 1e-3).ravel()

    return loss
