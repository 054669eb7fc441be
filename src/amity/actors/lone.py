"""A phrase by itself, as in a cell of somebody's table ("Kenyan police officers") -> the party it names."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from amity.actors import rows
from amity.actors.kinds import unknown_actor
from amity.actors.names import name_key
from amity.actors.resolve import middle_day, resolve_mentions
from amity.actors.table import ActorTable
from amity.records import Actor, Mention, Sentence

# The longest words of the agents' table looked for.
_LONGEST = 5
# A name of one of these sectors is told apart further by its words ("International Court of Justice").
_BROAD = frozenset({"", "body", "government", "place", "armed", "civil", "military", "collective", "LOC", "ORG", "PER"})


@lru_cache(maxsize=1)
def load_agents() -> dict[str, str]:
    """`agents.csv` -> words in lower case and the sector of whoever they name. Source: PLOVER agents (MIT), and own rows."""
    return {r["words"]: r["sector"] for r in rows.read_rows(rows.TABLES / "agents.csv")}


def resolve_phrase(sentence: Sentence, table: ActorTable, published: str | None) -> Actor:
    """A phrase analysed as a sentence -> its one party; unknown and named by its words where no table knows it.

    The head decides who it is; a land or body named anywhere in the phrase is its side, and the words its sector.
    `table.home` of the actor's id, or of its side's, is the state it lives in.
    """
    day = middle_day(published)
    bare = _bare(sentence.text)
    whole = table.find(sentence.text, day) or table.heard(bare, day) or table.mistyped(bare, day)
    if whole is not None:
        return _finer(whole, sentence, table, day, True)
    mentions = [m for m in resolve_mentions([sentence], table, published)[0] if m.actor and m.kind != "pronoun"]
    main = _main_mention(mentions, sentence)
    if main is None or main.actor is None or _is_beside(main, sentence):
        own = unknown_actor(_bare(sentence.text))
        told = next((m.actor for m in mentions if m.actor and m.actor.known), None)
        side = table.get(told.side_id) if told and told.sector != "place" else None
        return _finer(replace(own, side_id=side.id, side=side.name) if side else own, sentence, table, day, False)
    actor = main.actor
    if not actor.known and table.home(actor.id) is None and table.home(actor.side_id) is None and not actor.id.startswith("person:"):
        actor = unknown_actor(_bare(sentence.text), actor.sector)
    return _finer(actor, sentence, table, day, main.kind == "name" and actor.known)


def _bare(text: str) -> str:
    return text.strip().removeprefix("the ").removeprefix("The ").removeprefix("A ").removeprefix("a ").removeprefix("an ")


def _main_mention(mentions: list[Mention], sentence: Sentence) -> Mention | None:
    """The mention over the head of the phrase, else the longest."""
    root = sentence.root
    over = [m for m in mentions if m.first <= root < m.last or m.head == root]
    return max(over or mentions, key=lambda m: (m.last - m.first, -m.first), default=None)


def _is_beside(main: Mention, sentence: Sentence) -> bool:
    """Whether the mention is only a place or a name beside the head ("an amusement park in Kabul")."""
    root = sentence.root
    return not (main.first <= root < main.last or main.head == root) and sentence.words[root].upos in ("NOUN", "PROPN")


def _finer(actor: Actor, sentence: Sentence, table: ActorTable, day: str | None, named: bool) -> Actor:
    """The actor with the sector that its office, its rule over a land, or its words tell."""
    entry = table.entries.get(actor.id)
    if entry is not None and day and any(t.covers(day) for t in entry.rules):
        return replace(actor, sector="government")
    if actor.id.startswith("person:") and actor.known:
        return actor
    if named and actor.sector not in _BROAD:
        return actor
    sector = sector_of_words(sentence)
    keep = not sector or (named and entry is not None and actor.sector in ("armed", "place") and sector in ("civil", "party"))
    return actor if keep else replace(actor, sector=sector)


def sector_of_words(sentence: Sentence) -> str:
    """The sector of the longest agent's words that end in the head of the phrase, else of the longest anywhere; "" where none fit.

    `of` turns the order: in "group of thieves" the thieves say what the group is.
    """
    agents = load_agents()
    keys = [name_key(w.text) for w in sentence.words]
    found: list[tuple[bool, int, int, str]] = []
    for first in range(len(keys)):
        for last in range(first + 1, min(len(keys), first + _LONGEST) + 1):
            sector = _sector_at(agents, " ".join(k for k in keys[first:last] if k))
            if sector:
                found.append((first <= _head(sentence) < last, last - first, -first, sector))
    return max(found)[3] if found else ""


def _sector_at(agents: dict[str, str], words: str) -> str:
    return agents.get(words) or (agents.get(words[:-1], "") if words.endswith("s") else "")


_EMPTY = frozenset(
    {"group", "groups", "number", "several", "member", "members", "crowd", "some", "many", "band", "pair", "hundreds", "dozens"}
)


def _head(sentence: Sentence) -> int:
    """The word that says what the party is: the root, or the noun after `of` where the root only counts."""
    root = sentence.root
    if sentence.words[root].text.lower() in _EMPTY:
        below = sentence.kids(root, "nmod", "obl")
        return below[0] if below else root
    return root
