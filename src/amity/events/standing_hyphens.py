"""Hyphened compounds -> standings: "Iran-backed militias", "pro-China faction", "rebel-held town"."""

from __future__ import annotations

from collections.abc import Iterator

from amity.events import standing_presence as presence
from amity.events import standing_roles as roles
from amity.events.standing_found import Found
from amity.events.standing_scene import Scene
from amity.events.standing_shapes import over_words
from amity.events.standing_stays import found_stays
from amity.events.standing_table import Pattern
from amity.records import Actor, Mention


def shape_tail(scene: Scene, word: int, p: Pattern) -> Iterator[Found]:
    """ "Iran-backed militias": the name before the hyphen, and the noun the compound qualifies."""
    for giver in (m for m in scene.mentions if m.actor and m.first < word - 1 and (m.last == word - 1 or m.head == word - 2)):
        for taker in qualified(scene, word, giver, giver.actor):
            a, b = (giver, taker) if p.a.name == "subject" else (taker, giver)
            yield Found(p.kind, a, b, word, p, over_words(scene, word, p))
        return


def shape_held(scene: Scene, word: int, p: Pattern) -> Iterator[Found]:
    """ "Israeli-occupied heights": the one before the hyphen is at the place after it."""
    noun = _noun_after(scene, word)
    holders = [m for m in scene.mentions if m.actor and m.last == word - 1]
    yield from found_stays(scene, word, p, holders, [i for i in range(word + 1, noun + 1) if presence.is_place(scene, i)][-1:])


def shape_prefix(scene: Scene, word: int, p: Pattern) -> Iterator[Found]:
    """ "Pro-Assad militia", "anti-Iran stance": the noun qualified stands so to the name after the hyphen."""
    for named in (m for m in scene.mentions if m.actor and m.first <= word + 2 < m.last):
        yield from (Found(p.kind, holder, named, word, p) for holder in qualified(scene, named.last - 1, named, None))


def qualified(scene: Scene, word: int, name: Mention, side: Actor | None) -> list[Mention]:
    """The parties of the noun that a hyphened compound stands before; one without a name acts for the side given."""
    noun = _noun_after(scene, word)
    if noun < 0:
        return []
    named = [m for m in roles.named_holders(scene, noun) if m.first != name.first]
    known = [
        m
        for m in scene.mentions
        if m.actor and m.actor.known and m.first <= noun < m.last and (m.first > word or m.first <= name.first < m.head)
    ]
    if known or named:
        return [m for m in known or named if (m.first, m.last) != (name.first, name.last)]
    owners = [m for m in [*scene.qualifiers(noun), *scene.owners(noun)] if m.first > word or m.last <= name.first]
    group = owners and owners[0].actor and not owners[0].actor.id.startswith("state:")
    if scene.has(noun, "group_nouns") and not group:
        return [scene.unnamed(noun, owners[0].actor if owners else side)]
    return owners[:1] if group or scene.has(noun, "stance_nouns") or scene.has(noun, "act_nouns") else []


def _noun_after(scene: Scene, word: int) -> int:
    """The noun that the word qualifies by the tree, else the next common noun or name within three words."""
    at = word
    for _ in range(3):
        at = scene.head(at)
        if at < 0:
            break
        if at > word and scene.sentence.words[at].upos in ("NOUN", "PROPN"):
            return at
    near = range(word + 1, min(word + 4, len(scene.sentence.words)))
    return next((i for i in near if scene.sentence.words[i].upos in ("NOUN", "PROPN")), -1)
