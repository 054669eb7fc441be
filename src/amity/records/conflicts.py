"""Where a calendar and a text disagree: both readings, and the one that is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# weekday: it does not fit its date; no_day: the calendar has none such; beside: no year has both weekdays;
# later: told as past but after publication; order: "last year" against what the text tells to have come before or after;
# published: the file's own field, date line and address disagree.
ConflictKind = Literal["weekday", "no_day", "beside", "later", "order", "published"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One calendar conflict: place in the text (code points; 0, 0 for what stands in the file alone), readings, choice.

    `readings` are days, or words where they name no day; `taken` is the one that is gone by, "" where none is.
    """

    kind: ConflictKind
    start: int
    end: int
    readings: tuple[str, ...]
    taken: str
    note: str

    def say(self) -> str:
        """The conflict as one warning, with what is taken.

        >>> Conflict("weekday", 0, 9, ("2018-06-05", "Friday"), "2018-06-05", "'Friday June 5' cannot be right").say()
        "'Friday June 5' cannot be right; taken is 2018-06-05"
        """
        return f"{self.note}; taken is {self.taken}" if self.taken else self.note
