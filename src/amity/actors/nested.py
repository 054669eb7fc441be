"""Names inside a mention: "Turkish-backed rebels" holds Turkey, "Chad's close ally" holds Chad."""

from __future__ import annotations

from amity.actors.resolve import middle_day
from amity.actors.spots import Spot, find_spots
from amity.actors.table import ActorTable
from amity.records import Mention, MentionKind, Sentence

_KINDS: dict[str, MentionKind] = {"adjective": "demonym", "people": "demonym"}


def nested_names(sentence: Sentence, mention: Mention, table: ActorTable, published: str | None = None) -> list[Mention]:
    """A mention -> the parties of the tables named among its words, its own head and its own side left out.

    The names are those that `resolve_mentions` itself would find there, in order of text; none overlap.
    """
    day = middle_day(published)
    homes = frozenset({mention.actor.side_id} if mention.actor else ())
    return [
        _as_mention(sentence, mention, spot, table, day)
        for spot in find_spots(sentence, table, day, homes)
        if spot.entry is not None and _is_inside(spot, mention, table)
    ]


def _is_inside(spot: Spot, mention: Mention, table: ActorTable) -> bool:
    """Whether a name lies within the mention, is less than all of it, is no head and no place, and names another side."""
    assert spot.entry is not None
    within = mention.first <= spot.first and spot.last <= mention.last and spot.last - spot.first < mention.last - mention.first
    own = mention.actor is not None and table.actor(spot.entry).side_id == mention.actor.side_id
    return within and not spot.first <= mention.head < spot.last and not own and spot.kind != "city"


def _as_mention(sentence: Sentence, mention: Mention, spot: Spot, table: ActorTable, day: str | None) -> Mention:
    assert spot.entry is not None
    text = sentence.words_text(spot.first, spot.last)
    kind = _KINDS.get(spot.kind, "name")
    actor = table.actor(spot.entry, day)
    return Mention(sentence.index, spot.first, spot.last, spot.head, text, kind, actor, f"name inside {mention.text!r}")
