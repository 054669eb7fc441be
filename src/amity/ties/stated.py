"""A stated standing as ties see it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing between two parties on a day, with its weight 0..1 and its claim.

    `since` is the first day it is told to have held, where the text dates it; `denied` that the claim says it does not hold.
    """

    day: int
    actor: str
    recipient: str
    type: str
    weight: float
    claim: str
    since: int | None = None
    denied: bool = False
