"""Units, groups and "presence" nouns -> who has a footing where: "France has 1,500 personnel in Niger"."""

from __future__ import annotations

from amity.events.parties import preposition, with_conjuncts
from amity.events.standing_scene import Scene, distinct
from amity.records import Mention, Sentence, is_rel

# Steps from "troops" up to the verb through counts and parts ("thousands of members of the Guard").
MOST_STEPS = 3


def find_stayers(scene: Scene, noun: int) -> list[Mention]:
    """Who owns the troops, base or presence: themselves if known, else their owner, else the subject who has them."""
    itself = [m for m in scene.at(noun) if m.actor]
    own = [m for m in itself if m.actor and m.actor.known] or scene.owners(noun)
    if not own and is_rel(scene.rel(noun), "nmod") and scene.head(noun) >= 0 and preposition(scene.sentence, noun) == "of":
        own = [m for m in scene.owners(scene.head(noun)) if not m.first <= noun < m.last]
    if not own and scene.rel(noun) == "compound":
        own = [m for m in scene.owners(scene.head(noun)) if not m.first <= noun < m.last]
    if own:
        return distinct(m for m in own if not m.place)
    verb = governor(scene, noun)
    if verb >= 0 and is_rel(scene.rel(_top(scene, noun)), "obj") and scene.has(verb, "keep_verbs"):
        found = [m for m in scene.subjects(verb) if m.actor and m.actor.known]
        if found:
            return found
    if itself and itself[0].last - itself[0].first > 1:
        return itself
    owned = scene.sentence.kids(noun, "nmod:poss")
    return [scene.unnamed(noun)] if scene.has(noun, "bare_nouns") and not owned else []


def _top(scene: Scene, noun: int) -> int:
    """The outermost noun of which this one is the matter ("thousands of troops")."""
    at = noun
    for _ in range(MOST_STEPS):
        up = scene.head(at)
        if not (is_rel(scene.rel(at), "nmod") and preposition(scene.sentence, at) == "of" and up >= 0):
            break
        at = up
    return at


def governor(scene: Scene, noun: int) -> int:
    """The verb that the noun is subject or object of, -1 if none."""
    top = _top(scene, noun)
    while scene.rel(top) == "conj":
        top = scene.head(top)
    return scene.head(top) if is_rel(scene.rel(top), "nsubj", "obj", "obl:agent", "acl") else -1


def find_places(scene: Scene, noun: int) -> list[int]:
    """Place nouns of a stay: on the noun, on its counts, on participles and on the verb that tells of staying."""
    spots = [noun, _top(scene, noun)]
    spots += [k for k in scene.sentence.kids(noun, "acl", "amod") if scene.has(k, "stay_words")]
    up = scene.head(noun)
    if is_rel(scene.rel(noun), "nmod", "compound") and up >= 0 and (scene.has(up, "title_nouns") or scene.has(up, "stay_nouns")):
        spots.append(up)
    found = []
    verb = governor(scene, noun)
    if verb >= 0 and not scene.has(verb, "stay_words"):
        verb = next((k for k in scene.sentence.kids(verb, "xcomp") if scene.has(k, "stay_words") or scene.has(k, "leave_verbs")), verb)
    if verb >= 0 and (scene.has(verb, "stay_words") or scene.has(verb, "keep_verbs") or scene.has(verb, "leave_verbs")):
        spots += [verb, *(k for k in scene.sentence.kids(verb, "xcomp", "conj", "advcl") if scene.has(k, "stay_words"))]
    elif verb >= 0 and places_of(scene, verb):
        found.append(verb)
    if verb >= 0 and scene.has(verb, "leave_verbs"):
        found += [k for k in scene.sentence.kids(verb, "obj") if k != noun and is_place(scene, k)]
    preps = scene.table.lists["place_preps"]
    # Who is barred "from its airspace" is not there, wherever the parser hangs it.
    if verb >= 0 and scene.has(verb, "bar_verbs"):
        preps = preps - scene.table.lists["bar_preps"]
    return list(
        dict.fromkeys([*found, *(p for at in spots for k in scene.complements(at, preps, own=False) for p in joined_places(scene, k))])
    )


def places_of(scene: Scene, word: int) -> bool:
    """Whether the word itself is a place with its preposition ("the fighters are in Syria")."""
    return is_place(scene, word) and scene.preps(word) in scene.table.lists["place_preps"]


def joined_places(scene: Scene, noun: int) -> list[int]:
    """The noun and those joined to it that are places."""
    return [k for k in with_conjuncts(scene.sentence, noun) if is_place(scene, k)]


def is_place(scene: Scene, noun: int) -> bool:
    """Whether a noun phrase lies somewhere on the map: a place name, or a word for land with or without one."""
    if any(n.label == "LOC" and n.first <= noun < n.last for n in scene.sentence.names):
        return True
    here = [m for m in scene.mentions if m.actor and m.first <= noun < m.last and m.kind != "demonym"]
    return scene.has(noun, "land_nouns") or any(m.place or (m.actor and m.actor.id.startswith("state:") and m.kind == "name") for m in here)


def land_of(scene: Scene, noun: int, stayer: Mention) -> Mention | None:
    """The state in whose land a place lies, if the words tell; else the one land the sentence places anything in."""
    below = set(scene.sentence.subtree(noun))
    if scene.preps(noun) not in scene.table.lists["near_words"] and not any(scene.has(i, "near_words") for i in below):
        inner = [m for m in scene.mentions if m.head in below]
        for m in [*scene.known(noun), *(m for m in inner if m.kind != "noun"), *inner]:
            if m.actor and m.actor.side_id.startswith("state:") and m.actor.known:
                return m
        if any(m.actor and m.actor.known for m in inner):
            return None
    return only_land(scene, stayer)


def only_land(scene: Scene, stayer: Mention) -> Mention | None:
    """The only foreign state that the sentence speaks of as a place."""
    side = stayer.actor.side_id if stayer.actor else ""
    lands = {
        m.actor.side_id: m for m in scene.mentions if m.actor and m.place and m.actor.id.startswith("state:") and m.actor.side_id != side
    }
    return next(iter(lands.values())) if len(lands) == 1 else None


def is_named(scene: Scene, noun: int) -> bool:
    """Whether a place has a name of its own, and is not just "the area"."""
    near = {noun, *scene.sentence.kids(noun, "compound", "flat", "nmod", "amod")}
    named = any(n.label == "LOC" and any(n.first <= i < n.last for i in near) for n in scene.sentence.names)
    return named or any(m.head in near for m in scene.mentions)


def place_words(sentence: Sentence, noun: int) -> str:
    """A place as it stands, without its preposition and what is said of it in clauses."""
    inside = [noun]
    stack = [noun]
    while stack:
        at = stack.pop()
        for kid in sentence.kids(at, "amod", "compound", "det", "flat", "nmod", "nmod:poss", "case"):
            if not (at == noun and is_rel(sentence.words[kid].rel, "case")):
                inside.append(kid)
                stack.append(kid)
    return sentence.words_text(min(inside), max(inside) + 1)
