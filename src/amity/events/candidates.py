"""A predicate with two parties -> what speaks for and against its being an event: features, as words.

Every pair of parties in a sentence is a candidate for every sense of every predicate; the judge decides. A
feature is a short text such as `slot obj` or `AID r place`, so that a decision can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from amity.events.clauses import is_passive
from amity.events.codebook import DEMANDS, Frame
from amity.events.frames import doers_of, receivers_of
from amity.events.hints import UNREAD, Hints
from amity.events.parties import first_of_list, in_one_list, preposition
from amity.events.slots import Slots, side_of
from amity.records import Mention, Sentence, is_rel

# Places of a frame that take the other of two joined parties.
MUTUAL = frozenset({"pair", "between"})
# Prepositions whose list acts on itself.
BETWEEN = frozenset({"between", "among"})
# Parts of a state that act for it: what it does through them it does not do to them.
ARMS = frozenset({"military", "government"})
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


def find_candidates(slots: Slots, index: int, frames: Sequence[Frame], muted: bool, hints: Hints | None = None) -> Iterator[Candidate]:
    """All candidates of one predicate; `frames` are its fitting senses, the most particular first."""
    sentence = slots.sentence
    parties = _parties_near(slots, index)
    shared = _of_predicate(sentence, index, muted)
    routes = {m.first: _route(sentence, index, m.head) for m in parties}
    own = {(who, m.first): _of_place(who, sentence, index, m, routes) for m in parties for who in "ar"}
    pairs = [(a, r) for a in parties for r in parties if (a is r and _is_joint(a)) or (not _overlap(a, r) and _apart(a, r))]
    pairs = [(a, r) for a, r in pairs if not (hints and hints.is_idle(a, r))]
    apart = {(a.first, r.first): _of_both(sentence, index, a, r) for a, r in pairs}
    verb = sentence.words[index]
    active = set(sentence.kids(index, "nsubj")) if verb.upos == "VERB" and not is_passive(sentence, index) else set()
    for place, frame in enumerate(frames):
        doers = doers_of(slots, index, frame)
        found = _receivers(slots, index, frame, parties)
        mutual = not MUTUAL.isdisjoint(frame.to)
        takes_two = mutual or slots.codebook.types[frame.type].get("mutual")
        for actor, recipient in pairs:
            # "The two leaders agreed": those whom one word holds act on each other, in acts that take two.
            if actor is recipient and not takes_two:
                continue
            # "Mali, Niger and Chad recalled their envoys": those who act together do not act on each other.
            if not mutual and in_one_list(sentence, actor.head, recipient.head):
                continue
            ways = (doers.get(actor.first, "other"), found[actor.first].get(recipient.first, "other"))
            # "The officials said he had asked his host": he asked, and was not asked.
            if recipient.head in active and ways[1] == "other" and "swap" not in frame.flags and not takes_two:
                continue
            # "Turkey angered Greece" is Greece's complaint: the one who is moved is the actor.
            ends = (recipient, actor) if "swap" in frame.flags else (actor, recipient)
            features = (
                *(hints.features(index, *ends, frame.type) if hints else UNREAD),
                *shared,
                *own["a", actor.first],
                *own["r", recipient.first],
                *apart[actor.first, recipient.first],
                *_of_type(frame, place, shared, (actor, recipient), ways),
            )
            yield Candidate(frame, index, *ends, *ways, features)


def propose_candidates(slots: Slots, hints: Hints, barred: Callable[[int], bool]) -> Iterator[Candidate]:
    """Acts that the reader of acts sees, as candidates of a sense that no codebook holds; `barred` words state none."""
    sentence = slots.sentence
    for index, actor, recipient, kind in hints.proposals(slots.mentions):
        if barred(index) or _overlap(actor, recipient) or not _apart(actor, recipient):
            continue
        # "Accused Russian and Syrian pilots of hitting hospitals": nor did those who act together hit each other.
        mutual = slots.codebook.types[kind].get("mutual")
        if not mutual and in_one_list(sentence, actor.head, recipient.head) and not _is_between(sentence, actor.head):
            continue
        routes = {m.first: _route(sentence, index, m.head) for m in (actor, recipient)}
        features = (
            "proposed",
            f"proposed {kind}",
            *hints.features(index, actor, recipient, kind),
            *_of_predicate(sentence, index, False),
            *_of_place("a", sentence, index, actor, routes),
            *_of_place("r", sentence, index, recipient, routes),
            *_of_both(sentence, index, actor, recipient),
        )
        yield Candidate(Frame(kind, sentence.words[index].lemma, "", ()), index, actor, recipient, "reading", "reading", features)


def _receivers(slots: Slots, index: int, frame: Frame, actors: Sequence[Mention]) -> dict[int, dict[int, str]]:
    """For each actor the recipients' places; they differ between actors only where the frame takes the other of a pair."""
    if "pair" in frame.to:
        return {a.first: receivers_of(slots, index, frame, a) for a in actors}
    shared = receivers_of(slots, index, frame, None)
    return {a.first: shared for a in actors}


def _parties_near(slots: Slots, index: int) -> list[Mention]:
    held = [m for m in slots.mentions if m.actor]
    return sorted(sorted(held, key=lambda m: abs(m.head - index))[:MOST_PARTIES], key=lambda m: m.first)


def _overlap(a: Mention, b: Mention) -> bool:
    return a.first < b.last and b.first < a.last


def _apart(a: Mention, b: Mention) -> bool:
    """Whether two parties share no side ("they" of three states shares one with each), or are two within one state.

    A state's own forces are no other party to it, but its parliament, its opposition and its protesters are, and two
    of its politicians may quarrel.
    """
    if set(side_of(a).split(";")).isdisjoint(side_of(b).split(";")):
        return True
    if _is_joint(a) or _is_joint(b) or a.actor is None or b.actor is None or a.actor.id == b.actor.id:
        return False
    if all(m.actor.id.startswith("person:") for m in (a, b) if m.actor):
        return True
    return any(m.actor.id != side_of(m) and m.actor.sector not in ARMS for m in (a, b) if m.actor)


def _is_between(sentence: Sentence, index: int) -> bool:
    """Whether a list of parties stands after "between" ("a firefight between Russian and Turkish soldiers")."""
    return preposition(sentence, first_of_list(sentence, index)).lower() in BETWEEN


def _is_joint(mention: Mention) -> bool:
    """Whether one word stands for several parties ("they", "the two sides")."""
    return mention.actor is not None and mention.actor.id.startswith("joint:")


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


def _of_place(who: str, sentence: Sentence, index: int, mention: Mention, routes: dict[int, tuple[str, int]]) -> tuple[str, ...]:
    """What a party is, and where it stands to the predicate."""
    route, far = routes[mention.first]
    out = (
        f"route {who} {route}",
        f"far {who} {far}",
        f"gap {who} {_bucket(mention.head - index)}",
        f"near {who} {_rank(mention, index, routes)}",
        f"role {who} {sentence.words[mention.head].rel}",
        *_of_party(who, mention),
    )
    return (*out, f"mark r {preposition(sentence, mention.head)}") if who == "r" else out


def _of_both(sentence: Sentence, index: int, actor: Mention, recipient: Mention) -> tuple[str, ...]:
    """How the two stand to each other."""
    order = "".join(x for _, x in sorted([(actor.head, "a"), (recipient.head, "r"), (index, "p")]))
    kin = "within" if actor is recipient else "kin" if side_of(actor) == side_of(recipient) else "apart"
    return f"order {order}", f"between {_route(sentence, actor.head, recipient.head)[0]}", kin


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
    """The sense, and what its type and its demands make of the parties and of the ways to them."""
    kind, (path, slot) = frame.type, ways
    out = [f"path {path}", f"slot {slot}", f"ways {path} {slot}", f"type {kind}", f"{kind} path {path}", f"{kind} slot {slot}"]
    out += [f"sense {min(place, 3)}", f"word {kind} {frame.lemma}", f"needs {bool(frame.needs)} part {bool(frame.part)}"]
    out += [f"{kind} {shared[1]}", f"{kind} r {'place' if pair[1].place else 'party'}"]
    out += [f"{kind} {f}" for f in shared if f in ("muted", "passive")]
    kinds = tuple(m.actor.id.partition(":")[0] if m.actor else "" for m in pair)
    out += [f"{flag} {who} {x}" for flag in sorted(frame.flags & DEMANDS) for who, x in zip("ar", kinds, strict=True)]
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
