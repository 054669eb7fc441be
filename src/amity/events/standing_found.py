"""What a shape finds: two parties, the word that states it, the row it follows."""

from __future__ import annotations

from dataclasses import dataclass

from amity.events.standing_table import Pattern
from amity.records import Mention


@dataclass(frozen=True, slots=True)
class Found:
    """A standing before it is checked: its parties, the word, the pattern, and what was told with it."""

    kind: str
    a: Mention
    b: Mention | None
    word: int
    pattern: Pattern
    over: str | None = None
    place: str | None = None
