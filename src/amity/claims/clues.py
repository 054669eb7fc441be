"""What a text tells of the day it was published: clues, each with the days it allows, its weight and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from amity.claims.calendar import Span, find_day, month_span
from amity.claims.cues import Cues
from amity.claims.dating import date_timex
from amity.claims.feasts import feast_spans
from amity.claims.times import clause_of, looks_ahead
from amity.claims.timex import Timex, feast_name, load_times, tag_times
from amity.records import Sentence

# Days between a day told without its year and publication. Source: 91 such days in 110 dated reports of the genre, half of
# them within 18 days, 95 of 100 within 98; the nearest of a report within 16 and 95. A year is left out within the year.
NEAR, WITHIN_YEAR = 95, 330
# A feast told of without a date: of no use after a season.
FEAST = 120
# How far a date and the feast that it is set beside may lie apart (days): a slip of the writer, a moon sighted late.
BESIDE = 4
# A date that stands alone, with so many words beside it, or in a caption, is that of its picture or post.
ALONE = 3
# Words between "last month" and the date that it is said of.
TOGETHER = 3
# Weights, by judgement: a date with its year, or "last month, on August 14", is seldom wrong, a bare day less seldom.
SURE, FAIR, FAINT = 3.0, 2.0, 1.0
_PAST_LINKS = {"in", "since", "on", "of", "after", "from", "during"}
_AHEAD_LINKS = {"by", "until", "till", "before", "through", "to", "for"}


@dataclass(frozen=True, slots=True)
class Clue:
    """A piece of evidence: its words and place (code points), the days it allows, first and last included, and its weight.

    `open` marks a clue that allows everything after a day and so fixes no last day, `exact` one that rests on the full date of a picture.
    """

    kind: str
    words: str
    start: int
    spans: tuple[Span, ...]
    weight: float
    open: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """The days that may be asked about: from the first year of the tables to the day of reading."""

    first: date
    last: date

    def each_year(self, make: Callable[[int], Iterator[Span]]) -> tuple[Span, ...]:
        """What a rule gives in each year of the range."""
        return tuple(span for year in range(self.first.year, self.last.year + 1) for span in make(year))


def read_clues(sentence: Sentence, cues: Cues, days: Range) -> Iterator[Clue]:
    """One sentence -> the clues of its time expressions."""
    times = tag_times(sentence.words)
    for place, timex in enumerate(times):
        if "Y" in timex.classes:  # "April 1 last year" says nothing of this one
            continue
        before = times[place - 1] if place else None
        after = times[place + 1] if place + 1 < len(times) else None
        if timex.pattern in ("month_day", "iso", "month", "year", "slash", "feast") and ("y" in timex.classes or timex.pattern == "iso"):
            yield from _told(sentence, timex, cues, days)
        elif timex.pattern in ("month_day", "month") and any(_is_last_month(sentence, t, timex) for t in (before, after)):
            yield _month_after(sentence, timex, days)
        elif timex.pattern == "month_day" and not any(_of_another_year(sentence, t, timex) for t in (before, after)):
            feast = next((t for t in (before, after) if t and t.pattern == "feast" and _near(t, timex)), None)
            yield from _bare(sentence, timex, feast, cues, days)
        elif timex.pattern == "feast" and looks_ahead(sentence, clause_of(sentence, timex), "reported") is not True:
            yield _feast(sentence, timex, days)


def is_of_picture(sentence: Sentence, timex: Timex) -> bool:
    """Whether a date stands without a preposition, as under pictures: "is seen in Bamako, Mali January 12, 2018"."""
    return timex.first > 0 and sentence.words[timex.first - 1].upos not in ("ADP", "SCONJ")


def read_weekdays(sentences: Sequence[Sentence], clues: Sequence[Clue]) -> list[Clue]:
    """A bare weekday told as past that is the weekday of the last picture's full date: published within the week after it.

    A report names its own days by weekday alone, and its pictures give their dates.
    """
    told = [c.spans[0][0] for c in clues if c.kind in ("told", "latest") and c.exact]
    if not told:
        return []
    last = max(told)
    for sentence in sentences:
        for timex in tag_times(sentence.words):
            name = sentence.words[timex.first].text.lower()
            bare = timex.pattern == "weekday" and load_times().weekdays.get(name) == last.weekday()
            if bare and looks_ahead(sentence, clause_of(sentence, timex), "reported") is False:
                words = f"{_words(sentence, timex)}, beside {last}"
                return [Clue("same weekday", words, sentence.words[timex.first].start, ((last, last + timedelta(days=6)),), SURE)]
    return []


def _words(sentence: Sentence, *timexes: Timex) -> str:
    return " ".join(sentence.words_text(min(t.first for t in timexes), max(t.last for t in timexes)).split())


def _near(a: Timex, b: Timex) -> bool:
    return max(a.first, b.first) - min(a.last, b.last) <= TOGETHER


def _unit(timex: Timex, sentence: Sentence) -> str:
    return load_times().units.get(sentence.words[timex.last - 1].text.lower(), "")


def _is_last_month(sentence: Sentence, other: Timex | None, timex: Timex) -> bool:
    """Whether "last month" is said of the date itself: "Last month on August 14th", "in May, last month"."""
    return bool(other and other.pattern == "relative" and "L" in other.classes and _unit(other, sentence) == "M" and _near(other, timex))


def _of_another_year(sentence: Sentence, other: Timex | None, timex: Timex) -> bool:
    """Whether a year is told beside it: "On April 1 last year", "May 4 of that year"."""
    return bool(other and other.pattern == "relative" and _unit(other, sentence) == "Y" and _near(other, timex))


def _told(sentence: Sentence, timex: Timex, cues: Cues, days: Range) -> Iterator[Clue]:
    """A date with its year that is told as past: published then or later; a day's date seldom much later."""
    when = date_timex(sentence.words, timex, None)
    if when is None or not is_past(sentence, timex, cues):
        return
    first, last = date.fromisoformat(when.earliest), date.fromisoformat(when.latest)
    if not days.first <= first <= days.last:
        return
    words, start = _words(sentence, timex), sentence.words[timex.first].start
    yield Clue(
        "told",
        words,
        start,
        ((first, days.last),),
        SURE if len(timex.classes) > 1 else FAIR,
        True,
        first == last and is_of_picture(sentence, timex),
    )
    if first == last and (sentence.index < 0 or len(sentence.words) <= len(timex.classes) + ALONE):
        yield Clue("latest", words, start, ((first, first + timedelta(days=NEAR)),), FAINT)


def is_past(sentence: Sentence, timex: Timex, cues: Cues) -> bool:
    """Whether a date with its year is told of as past; a year that names something ("the 2020 race") tells nothing."""
    ahead = looks_ahead(sentence, clause_of(sentence, timex), "reported")
    before = sentence.words[timex.first - 1].text.lower() if timex.first else ""
    after = sentence.words[timex.last].upos if timex.last < len(sentence.words) else ""
    if ahead or before in _AHEAD_LINKS or (timex.classes == "y" and after in ("NOUN", "PROPN", "ADJ")):
        return False
    if len(timex.classes) > 2:
        return True
    lemmas = {w.lemma.lower() for w in sentence.words}
    if lemmas & (cues.maybe_modals | cues.future_modals | cues.maybe_adjectives | cues.plan_nouns | cues.plan_adjectives):
        return before == "since"
    return ahead is False or before in _PAST_LINKS


def _month_after(sentence: Sentence, timex: Timex, days: Range) -> Clue:
    """ "Last month on August 14th" was printed in a September."""
    month = month_day_of(sentence, timex)[0]

    def spans(year: int) -> Iterator[Span]:
        yield month_span(year, month % 12 + 1)

    return Clue("last month", f"last month, {_words(sentence, timex)}", sentence.words[timex.first].start, days.each_year(spans), SURE)


def _bare(sentence: Sentence, timex: Timex, feast: Timex | None, cues: Cues, days: Range) -> Iterator[Clue]:
    """A day without its year: near ahead of publication, or within the year where it looks ahead; its weekday fixes years."""
    month, day, weekday = month_day_of(sentence, timex)
    clause = clause_of(sentence, timex)
    ahead = sentence.words[clause].lemma in cues.plan or looks_ahead(sentence, clause, "reported")
    back, on = (NEAR if ahead is not False else 0), (0 if ahead else NEAR)
    start = sentence.words[timex.first].start
    if weekday is None and timex.last < len(sentence.words) and sentence.words[timex.last].upos in ("NOUN", "PROPN"):
        return  # "the September 11 attacks", "the March 14 alliance": the name of a happening or party

    def spans(reach: int, fits: Callable[[date], bool]) -> Callable[[int], Iterator[Span]]:
        def of(year: int) -> Iterator[Span]:
            found = find_day(year, month, day)
            if found and fits(found):
                yield found - timedelta(days=back), found + timedelta(days=reach)

        return of

    yield Clue("day", _words(sentence, timex), start, days.each_year(spans(0 if ahead else WITHIN_YEAR, lambda d: True)), FAINT)
    yield Clue("near", _words(sentence, timex), start, days.each_year(spans(on, lambda d: True)), FAIR)
    if weekday is not None:
        fitting = days.each_year(spans(0 if ahead else WITHIN_YEAR, lambda d: d.weekday() == weekday))
        yield Clue("weekday", _words(sentence, timex), start, fitting, FAIR)
    if feast:
        name = _feast_of(sentence, feast)
        yield Clue("feast", _words(sentence, timex, feast), start, days.each_year(spans(on, lambda d: _is_beside(name, d))), FAIR)


def _is_beside(name: str, day: date) -> bool:
    slack = timedelta(days=BESIDE)
    return any(a - slack <= day <= b + slack for a, b in feast_spans(name, day.year))


def month_day_of(sentence: Sentence, timex: Timex) -> tuple[int, int, int | None]:
    """The month, day and weekday (Monday 0, or None) of an expression that has a month and a day."""
    times, month, day, weekday = load_times(), 0, 0, None
    for word, letter in zip(sentence.words[timex.first : timex.last], timex.classes, strict=True):
        text = word.text.lower()
        if letter == "m":
            month = times.months[text]
        elif letter in "do":
            day = int("".join(c for c in text if c.isdigit()) or 0)
        elif letter == "w":
            weekday = times.weekdays.get(text)
    return month, day, weekday


def _feast_of(sentence: Sentence, timex: Timex) -> str:
    pairs = zip(sentence.words[timex.first : timex.last], timex.classes, strict=True)
    return feast_name([w.text.lower() for w, c in pairs if c in "FG"]) or ""


def _feast(sentence: Sentence, timex: Timex, days: Range) -> Clue:
    """A feast told of: seldom more than a season back."""
    name = _feast_of(sentence, timex)

    def spans(year: int) -> Iterator[Span]:
        yield from ((a, b + timedelta(days=FEAST)) for a, b in feast_spans(name, year))

    return Clue("feast", _words(sentence, timex), sentence.words[timex.first].start, days.each_year(spans), FAINT)


def join_near(clues: Sequence[Clue]) -> Iterator[Clue]:
    """Clues with those of kind "near" made one, since publication is near to one of the days and not to all; of "latest" the last."""
    near = [c for c in clues if c.kind == "near"]
    yield from (c for c in clues if c.kind not in ("near", "latest"))
    yield from sorted((c for c in clues if c.kind == "latest"), key=lambda c: c.spans[0][0])[-1:]
    if near:
        spans = tuple(sorted({span for c in near for span in c.spans}))
        yield Clue("near", near[-1].words, near[-1].start, spans, FAIR)
