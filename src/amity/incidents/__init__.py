"""Claims across documents -> incidents: copies, the same happening, its accounts, agreement and contradiction.

    incidents = find_incidents(claims, documents)
    incidents[0].accounts, incidents[0].differences, incidents[0].independent, incidents[0].copies

`IncidentBook` takes claims as they come and answers at once; `find_copies` and `group_stories` work on documents alone, `group_carriers` on
words that carry acts.
"""

from __future__ import annotations

from amity.incidents.book import IncidentBook
from amity.incidents.carriers import Carrier, group_carriers
from amity.incidents.copies import CopyBook
from amity.incidents.decisions import judge_pairs, read_decisions
from amity.incidents.make import find_copies, find_incidents
from amity.incidents.stories import group_stories

__all__ = [
    "Carrier", "CopyBook", "IncidentBook", "find_copies", "find_incidents", "group_carriers", "group_stories", "judge_pairs",
    "read_decisions",
]  # fmt: skip
