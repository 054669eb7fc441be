"""Two claims' traits -> the log-odds that they tell one incident, term by term."""

from __future__ import annotations

import math
from collections.abc import Iterator

from amity.incidents.table import weights
from amity.incidents.traits import Traits
from amity.incidents.words import compare_words
from amity.records import Figure, Term

# Share of shingles (Jaccard) from which two quotations are one sentence, retouched or not. News sentences of one
# happening by two hands share under a tenth; chosen by hand.
SAME_QUOTE = 0.5
# Cosine from which two quotations are of one utterance, in two translations perhaps; chosen by hand.
SAME_SPEECH = 0.25
# Cosine below which two sentences have nothing in common but frequent words.
FEW_WORDS = 0.05
# Cosine from which a denial and a telling speak of one matter, whatever act each was read as.
DENIAL_WORDS = 0.2
# Odds below which a pair counts no further against: that two tellings have little in common is no proof, since each may
# tell what the other leaves out. Tuned on the seeds with hand-coded claims.
DOUBT = -1.5
# Types told by words of saying, which a report uses anew for every utterance: on ECB+ topics 1-35 one in eight distant pairs
# of such a word is one act, of other words three in four.
SAYING = frozenset(("ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"))
# Status of an act that happened, as somebody tells; a plan elsewhere in a report is another act as often as not.
DONE = ("reported", "rumoured")
# Characters within which a sentence of the same document is taken for the next one.
NEXT = 450


def score_pair(a: Traits, b: Traits) -> float:
    """Two claims -> log-odds (natural) that they tell one incident; symmetric."""
    return max(DOUBT, sum(t.odds for t in weigh_pair(a, b)))


def told_apart(a: Traits, b: Traits) -> bool:
    """Whether both are told to the day, or nearly, and on days apart: then no likeness makes them one."""
    if a.days is None or b.days is None:
        return False
    w = weights()
    gap = max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])
    return gap > w["near"] and max(a.days[1] - a.days[0], b.days[1] - b.days[0]) < w["narrow_days"]


def weigh_pair(a: Traits, b: Traits) -> list[Term]:
    """Two claims -> every term that bears on the pair, with what was compared; symmetric but for the notes."""
    w = weights()
    terms = [Term("before comparing", w["base"], "two claims at random")]
    for part in (
        weigh_words_of,
        weigh_setting,
        weigh_names,
        weigh_parties,
        weigh_act,
        weigh_time,
        weigh_places,
        weigh_figures,
        weigh_position,
        weigh_denial,
        weigh_habit,
    ):
        terms.extend(part(a, b))
    return terms


def weigh_words_of(a: Traits, b: Traits) -> Iterator[Term]:
    """Words in common, by their rarity; the same sentence counts apart."""
    w = weights()
    if a.shingles and b.shingles and a.document != b.document:
        shared = len(a.shingles & b.shingles) / len(a.shingles | b.shingles)
        if shared >= SAME_QUOTE:
            yield Term("same words", w["same_quote"] * shared, f"{shared:.0%} of the runs of words are the same")
    quoted = compare_words(a.quoted, b.quoted) if a.document != b.document else 0.0
    if quoted >= SAME_SPEECH:
        yield Term("quoted", w["quoted"] * quoted, f"the words quoted have cosine {quoted:.2f}")
    cosine = compare_words(a.words, b.words)
    if a.document == b.document and a.start == b.start:
        return
    if cosine < FEW_WORDS:
        yield Term("words", w["few_words"], "almost no words in common")
    else:
        common = sorted(set(a.words) & set(b.words), key=lambda s: (-a.words[s] * b.words[s], s))[:4]
        yield Term("words", w["words"] * cosine, f"{', '.join(common)} (cosine {cosine:.2f})")


def weigh_setting(a: Traits, b: Traits) -> Iterator[Term]:
    """What the two documents tell around the quotations: words and names; within one document nearness says it."""
    if a.document == b.document or not a.setting or not b.setting:
        return
    w = weights()
    cosine = compare_words(a.setting, b.setting)
    yield Term("setting", w["setting"] * cosine - w["setting_at"], f"what is told around has cosine {cosine:.2f}")
    shared = sorted((set(a.around) | set(a.names)) & (set(b.around) | set(b.names)) - (set(a.names) & set(b.names)))
    if shared:
        tells = sum(a.names.get(k) or a.around.get(k, 0.0) for k in shared)
        yield Term("names around", min(w["around_most"], w["around"] * tells), ", ".join(shared[:6]))


def weigh_names(a: Traits, b: Traits) -> Iterator[Term]:
    """Names in common beside the parties' own, each by how much its kind tells."""
    if a.document == b.document and a.start == b.start:
        return
    shared = sorted(set(a.names) & set(b.names))
    if shared:
        w = weights()
        yield Term("names", min(w["names_most"], w["names"] * sum(a.names[k] for k in shared)), ", ".join(shared))


def weigh_parties(a: Traits, b: Traits) -> Iterator[Term]:
    """Actor with actor and target with target, or crosswise."""
    w = weights()
    actors, targets = bool(a.actor & b.actor), bool(a.target & b.target)
    crossed = bool(a.actor & b.target) + bool(a.target & b.actor)
    if actors and targets:
        yield Term("parties", w["both_parties"], "the same actor and target")
    elif crossed == 2:
        yield Term("parties", w["swapped"], "the same two, the other way about")
    elif actors or targets:
        yield Term("parties", w["one_party"], f"the same {'actor' if actors else 'target'}")
    elif a.nations & b.nations:
        yield Term("parties", w["one_nation"], f"of one name: {', '.join(sorted(a.nations & b.nations))}")
    elif not a.sides & b.sides:
        yield Term("parties", w["no_party"], "no party in common")


def weigh_act(a: Traits, b: Traits) -> Iterator[Term]:
    """Type of the act, and the word that carries it."""
    w = weights()
    if a.type == b.type:
        yield Term("act", w["same_type"], f"both {a.type}")
    elif a.quad == b.quad:
        yield Term("act", w["same_quad"], f"{a.type} and {b.type} are of one quad")
    else:
        yield Term("act", w["other_type"], f"{a.type} and {b.type}")
    if a.act and a.act == b.act:
        yield Term("act's word", w["same_act_word"], a.act)


def weigh_time(a: Traits, b: Traits) -> Iterator[Term]:
    """When it happened; where one is undated, when it was told."""
    w = weights()
    if a.days and b.days:
        gap = max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])
        narrow = max(a.days[1] - a.days[0], b.days[1] - b.days[0]) < w["narrow_days"]
        if gap <= 0:
            yield Term("time", w["same_day" if narrow else "same_time"], "the same days" if narrow else "times that overlap")
        elif gap <= w["near"]:
            yield Term("time", w["near_days"], f"{gap} days apart")
        elif narrow:
            yield Term("time", w["unlike_day"], f"{gap} days apart")
        else:
            yield Term("time", w["apart"] * (1 + math.log10(gap)), f"{gap} days apart")
    elif a.told and b.told and a.document != b.document:
        gap = max(a.told[0], b.told[0]) - min(a.told[1], b.told[1])
        if gap <= 7:
            yield Term("told", w["published_near"], "published within a week")
        elif gap > 30:
            yield Term("told", w["published_far"] * math.log10(gap), f"published {gap} days apart")


def weigh_places(a: Traits, b: Traits) -> Iterator[Term]:
    """Places of the acts, where both are told."""
    if a.places and b.places:
        w = weights()
        same = bool(a.places & b.places)
        yield Term("place", w["same_place" if same else "other_place"], ", ".join(sorted(a.places | b.places)))


def weigh_figures(a: Traits, b: Traits) -> Iterator[Term]:
    """Figures that agree; those that part are differences of accounts, no reason against."""
    if (a.document, a.start) == (b.document, b.start):
        return
    same = [(f, g) for f in a.figures for g in b.figures if agree(f, g)]
    if same:
        yield Term("figures", weights()["same_figures"], "; ".join(sorted({f"{f.words} {f.noun}" for f, _ in same})))


def agree(a: Figure, b: Figure) -> bool:
    """Whether two figures of one noun give the same number, not merely overlapping bounds."""
    return a.noun == b.noun and a.noun != "span" and (a.low, a.high) == (b.low, b.high)


def weigh_position(a: Traits, b: Traits) -> Iterator[Term]:
    """Nearness in one document: the same sentence, the one after."""
    if a.document != b.document or not (a.sides & b.sides or a.nations & b.nations):
        return
    w = weights()
    if a.start == b.start:
        parted = bool(a.act and b.act and a.act != b.act) or a.type != b.type
        name = "other_word" if parted else "same_sentence"
        yield Term("position", w[name], f"told of one party in one sentence{', as another act' if parted else ''}")
    elif abs(a.start - b.start) <= NEXT:
        yield Term("position", w["next_sentence"], "told of one party in neighbouring sentences")
    elif comes_back(a, b):
        yield Term("position", w["same_report"], "the report comes back to an act of one actor by the same word")


def comes_back(a: Traits, b: Traits) -> bool:
    """Whether two distant sentences of one report name a deed of one actor by one word: "a deployment", later "the deployment"."""
    deed = bool(a.act) and a.act == b.act and a.type == b.type and a.type not in SAYING
    return deed and bool(a.actor & b.actor) and (a.status in DONE) == (b.status in DONE)


def weigh_denial(a: Traits, b: Traits) -> Iterator[Term]:
    """A denial answers a telling: one of the same act beside it speaks for the two being one matter."""
    if (a.status == "denied") != (b.status == "denied") and (a.type == b.type or compare_words(a.words, b.words) >= DENIAL_WORDS):
        yield Term("denial", weights()["denial"], "one denies such an act as the other tells")
        if a.document == b.document:
            yield Term("denial", weights()["denial_here"], "and in one report, which tells a denial of what it told")


def weigh_habit(a: Traits, b: Traits) -> Iterator[Term]:
    """One tells of many such acts, the other of one."""
    if a.habit != b.habit:
        yield Term("habit", weights()["habit"], "one tells of many such acts at once")
