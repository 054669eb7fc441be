"""Units, bases, withdrawals and held places -> who is where, by the shapes `unit`, `stay`, `leave` and `hold`."""

from __future__ import annotations

from collections.abc import Iterator

from amity.events import standing_presence as presence
from amity.events.standing_found import Found
from amity.events.standing_scene import Scene, distinct
from amity.events.standing_table import Pattern
from amity.records import Mention


def shape_unit(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """Armed people, or a base, that are somewhere."""
    yield from found_stays(scene, noun, p, presence.find_stayers(scene, noun), presence.find_places(scene, noun))


def shape_stay(scene: Scene, noun: int, p: Pattern) -> Iterator[Found]:
    """A presence or base; one whose place the words do not tell lies in the only land the sentence names."""
    stayers, places = presence.find_stayers(scene, noun), presence.find_places(scene, noun)
    yield from found_stays(scene, noun, p, stayers, places)
    for a in stayers if not places else []:
        land = presence.only_land(scene, a)
        if land:
            yield Found(p.kind, a, land, noun, p, place=land.text)


def shape_leave(scene: Scene, word: int, p: Pattern) -> Iterator[Found]:
    """Who withdraws, or is asked to, is there: "Iran will not withdraw from Syria", "its pullout from the north"."""
    moved = p.part == "verb" and any(not presence.is_place(scene, k) for k in scene.sentence.kids(word, "obj"))
    stayers = scene.owners(word) if p.part == "noun" else scene.objects(word) if moved or scene.passive(word) else scene.topics(word)
    inner = [c for k in scene.complements(word, ("of",), own=False) for c in scene.complements(k, p.preps, own=False)]
    left = scene.sentence.kids(word, "obj") if p.part == "verb" else []
    spots = [k for at in [*scene.complements(word, p.preps), *inner, *left] for k in presence.joined_places(scene, at)]
    # Words no one resolved ("its soldiers") are left to the units, which know their owner.
    named = [m for m in distinct(stayers) if m.actor and m.actor.side_id]
    yield from found_stays(scene, word, p, named, spots)


def shape_hold(scene: Scene, verb: int, p: Pattern) -> Iterator[Found]:
    """A place that someone holds, in either voice."""
    passive = scene.passive(verb)
    nouns = scene.sentence.kids(verb, "nsubj" if passive else "obj") or ([scene.head(verb)] if passive and scene.head(verb) >= 0 else [])
    yield from found_stays(scene, verb, p, scene.subjects(verb), [k for k in nouns if presence.is_place(scene, k)])


def found_stays(scene: Scene, word: int, p: Pattern, stayers: list[Mention], places: list[int]) -> Iterator[Found]:
    """Every stayer at every place abroad; an unnamed place ("the area") counts only where its land is told."""
    for spot in places:
        for a in stayers:
            land = presence.land_of(scene, spot, a)
            home = land is not None and a.actor is not None and land.actor is not None and land.actor.side_id == a.actor.side_id
            if not home and (land or presence.is_named(scene, spot)):
                yield Found(p.kind, a, land, word, p, place=presence.place_words(scene.sentence, spot))
