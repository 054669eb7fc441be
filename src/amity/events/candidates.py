"""A predicate with two parties -> what speaks for and against its being an event: features, as words.

Every pair of parties in a sentence is a candidate for every sense of every predicate; the judge decides. A
feature is a short text such as `slot obj` or `AID needs place`, so that a decision can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amity.events.clauses import is_passive
from amity.events.codebook import Frame
from amity.events.frames import doers_of, receivers_of
from amity.events.parties import preposition
from amity.events.slots import Slots, side_of
from amity.records import Mention, Sentence, is_rel

# Tree paths longer than this are all one feature.
LONGEST_PATH = 5
# A sentence of more parties than this is a list (a summit's guests, a league table): the nearest are tried.
MOST_PARTIES = 14


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sense of one predicate with one actor and one recipient."""

    frame: Frame
    predicate: int
    actor: Mention
    recipient: Mention
    path: str
    slot: str
    features: tuple[str, ...]


def find_candidates(slots: Slots, index: int, frames: Sequence[Frame], muted: bool) -> Iterator[Candidate]:
    """All candidates of one predicate; `frames` are its fitting senses, the most particular first."""
    sentence = slots.sentence
    parties = _parties_near(slots, index)
    shared = _of_predicate(sentence, index, muted)
    routes = {m.first: _route(sentence, index, m.head) for m in parties}
    for place, frame in enumerate(frames):
        doers = doers_of(slots, index, frame)
        for actor in parties:
            path = doers.get(actor.first, "other")
            receivers = receivers_of(slots, index, frame, actor)
            for recipient in parties:
                if _overlap(actor, recipient) or side_of(actor) == side_of(recipient):
                    continue
                slot = receivers.get(recipient.first, "other")
                pair = _of_pair(sentence, index, (actor, recipient), (path, slot), routes)
                features = (*shared, *pair, *_of_type(frame, place, shared, (actor, recipient), (path, slot)))
                yield Candidate(frame, index, actor, recipient, path, slot, features)


def _parties_near(slots: Slots, index: int) -> list[Mention]:
    held = [m for m in slots.mentions if m.actor]
    return sorted(sorted(held, key=lambda m: abs(m.head - index))[:MOST_PARTIES], key=lambda m: m.first)


def _overlap(a: Mention, b: Mention) -> bool:
    return a.first < b.last and b.first < a.last


def _of_predicate(sentence: Sentence, index: int, muted: bool) -> tuple[str, ...]:
    word = sentence.words[index]
    helpers = sorted({sentence.words[k].lemma.lower() for k in sentence.kids(index, "aux")} - {"be", "have", "do"})
    features = [f"rel {word.rel}", f"pos {word.upos}", f"tag {word.tag}", f"names {min(8, len(sentence.names))}"]
    features += [f"mark {sentence.words[k].lemma.lower()}" for k in sentence.kids(index, "mark", "det", "advmod")]
    features += [f"helper {h}" for h in helpers]
    features += [name for name, holds in (("muted", muted), ("heading", sentence.heading)) if holds]
    if word.upos == "VERB" and is_passive(sentence, index):
        features.append("passive")
    if word.head >= 0:
        head = sentence.words[word.head]
        features += [f"under {head.upos} {word.rel.split(':')[0]}", f"under {head.lemma.lower()}"]
    return tuple(features)


def _of_pair(
    sentence: Sentence, index: int, pair: tuple[Mention, Mention], ways: tuple[str, str], routes: dict[int, tuple[str, int]]
) -> tuple[str, ...]:
    actor, recipient = pair
    path, slot = ways
    (route_a, far_a), (route_r, far_r) = routes[actor.first], routes[recipient.first]
    order = "".join(x for _, x in sorted([(actor.head, "a"), (recipient.head, "r"), (index, "p")]))
    return (
        f"path {path}",
        f"slot {slot}",
        f"ways {path} {slot}",
        f"route a {route_a}",
        f"route r {route_r}",
        f"far a {far_a}",
        f"far r {far_r}",
        f"order {order}",
        f"gap a {_bucket(actor.head - index)}",
        f"gap r {_bucket(recipient.head - index)}",
        *_of_party("a", actor),
        *_of_party("r", recipient),
        f"mark r {preposition(sentence, recipient.head)}",
        f"between {_route(sentence, actor.head, recipient.head)[0]}",
        f"near a {_rank(actor, index, routes)}",
        f"near r {_rank(recipient, index, routes)}",
        f"role a {sentence.words[actor.head].rel}",
        f"role r {sentence.words[recipient.head].rel}",
    )


def _rank(mention: Mention, index: int, routes: dict[int, tuple[str, int]]) -> str:
    """How many parties are nearer to the predicate in the tree, and on the same side of it in the text."""
    own = routes[mention.first][1]
    nearer = sum(1 for _, far in routes.values() if far < own)
    left = mention.head < index
    closer = sum(1 for first in routes if (first < index) == left and abs(first - index) < abs(mention.first - index))
    return f"{min(nearer, 4)} {min(closer, 3)}"


def _of_party(who: str, mention: Mention) -> tuple[str, ...]:
    party = mention.actor
    assert party is not None
    known = "known" if party.known else "unknown"
    out = [f"{who} {mention.kind}", f"{who} {known}", f"{who} {party.sector}", f"{who} {mention.kind} {known}"]
    out += [f"{who} {name}" for name, holds in (("place", mention.place), ("anonymous", party.anonymous)) if holds]
    return tuple(out)


def _of_type(frame: Frame, place: int, shared: tuple[str, ...], pair: tuple[Mention, Mention], ways: tuple[str, str]) -> tuple[str, ...]:
    kind, (path, slot) = frame.type, ways
    out = [f"type {kind}", f"{kind} path {path}", f"{kind} slot {slot}", f"sense {min(place, 3)}", f"word {kind} {frame.lemma}"]
    out += [
        f"{kind} {shared[1]}",
        f"{kind} r {'place' if pair[1].place else 'party'}",
        f"needs {bool(frame.needs)} part {bool(frame.part)}",
    ]
    out += [f"{kind} {f}" for f in shared if f in ("muted", "passive")]
    return tuple(out)


def _bucket(gap: int) -> str:
    size = abs(gap)
    return ("-" if gap < 0 else "+") + ("1" if size == 1 else "2" if size == 2 else "5" if size <= 5 else "10" if size <= 10 else "20+")


def _route(sentence: Sentence, start: int, goal: int) -> tuple[str, int]:
    """Relations on the way from the predicate to a party (`>nsubj` down, `<acl` up), and its length."""
    above = [start, *sentence.ancestors(start)]
    below = [goal, *sentence.ancestors(goal)]
    meet = next((i for i in below if i in above), -1)
    if meet < 0:
        return "none", LONGEST_PATH + 1
    up = above[: above.index(meet)]
    down = below[: below.index(meet)]
    length = len(up) + len(down)
    if length > LONGEST_PATH:
        return "far", LONGEST_PATH + 1
    steps = ["<" + sentence.words[i].rel for i in up]
    for i in reversed(down):
        mark = preposition(sentence, i) if is_rel(sentence.words[i].rel, "obl", "nmod") else ""
        steps.append(">" + sentence.words[i].rel.split(":")[0] + (":" + mark if mark else ""))
    return "".join(steps), length
