"""Bond and relation nouns -> pairs of parties: "the alliance between A and B", "A-B ties", "A's rift with B".

A bond noun states its kind by itself (alliance, rift, war). A relation noun (ties, relations) states one only with a
quality: an adjective on it, the noun over it ("a downturn in relations") or the verb it stands with ("ties soured").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from amity.events.standing_scene import Scene, distinct
from amity.records import Mention, is_rel

Pair = tuple[Mention, Mention]
# A noun in a noun in a noun: "the first cracks in the fabric of the alliance".
MOST_NESTING = 3
_INSIDE = ("in", "within", "of")


def pairs_at(scene: Scene, noun: int, preps: Iterable[str], depth: int = MOST_NESTING) -> list[Pair]:
    """Bond noun -> every pair it binds; looks into the noun it is a part of ("cracks in the alliance")."""
    between = scene.with_preps(noun, ("between", "among", "amongst"))
    if len(between) > 1:
        return list(combinations(distinct(between), 2))
    owners, others = scene.owners(noun), scene.with_preps(noun, preps)
    if owners and others:
        return [(a, b) for a in owners for b in others]
    if len(owners) > 1:
        return list(combinations(distinct(owners), 2))
    inner = [p for k in _inside(scene, noun) for p in pairs_at(scene, k, preps, depth - 1)] if depth else []
    return inner or _by_subject(scene, noun, owners, others) or _the_two(scene, noun)


def _inside(scene: Scene, noun: int) -> list[int]:
    return [k for k in scene.complements(noun, _INSIDE, own=False) if scene.has(k, "bonds_nouns")]


def _by_subject(scene: Scene, noun: int, owners: list[Mention], others: list[Mention]) -> list[Pair]:
    """The one who has, leads or joins the bond, with the other; or joined subjects who share it."""
    at = noun
    while is_rel(scene.rel(at), "nmod", "conj", "obl", "amod") and scene.has(scene.head(at), "part_nouns"):
        at = scene.head(at)
    verb = at if scene.sentence.kids(at, "cop") else scene.head(at)
    if verb < 0 or (verb != at and not scene.has(verb, "light_verbs")):
        return []
    subjects = distinct(m for m in scene.topics(verb) if m.head != noun)
    if others:
        return [(a, b) for a in subjects for b in others]
    if owners and verb == at:
        return []
    return list(combinations(subjects, 2))


def _the_two(scene: Scene, noun: int) -> list[Pair]:
    """ "Between the two sides": the only two sides the sentence names, if two they are."""
    for kid in scene.complements(noun, ("between", "among")):
        plural = scene.has(kid, "two_nouns") or any(scene.text(k) in ("two", "both") for k in scene.sentence.kids(kid))
        if plural and not scene.known(kid):
            sides: dict[str, Mention] = {}
            for m in scene.mentions:
                if m.actor and m.actor.known and not m.place and m.last <= kid:
                    sides.setdefault(m.actor.side_id, m)
            return [tuple(sides.values())] if len(sides) == 2 else []  # type: ignore[list-item]  # two by the test before
    return []


def qualities(scene: Scene, noun: int) -> Iterator[tuple[str, int]]:
    """Kinds that the words around a relation noun give it, each with the word that does."""
    for word in _around(scene, noun):
        for kind in ("STRAINED", "HOSTILE", "ALLIED"):
            if scene.has(word, f"makes_{kind.lower()}"):
                yield kind, word


def _around(scene: Scene, noun: int) -> Iterator[int]:
    yield from scene.sentence.kids(noun, "amod", "acl", "nmod:desc", "compound")
    for kid in scene.sentence.kids(noun, "amod"):
        yield from scene.sentence.kids(kid, "conj")
    head = scene.head(noun)
    if head >= 0 and is_rel(scene.rel(noun), "nsubj", "obj", "nmod", "obl"):
        yield head
        yield from scene.sentence.kids(head, "xcomp", "conj")
        yield from (
            k for k in scene.sentence.kids(head, "advmod", "obj", "obl", "compound:prt") if k > head and not is_rel(scene.rel(noun), "obj")
        )
        above = scene.head(head)
        if is_rel(scene.rel(noun), "nmod") and above >= 0 and is_rel(scene.rel(head), "obj", "nsubj"):
            yield above
    if scene.sentence.kids(noun, "cop"):
        yield noun
