"""The tellings of an incident -> how it stood over time: planned, then done, denied or lapsed."""

from __future__ import annotations

from collections.abc import Sequence

from amity.incidents.differences import OPEN
from amity.incidents.traits import day_number, published_days
from amity.records import Account, Stage, Telling

# Days after the last day of a plan that may pass before it counts as lapsed, if nobody tells that it was done.
GRACE = 14


def list_stages(accounts: Sequence[Account], as_of: str | None = None) -> tuple[Stage, ...]:
    """Accounts -> each turn of status in order of publication, by the first claim that tells it.

    A plan with a last day more than GRACE days before `as_of` (or the last publication of the incident) that no claim
    tells as done or denied has lapsed. Claims without a day of publication come first.
    """
    tellings = sorted((t for a in accounts for t in a.tellings), key=lambda t: (t.published or "", t.claim))
    stages: list[Stage] = []
    for telling in tellings:
        if not any(s.status == telling.status for s in stages):
            stages.append(Stage(telling.published or "", telling.status, telling.claim, f"first told as {telling.status}"))
    last = as_of or max((t.published or "" for t in tellings), default="")
    lapsed = find_lapsed(tellings, last)
    return (*stages, lapsed) if lapsed else tuple(stages)


def find_lapsed(tellings: Sequence[Telling], as_of: str) -> Stage | None:
    """Tellings that are all plans -> the stage in which they lapsed, None where they have not, or were carried out."""
    plans = [t for t in tellings if t.status == "planned" and t.when]
    bounds = published_days(as_of)
    if not plans or not bounds or any(t.status not in OPEN for t in tellings):
        return None
    latest = max(plans, key=lambda t: (t.when.latest if t.when else "", t.claim))
    assert latest.when is not None
    if bounds[1] - day_number(latest.when.latest) <= GRACE:
        return None
    return Stage(latest.when.latest, "lapsed", latest.claim, f"planned until {latest.when.latest}, and nothing tells that it was done")
