"""Times told by another: "two days later", "the same day", "a day after he left" -> counted from the date told before or beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from amity.claims.calendar import Span, add_months, month_span, week_span, year_span
from amity.claims.continuing import FARTHEST
from amity.claims.cues import Cues
from amity.claims.dating import date_timex
from amity.claims.hanging import hangs_on
from amity.claims.times import date_event
from amity.claims.timex import Timex, load_times, tag_times
from amity.records import Sentence, When

# Days: how close a date has to be told for a count of days, weeks, months or years from it.
CLOSE = {"D": 0, "W": 6, "M": 30, "Y": 365}
SAME, NEXT, BEFORE = {"same"}, {"next", "following"}, {"previous", "preceding"}
Dated = tuple[Span | None, Cues]


def date_anchored(sentences: Sequence[Sentence], sentence: Sentence, act: int, dated: Dated) -> When | None:
    """An act's words and what was told before -> its date; None where nothing near by is dated as closely as the count.

    `sentences[i].index == i`; `dated` is the span of publication and the cues.
    """
    counted = _counted_from_clause(sentence, act)
    if counted:
        main, steps, unit, words = counted
        anchor = date_event(sentence, main, "reported", *dated)
        return _shift(anchor, steps, unit, words) if anchor else None
    for timex, steps, unit in _counts(sentence):
        if hangs_on(sentence, timex, act):
            anchor = _date_before(sentences, sentence, timex.first, dated)
            words = sentence.words_text(timex.first, timex.last)
            return _shift(anchor, steps, unit, words) if anchor else None
    return None


def _counted_from_clause(sentence: Sentence, act: int) -> tuple[int, int, str, str] | None:
    """ "a day after he left": the clause that the act is counted from, steps, unit and words; the act stands behind the mark."""
    for mark in sentence.kids(act, "mark", "case"):
        text = sentence.words[mark].text.lower()
        if text not in ("after", "before") or mark < 2 or sentence.words[act].head < 0:
            continue
        steps, unit = _count_at(sentence, mark - 2)
        if steps:
            main = next((i for i in sentence.ancestors(act) if sentence.words[i].upos == "VERB"), None)
            words = sentence.words_text(mark - 2, mark + 1)
            return (main, -steps if text == "after" else steps, unit, words) if main is not None else None
    return None


def _counts(sentence: Sentence) -> Iterator[tuple[Timex, int, str]]:
    """Expressions counted from what was told before, with steps and unit: "three weeks later", "the same day", "later in the day"."""
    texts = [w.text.lower() for w in sentence.words]
    for i, text in enumerate(texts[:-1]):
        steps, unit = _count_at(sentence, i)
        if steps and i + 2 < len(texts) and texts[i + 2] in ("later", "earlier"):
            yield Timex(i, i + 3, "date", "ago", "nur"), steps if texts[i + 2] == "later" else -steps, unit
        unit = load_times().units.get(texts[i + 1], "")
        step = 0 if text in SAME or (text == "that" and texts[i + 1] == "day") else 1 if text in NEXT else -1 if text in BEFORE else None
        if text == "next" and (unit != "D" or not i or texts[i - 1] != "the"):
            step = None  # "next week" is counted from publication
        if step is not None and unit in CLOSE and not texts[i + 1].endswith("s"):
            yield Timex(i, i + 2, "date", "relative", "Tu"), step, unit
        elif texts[i : i + 4] == ["later", "in", "the", "day"]:
            yield Timex(i, i + 4, "date", "relative", "Tu"), 0, "D"


def _count_at(sentence: Sentence, index: int) -> tuple[int, str]:
    """ "two days" at a place -> 2, "D"; 0 where none is told there."""
    times = load_times()
    number, unit = (sentence.words[i].text.lower() if i < len(sentence.words) else "" for i in (index, index + 1))
    count = int(number) if number.isdecimal() else times.numbers.get(number, 0)
    letter = times.units.get(unit, "")
    return (count, letter) if letter in CLOSE else (0, "")


def _date_before(sentences: Sequence[Sentence], sentence: Sentence, place: int, dated: Dated) -> When | None:
    """The last date told before a word, in its sentence or the few before it."""
    for other in reversed(sentences[max(0, sentence.index - FARTHEST) : sentence.index + 1]):
        found = [t for t in tag_times(other.words) if t.kind == "date" and (other.index < sentence.index or t.last <= place)]
        whens = [w for t in found if (w := date_timex(other.words, t, dated[0], False))]
        if whens:
            return whens[-1]
        if other.heading:
            return None
    return None


def _shift(anchor: When, steps: int, unit: str, words: str) -> When | None:
    first, last = date.fromisoformat(anchor.earliest), date.fromisoformat(anchor.latest)
    if (last - first).days > CLOSE[unit]:
        return None
    basis = f"'{' '.join(words.split())}', counted from {anchor.basis}"
    if unit == "D":
        day = (first + timedelta(days=steps)).isoformat()
        return When(day, day, day, basis)
    if unit == "W":
        span = week_span(first + timedelta(days=7 * steps))
        return When(f"{span[0]}/{span[1]}", span[0].isoformat(), span[1].isoformat(), basis)
    if unit == "M":
        year, month = add_months(first.year, first.month, steps)
        span = month_span(year, month)
        return When(f"{year:04d}-{month:02d}", span[0].isoformat(), span[1].isoformat(), basis)
    span = year_span(first.year + steps)
    return When(f"{first.year + steps:04d}", span[0].isoformat(), span[1].isoformat(), basis)
