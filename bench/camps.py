"""The camps of the Gulf War by 15 January 1991, from events alone: who stands nearer to which pole.

Twenty parties of the KEDS Gulf file, labelled from textbooks: fourteen that joined or openly backed the
coalition, six that stood with Iraq or refused to stand against it. No label is used: the second pole is the party that
the others are most against, the first the one of its foes of
whom most is told, and each party counts to the one it is more aligned with. Events of the twenty
among each other only; scores by WEIS category, after the averages of Goldstein (1992).

The half-life of acts in alignment (90 days) was the best of 30, 90 and 365 on this one case, so the figure for it
is optimistic; those of the others stand beside it. `alone` is the guess that Iraq has no friend.

Source: Kansas Event Data System; labels from L. Freedman and E. Karsh, The Gulf Conflict 1990-1991 (1993).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from amity.records import DatedEvent
from amity.ties import votes
from amity.ties.alignment import align_all
from bench import SHARED
from bench.keds import EPOCH, read_weis

COALITION = ("USA", "FRN", "SAU", "KUW", "UAR", "SYR", "TUR", "ITA", "CAN", "UAE", "BAH", "QAT", "MOR", "PAK")
WITH_IRAQ = ("IRQ", "JOR", "YEM", "PAL", "LBY", "SUD")
DAY = date(1991, 1, 15).toordinal() - EPOCH
# Days of events read before it: beyond three years a half-life of a year leaves an eighth.
BACK = 6 * 365
HALF_LIVES = (30.0, 90.0, 365.0)


def place(events: list[DatedEvent], day: int) -> dict[str, int]:
    """Events -> 1 for each party of the twenty nearer to the first pole, else -1."""
    known = {*COALITION, *WITH_IRAQ}
    rows = [replace(e, claim="") for e in events if {e.actor, e.recipient} <= known and day - BACK <= e.day <= day]
    aligned = align_all(rows, [], day)
    poles = aligned.find_poles() or ("", "")
    return {party: 1 if aligned.lean(party, poles) > 0.0 else -1 for party in known}


def run(data: Path | None) -> dict[str, float | int | str]:
    """Parties placed rightly, and balanced accuracy, on the day and on the last of August 1990."""
    events = read_weis(data or SHARED / "data/ties/keds/gulfAllR.zip")
    figures: dict[str, float | int | str] = {"parties": 20, "alone": 15}
    for half_life in HALF_LIVES:
        kept, votes.ACT_HALF_LIFE = votes.ACT_HALF_LIFE, half_life
        for name, day in (("january", DAY), ("august", DAY - 137)):
            side = place(events, day)
            right = [sum(side[p] == way for p in camp) for camp, way in ((COALITION, 1), (WITH_IRAQ, -1))]
            figures[f"right_{name}_{half_life:g}"] = sum(right)
            figures[f"balanced_{name}_{half_life:g}"] = (right[0] / len(COALITION) + right[1] / len(WITH_IRAQ)) / 2.0
            wrong = [p for p in sorted(side) if (side[p] > 0) != (p in COALITION)]
            figures[f"wrong_{name}_{half_life:g}"] = " ".join(wrong)
        votes.ACT_HALF_LIFE = kept
    return figures
