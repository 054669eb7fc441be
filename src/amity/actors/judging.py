"""People's judgements that two actors are one or two -> clusters; nothing is overwritten, the latest on a pair stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amity.errors import BadInput
from amity.records import Judgement

SAME, DIFFERENT, UNSURE, UNDO = "same", "different", "unsure", "undo"
VERDICTS = (SAME, DIFFERENT, UNSURE, UNDO)
# Between two ids in what a judgement is about; no id holds it.
BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Clusters:
    """Which actor each judged actor is shown as, which pairs were judged how, and where judgements contradict each other."""

    shown: dict[str, str]
    verdicts: dict[tuple[str, str], str]
    conflicts: tuple[tuple[str, str], ...]

    def of(self, id: str) -> str:
        """The id that an actor is shown under: its own unless it was judged the same as another."""
        return self.shown.get(id, id)


def judge_actors(a: str, b: str, verdict: str, who: str, when: str, why: str = "") -> Judgement:
    """Two ids and a verdict -> the row to keep. Raises BadInput on one id twice or an unknown verdict."""
    if a == b:
        raise BadInput(f"judging actors: got {a} twice, allowed are two different ids; see: amity actors")
    if verdict not in VERDICTS:
        raise BadInput(f"judging actors: got the verdict {verdict!r}, allowed are {', '.join(VERDICTS)}")
    return Judgement(BETWEEN.join(sorted((a, b))), verdict, who, when, why)


def read_verdicts(judgements: Iterable[Judgement]) -> dict[tuple[str, str], str]:
    """Judgements, oldest first -> the verdict that stands on each pair of actors; others are left alone."""
    out: dict[tuple[str, str], str] = {}
    for judgement in judgements:
        a, sign, b = judgement.about.partition(BETWEEN)
        if sign and judgement.verdict in VERDICTS:
            out.pop((a, b), None)
            if judgement.verdict != UNDO:
                out[a, b] = judgement.verdict
    return out


def derive_clusters(judgements: Iterable[Judgement]) -> Clusters:
    """Judgements, oldest first -> clusters: all that `same` joins, in any order; a `different` within one is a conflict, told.

    >>> rows = [judge_actors("unknown:blue-hand", "group:x", SAME, "me", "2024-01-01")]
    >>> derive_clusters(rows).of("unknown:blue-hand")
    'group:x'
    """
    verdicts = read_verdicts(judgements)
    up: dict[str, str] = {}
    for (a, b), verdict in verdicts.items():
        if verdict == SAME:
            first, second = sorted((_root(up, a), _root(up, b)), key=_rank)
            up[second] = first
    shown = {id: _root(up, id) for id in up}
    conflicts = tuple(p for p, v in sorted(verdicts.items()) if v == DIFFERENT and _root(up, p[0]) == _root(up, p[1]))
    return Clusters({i: s for i, s in shown.items() if i != s}, verdicts, conflicts)


def _root(up: dict[str, str], id: str) -> str:
    while up.get(id, id) != id:
        id = up[id]
    return id


def _rank(id: str) -> tuple[bool, str]:
    """Actors of the tables lead a cluster, then the first by letters."""
    return id.startswith("unknown:"), id
