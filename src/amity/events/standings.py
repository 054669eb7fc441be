"""Sentence + mentions -> standings, one for each pair of parties and kind that the sentence states.

How parties stand is said by nouns ("Syria's main ally", "tensions between"), verbs of state ("relies on"),
adjectives and participles ("X-backed", "hostile to"). The vocabulary is `tables/standings.yaml`; here its shapes
are carried out. Undirected kinds are told once a pair. What is denied ("no longer allies") is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from amity.events import standing_bonds as bonds
from amity.events import standing_presence as presence
from amity.events import standing_roles as roles
from amity.events.standing_names import free_names
from amity.events.standing_scene import Scene, distinct
from amity.events.standing_table import UNDIRECTED, Pattern, load_table
from amity.records import Actor, CodedEvent, Mention, Sentence, Silence, Status, is_rel

_MODALS = ("may", "might", "could", "would", "should")


@dataclass(frozen=True, slots=True)
class Found:
    """A standing before it is checked: its parties, the word, the pattern, and what was told with it."""

    kind: str
    a: Mention
    b: Mention | None
    word: int
    pattern: Pattern
    over: str | None = None
    place: str | None = None


Shape = Callable[[Scene, int, Pattern], Iterator[Found]]


def code_standings(sentence: Sentence, mentions: Sequence[Mention]) -> tuple[list[CodedEvent], list[Silence]]:
    """Sentence and its mentions -> standings, and why a word of the table gave none.

    One row for each pair and kind, the most trusted pattern first; `recipient` is None where no second party is told.
    """
    table = load_table()
    scene = Scene(sentence, free_names(sentence, mentions, table), table)
    kept: dict[tuple[object, ...], CodedEvent] = {}
    silences: list[Silence] = []
    for word in range(len(sentence.words)):
        for pattern in patterns_at(scene, word):
            if is_denied(scene, word, pattern):
                silences.append(Silence(sentence.index, pattern.rule, f"{sentence.words[word].text!r} is denied"))
                continue
            found = [f for f in SHAPES[pattern.shape](scene, word, pattern) if is_sound(f)]
            if not found:
                silences.append(Silence(sentence.index, pattern.rule, f"two parties for {sentence.words[word].text!r}"))
            for f in found:
                keep_best(kept, to_coded(scene, f))
    return drop_covered(list(kept.values())), silences


def patterns_at(scene: Scene, index: int) -> Iterator[Pattern]:
    """Patterns whose word stands here as the part of speech they ask for, the words they need beside it."""
    word, table = scene.sentence.words[index], scene.table
    by_part = {"NOUN": (table.nouns,), "PROPN": (table.nouns,), "VERB": (table.verbs, table.adjectives), "ADJ": (table.adjectives,)}
    form, lemma = word.text.lower(), word.lemma.lower()
    if index > 1 and scene.is_dash(index - 1) and scene.has(index - 2, "joining_prefixes"):
        form = lemma = f"{scene.text(index - 2)}-{form}"
    if any(m.head == index and m.kind == "name" and m.actor and m.actor.id.startswith(("group:", "org:")) for m in scene.mentions):
        yield from table.nouns["(named)"]
    seen = set()
    for part in by_part.get(word.upos, (table.adjectives,)):
        for pattern in (*part.get(form, ()), *part.get(lemma, ())):
            if (
                pattern not in seen
                and all(_stands_by(scene, index, n) for n in pattern.needs)
                and not _stands_by(scene, index, pattern.without)
            ):
                seen.add(pattern)
                yield pattern
    if index and scene.is_dash(index - 1):
        tail = table.tails.get(word.text.lower())
        if tail:
            yield tail
    prefix = table.heads.get(word.text.lower())
    if prefix and index + 2 < len(scene.sentence.words) and scene.is_dash(index + 1):
        yield prefix


def is_denied(scene: Scene, word: int, pattern: Pattern) -> bool:
    """Whether the text denies the standing; "will not accept its presence" and "will not leave" do not."""
    if pattern.kind == "DISTANT":
        return False
    if pattern.kind != "PRESENCE":
        return scene.negated(word)
    verb = scene.head(word)
    none = any(scene.text(k) == "no" for k in scene.sentence.kids(word, "det")) or scene.preps(word) == "without"
    return none or (verb >= 0 and scene.is_in(verb, ("have", "has", "had", "be", "exist")) and scene.negated(verb))


def _stands_by(scene: Scene, index: int, words: Iterable[str]) -> bool:
    """Whether one of the words hangs on the word, or on what hangs on it."""
    wanted = frozenset(words)
    if not wanted:
        return False
    kids = scene.sentence.kids(index)
    return any(scene.is_in(k, wanted) for k in kids) or any(scene.is_in(g, wanted) for k in kids for g in scene.sentence.kids(k))


def is_sound(found: Found) -> bool:
    """Whether the parties are two: other words, other actors, and not one side with itself."""
    a, b = found.a, found.b
    if a.actor is None or (b is not None and b.actor is None) or (a.actor.anonymous and found.pattern.shape == "state"):
        return False
    if b is None or b.actor is None:
        return found.pattern.b.open or found.kind in ("DISTANT", "PRESENCE")
    if a.actor.id == b.actor.id or (a.first, a.last) == (b.first, b.last):
        return False
    same_side = bool(a.actor.side_id) and a.actor.side_id == b.actor.side_id
    return not same_side or found.kind == "MEMBER" or not (a.actor.known and b.actor.known)


def to_coded(scene: Scene, f: Found) -> CodedEvent:
    """The checked standing as a record."""
    word = scene.sentence.words[f.word]
    ups = [f.word, *scene.sentence.ancestors(f.word)][:3]
    doubt = any(scene.text(k) in _MODALS for i in ups for k in scene.sentence.kids(i, "aux"))
    hint: Status | None = "hypothetical" if doubt else None
    why = (f"word {word.text!r}", f"path {f.pattern.a.name}/{f.pattern.b.name}", f"rule {f.pattern.rule}")
    return CodedEvent(
        scene.sentence.index,
        "standing",
        f.kind,
        f.a,
        f.b,
        f.word,
        None,
        (),
        hint,
        f.over,
        f.place,
        round(f.pattern.trust * (0.8 if doubt else 1), 3),
        why,
    )


def keep_best(kept: dict[tuple[object, ...], CodedEvent], event: CodedEvent) -> None:
    """Keeps the most trusted of the rows that say the same of the same two."""
    a = event.actor.actor.id if event.actor.actor else ""
    b = event.recipient.actor.id if event.recipient and event.recipient.actor else ""
    key = (event.type, frozenset((a, b))) if event.type in UNDIRECTED else (event.type, a, b)
    if key not in kept or kept[key].confidence < event.confidence:
        kept[key] = event


def drop_covered(events: list[CodedEvent]) -> list[CodedEvent]:
    """Drops a row without a second party where one with it says the same of the first."""
    full = {(e.type, e.actor.actor.id) for e in events if e.recipient and e.actor.actor}
    return [e for e in events if e.recipient or not e.actor.actor or (e.type, e.actor.actor.id) not in full]


def shape_role(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """A holder and an owner; for a member the body, for a mediator each of those between."""
    if roles.is_modifier(scene, noun) and not scene.sentence.kids(noun, "nmod:poss"):
        return
    owners = (scene.with_preps(noun, p.preps, own=False) if p.preps else []) or roles.owners(scene, noun)
    holders = roles.holders(scene, noun) if scene.has(noun, "role_nouns") else roles.named_holders(scene, noun)
    if not owners and p.kind in UNDIRECTED:
        yield from (Found(p.kind, a, b, noun, p) for a, b in combinations(holders, 2))
    yield from (Found(p.kind, a, b, noun, p, over_words(scene, noun, p)) for b in owners for a in holders)


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
    if verb >= 0 and is_rel(scene.rel(noun), "obj", "nsubj:pass") and scene.has(verb, "courting_verbs"):
        for a in scene.subjects(verb) or scene.owners(noun):
            yield from (Found("COURTING", a, b, noun, p) for b in scene.with_preps(noun, p.preps))


def shape_approach(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """One party's move towards another: "its overtures to", "rapprochement with"."""
    others = scene.with_preps(noun, p.preps)
    verb = scene.head(noun)
    movers = scene.owners(noun) or (scene.subjects(verb) if verb >= 0 and scene.sentence.words[verb].upos == "VERB" else [])
    yield from (Found(p.kind, a, b, noun, p) for a in movers for b in others)
    yield from (Found(p.kind, a, b, noun, p) for a, b in bonds.pairs_at(scene, noun, p.preps) if not others)


def shape_unit(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """Armed people, or a base, that are somewhere."""
    yield from _stays(scene, noun, p, presence.find_stayers(scene, noun), presence.find_places(scene, noun))


def shape_stay(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """A presence or base; one whose place the words do not tell lies in the only land the sentence names."""
    stayers, places = presence.find_stayers(scene, noun), presence.find_places(scene, noun)
    yield from _stays(scene, noun, p, stayers, places)
    for a in stayers if not places else []:
        land = presence.only_land(scene, a)
        if land:
            yield Found(p.kind, a, land, noun, p, place=land.text)


def shape_leave(scene: Scene, word: int, p: Pattern) -> Iterator[Found]:
    """Who withdraws, or is asked to, is there: "Iran will not withdraw from Syria", "its pullout from the north"."""
    stayers = scene.owners(word) if p.part == "noun" else scene.topics(word) or scene.objects(word)
    inner = [c for k in scene.complements(word, ("of",), own=False) for c in scene.complements(k, p.preps, own=False)]
    left = scene.sentence.kids(word, "obj") if p.part == "verb" else []
    spots = [k for at in [*scene.complements(word, p.preps), *inner, *left] for k in presence.joined_places(scene, at)]
    yield from _stays(scene, word, p, distinct(stayers), spots)


def shape_hold(scene: Scene, verb: int, p: Pattern) -> Iterator[Found]:
    """A place that someone holds, in either voice."""
    passive = scene.passive(verb)
    nouns = scene.sentence.kids(verb, "nsubj" if passive else "obj") or ([scene.head(verb)] if passive and scene.head(verb) >= 0 else [])
    yield from _stays(scene, verb, p, scene.subjects(verb), [k for k in nouns if presence.is_place(scene, k)])


def _stays(scene: Scene, word: int, p: Pattern, stayers: list[Mention], places: list[int]) -> Iterator[Found]:
    for spot in places:
        for a in stayers:
            land = presence.land_of(scene, spot, a)
            home = land is not None and a.actor is not None and land.actor is not None and land.actor.side_id == a.actor.side_id
            if not home and (land or presence.is_named(scene, spot)):
                yield Found(p.kind, a, land, word, p, place=presence.place_words(scene.sentence, spot))


def shape_gift(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """Support as a thing: "Iran's arms transfers to", "gives military aid to"."""
    verb = scene.head(noun)
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
    others: list[Mention | None] = [*scene.with_preps(noun, p.preps)] or [None]
    yield from (Found(p.kind, a, b, noun, p, over_words(scene, noun, p)) for a in holders for b in others)


def shape_verb(scene: Scene, verb: int, p: Pattern) -> Iterator[Found]:
    """A verb of state: the paths of the table lead to the two."""
    first = scene.follow(p.a, verb)
    second: list[Mention | None] = [*scene.follow(p.b, verb)] or ([None] if p.b.open else [])
    yield from (Found(p.kind, a, b, verb, p, over_words(scene, verb, p)) for a in first for b in second)


def shape_state(scene: Scene, word: int, p: Pattern) -> Iterator[Found]:
    """An adjective or participle: of the noun it qualifies or the subject it is said of."""
    if p.b.name == "prep":
        head = scene.head(word)
        holders = scene.parties(head) if is_rel(scene.rel(word), "amod", "acl") and head >= 0 else scene.topics(word)
        others: list[Mention | None] = [*scene.with_preps(word, p.b.preps, own=False)] or ([None] if p.b.open else [])
        yield from (Found(p.kind, a, b, word, p, over_words(scene, word, p)) for a in holders for b in others)
    elif p.b.name == "none":
        head = scene.head(word)
        holders = scene.topics(word) or (scene.subjects(head) if head >= 0 and scene.sentence.words[head].upos == "VERB" else [])
        if not holders and head >= 0 and scene.has(head, "stance_nouns"):
            holders = takers_of(scene, head)
        yield from (Found(p.kind, a, None, word, p) for a in holders)


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
    yield from _stays(scene, word, p, holders, [i for i in range(word + 1, noun + 1) if presence.is_place(scene, i)][-1:])


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
    owners = [m for m in [*scene.qualifiers(noun), *scene.owners(noun)] if m.first > word or m.last <= name.first]
    if known or named or owners:
        return [m for m in known or named or owners[:1] if (m.first, m.last) != (name.first, name.last)]
    return [scene.unnamed(noun, side)] if scene.has(noun, "group_nouns") else []


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


SHAPES: dict[str, Shape] = {
    "role": shape_role,
    "bond": shape_bond,
    "relation": shape_relation,
    "approach": shape_approach,
    "unit": shape_unit,
    "stay": shape_stay,
    "hold": shape_hold,
    "gift": shape_gift,
    "part": shape_part,
    "leave": shape_leave,
    "ward": shape_ward,
    "debt": shape_debt,
    "stance": shape_stance,
    "asset": shape_asset,
    "verb": shape_verb,
    "state": shape_state,
    "tail": shape_tail,
    "prefix": shape_prefix,
    "held": shape_held,
    "include": shape_include,
    "led": shape_led,
    "union": shape_union,
}
