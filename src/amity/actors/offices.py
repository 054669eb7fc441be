"""Offices: words of a title -> the office, and its holder on a day."""

from __future__ import annotations

from amity.actors.table import ActorTable
from amity.records import Actor

# Words that must all stand in a title -> office as the table of holders names it; the first that fits is taken.
_OFFICES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("deputy", "foreign"), "deputy foreign minister"),
    (("deputy",), "deputy"),
    (("vice", "president"), "vice president"),
    (("former",), "former"),
    (("ex",), "former"),
    (("foreign", "minister"), "foreign minister"),
    (("foreign", "secretary"), "foreign minister"),
    (("secretary", "state"), "secretary of state"),
    (("defense",), "defence minister"),
    (("defence",), "defence minister"),
    (("prime", "minister"), "prime minister"),
    (("interior", "minister"), "interior minister"),
    (("home", "minister"), "home minister"),
    (("finance", "minister"), "finance minister"),
    (("security", "adviser"), "national security adviser"),
    (("security", "advisor"), "national security adviser"),
    (("supreme", "leader"), "supreme leader"),
    (("crown", "prince"), "crown prince"),
    (("foreign", "policy", "chief"), "foreign policy chief"),
    (("secretary", "general"), "secretary-general"),
    (("intelligence",), "intelligence chief"),
    (("premier",), "premier"),
    (("president",), "president"),
    (("chancellor",), "chancellor"),
    (("king",), "king"),
    (("monarch",), "king"),
    (("emir",), "emir"),
    (("sultan",), "sultan"),
    (("pope",), "pope"),
    (("leader",), "leader"),
)
# Offices at the head of a state, group or government: any of them is "the leader".
HEADS = frozenset(
    {"leader", "president", "prime minister", "premier", "supreme leader", "king", "emir", "sultan", "crown prince", "chancellor"}
)
# Offices of which a government has many, told apart by the word before them.
OF_MANY = frozenset({"minister", "secretary"})
# Words for the holder of another side's like office.
COUNTERPARTS = frozenset({"counterpart", "counterparts"})
# An office that a state does not have goes by another there; tried in order.
_ALSO = {
    "foreign minister": ("secretary of state",),
    "premier": ("prime minister",),
    "prime minister": ("premier",),
    "leader": ("president", "supreme leader", "king", "prime minister"),
    "secretary-general": ("director general",),
}


def office_of(words: list[str]) -> str | None:
    """Lower-case words of a title -> the office the tables keep holders of, if any.

    >>> office_of(["iranian", "foreign", "minister"]), office_of(["finance", "chief"])
    ('foreign minister', None)
    """
    have = set(words) | {w.rstrip("s") for w in words}
    return next((office for needed, office in _OFFICES if all(n in have for n in needed)), None)


def holder_of(table: ActorTable, side: str, words: list[str], day: str | None) -> Actor | None:
    """Who holds the office that the words name, where the tables know exactly one holder on the day."""
    office = office_of(words)
    if office is None or day is None:
        return None
    for name in (office, *_ALSO.get(office, ())):
        found = table.holder(side, name, day)
        if found:
            return found
    return None
