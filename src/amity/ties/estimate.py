"""Claims, or anyone's event rows -> ties: one per pair of parties, with intervals, series and evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.records import DatedEvent, Hint, Tie, TiePoint
from amity.ties.alignment import Aligned, align_all, align_votes
from amity.ties.cells import Cells, Floats, Rows, cells_of, rows_of, with_pairs
from amity.ties.company import Company, cell_means
from amity.ties.days import day_text, last_day_of
from amity.ties.evidence import Evidence
from amity.ties.filter import Track, chance, interval, odds_at, run_filter
from amity.ties.foresight import Model, party_law, run_model
from amity.ties.headings import Heading
from amity.ties.options import DENSE, REPORTS, TieOptions
from amity.ties.sources import read_source
from amity.ties.spells import find_spells, open_standings, spells_by_pair
from amity.ties.stance import Stance, read_stance
from amity.ties.stated import Standing
from amity.ties.votes import Pair, by_pair, gather_voices, pair_of, pool_votes

# What an act too unlikely to be claimed is worth beside a claim, times its chance. A third: from .2 to .5 the same signs of the
# development reports come out right.
HINT_WEIGHT = 0.3


def compute_ties(source: Any, as_of: str | None = None, options: TieOptions | None = None) -> list[Tie]:
    """A ledger, claims, evidence, event rows or a polars or pandas frame -> ties as they could be known at the end of a day.

    One per pair, in order of ids. `as_of` is a day, month or year (its last day), None the last day anything is told
    of. Claims of later events or later publication do not count; evidence must have been read with the same day as
    `until`. A pair with standings and no events stands at the prior. Options default to `REPORTS` for what is
    read from text and to `DENSE` for event rows and frames. Raises BadInput for an `as_of` that is no date, and for
    rows that cannot be used (`read_source`).

    >>> [t.state for t in compute_ties([DatedEvent(0, "a", "b", 4, -9.0)])]
    ['unfriendly']
    """
    evidence, stream = read_source(source, last_day_of(as_of, "as_of") if as_of else None)
    return ties_of(evidence, as_of, options or (DENSE if stream else REPORTS))


def compute_ties_from_events(
    events: Iterable[DatedEvent], as_of: str | None = None, options: TieOptions | None = None, names: dict[str, str] | None = None
) -> list[Tie]:
    """Event rows -> ties, as `compute_ties`; `names` by party id, the id itself where none. Options default to `DENSE`."""
    until = last_day_of(as_of, "as_of") if as_of else None
    kept = tuple(e for e in events if until is None or e.day <= until)
    return ties_of(Evidence(kept, (), names or {}, Counter()), as_of, options or DENSE)


def ties_of(evidence: Evidence, as_of: str | None, options: TieOptions, known: Mapping[Pair, Aligned] | None = None) -> list[Tie]:
    """Evidence (none of it later than `as_of`) -> ties; `known` are alignments worked out from more than this evidence."""
    rows = rows_of(evidence.events)
    stated, acts = by_pair(evidence.standings), by_pair(evidence.events)
    days = [*rows.day.tolist(), *(s.day for s in evidence.standings)]
    if not days:
        return []
    at = last_day_of(as_of, "as_of") if as_of else max(days)
    rows = with_pairs(rows, list(stated))
    model = run_model(rows, at, options)
    now = _chances(*odds_at(model.cells, model.track, at, options, model.company.pairs))
    verbal, material = (_warmth_of(rows, kind, at, options, model.company) for kind in (rows.verbal, ~rows.verbal))
    ways = _ways(rows, model, at, options)
    if known is None:
        alignments = align_votes(pool_votes(gather_voices(acts, stated, at), at))
        known = {pair: near for pair in rows.pairs if (near := alignments.between(*pair))}
    spells = find_spells([*evidence.standings, *evidence.denials])
    of_pair, holding = spells_by_pair(spells), by_pair(open_standings(evidence.standings, spells))
    counts = np.bincount(rows.pair, minlength=len(rows.pairs))
    turned = by_pair(evidence.headings)
    series = _Series(model.cells, model.track, at, options)
    return [
        Tie(
            a=a,
            b=b,
            a_name=evidence.names.get(a, a),
            b_name=evidence.names.get(b, b),
            as_of=day_text(at),
            warmth=2.0 * float(now[0, i]) - 1.0,
            low=2.0 * float(now[1, i]) - 1.0,
            high=2.0 * float(now[2, i]) - 1.0,
            verbal=verbal[i],
            material=material[i],
            alignment=near.mean if near else None,
            events=int(counts[i]),
            standings=tuple(sorted({s.type for s in stated.get((a, b), ())})),
            series=series.of_pair(i, now[:, i]),
            claims=_claims_behind(acts.get((a, b), ()), stated.get((a, b), ())),
            alignment_low=near.low if near else None,
            alignment_high=near.high if near else None,
            lean=stance.sign,
            trend=stance.trend,
            state=stance.state,
            spells=of_pair.get((a, b), ()),
            toward=ways[i][0],
            back=ways[i][1],
        )
        for i, (a, b) in enumerate(rows.pairs)
        for near in [known.get((a, b))]
        for stance in [read_stance(near, acts.get((a, b), ()), holding.get((a, b), ()), at, turned.get((a, b), ()))]
    ]


def guess_stances(
    evidence: Evidence, pairs: Iterable[Pair], as_of: str | None = None, hints: Iterable[Hint] = (), headings: Iterable[Heading] = ()
) -> dict[Pair, tuple[Stance, Aligned | None]]:
    """Evidence and any pairs of parties -> how each stands, also where nothing is told of the two themselves.

    Such a pair is placed by the company its parties keep, and by `hints` (`Analysis.hints`: sentences that may tell of the two); its
    interval says how surely. Hints of pairs that the evidence tells of do not count. `headings` (`find_headings`) are sentences of two
    parties that say which way their relations turn; they count as of the day asked for, beside those of claims.
    """
    days = [*(e.day for e in evidence.events), *(s.day for s in evidence.standings)]
    at = last_day_of(as_of, "as_of") if as_of else max(days, default=0)
    told = {pair_of(row.actor, row.recipient) for rows in (evidence.events, evidence.standings) for row in rows}
    hinted = [h for h in hints if pair_of(h.actor, h.recipient) not in told]
    weak = (DatedEvent(at, h.actor, h.recipient, h.quad, h.score, HINT_WEIGHT * h.chance, "", h.type) for h in hinted)
    alignments = align_all((*evidence.events, *weak), evidence.standings, at)
    said = (replace(heading, day=at) for heading in headings)
    acts, turned = by_pair(evidence.events), by_pair([*evidence.headings, *said])
    holding = by_pair(open_standings(evidence.standings, find_spells([*evidence.standings, *evidence.denials])))
    found = {}
    for pair in (pair_of(*p) for p in pairs):
        near = alignments.between(*pair)
        found[pair] = (read_stance(near, acts.get(pair, ()), holding.get(pair, ()), at, turned.get(pair, ())), near)
    return found


class _Series:
    """The points of each pair: its event days, thinned evenly to the most allowed, and `as_of` last."""

    def __init__(self, cells: Cells, track: Track, at: int, options: TieOptions) -> None:
        self.values = _chances(track.after, track.after_var)
        self.cells, self.at, self.points = cells, at, options.points

    def of_pair(self, pair: int, now: Floats) -> tuple[TiePoint, ...]:
        """The series of a pair that stands as `now` (mean, low, high of the chance) at `as_of`."""
        cells = np.arange(self.cells.first[pair], self.cells.first[pair + 1])
        cells = cells[self.cells.day[cells] < self.at]
        if len(cells) >= self.points:
            cells = cells[np.linspace(0, len(cells) - 1, self.points - 1).round().astype(np.int64)]
        points = [_point(int(self.cells.day[c]), self.values[:, c]) for c in cells]
        return (*points, _point(self.at, now))


def _point(day: int, values: Floats) -> TiePoint:
    mean, low, high = values.tolist()
    return TiePoint(day_text(day), mean, low, high)


def _chances(mean: Floats, var: Floats) -> Floats:
    """Mean and variance of log-odds -> mean, low and high of the chance, as rows; the mean never leaves the interval."""
    low, high = interval(mean, var)
    return np.stack([np.clip(chance(mean, var), low, high), low, high])


def _warmth_of(rows: Rows, only: NDArray[np.bool_], at: int, options: TieOptions, company: Company) -> list[float | None]:
    """The warmth of each pair by part of its events, None where it has none."""
    cells = cells_of(rows, only)
    track = run_filter(cells, options, cell_means(cells, company.rows[only], rows.weight[only]))
    mean = _chances(*odds_at(cells, track, at, options, company.pairs))[0]
    return [2.0 * p - 1.0 if n else None for p, n in zip(mean.tolist(), np.diff(cells.first).tolist(), strict=True)]


def _ways(rows: Rows, model: Model, at: int, options: TieOptions) -> list[tuple[float | None, float | None]]:
    """The warmth of each pair one way and the other, None where nobody acted that way or the options tell no ways apart."""
    track = model.party_track
    if track is None:
        return [(None, None)] * len(rows.pairs)
    side = np.full((len(rows.pairs), 2), -1, np.int64)
    side[rows.pair, rows.forward.astype(np.int64)] = rows.party
    mean, var = odds_at(model.cells, model.track, at, options, model.company.pairs)
    own = np.zeros(rows.parties)
    for way in (0, 1):
        own[side[side[:, way] >= 0, way]] = (mean / np.sqrt(1.0 + np.pi * var / 8.0))[side[:, way] >= 0]
    chances = 2.0 * chance(*odds_at(model.party_cells, track, at, party_law(options), own)) - 1.0
    told = [[float(chances[p]) if p >= 0 else None for p in pair] for pair in side.tolist()]
    return [(there, back) for back, there in told]


def _claims_behind(acts: Sequence[DatedEvent], stated: Sequence[Standing]) -> tuple[str, ...]:
    """The ids of the claims behind a pair, in order of day, then id."""
    rows = [(row.day, row.claim) for some in (acts, stated) for row in some if row.claim]
    return tuple(claim for _, claim in sorted(rows))
