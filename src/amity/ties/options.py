"""The numbers the filter of ties rests on, each with its unit, its reason and how it was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from amity.errors import BadInput

# 5 % on either side of a normal: the quantile of a 90 % interval.
Z90 = 1.6448536269514722
# Whose record may count as company: the actor's as an actor, the recipient's as a recipient, everybody's.
ROLES = ("actor", "recipient", "all")


@dataclass(frozen=True, slots=True)
class TieOptions:
    """How a pair moves between its events and how much an event tells.

    The log-odds that the next event is cooperative are a sum of mean-reverting Gaussian states, one per
    entry of `half_lives` (days) and `sds` (log-odds, stationary); `mean` (log-odds) is where a pair with no
    events stands. `day_correlation` (0..1) says how alike the events of one pair on one day are: n of them
    tell as much as n / (1 + (n - 1) * day_correlation), since one act is told many times.
    `company` holds (role, half-life in days, weight) of what the pair's company adds to its mean; roles are "actor",
    "recipient" and "all" (`company.py`). `party_half_life` (days) and `party_sd` (log-odds; 0: none) are the law of
    what an acting party adds to its side, and one direction to the other. `points` is the most entries a series may have.
    """

    half_lives: tuple[float, ...]
    sds: tuple[float, ...]
    mean: float = 0.0
    day_correlation: float = 0.0
    points: int = 120
    company: tuple[tuple[str, float, float], ...] = ()
    party_half_life: float = 3000.0
    party_sd: float = 0.0

    def __post_init__(self) -> None:
        if not self.half_lives or len(self.half_lives) != len(self.sds):
            raise BadInput(f"tie options: got {len(self.half_lives)} half-lives and {len(self.sds)} sds, allowed is as many of each")
        if min(self.half_lives) <= 0 or min(self.sds) <= 0:
            raise BadInput(f"tie options: got half-lives {self.half_lives} and sds {self.sds}, allowed is above 0")
        if any(role not in ROLES or half_life <= 0 for role, half_life, _ in self.company) or min(self.party_half_life, self.party_sd) < 0:
            raise BadInput(f"tie options: got the company {self.company}, allowed are the roles {', '.join(ROLES)}, half-lives above 0")
        if not 0.0 <= self.day_correlation <= 1.0 or self.points < 2:
            raise BadInput(f"tie options: got correlation {self.day_correlation} and {self.points} points, allowed is 0..1 and 2 or more")


# For coded event streams with many rows a pair. All numbers from the KEDS Gulf file alone (`python -m bench.keds`), by least
# next-day log loss: an episode of days, a phase of two months, a level of many years; what company adds by logistic
# regression on what the pair itself does not tell, both ways alike; what a party adds to its side from .3 and .6 log-odds over 60, 300
# and 3,000 days. The correlation is the largest of .03, .06 and .1 whose 90 % intervals hold less than 92 % of Gulf's days
# of 3 events or more: log loss is flat in it, and intervals err on the wide side.
DENSE = TieOptions(
    half_lives=(3.4, 54.0, 4500.0),
    sds=(0.55, 0.48, 0.77),
    mean=0.57,
    day_correlation=0.06,
    company=(("actor", 60.0, 0.20), ("actor", 5.0, 0.18), ("recipient", 60.0, 0.20), ("recipient", 5.0, 0.18)),
    party_half_life=3000.0,
    party_sd=0.3,
)

# For a handful of reports, where a pair has a few claims in a year. Half a year: one report should still
# count when the next one comes. The sd of 1.5 lets a pair stand anywhere from 8 % to 92 % before evidence,
# the mean of 0 takes no side. Claims of one day are often one act told again, hence the higher correlation.
# Chosen by hand: there is no labelled stream of such data to learn it from.
REPORTS = TieOptions(half_lives=(180.0,), sds=(1.5,), mean=0.0, day_correlation=0.3)
