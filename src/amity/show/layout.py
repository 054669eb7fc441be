"""Signed ties -> places on a plane, the same on every machine: friends near, foes far, labels apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, log2, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grid = NDArray[np.float64]

# Wished lengths of a tie, in units of the drawing: friends, neither, foes; chosen by eye on ten to forty parties.
LENGTHS = {1: 1.0, 0: 1.7, -1: 2.6}
# Length between parties that no path joins, and the most that a path may add up to.
FAR = 3.4
# Rounds of majorization; stress changes by less than 0.1 % a round long before.
ROUNDS = 200
# Least distance between two nodes in pixels.
APART = 46.0
# Width of a letter of the label font, in pixels at 12 px: that of a wide bold face, so that no label leaves the drawing.
LETTER = 7.6


@dataclass(frozen=True, slots=True)
class Link:
    """A tie between nodes `a` and `b` (by place in the list) with its sign and its number of claims."""

    a: int
    b: int
    sign: int
    weight: int


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """The area that two boxes share, square pixels."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0


def place_nodes(number: int, links: Sequence[Link], size: tuple[int, int], margin: tuple[int, int]) -> list[tuple[float, float]]:
    """Nodes and links -> places in pixels, by stress majorization from a circle in the order of signs.

    Source: E. Gansner, Y. Koren, S. North, Graph drawing by stress majorization (2004).

    >>> place_nodes(1, [], (200, 100), (10, 10))
    [(100.0, 50.0)]
    """
    import numpy as np

    if number == 0:
        return []
    wished = wish_distances(number, links)
    spots = start_circle(number, links)
    weights = np.where(wished > 0, 1 / np.maximum(wished, 1e-9) ** 2, 0.0)
    for _ in range(ROUNDS):
        spots = majorize(spots, wished, weights)
    return push_apart(fit_box(spots, size, margin), size, margin)


def wish_distances(number: int, links: Sequence[Link]) -> Grid:
    """Links -> wished distance of every pair: its tie's own, else the shortest way by ties, at most FAR."""
    import numpy as np

    wished = np.full((number, number), FAR)
    np.fill_diagonal(wished, 0.0)
    for link in links:
        wished[link.a, link.b] = wished[link.b, link.a] = LENGTHS[link.sign]
    direct = wished.copy()
    for k in range(number):
        wished = np.minimum(wished, wished[:, [k]] + wished[[k], :])
    foes = direct == LENGTHS[-1]
    wished[foes] = LENGTHS[-1]
    return wished


def start_circle(number: int, links: Sequence[Link]) -> Grid:
    """Links -> a circle on which allies stand side by side, ordered by the leading eigenvector of the signed matrix."""
    import numpy as np

    signed = np.zeros((number, number))
    for link in links:
        signed[link.a, link.b] = signed[link.b, link.a] = link.sign
    leading = np.linalg.eigh(signed)[1][:, -1].round(6)
    # An eigenvector has no sign of its own; its largest part is made positive.
    leading = leading * (1 if leading[np.argmax(np.abs(leading))] >= 0 else -1)
    order = np.argsort(leading, kind="stable")
    angles = np.empty(number)
    angles[order] = 2 * np.pi * np.arange(number) / number
    return np.column_stack([np.cos(angles), np.sin(angles)]) * LENGTHS[-1] / 2


def majorize(spots: Grid, wished: Grid, weights: Grid) -> Grid:
    """One round of local majorization, all nodes at once."""
    import numpy as np

    gaps = spots[:, None, :] - spots[None, :, :]
    lengths = np.sqrt((gaps**2).sum(-1))
    pull = np.where(lengths > 1e-9, wished / np.maximum(lengths, 1e-9), 0.0)
    target = spots[None, :, :] + gaps * pull[:, :, None]
    total = np.maximum(weights.sum(1, keepdims=True), 1e-9)
    moved: Grid = (weights[:, :, None] * target).sum(1) / total
    return moved if len(spots) > 1 else spots


def fit_box(spots: Grid, size: tuple[int, int], margin: tuple[int, int]) -> list[tuple[float, float]]:
    """Places -> the same stretched over the box within its margins."""
    low, high = spots.min(0), spots.max(0)
    out = []
    for spot in spots:
        xy = [
            margin[i] + (size[i] - 2 * margin[i]) * float((spot[i] - low[i]) / (high[i] - low[i]))
            if high[i] - low[i] > 1e-6
            else size[i] / 2
            for i in (0, 1)
        ]
        out.append((xy[0], xy[1]))
    return out


def push_apart(spots: list[tuple[float, float]], size: tuple[int, int], margin: tuple[int, int]) -> list[tuple[float, float]]:
    """Places -> the same with nodes that lie too near moved from each other, within the box; rounded to a tenth."""
    places = [list(s) for s in spots]
    for _ in range(60):
        for i in range(len(places)):
            for j in range(i):
                separate(places[i], places[j], angle=(i * 7 + j) % 12)
        for place in places:
            for k in (0, 1):
                place[k] = min(size[k] - margin[k], max(margin[k], place[k]))
    return [(round(x, 1), round(y, 1)) for x, y in places]


def separate(one: list[float], two: list[float], angle: int) -> None:
    """Moves two places a step apart where they are nearer than APART; equal places part by `angle` (0 to 11)."""
    dx, dy = one[0] - two[0], one[1] - two[1]
    gap = hypot(dx, dy)
    if gap >= APART:
        return
    ux, uy = (dx / gap, dy / gap) if gap > 1e-6 else (cos(angle * pi / 6), sin(angle * pi / 6))
    step = (APART - gap) / 4
    one[0], one[1], two[0], two[1] = one[0] + ux * step, one[1] + uy * step, two[0] - ux * step, two[1] - uy * step


def place_labels(
    spots: Sequence[tuple[float, float]], radii: Sequence[float], labels: Sequence[str], size: tuple[int, int]
) -> list[tuple[float, float, str]]:
    """Nodes -> x, y and text-anchor of each label, on the side where it covers least of what stands there."""
    taken = [Box(x - r, y - r, x + r, y + r) for (x, y), r in zip(spots, radii, strict=True)]
    placed: dict[int, tuple[float, float, str]] = {}
    for i in sorted(range(len(spots)), key=lambda i: (-radii[i], i)):
        options = label_options(spots[i], radii[i], len(labels[i]) * LETTER)
        others = [b for j, b in enumerate(taken) if j != i]
        best = min(options, key=lambda o: sum(o[3].overlap(b) for b in others) + 10 * outside(o[3], size))
        placed[i] = best[:3]
        taken.append(best[3])
    return [placed[i] for i in range(len(spots))]


def label_options(spot: tuple[float, float], radius: float, width: float) -> list[tuple[float, float, str, Box]]:
    """A node -> the six places its label may take: right, left, below, above, and two corners."""
    (x, y), r = spot, radius + 4
    half = width / 2
    return [
        (x + r, y + 4, "start", Box(x + r, y - 7, x + r + width, y + 7)),
        (x - r, y + 4, "end", Box(x - r - width, y - 7, x - r, y + 7)),
        (x, y + r + 10, "middle", Box(x - half, y + r, x + half, y + r + 14)),
        (x, y - r - 2, "middle", Box(x - half, y - r - 14, x + half, y - r)),
        (x + r * 0.7, y + r * 0.7 + 9, "start", Box(x + r * 0.7, y + r * 0.7 - 2, x + r * 0.7 + width, y + r * 0.7 + 12)),
        (x - r * 0.7, y - r * 0.7, "end", Box(x - r * 0.7 - width, y - r * 0.7 - 11, x - r * 0.7, y - r * 0.7 + 3)),
    ]


def outside(box: Box, size: tuple[int, int]) -> float:
    """A box -> how far it leaves the drawing, in pixels on all sides together."""
    return max(0, -box.left) + max(0, -box.top) + max(0, box.right - size[0]) + max(0, box.bottom - size[1])


def link_width(weight: int) -> float:
    """Number of claims -> width of the line in pixels, by doublings.

    >>> link_width(1), link_width(8)
    (1.9, 4.6)
    """
    return round(min(7.0, 1 + 0.9 * (1 + log2(max(1, weight)))), 1)
