"""Event rows -> the chance that each would be cooperative, foreseen from earlier days: the score of the tie model.

Three layers, each the prior of the next: the company of a pair, the pair of sides, the directed pair of acting parties.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from amity.ties.cells import Cells, Floats, Rows, cells_of, party_cells
from amity.ties.company import Company, cell_means, weigh_company
from amity.ties.filter import Track, chance, run_filter
from amity.ties.options import TieOptions


@dataclass(frozen=True, slots=True)
class Model:
    """The layers of a model run through its rows."""

    company: Company
    cells: Cells
    track: Track
    party_cells: Cells
    party_track: Track | None


def run_model(rows: Rows, at: int, options: TieOptions) -> Model:
    """Columns (none later than day `at`) -> the layers."""
    company = weigh_company(rows, at, options)
    cells = cells_of(rows)
    track = run_filter(cells, options, cell_means(cells, company.rows, rows.weight))
    if not options.party_sd:
        return Model(company, cells, track, cells, None)
    parties = party_cells(rows)
    prior = cell_means(parties, _side_odds(rows, company, cells, track), rows.weight)
    return Model(company, cells, track, parties, run_filter(parties, party_law(options), prior))


def party_law(options: TieOptions) -> TieOptions:
    """The law of the last layer alone."""
    return replace(options, half_lives=(options.party_half_life,), sds=(options.party_sd,), mean=0.0, company=())


def foresee_rows(rows: Rows, options: TieOptions) -> Floats:
    """Columns -> the chance of each row to be cooperative, from earlier days only."""
    model = run_model(rows, int(rows.day.max(initial=0)), options)
    if model.party_track is None:
        return np.asarray(1.0 / (1.0 + np.exp(-_side_odds(rows, model.company, model.cells, model.track))))
    track, own = model.party_track, _side_odds(rows, model.company, model.cells, model.track)
    shared = cell_means(model.party_cells, own, rows.weight)[model.party_cells.of_row]
    return chance(track.before[model.party_cells.of_row] - shared + own, track.before_var[model.party_cells.of_row])


def mean_loss(rows: Rows, options: TieOptions, after: int | None = None) -> float:
    """Columns -> mean of -log of the chance given to what came (nats an event), of rows after a day."""
    scored = slice(None) if after is None else rows.day > after
    p = foresee_rows(rows, options)
    given = np.where(rows.good, p, 1.0 - p)[scored]
    return float(np.average(-np.log(np.maximum(given, 1e-12)), weights=rows.weight[scored]))


def _side_odds(rows: Rows, company: Company, cells: Cells, track: Track) -> Floats:
    """Log-odds of each row from its sides' layers, moderated by their doubt (as in `filter.chance`)."""
    shared = cell_means(cells, company.rows, rows.weight)[cells.of_row]
    mean = track.before[cells.of_row] - shared + company.rows
    return np.asarray(mean / np.sqrt(1.0 + np.pi * track.before_var[cells.of_row] / 8.0))
