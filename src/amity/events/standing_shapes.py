"""Phrases -> standings, by the shapes of the table; each takes the scene, the word and its row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from amity.events import standing_bonds as bonds
from amity.events import standing_roles as roles
from amity.events.standing_found import Found
from amity.events.standing_scene import Scene
from amity.events.standing_table import UNDIRECTED, Pattern
from amity.records import Mention, is_rel


def shape_role(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """A holder and an owner; for a member the body, for a mediator each of those between."""
    if roles.is_modifier(scene, noun) and not scene.sentence.kids(noun, "nmod:poss"):
        return
    owners = (scene.with_preps(noun, p.preps, own=False) if p.preps else []) or roles.owners(scene, noun)
    holders = roles.holders(scene, noun) if scene.has(noun, "role_nouns") else roles.named_holders(scene, noun)
    if not owners and p.kind in UNDIRECTED:
        yield from (Found(p.kind, a, b, noun, p) for a, b in combinations(holders, 2))
    for a, b in product(holders, owners):
        if b.actor and b.actor.id.startswith("body:") and p.kind == "ALLIED":
            # "A NATO ally" is a member of it.
            yield from (Found("MEMBER", a, b, noun, p) for _ in range(bool(a.actor and a.actor.known)))
        elif p.kind == "ALLIED" or not (a.actor and b.actor and a.actor.side_id and a.actor.side_id == b.actor.side_id):
            yield Found(p.kind, a, b, noun, p, over_words(scene, noun, p))


def shape_part(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """Membership: of a body only, by those who are named ("member of the alliance", "part of the axis")."""
    for b in scene.with_preps(noun, p.preps, own=False) or scene.qualifiers(noun):
        if is_body(b):
            yield from (Found(p.kind, a, b, noun, p) for a in roles.named_holders(scene, noun))


def shape_include(scene: Scene, verb: int, p: Pattern) -> Iterator[Found]:
    """A body that includes its members; it is the subject, or the last body named before ("which includes")."""
    bodies = [m for m in scene.subjects(verb) if is_body(m)] or [
        m for m in scene.mentions if m.last <= verb and m.actor and m.actor.id.startswith("body:")
    ][-1:]
    yield from (Found(p.kind, a, b, verb, p) for a in scene.objects(verb) for b in bodies)


def shape_led(scene: Scene, verb: int, p: Pattern) -> Iterator[Found]:
    """The leader of a body is its member ("the coalition led by")."""
    for b in scene.objects(verb) if scene.passive(verb) else []:
        if b.actor and b.actor.id.startswith("body:"):
            yield from (Found(p.kind, a, b, verb, p) for a in scene.agents(verb))


def shape_union(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """A union and what it is made of: "the Front, an alliance of five groups"."""
    unions = roles.named_holders(scene, noun)
    yield from (Found(p.kind, a, b, noun, p) for a in (scene.with_preps(noun, p.preps, own=False) if unions else []) for b in unions)


def is_body(mention: Mention) -> bool:
    """Whether one can be a member of the party: no state, person or land."""
    return (
        bool(mention.actor) and not mention.place and mention.actor is not None and not mention.actor.id.startswith(("state:", "person:"))
    )


def shape_bond(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """A pair; an alliance in trouble is strained besides."""
    strained = p.kind == "ALLIED" and any(kind == "STRAINED" for kind, _ in bonds.qualities(scene, noun))
    for a, b in bonds.pairs_at(scene, noun, p.preps):
        yield Found(p.kind, a, b, noun, p)
        if strained:
            yield Found("STRAINED", a, b, noun, p)


def shape_relation(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """A pair whose kind the words around give; a relation that someone seeks to better is courting."""
    pairs = bonds.pairs_at(scene, noun, p.preps)
    for kind, _ in bonds.qualities(scene, noun):
        yield from (Found(kind, a, b, noun, p) for a, b in pairs)
    verb = scene.head(noun)
    tense = any(kind != "ALLIED" for kind, word in bonds.qualities(scene, noun) if word < noun)
    if verb >= 0 and is_rel(scene.rel(noun), "obj", "nsubj:pass") and scene.has(verb, "courting_verbs") and not tense:
        for a in scene.subjects(verb) or scene.owners(noun):
            yield from (Found("COURTING", a, b, noun, p) for b in scene.with_preps(noun, p.preps))


def shape_approach(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """One party's move towards another: "its overtures to", "rapprochement with"."""
    others = scene.with_preps(noun, p.preps)
    verb = scene.head(noun)
    movers = scene.owners(noun) or (scene.subjects(verb) if verb >= 0 and scene.sentence.words[verb].upos == "VERB" else [])
    yield from (Found(p.kind, a, b, noun, p) for a in movers for b in others)
    yield from (Found(p.kind, a, b, noun, p) for a, b in bonds.pairs_at(scene, noun, p.preps) if not others)


def shape_gift(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """Support as a thing: "Iran's arms transfers to", "gives military aid to"."""
    verb = scene.head(noun)
    if verb >= 0 and is_asked(scene, verb):
        return
    givers = scene.owners(noun) or (scene.subjects(verb) if verb >= 0 and scene.has(verb, "giving_verbs") else [])
    takers = scene.with_preps(noun, p.preps) or (
        [m for k in scene.sentence.kids(verb, "iobj") for m in scene.parties(k)] if verb >= 0 else []
    )
    yield from (Found(p.kind, a, b, noun, p, over_words(scene, noun, p)) for a in givers for b in takers)


def shape_ward(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """A proxy or client: its owner sustains the holder."""
    yield from (
        Found(p.kind, a, b, noun, p, over_words(scene, noun, p)) for a in roles.owners(scene, noun) for b in roles.holders(scene, noun)
    )


def shape_debt(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """ "B's dependence on A": A has the lever."""
    yield from (
        Found(p.kind, a, b, noun, p, over_words(scene, noun, p)) for a in scene.with_preps(noun, p.preps) for b in scene.owners(noun)
    )


def shape_stance(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """A party that keeps out, by a noun: "its neutrality", "adopted a policy of dissociation"."""
    yield from (Found(p.kind, a, None, noun, p) for a in takers_of(scene, noun)[:2])


def takers_of(scene: Scene, noun: int) -> list[Mention]:
    """Whose stance a noun is: its owner's, the subject's, or the owner's of the noun above ("its adoption of a stance")."""
    at = noun
    for _ in range(3):
        found = scene.owners(at) or scene.topics(at)
        if found or scene.head(at) < 0:
            return found
        at = scene.head(at)
    return []


def shape_asset(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """Leverage and its like: who has it, over whom, and what it is."""
    verb = scene.head(noun)
    holders = scene.owners(noun) or (scene.subjects(verb) if verb >= 0 and scene.has(verb, "keep_verbs") else [])
    if not holders:
        # "The leverage that they have over".
        holders = [m for k in scene.sentence.kids(noun, "acl") if scene.has(k, "keep_verbs") for m in scene.subjects(k)]
    others: list[Mention | None] = [*scene.with_preps(noun, p.preps)] or [None]
    yield from (Found(p.kind, a, b, noun, p, over_words(scene, noun, p)) for a in holders for b in others)


def shape_verb(scene: Scene, verb: int, p: Pattern) -> Iterator[Found]:
    """A verb of state: the paths of the table lead to the two."""
    # A bare "groups" or "forces" says of nobody that they back someone.
    first = [m for m in scene.follow(p.a, verb) if p.a.name != "subject" or (m.actor and (m.actor.known or m.last - m.first > 1))]
    if is_asked(scene, verb):
        return
    second: list[Mention | None] = [*scene.follow(p.b, verb)] or ([None] if p.b.open else [])
    yield from (Found(p.kind, a, b, verb, p, over_words(scene, verb, p)) for a in first for b in second)


def is_asked(scene: Scene, word: int) -> bool:
    """Whether the words are the content of a request, and so no state of affairs."""
    head = scene.head(word)
    return head >= 0 and is_rel(scene.rel(word), "xcomp", "ccomp", "advcl") and scene.has(head, "request_verbs")


def shape_state(scene: Scene, word: int, p: Pattern) -> Iterator[Found]:
    """An adjective or participle: of the noun it qualifies or the subject it is said of."""
    if p.b.name == "prep":
        head = scene.head(word)
        holders = scene.parties(head) if is_rel(scene.rel(word), "amod", "acl") and head >= 0 else scene.topics(word)
        others: list[Mention | None] = [*scene.with_preps(word, p.b.preps, own=False)] or ([None] if p.b.open else [])
        holders = [a for a in holders if (a.actor and a.actor.known) or scene.has(a.head, "group_nouns")]
        yield from (Found(p.kind, a, b, word, p, over_words(scene, word, p)) for a in holders for b in others)
    elif p.b.name == "none":
        head = scene.head(word)
        holders = scene.topics(word) or (scene.subjects(head) if head >= 0 and scene.sentence.words[head].upos == "VERB" else [])
        if not holders and head >= 0 and scene.has(head, "stance_nouns"):
            holders = takers_of(scene, head)
        yield from (Found(p.kind, a, None, word, p) for a in holders)


def over_words(scene: Scene, index: int, p: Pattern) -> str | None:
    """What a patronage or leverage consists of: the words after the table's preposition, else the word itself."""
    if p.kind not in ("PATRON", "LEVERAGE"):
        return None
    for kid in scene.complements(index, p.over.split(), own=False) if p.over else []:
        if not scene.known(kid):
            below = scene.sentence.subtree(kid)
            return scene.sentence.words_text(kid if below[0] > kid else _after_case(scene, kid), below[-1] + 1)
    return scene.sentence.words[index].text


def _after_case(scene: Scene, noun: int) -> int:
    marks = [k for k in scene.sentence.kids(noun, "case") if k < noun]
    return max(marks) + 1 if marks else scene.sentence.subtree(noun)[0]
