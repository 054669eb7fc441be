"""A pair on a day -> what a forecast of it rests on: sentences, and the claims behind them."""

from __future__ import annotations

from collections import Counter

import numpy as np

from amity.outlook.columns import Columns, Floats
from amity.outlook.fitting import Law
from amity.outlook.panel import FEATURES

# Days looked back on in words, and how many of the newest claims are carried.
LOOK_BACK = (30, 365)
MOST_CLAIMS = 5
# Log-odds below which a feature is not worth naming.
LEAST_PART = 0.1
QUAD_WORDS = ("word of cooperation", "deed of cooperation", "word of conflict", "deed of conflict")


def say_grounds(columns: Columns, pair: int, now: int, law: Law, features: Floats | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A pair on a day -> sentences on its acts and on what moves the chance most, and the newest claims that speak."""
    rows = np.flatnonzero(columns.pair == pair)
    said = [_say_acts(columns, rows, now, days) for days in LOOK_BACK]
    lines = [said[0]] if said[0] == said[1].replace(f"last {LOOK_BACK[1]}", f"last {LOOK_BACK[0]}") else said
    fights = rows[columns.quad[rows] == 3]
    if len(fights):
        lines.append(f"last deed of conflict {now - int(columns.day[fights[-1]])} days ago")
    if features is not None and law.logit is not None:
        lines += _say_parts(law.logit.parts(features))
    return tuple(lines), _newest(columns, rows, law.kind)


def _newest(columns: Columns, rows: np.ndarray, kind: str) -> tuple[str, ...]:
    """The newest claims, those of conflict first where conflict or a rupture is forecast, of cooperation for a thaw."""
    good = kind == "thaw"
    told = [(columns.rows[i].quad <= 2) == good for i in rows]
    order = sorted(range(len(rows)), key=lambda k: (not told[k], -int(columns.day[rows[k]])))
    claims = (columns.rows[rows[k]].claim for k in order)
    return tuple(dict.fromkeys(c for c in claims if c))[:MOST_CLAIMS]


def _say_acts(columns: Columns, rows: np.ndarray, now: int, days: int) -> str:
    """How many acts of each quad in so many days.

    The noun of QUAD_WORDS is its first word, which takes the plural.
    """
    counts = Counter(columns.quad[rows[columns.day[rows] > now - days]].tolist())
    told = [f"{counts[q]} {word.replace(' ', 's ', 1) if counts[q] > 1 else word}" for q, word in enumerate(QUAD_WORDS) if counts[q]]
    return f"last {days} days: {', '.join(told) if told else 'nothing'}"


def _say_parts(parts: Floats) -> list[str]:
    """The features that move the log-odds most against the mean row, those of one stem taken together."""
    groups: dict[str, float] = {}
    for name, part in zip(FEATURES, parts.tolist(), strict=True):
        stem = name.rsplit(" ", 2)[0] if name.endswith(" d") else name
        groups[stem] = groups.get(stem, 0.0) + part
    named = sorted(groups.items(), key=lambda g: -abs(g[1]))[:3]
    return [f"{'raises' if part > 0 else 'lowers'} it: {name} ({part:+.1f} log-odds)" for name, part in named if abs(part) >= LEAST_PART]
