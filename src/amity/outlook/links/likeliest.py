"""Anyone's event rows -> who is likeliest next, for a party and a type of act, with the past acts that speak for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.util import find_spec

import numpy as np

from amity.errors import BadInput, NotFound, suggest
from amity.outlook.links.facts import Facts
from amity.outlook.links.ranker import Ranker, RankerOptions
from amity.records import DatedEvent, Likely

# Facts and days below which trees would learn the accidents of a few weeks: the simple sum of shares ranks instead.
LEAST_FACTS, LEAST_DAYS = 3000, 90
# A user's ranker is trained on fewer questions than a benchmark's: a minute or two on one core for a hundred thousand acts.
QUESTIONS = 6000
# Past acts named for each party.
MOST_ACTS = 3


def facts_of(events: Iterable[DatedEvent], names: Mapping[str, str]) -> tuple[Facts, tuple[DatedEvent, ...], tuple[str, ...]]:
    """Typed event rows -> facts whose entities bear their names, the rows in the same order, and the ids of entities."""
    rows = tuple(
        sorted((e for e in events if e.type and e.actor != e.recipient), key=lambda e: (e.day, e.actor, e.recipient, e.type, e.claim))
    )
    ids = tuple(sorted({p for e in rows for p in (e.actor, e.recipient)}))
    types = tuple(sorted({e.type for e in rows}))
    number, kind = {p: i for i, p in enumerate(ids)}, {t: i for i, t in enumerate(types)}
    columns = np.array([(number[e.actor], kind[e.type], number[e.recipient], e.day) for e in rows], np.int64).reshape(-1, 4).T
    return Facts(tuple(names.get(p, p) for p in ids), types, *columns), rows, ids


def rank_likeliest(
    events: Iterable[DatedEvent], names: Mapping[str, str], party: str, kind: str, acts: bool = True
) -> tuple[list[Likely], str]:
    """Event rows, a party (id or name), a type -> others in order of who receives it next (or does it, without `acts`).

    The day is the one after the last event. Second comes a sentence on how it was ranked. Raises NotFound for
    a party, BadInput for a type, of which nothing is told.
    """
    facts, rows, ids = facts_of(events, names)
    found = [i for i, p in enumerate(ids) if party in (p, names.get(p))]
    if not found:
        raise NotFound(f"outlook: got the party {party!r}, of whom no act is told{suggest(party, [names.get(p, p) for p in ids])}")
    if kind not in facts.relations:
        raise BadInput(f"outlook: got the type {kind!r}, of which no act is told; there are {', '.join(facts.relations)}")
    subject, relation = found[0], facts.relations.index(kind)
    day = int(facts.day[-1]) + 1
    taught = len(rows) >= LEAST_FACTS and day - int(facts.day[0]) >= LEAST_DAYS and find_spec("lightgbm") is not None
    ranker = Ranker(facts, RankerOptions(questions=QUESTIONS, trees=100))
    if taught:
        ranker.learn(day)
    r = relation if acts else relation + len(facts.relations)
    scores = ranker.score(np.array([subject]), np.array([r]), day)[0]
    order = [int(i) for i in np.argsort(-scores, kind="stable") if i != subject]
    plain = f"Ranked by shares of past acts alone: of {len(rows):,} acts; trees are taught from {LEAST_FACTS:,} over {LEAST_DAYS} days on"
    how = f"Ranked by trees taught on {len(rows):,} past acts" if taught else f"{plain}, with pip install 'amity[outlook]'"
    pair: dict[int, list[int]] = {}
    for i, (a, b) in enumerate(zip(facts.actor.tolist(), facts.recipient.tolist(), strict=True)):
        if subject in (a, b):
            pair.setdefault(b if a == subject else a, []).append(i)
    rules = [_say_rule(ranker, (subject, r, i), day) if i in pair else [] for i in order]
    answers = [
        _likely(facts, rows, ids, (i, float(scores[i]), relation), (pair.get(i, []), rule)) for i, rule in zip(order, rules, strict=True)
    ]
    return answers, f"{how}; an order, no chances."


def _say_rule(ranker: Ranker, asked: tuple[int, int, int], day: int) -> list[str]:
    """A question with an object -> the learnt rule that speaks most for it, in a sentence, if any does."""
    subject, _, entity = asked
    rule = ranker.memory.rules.strongest(*asked, day)
    if rule is None:
        return []
    was, gap, share, general = rule
    facts = ranker.facts
    ends = (subject, entity) if was < len(facts.relations) else (entity, subject)
    ago = f"{gap} day{'s' if gap != 1 else ''} before"
    act = f"{facts.entities[ends[0]]} {facts.relations[was % len(facts.relations)]} {facts.entities[ends[1]]}, {ago}"
    return [f"rule: {act}; of acts that followed such, {100 * share:.0f} % were of this type, {100 * general:.0f} % of all"]


def _likely(
    facts: Facts, rows: tuple[DatedEvent, ...], ids: tuple[str, ...], at: tuple[int, float, int], told: tuple[list[int], list[str]]
) -> Likely:
    """A party with the acts between it and the one asked about, those of the same type first, then the newest; and a rule."""
    (entity, score, relation), (past, rule) = at, told
    last = int(facts.day[-1]) if len(facts.day) else 0
    order = sorted(past, key=lambda i: (facts.relation[i] != relation, -facts.day[i]))[:MOST_ACTS]
    same = [i for i in past if facts.relation[i] == relation]
    acts = f"{len(past)} act{'s' if len(past) > 1 else ''} in all"
    grounds = [f"{len(same)} of this type, {acts}, the last {last - int(facts.day[past[-1]])} days before"] if past else []
    if not past:
        often = int((facts.relation[facts.recipient == entity] == relation).sum())
        grounds = [f"no act between the two is told; it received {often} of this type from others"]
    claims = tuple(dict.fromkeys(rows[i].claim for i in order if rows[i].claim))
    return Likely(ids[entity], facts.entities[entity], score, (*grounds, *rule), claims)
