"""Sentence + mentions -> standings, one for each pair of parties and kind that the sentence states.

How parties stand is said by nouns ("Syria's main ally", "tensions between"), verbs of state ("relies on"),
adjectives and participles ("X-backed", "hostile to"). The vocabulary is `tables/standings.yaml`; here its shapes
are carried out. Undirected kinds are told once a pair. What is denied ("no longer allies") is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from amity.events import standing_hyphens as hyphens
from amity.events import standing_shapes as shapes
from amity.events import standing_stays as stays
from amity.events.standing_found import Found
from amity.events.standing_names import free_names
from amity.events.standing_scene import Scene
from amity.events.standing_table import UNDIRECTED, Pattern, load_table
from amity.records import CodedEvent, Mention, Sentence, Silence, Status

# Sectors whose named members count as units where they are said to be somewhere.
ARMED = ("armed", "military")
_MODALS = ("may", "might", "could", "would", "should")


SHAPES: dict[str, Callable[[Scene, int, Pattern], Iterator[Found]]] = {
    "role": shapes.shape_role,
    "bond": shapes.shape_bond,
    "relation": shapes.shape_relation,
    "approach": shapes.shape_approach,
    "unit": stays.shape_unit,
    "stay": stays.shape_stay,
    "hold": stays.shape_hold,
    "gift": shapes.shape_gift,
    "part": shapes.shape_part,
    "leave": stays.shape_leave,
    "ward": shapes.shape_ward,
    "debt": shapes.shape_debt,
    "stance": shapes.shape_stance,
    "asset": shapes.shape_asset,
    "verb": shapes.shape_verb,
    "state": shapes.shape_state,
    "tail": hyphens.shape_tail,
    "prefix": hyphens.shape_prefix,
    "held": hyphens.shape_held,
    "include": shapes.shape_include,
    "led": shapes.shape_led,
    "union": shapes.shape_union,
}


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
    if any(m.head == index and m.kind == "name" and m.actor and m.actor.sector in ARMED for m in scene.mentions):
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
        return found.pattern.b.open or found.kind in ("DISTANT", "PRESENCE", "LEVERAGE")
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
