"""Units, groups and "presence" nouns -> who has a footing where: "France has 1,500 personnel in Niger"."""

from __future__ import annotations

from amity.events.parties import preposition
from amity.events.standing_scene import Scene, distinct
from amity.records import Mention, Sentence, is_rel

# Steps from "troops" up to the verb through counts and parts ("thousands of members of the Guard").
MOST_STEPS = 3


def find_stayers(scene: Scene, noun: int) -> list[Mention]:
    """Who owns the troops, base or presence: themselves if known, else their owner, else the subject who has them."""
    own = [m for m in scene.at(noun) if m.actor and m.actor.known] or scene.owners(noun)
    if own:
        return distinct(own)
    verb = governor(scene, noun)
    if verb >= 0 and is_rel(scene.rel(_top(scene, noun)), "obj") and scene.has(verb, "keep_verbs"):
        return scene.subjects(verb)
    return []


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
    preps = scene.table.lists["place_preps"]
    spots = [noun, _top(scene, noun)]
    spots += [k for k in scene.sentence.kids(noun, "acl", "amod") if scene.has(k, "stay_words")]
    verb = governor(scene, noun)
    if verb >= 0 and (scene.has(verb, "stay_words") or scene.has(verb, "keep_verbs")):
        spots.append(verb)
        spots += [k for k in scene.sentence.kids(verb, "xcomp", "conj") if scene.has(k, "stay_words")]
    if scene.sentence.kids(noun, "nsubj"):
        spots += scene.sentence.kids(noun, "nsubj")
    found = [k for at in dict.fromkeys(spots) for k in scene.complements(at, preps, own=False) if is_place(scene, k)]
    if verb >= 0 and scene.has(verb, "leave_verbs"):
        found += [k for k in scene.sentence.kids(verb, "obj") if k != noun and is_place(scene, k)]
    return list(dict.fromkeys(found))


def is_place(scene: Scene, noun: int) -> bool:
    """Whether a noun phrase lies somewhere on the map: it is, or directly holds, a place name."""
    near = {noun, *scene.sentence.kids(noun, "compound", "amod", "nmod", "flat", "conj", "appos", "nmod:poss")}
    if any(n.label == "LOC" and any(n.first <= i < n.last for i in near) for n in scene.sentence.names):
        return True
    return any(m.head in near and (m.place or (m.actor and m.actor.id.startswith("state:"))) for m in scene.mentions)


def land_of(scene: Scene, noun: int) -> Mention | None:
    """The party in whose land a place lies, if the words tell."""
    found = scene.known(noun)
    if found:
        return found[0]
    for kid in scene.sentence.kids(noun, "nmod", "appos", "nmod:poss"):
        deeper = scene.known(kid)
        if deeper:
            return deeper[0]
    return None


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
