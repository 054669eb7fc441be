"""Where "last year" goes against the order that the text itself states: an act dated before what it is told to have come after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from amity.claims.calendar import Span, parse_edtf
from amity.claims.cues import Cues, load_cues
from amity.claims.dating import date_timex
from amity.claims.hanging import hangs_on
from amity.claims.later import ZONES
from amity.claims.lemmas import is_one_word, settle_lemmas
from amity.claims.sameact import REACH
from amity.claims.times import clause_of, looks_ahead, participles_of
from amity.claims.timex import Timex, load_times, tag_times
from amity.records import Conflict, Document, Sentence, When, is_rel

AFTER, BEFORE = {"after", "following", "since"}, {"before", "until"}
# Verbs that set their subject after or before their object.
FOLLOWING = {"follow": "after", "succeed": "after", "precede": "before"}
# Sentences on which a bare "the raid" may be the one just told.
NEXT = 2
# Days that may have been that of publication where a text has none: one in each month, in a year as good as any.
ANY_DAY = tuple(date(2023, month, 15) for month in range(1, 13))
_ARGUMENTS = ("obj", "nsubj", "nsubj:pass", "obl", "nmod", "nmod:poss", "compound", "flat")
_POINTING = {"the", "this", "that"}


@dataclass(frozen=True, slots=True)
class Order:
    """What a sentence states of an act's time: it came after (or before) what the expression dates."""

    sentence: Sentence
    act: int
    timex: Timex
    after: bool


def find_order(document: Document, sentences: Sequence[Sentence]) -> list[Conflict]:
    """A document's sentences -> conflicts of "last year" with the order told of the same act.

    Taken is the reading a year on (or back) where it fits the order and publication; none where the text has no day of
    publication, for then neither is a day.
    """
    if not any(_is_last_year(s, t) for s in sentences for t in tag_times(s.words)):
        return []
    cues = load_cues()
    settled = [settle_lemmas(s) for s in sentences]
    dated = [(s, t) for s in settled for t in tag_times(s.words) if _is_last_year(s, t)]
    orders = [o for s in settled for o in _orders(s, cues)]
    published = parse_edtf(document.published)
    near = ((s, t, o) for s, t in dated for o in orders if abs(s.index - o.sentence.index) <= REACH)
    found = (_conflict(s, t, o, published) for s, t, o in near if _is_same_act(s, t, o, cues))
    unique = {(c.start, c.end): c for c in found if c}
    return list(unique.values())


def _is_last_year(sentence: Sentence, timex: Timex) -> bool:
    """Whether an expression is told as of last year."""
    unit = load_times().units.get(sentence.words[timex.last - 1].text.lower(), "")
    return timex.kind == "date" and "L" in timex.classes and timex.classes[-1] in "uY" and unit == "Y"


def _orders(sentence: Sentence, cues: Cues) -> Iterator[Order]:
    """The acts that a sentence sets after or before something with its own date."""
    times = [t for t in tag_times(sentence.words) if t.kind == "date"]
    for word in sentence.words if times else ():
        marks = sentence.kid_texts(word.index, "mark", "case")
        if is_rel(word.rel, "advcl"):  # "after war began": the tree may give the mark to "war"
            marks.add(sentence.words[min(sentence.subtree(word.index))].text.lower())
        elif is_rel(word.rel, "obj"):
            marks = {FOLLOWING.get(sentence.words[word.head].lemma, "")}
        if word.head < 0 or not marks & (AFTER | BEFORE):
            continue
        parts = (word.index, *participles_of(sentence, word.index, cues))
        timex = next((t for t in times for p in parts if hangs_on(sentence, t, p)), None)
        if timex is None or looks_ahead(sentence, word.index, "reported"):
            continue
        governor = word.head
        while is_rel(sentence.words[governor].rel, "xcomp") and sentence.words[governor].head >= 0:
            governor = sentence.words[governor].head
        subject = sentence.kids(governor, "nsubj", "nsubj:pass")
        happened = (sentence.words[governor].lemma in cues.occurrence or is_rel(word.rel, "obj")) and subject
        yield Order(sentence, subject[0] if happened else governor, timex, not marks & BEFORE)


def _is_same_act(sentence: Sentence, timex: Timex, order: Order, cues: Cues) -> bool:
    """Whether what is told of last year is the act that the order is stated of."""
    verb = clause_of(sentence, timex)
    if order.sentence is sentence:
        return order.act == verb and not _overlap(timex, order.timex)
    names = [sentence.words[verb]]
    if names[0].lemma in cues.light_verbs:
        names += [sentence.words[k] for k in sentence.kids(verb, "obj", "nsubj:pass")]
    act = order.sentence.words[order.act]
    if not any(is_one_word(n.lemma.lower(), act.lemma.lower()) for n in names):
        return False
    shared = _arguments(sentence, verb) & _arguments(order.sentence, order.act)
    bare = any(order.sentence.words[k].text.lower() in _POINTING for k in order.sentence.kids(order.act, "det"))
    near = 0 < order.sentence.index - sentence.index <= NEXT
    return bool(shared - {act.lemma.lower()}) or (bare and near and act.upos == "NOUN")


def _overlap(a: Timex, b: Timex) -> bool:
    return a.first < b.last and b.first < a.last


def _arguments(sentence: Sentence, act: int) -> set[str]:
    """Lemmas of the nouns that an act's own phrase or clause has, two steps down."""
    first = sentence.kids(act, *_ARGUMENTS)
    second = [k for i in first for k in sentence.kids(i, *_ARGUMENTS)]
    return {w.lemma.lower() for i in (*first, *second) if (w := sentence.words[i]).upos in ("NOUN", "PROPN")}


def _conflict(sentence: Sentence, timex: Timex, order: Order, published: Span | None) -> Conflict | None:
    tried = [published] if published else [(d, d) for d in ANY_DAY]
    pairs = [(date_timex(sentence.words, timex, p, False), date_timex(order.sentence.words, order.timex, p, False)) for p in tried]
    if not all(a and b and _goes_against(a, b, order.after) for a, b in pairs):
        return None
    start, end = sentence.words[timex.first].start, sentence.words[timex.last - 1].end
    words = " ".join(sentence.words_text(timex.first, timex.last).split())
    other = " ".join(order.sentence.words_text(order.timex.first, order.timex.last).split())
    place = order.sentence.words[order.timex.first].start
    link = "after" if order.after else "before"
    note = f"{words!r} (characters {start}-{end}) cannot be right: the same act is told to have come {link} {other!r} (character {place})"
    first = pairs[0][0]
    if first is None or published is None:
        return Conflict("order", start, end, (words, f"{link} {other}"), "", note)
    moved = _moved(first, 1 if order.after else -1)
    fits = moved[:10] <= (published[1] + ZONES).isoformat()
    return Conflict("order", start, end, (first.edtf, moved), moved if fits else first.edtf, note)


def _goes_against(when: When, other: When, after: bool) -> bool:
    return when.latest < other.earliest if after else when.earliest > other.latest


def _moved(when: When, years: int) -> str:
    """The same day, month or year so many years on."""
    moved = f"{int(when.edtf[:4]) + years:04d}{when.edtf[4:]}"
    return moved.replace("-02-29", "-02-28") if len(moved) == len("2018-02-29") and parse_edtf(moved) is None else moved
