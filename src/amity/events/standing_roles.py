"""Role nouns -> holder and owner: "Russia, Syria's main ally", "its partner Hezbollah", "sees Syria as an ally"."""

from __future__ import annotations

from amity.events.standing_scene import Scene, distinct
from amity.records import Mention, is_rel

_ONES = ("one", "some", "many", "most", "two", "several", "among")
_OWNING_PREPS = ("to", "of", "for")


def holders(scene: Scene, noun: int) -> list[Mention]:
    """Who plays the role; a role no one is named for stands for itself ("the regime's allies in Lebanon")."""
    return named_holders(scene, noun) or unnamed_holders(scene, noun)


def named_holders(scene: Scene, noun: int) -> list[Mention]:
    """Who is said to play the role: in apposition, as the subject of a copula, or as what someone is seen as."""
    rel, head = scene.rel(noun), scene.head(noun)
    named = [m for k in scene.sentence.kids(noun, "appos", "flat", "parataxis", "dep", "list") if k > noun for m in scene.known(k)]
    if named:
        return distinct(named)
    if scene.sentence.kids(noun, "cop") or rel == "xcomp":
        return scene.topics(noun)
    if head >= 0 and scene.preps(noun) == "of" and scene.text(head) in _ONES:
        return named_holders(scene, head)
    if head >= 0 and rel == "obj" and scene.has(head, "be_verbs"):
        return scene.topics(head)
    if is_rel(rel, "appos", "nmod:desc", "compound", "flat", "acl:relcl") and head >= 0:
        found = [m for m in scene.parties(head) if m.actor and m.actor.known and not m.first <= noun < m.last]
        if found:
            return found
    return seen_as(scene, noun) or beside(scene, noun) or [m for m in scene.at(noun) if m.actor and m.actor.known and m.kind == "name"]


def beside(scene: Scene, noun: int) -> list[Mention]:
    """A name set off from the role by a comma, quotation mark or dash, whatever the tree says ("Chad, France's ally,")."""
    first = min([noun, *(i for k in scene.sentence.kids(noun, "nmod:poss", "amod", "det", "compound") for i in scene.sentence.subtree(k))])
    words = scene.sentence.words
    closed = noun + 1 == len(words) or words[noun + 1].upos == "PUNCT"
    if closed and first > 1 and words[first - 1].text == ",":
        found = [m for m in scene.mentions if m.actor and m.last == first - 1 and m.kind == "name"]
        if found:
            return found
    after = noun + 1
    while after < len(words) and words[after].upos == "PUNCT" and after < noun + 3:
        after += 1
    # Without a comma only "its ally Chad" is one phrase.
    return [m for m in scene.mentions if m.actor and m.first == after and m.kind == "name" and _is_closed(scene, m.last)]


def _is_closed(scene: Scene, index: int) -> bool:
    words = scene.sentence.words
    return index >= len(words) or words[index].upos in ("PUNCT", "VERB", "AUX", "CCONJ") or words[index].text.lower() in ("and", "or")


def unnamed_holders(scene: Scene, noun: int) -> list[Mention]:
    """The role's own words as a party, one for each land it is said to be in."""
    lands = [m for k in scene.complements(noun, ("in", "from"), own=False) for m in scene.known(k) if m.actor]
    if scene.sentence.kids(noun, "nmod:poss"):
        lands += scene.qualifiers(noun)
    return [scene.unnamed(noun, m.actor) for m in lands] or [scene.unnamed(noun)]


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
        for kid in scene.sentence.kids(at, "nmod:poss"):
            found = scene.joined_owner(at, kid) or scene.parties(kid) or scene.possessor(at, kid)
            if scene.has(kid, "first_persons"):
                # "Our ally" is the speaker's country's, whoever speaks.
                return [m for m in found if m.actor and m.actor.side_id.startswith("state:")]
            if found:
                return found
    before = [m for m in scene.qualifiers(noun) if m.kind != "demonym" or not scene.has(noun, "enemy_nouns")]
    found = scene.with_preps(noun, _OWNING_PREPS, own=False) or before
    viewers = scene.subjects(scene.head(noun)) if seen_as(scene, noun) else []
    return distinct([*found, *viewers])


def is_modifier(scene: Scene, noun: int) -> bool:
    """Whether the word only qualifies another common noun ("member states", "partner militia")."""
    return is_rel(scene.rel(noun), "compound", "amod") and scene.sentence.words[scene.head(noun)].upos == "NOUN"
