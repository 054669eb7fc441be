"""What is told as past but dated after publication: a slip of the text, or a wrong day of publication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from amity.claims.calendar import Span, parse_edtf
from amity.claims.clues import is_past
from amity.claims.cues import Cues, load_cues
from amity.claims.dating import date_timex
from amity.claims.times import clause_of, looks_ahead
from amity.claims.timex import tag_times
from amity.records import Conflict, Document, Sentence

# A day east of the writer is a day later.
ZONES = timedelta(days=1)


def find_later(document: Document, sentences: Sequence[Sentence]) -> list[Conflict]:
    """A dated document's sentences -> conflicts of days and months with their year, told in the past tense, with publication.

    A bare year is left out: what is told of it as past is too often foreseen ("in 2020 he would have won").
    Publication is taken; whether the date or the day of publication is wrong, the text alone cannot say.
    """
    published, cues = parse_edtf(document.published), load_cues()
    return [c for s in sentences for c in _later(s, published, cues)] if published else []


def _later(sentence: Sentence, published: Span, cues: Cues) -> Iterator[Conflict]:
    for timex in tag_times(sentence.words):
        when = date_timex(sentence.words, timex, None)
        if (
            when is None
            or timex.pattern == "year"
            or date.fromisoformat(when.earliest) <= published[1] + ZONES
            or not is_past(sentence, timex, cues)
        ):
            continue
        clause = clause_of(sentence, timex)
        if looks_ahead(sentence, clause, "reported") is False and sentence.words[clause].lemma not in cues.plan:
            start, end = sentence.words[timex.first].start, sentence.words[timex.last - 1].end
            words = " ".join(sentence.words_text(timex.first, timex.last).split())
            note = f"{words!r} (characters {start}-{end}) is told as past, but publication was on {published[1]}"
            yield Conflict("later", start, end, (when.edtf, f"published {published[1]}"), f"published {published[1]}", note)
