"""Two tellings of one incident -> where they part, by kind: a contradiction, an update, or a mere difference.

Contradiction: both cannot be true. Update: the later one was told after the earlier and goes on from it (a count that
grew, a plan carried out, a report corrected). Difference: one says what the other leaves open, or says it otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from amity.incidents.scoring import SAYING
from amity.incidents.table import load_table, phrases
from amity.incidents.traits import day_number
from amity.incidents.words import compare_words, fold, list_stems, name_key, weigh_words
from amity.records import Account, Difference, DifferenceKind, Figure, Relation, Telling

# Figures within this share of each other are one count rounded in two ways.
ROUNDING = 0.1
# Days apart at which two days may be one night or two time zones.
ONE_NIGHT = 1
# How an act stands before it is done; from here "reported" is a step on, and back is none.
OPEN = frozenset(("planned", "threatened", "requested", "hypothetical"))

# Cosine of weighted words from which tellings of unlike types speak of one matter; chosen on the even groups of bench/accounts.yaml.
ONE_MATTER = 0.3
# Types that both parties do together, so that neither alone is the actor.
MUTUAL = frozenset(("AGREE", "CONSULT", "COOPERATE"))
# Types in which many may do as one did: they speak, or they do it together; another actor contradicts nothing.
SHARED = MUTUAL | SAYING
# What is supposed or threatened of two leaves room for both.
SUPPOSED = frozenset(("hypothetical", "threatened", "requested"))

Rule = Callable[[Telling, Telling], Iterator[Difference]]


def compare_accounts(accounts: Sequence[Account]) -> tuple[Difference, ...]:
    """Accounts of one incident -> differences of tellings of one act by two accounts, or by one at two times, the gravest first.

    Of equal differences (kind and both values) the first told stands for all.
    """
    rows = [(i, t) for i, a in enumerate(accounts) for t in a.tellings]
    found: dict[tuple[str, ...], Difference] = {}
    for (i, a), (j, b) in combinations(rows, 2):
        if (i == j and a.document == b.document) or not tell_one_act(a, b):
            continue
        first, second = sorted((a, b), key=lambda t: (t.published or "", t.document, t.claim))
        for difference in compare_tellings(first, second):
            found.setdefault((difference.kind, *sorted((difference.a_says, difference.b_says))), difference)
    grave = {"contradiction": 0, "update": 1, "difference": 2}
    return tuple(sorted(found.values(), key=lambda d: (grave[d.relation], d.kind, d.a, d.b)))


def tell_one_act(a: Telling, b: Telling) -> bool:
    """Whether two tellings of an incident are of one act: its type, and a party in its role; its other steps are not set side by side.

    A promise is set beside its carrying out, and a refusal beside a consent, where both are of the same two and in like words.
    """
    roles = (a.actor_side == b.actor_side) + bool(a.target_side and a.target_side == b.target_side)
    if a.act == b.act:
        return roles > 0 or cross(a, b)
    return bool(name_turn(a, b) or name_turn(b, a)) and (roles == 2 or cross(a, b)) and sound_alike(a, b)


def cross(a: Telling, b: Telling) -> bool:
    """Whether each tells the other's target as the actor."""
    return bool(a.target_side and b.target_side) and a.actor_side == b.target_side and b.actor_side == a.target_side


def name_turn(a: Telling, b: Telling) -> str:
    """Two tellings of unlike type -> how the second goes on from the first: "done", "turned" or "alike" by the table, else empty."""
    return next((turn for turn, types in load_table()["goes_on"].items() if b.act in types.get(a.act, ())), "")


def sound_alike(a: Telling, b: Telling) -> bool:
    """Whether two quotations speak of one matter, by their words."""
    mine, theirs = (weigh_words(list_stems(t.quote)) for t in (a, b))
    return compare_words(mine, theirs) >= ONE_MATTER


def compare_tellings(a: Telling, b: Telling) -> list[Difference]:
    """Two tellings, the one told first first -> every difference of the two."""
    if a.act != b.act and name_turn(a, b) != "alike":
        return list(compare_turns(a, b))
    rules: tuple[Rule, ...] = (compare_polarity, compare_status, compare_figures, compare_dates, compare_places, compare_parties)
    return [d for rule in rules for d in rule(a, b)]


def name_relation(differences: Sequence[Difference]) -> Relation | None:
    """Differences of two tellings -> what they amount to together; None where there is none."""
    kinds = {d.relation for d in differences}
    order: tuple[Relation, ...] = ("contradiction", "update", "difference")
    return next((r for r in order if r in kinds), None)


def make_difference(a: Telling, b: Telling, kind: DifferenceKind, relation: Relation, says: tuple[str, str], why: str) -> Difference:
    """The record of one difference."""
    return Difference(kind, relation, a.claim, b.claim, *says, why)


def goes_on(a: Telling, b: Telling) -> bool:
    """Whether b was told later than a, by its publication or by its own words."""
    return told_later(a, b) or bool(update_words(b.quote))


def told_later(a: Telling, b: Telling) -> bool:
    """Whether b was published on a later day than a."""
    return bool(a.published and b.published and a.published[:10] < b.published[:10])


def update_words(quote: str) -> str:
    """The first words of a quotation that speak of an earlier report or state; empty where none do."""
    plain = f" {fold(quote)} "
    return next((p for p in phrases("update_words") if f" {p} " in plain or f" {p}," in plain), "")


def compare_polarity(a: Telling, b: Telling) -> Iterator[Difference]:
    """One denies what the other tells; a "not yet" that later came is an update."""
    if a.denies == b.denies:
        return
    says = (a.status, b.status)
    if a.denies and told_later(a, b) and " yet" in fold(a.quote):
        yield make_difference(a, b, "polarity", "update", says, "not yet, said the earlier; the later tells it as done")
    elif b.denies and a.status in OPEN and told_later(a, b) and a.status != "planned":
        yield make_difference(a, b, "polarity", "update", says, f"{a.status} first, then told not to have come")
    else:
        yield make_difference(a, b, "polarity", "contradiction", says, "one denies what the other tells")


def compare_turns(a: Telling, b: Telling) -> Iterator[Difference]:
    """A promise then carried out is an update; a refusal that became a consent too, but told of one time the two contradict."""
    turn, says = name_turn(a, b), (a.act.lower(), b.act.lower())
    if a.denies or b.denies:
        return
    if turn == "done" and b.status == "reported" and goes_on(a, b):
        yield make_difference(a, b, "status", "update", says, "promised or threatened, then told as done")
    elif turn == "turned" and goes_on(a, b):
        yield make_difference(a, b, "status", "update", says, "it turned later")
    elif turn == "turned" and a.actor_side == b.actor_side and a.published and a.published == b.published:
        yield make_difference(a, b, "polarity", "contradiction", says, "told of one day, the one leaves the other out")


def compare_status(a: Telling, b: Telling) -> Iterator[Difference]:
    """Planned and then done is an update; rumoured beside reported a difference, or an update where it was told later."""
    if a.status == b.status or a.denies or b.denies:
        return
    says = (a.status, b.status)
    if a.status in OPEN and b.status == "reported":
        relation: Relation = "update" if goes_on(a, b) or not a.published or not b.published else "difference"
        yield make_difference(a, b, "status", relation, says, f"{a.status}, then told as done")
    elif a.status == "rumoured" and b.status == "reported" and goes_on(a, b):
        yield make_difference(a, b, "status", "update", says, "rumoured, then told without doubt")
    else:
        yield make_difference(a, b, "status", "difference", says, "told with another certainty")


def compare_figures(a: Telling, b: Telling) -> Iterator[Difference]:
    """Figures of one noun: bounds that meet differ at most in precision, those that part contradict unless the later grew."""
    told = list_standing(a), list_standing(b)
    for noun in sorted({f.noun for f in told[0]} & {f.noun for f in told[1]}):
        mine, theirs = ([f for f in figures if f.noun == noun] for figures in told)
        if any((f.low, f.high) == (g.low, g.high) for f in mine for g in theirs):
            continue
        f, g = min(((f, g) for f in mine for g in theirs), key=lambda p: gap_of(*p))
        says = (f"{f.words} {noun}", f"{g.words} {noun}")
        relation, why = judge_figures(a, b, f, g)
        yield make_difference(a, b, "number", relation, says, why)


def list_standing(telling: Telling) -> list[Figure]:
    """A telling -> its figures without those that it says held earlier ("down from 5,000")."""
    plain = fold(telling.quote)
    return [f for f in telling.figures if not any(f"{lead} {fold(f.words)}" in plain for lead in phrases("formerly"))]


def gap_of(f: Figure, g: Figure) -> float:
    """How far apart two figures' bounds are, as a share of the larger; 0 where they meet."""
    apart = max(f.low, g.low) - min(f.high, g.high)
    return apart / max(f.low, g.low, 1.0) if apart > 0 and math.isfinite(apart) else 0.0


def judge_figures(a: Telling, b: Telling, f: Figure, g: Figure) -> tuple[Relation, str]:
    """Two figures of one noun, the one told first first -> what they are to each other, and the rule."""
    grows = f.noun in load_table()["cumulative"] and g.low > f.low and told_later(a, b)
    words = update_words(b.quote)
    if grows:
        return "update", "the later count is larger, and such counts grow"
    if words and (told_later(a, b) or not (a.published and b.published)):
        return "update", f"the later says so itself: “{words}”"
    if a.status in OPEN and b.status == "reported" and goes_on(a, b):
        return "update", "so it was planned, and otherwise done"
    gap = gap_of(f, g)
    if gap == 0:
        return "difference", "the bounds meet"
    if gap <= ROUNDING:
        return "difference", f"within {ROUNDING:.0%} of each other"
    return "contradiction", "the bounds leave each other out"


def compare_dates(a: Telling, b: Telling) -> Iterator[Difference]:
    """Times that leave each other out: a plan put off is an update, a day's difference may be one night, else a contradiction."""
    if not a.when or not b.when:
        return
    gap = max(day_number(a.when.earliest), day_number(b.when.earliest)) - min(day_number(a.when.latest), day_number(b.when.latest))
    if gap <= 0:
        return
    says = (a.when.edtf, b.when.edtf)
    if a.status in OPEN and told_later(a, b):
        yield make_difference(a, b, "date", "update", says, "the plan was moved")
    elif gap <= ONE_NIGHT:
        yield make_difference(a, b, "date", "difference", says, "one day apart, which a night or a time zone explains")
    else:
        yield make_difference(a, b, "date", "contradiction", says, f"{gap} days apart")


def compare_places(a: Telling, b: Telling) -> Iterator[Difference]:
    """Places with none in common; two towns that the tables know leave each other out."""
    mine, theirs = {name_key(p): p for p in a.places}, {name_key(p): p for p in b.places}
    if not mine or not theirs or set(mine) & set(theirs) or a.quote == b.quote:
        return
    says = (", ".join(a.places), ", ".join(b.places))
    if mentions(a, theirs) or mentions(b, mine):
        return
    yield make_difference(a, b, "place", "contradiction", says, "two towns")


def mentions(telling: Telling, keys: dict[str, str]) -> bool:
    """Whether a telling's words name one of the places."""
    plain = fold(telling.quote)
    return any(fold(name) in plain for name in keys.values())


def compare_parties(a: Telling, b: Telling) -> Iterator[Difference]:
    """Another actor for the same act on the same target contradicts, another target of the same actor differs; not beside a denial."""
    if a.denies or b.denies:
        return
    if cross(a, b) and a.act not in MUTUAL:
        yield compare_crossed(a, b)
        return
    same_target = bool(a.target_side) and a.target_side == b.target_side
    if a.actor_side != b.actor_side and same_target and not fold(a.actor_side).startswith("joint") and a.actor_side not in (b.target_side,):
        known = not (a.actor_side.startswith("unknown:") or b.actor_side.startswith("unknown:"))
        alone = a.act not in SHARED and a.status == b.status
        relation: Relation = "contradiction" if known and alone and a.status not in SUPPOSED else "difference"
        why = "another actor of one act" if alone else "others may act likewise"
        yield make_difference(a, b, "actor", relation, (a.actor, b.actor), why if known else "one leaves the actor open")
    elif a.actor_side == b.actor_side and a.target_side and b.target_side and not same_target:
        yield make_difference(a, b, "target", "difference", (a.target, b.target), "another target of one act")


def compare_crossed(a: Telling, b: Telling) -> Difference:
    """Each side is told as the one that acted: of one day and with one figure that is one act, else perhaps an exchange."""
    same = any((f.low, f.high, f.noun) == (g.low, g.high, g.noun) for f in a.figures for g in b.figures)
    day = bool(a.when and b.when and a.when.edtf == b.when.edtf)
    if same and day:
        return make_difference(a, b, "actor", "contradiction", (a.actor, b.actor), "the same day and figure, and each is told as the actor")
    return make_difference(a, b, "actor", "difference", (a.actor, b.actor), "each is told as the actor, perhaps of two acts")
