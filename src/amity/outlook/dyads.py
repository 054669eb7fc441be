"""Event rows and changes -> an outlook: the chance of material conflict, a rupture or a thaw for every pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from amity.outlook.acts import forecast_acts
from amity.outlook.columns import Columns, Floats, columns_of
from amity.outlook.days import day_number, day_text
from amity.outlook.fitting import Law, Occasions, fit_law
from amity.outlook.grounds import say_grounds
from amity.outlook.panel import LEAST_EVENTS, Panel, make_panel
from amity.outlook.words import say_likelihood
from amity.records import Change, DatedEvent, Forecast, ForecastKind, Outlook

HORIZONS = (7, 30, 90)
# Days between origins, and the most origins: a week is the rhythm of news, and beyond some hundreds of origins
# of the same pairs the fit learns no more.
STEP, MOST_ORIGINS = 7, 400
# Days of history before the first origin: half a year, so that features know what is usual, but at most a quarter of all.
WARM_UP = 180
# Independent past cases below which the base rate is counted over days of pairs instead: a share of so few is noise.
LEAST_CASES = 50.0
# Days after anything was told in which the world counts as watched.
IN_VIEW = 30
# Days after which a change that began can be seen (docs/ties.md: median 8.5 days, nearly all within two months).
SEEN_AFTER = 60


@dataclass(frozen=True, slots=True)
class OutlookOptions:
    """Horizons in days, and names of parties by id; `maker` names the version that forecasts.

    `least` is how many events a pair needs to be forecast by a law; pairs with fewer get the base rate.
    """

    horizons: tuple[int, ...] = HORIZONS
    names: Mapping[str, str] | None = None
    maker: str = ""
    least: int = LEAST_EVENTS


def forecast_dyads(
    events: Iterable[DatedEvent], changes: Iterable[Change] = (), as_of: str | None = None, options: OutlookOptions | None = None
) -> Outlook:
    """Event rows and changes -> forecasts for every pair heard of in the last year, the likeliest first of each kind.

    Kinds are conflict, rupture and thaw, and single types of acts by one towards the other where rows tell their type.

    `as_of` (a day, its events included) is by default the day of the last event; later rows are not used.
    `changes` are the turns of ties that count as ruptures and thaws. A law is fitted where the rows carry one and
    told apart from the base rate by `basis`; `skills` say how each did out of time.
    """
    options = options or OutlookOptions()
    columns = columns_of(events)
    if not len(columns.day):
        return Outlook(as_of or "", (), (), ("No dated act between two parties, so nothing to forecast from.",))
    now = day_number(as_of) if as_of else int(columns.day[-1])
    columns = columns.until(now)
    origins = origins_of(columns, now)
    step = origins[1] - origins[0] if len(origins) > 1 else STEP
    panel = make_panel(columns, origins, options.least)
    laws = [fit_law(panel, occasions, h, step) for occasions in occasions_of(columns, changes, now) for h in options.horizons]
    laws = [_ledger_rate(law, columns, changes, now) if law.cases < LEAST_CASES else law for law in laws]
    today = make_panel(columns, [now], 1)
    forecasts = [f for law in laws for f in _forecasts(law, today, columns, now, options)]
    acts, skills, why = forecast_acts(columns, origins, options.horizons, now, (options.names or {}, options.maker))
    skills = [law.skill for law in laws if law.skill] + skills
    return Outlook(day_text(now), (*forecasts, *acts), tuple(skills), (*_notes(laws, today), *why))


def origins_of(columns: Columns, now: int) -> Sequence[int]:
    """Columns -> the days on which the past is questioned, evenly back from the last one."""
    begun = int(columns.day[0]) if len(columns.day) else now
    first = begun + min(WARM_UP, (now - begun) // 4)
    step = max(STEP, -(-(now - first) // MOST_ORIGINS))
    return list(range(now, first, -step))[::-1]


def occasions_of(columns: Columns, changes: Iterable[Change], now: int) -> list[Occasions]:
    """Columns and changes -> the days of material conflict, ruptures and thaws by pair, up to a day."""
    deeds = columns.happened & (columns.quad == 3)
    found = [Occasions("conflict", columns.pair[deeds], columns.day[deeds], now)]
    index = {pair: i for i, pair in enumerate(columns.pairs)}
    for kind, direction in (("rupture", -1), ("thaw", 1)):
        rows = [(index[c.a, c.b], day_number(c.day)) for c in changes if c.direction == direction and (c.a, c.b) in index]
        pair, day = np.array([r for r in rows if r[1] <= now], np.int64).reshape(-1, 2).T
        found.append(Occasions(kind, pair, day, now - SEEN_AFTER))
    return found


def _ledger_rate(law: Law, columns: Columns, changes: Iterable[Change], now: int) -> Law:
    """A law with hardly any panel -> the base rate by counting days: one rate for all pairs.

    The rate is (occasions after a pair's first act + 1/2) over the days that pairs stood in view: from their first
    act on, and only within a month after the ledger tells of anything at all, for days of which nothing was read are
    no evidence of peace. The interval is that of a Poisson count.
    """
    occasions = next(o for o in occasions_of(columns, changes, now) if o.kind == law.kind)
    first = np.full(len(columns.pairs), now, np.int64)
    np.minimum.at(first, columns.pair, columns.day)
    seen = np.zeros(now - int(columns.day[0]) + 1, bool)
    for day in np.unique(columns.day - columns.day[0]):
        seen[day : day + IN_VIEW] = True
    exposure = np.append(np.cumsum(seen[::-1])[::-1], 0)[first - int(columns.day[0]) + 1].sum()
    hits = len({(p, d) for p, d in zip(occasions.pair.tolist(), occasions.day.tolist(), strict=True) if d > first[p]}) + 0.5
    reach = np.exp(1.645 / np.sqrt(hits))
    rates = (hits / max(int(exposure), 1) * law.horizon * f for f in (1.0, 1.0 / reach, reach))
    base, low, high = (float(1.0 - np.exp(-r)) for r in rates)
    return replace(law, base=base, base_low=low, base_high=high, reason="too short or thin a past to learn from")


def _forecasts(law: Law, today: Panel, columns: Columns, now: int, options: OutlookOptions) -> list[Forecast]:
    chances = law.chances(today.features)
    enough = np.bincount(columns.pair, minlength=len(columns.pairs))[today.pair] >= options.least
    chances = np.where(enough, chances, law.base)
    order = np.lexsort((today.pair, -chances))
    return [
        _forecast(law, int(today.pair[i]), today.features[i] if enough[i] else None, float(chances[i]), (columns, now, options))
        for i in order
    ]


def _forecast(law: Law, pair: int, features: Floats | None, chance: float, at: tuple[Columns, int, OutlookOptions]) -> Forecast:
    columns, now, options = at
    a, b = columns.pairs[pair]
    names = options.names or {}
    by_law = law.logit is not None and features is not None
    low, high = law.interval(features, chance) if features is not None else (law.base_low, law.base_high)
    grounds, claims = say_grounds(columns, pair, now, law, features if by_law else None)
    kind: ForecastKind = law.kind  # type: ignore[assignment] # occasions_of gives these kinds alone
    return Forecast(
        kind=kind,
        a=a,
        b=b,
        a_name=names.get(a, a),
        b_name=names.get(b, b),
        issued=day_text(now),
        until=day_text(now + law.horizon),
        horizon=law.horizon,
        chance=chance,
        low=low,
        high=high,
        words=say_likelihood(chance),
        base=law.base,
        skill=law.skill.skill if law.skill and by_law else None,
        basis="model" if by_law else "base rate",
        grounds=grounds,
        claims=claims,
        maker=options.maker,
    )


def _notes(laws: Iterable[Law], today: Panel) -> Iterable[str]:
    """Why some forecasts are base rates, a sentence for each reason."""
    reasons: dict[str, dict[str, list[int]]] = {}
    for law in laws:
        if law.reason:
            reasons.setdefault(law.reason, {}).setdefault(law.kind, []).append(law.horizon)
    for reason, kinds in reasons.items():
        told = "; ".join(f"{kind} in {', '.join(map(str, horizons))} days" for kind, horizons in kinds.items())
        yield f"Base rate only for {told}: {reason}."
    if not len(today.pair):
        yield "No pair was heard of in the last year."
