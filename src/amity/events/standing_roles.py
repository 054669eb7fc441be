"""Role nouns -> holder and owner: "Russia, Syria's main ally", "its partner Hezbollah", "sees Syria as an ally"."""

from __future__ import annotations

from amity.events.standing_scene import Scene, distinct
from amity.records import Mention, is_rel

_OWNING_PREPS = ("to", "with", "of", "for", "against")


def holders(scene: Scene, noun: int) -> list[Mention]:
    """Who plays the role; a role no one is named for stands for itself ("the regime's allies")."""
    rel, head = scene.rel(noun), scene.head(noun)
    named = [m for k in scene.sentence.kids(noun, "appos", "flat", "parataxis", "dep") if k > noun for m in scene.known(k)]
    if named:
        return distinct(named)
    if scene.sentence.kids(noun, "cop") or rel == "xcomp":
        return scene.topics(noun)
    if is_rel(rel, "appos", "nmod:desc", "compound", "flat", "acl:relcl") and head >= 0:
        found = [m for m in scene.parties(head) if not m.first <= noun < m.last or m.head != noun]
        if found:
            return found
    return seen_as(scene, noun) or [m for m in scene.at(noun) if m.actor and m.actor.known] or [scene.unnamed(noun)]


def seen_as(scene: Scene, noun: int) -> list[Mention]:
    """ "A sees B as an ally": B."""
    verb = scene.head(noun)
    if verb >= 0 and is_rel(scene.rel(noun), "obl", "advcl", "xcomp") and scene.preps(noun) in ("as", ""):
        return scene.objects(verb) if scene.has(verb, "view_verbs") else []
    return []


def owners(scene: Scene, noun: int) -> list[Mention]:
    """Whose ally, backer or foe it is."""
    places = [noun]
    if is_rel(scene.rel(noun), "nmod:desc", "compound") and scene.head(noun) >= 0:
        places.append(scene.head(noun))
    for at in places:
        found = [m for k in scene.sentence.kids(at, "nmod:poss") for m in scene.parties(k)]
        if found:
            return found
    found = scene.with_preps(noun, _OWNING_PREPS, own=False) or scene.qualifiers(noun)
    if found:
        return found
    return scene.subjects(scene.head(noun)) if seen_as(scene, noun) else []


def is_modifier(scene: Scene, noun: int) -> bool:
    """Whether the word only qualifies another common noun ("member states", "partner militia")."""
    return is_rel(scene.rel(noun), "compound", "amod") and scene.sentence.words[scene.head(noun)].upos == "NOUN"
