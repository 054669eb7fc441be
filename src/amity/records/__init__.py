"""The nouns of the house: every record that passes from one room to the next.

All are frozen and slotted. Offsets are code points of the document's stored text, first closed, last
open. Days are ISO text (`2018-06-04`); times of events are EDTF text with both bounds as days. Identity
is a hash of content (`fingerprint`), so the same input gives the same ids on every machine.
"""

from amity.records.bargains import Bargain, Issue, Stake
from amity.records.blocs import (
    Bloc,
    BlocMember,
    BlocMoment,
    BlocMove,
    BlocRule,
    Cohesion,
    Contradiction,
    Label,
    OddCouple,
    Partition,
    Proof,
    Triads,
)
from amity.records.claims import Claim, Judgement, When
from amity.records.documents import Cut, Document, Stretch, Unread
from amity.records.dyads import Change, DatedEvent, Spell, Tie, TiePoint
from amity.records.kinds import STATUSES, ClaimKind, CutReason, Json, MentionKind, SourceKind, Status, fingerprint
from amity.records.outlook import (
    FORECAST_KINDS,
    Bin,
    Difference,
    Forecast,
    ForecastKind,
    Graded,
    Likely,
    Outlook,
    Report,
    Skill,
    Stand,
    WhatIf,
)
from amity.records.parties import Actor, CodedEvent, Mention, Party, Silence, Source
from amity.records.rows import UNCODED, BadRow, EventRow, RowBlock, RowParty, RowType
from amity.records.sentences import Name, Sentence, Word, is_rel

__all__ = [
    "FORECAST_KINDS",
    "STATUSES",
    "UNCODED",
    "Actor",
    "BadRow",
    "Bargain",
    "Bin",
    "Bloc",
    "BlocMember",
    "BlocMoment",
    "BlocMove",
    "BlocRule",
    "Change",
    "Claim",
    "ClaimKind",
    "CodedEvent",
    "Cohesion",
    "Contradiction",
    "Cut",
    "CutReason",
    "DatedEvent",
    "Difference",
    "Document",
    "EventRow",
    "Forecast",
    "ForecastKind",
    "Graded",
    "Issue",
    "Json",
    "Judgement",
    "Label",
    "Likely",
    "Mention",
    "MentionKind",
    "Name",
    "OddCouple",
    "Outlook",
    "Partition",
    "Party",
    "Proof",
    "Report",
    "RowBlock",
    "RowParty",
    "RowType",
    "Sentence",
    "Silence",
    "Skill",
    "Source",
    "SourceKind",
    "Spell",
    "Stake",
    "Stand",
    "Status",
    "Stretch",
    "Tie",
    "TiePoint",
    "Triads",
    "Unread",
    "WhatIf",
    "When",
    "Word",
    "fingerprint",
    "is_rel",
]
