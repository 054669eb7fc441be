"""Dates carried on: a report that goes on from a dated sentence tells of that day or later, up to publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from amity.claims.calendar import Span
from amity.claims.cues import Cues
from amity.claims.times import date_event, dates_of
from amity.records import Sentence, Status, When

# So many sentences on, the thread is lost.
FARTHEST = 3
# Days before publication: what lies further back is background, which a report leaves again at once.
RECENT = 31
# What a clause with one of these tells has happened before the report's thread.
EARLIER = {"after", "since", "before"}
TOLD: tuple[Status, ...] = ("reported", "denied", "rumoured", "requested", "threatened")


def carry_date(
    sentences: Sequence[Sentence], sentence: Sentence, predicate: int, status: Status, dated: tuple[Span | None, Cues]
) -> When | None:
    """An event without a date of its own, told in the past -> bounds from the last date told before it to publication.

    `sentences[i].index == i`; `dated` is the span of publication and the cues. No day is given, only bounds.
    """
    published, cues = dated
    if published is None or status not in TOLD or dates_of(sentence) or not _is_told(sentence, predicate):
        return None
    for other in reversed(sentences[max(0, sentence.index - FARTHEST) : sentence.index]):
        if other.heading:
            return None
        if dates_of(other):
            if not _is_told(other, max(other.root, 0)):
                return None
            when = date_event(other, max(other.root, 0), "reported", published, cues)
            # A date with its year is that of a picture or of the past; a report's own days go without.
            return _until_publication(when, published) if when and ", published" in when.basis else None
    return None


def _is_told(sentence: Sentence, predicate: int) -> bool:
    """Whether the predicate, or the verb that it hangs on, is in the simple past: "said", "was urged", "a strike killed"."""
    verb = next((i for i in (predicate, *sentence.ancestors(predicate)) if sentence.words[i].upos == "VERB"), predicate)
    if any(sentence.words[k].text.lower() in EARLIER for k in sentence.kids(verb, "mark")):
        return False
    if sentence.words[verb].lemma == "follow" and verb != predicate:
        return False
    aux = {sentence.words[k].text.lower() for k in sentence.kids(verb, "aux", "aux:pass")}
    past = sentence.words[verb].tag == "VBD" or bool(aux & {"was", "were", "did"})
    return past and not aux & {"had", "has", "have"}


def _until_publication(when: When, published: Span) -> When | None:
    first, last = date.fromisoformat(when.earliest), published[1]
    if not 0 <= (last - first).days <= RECENT + (published[1] - published[0]).days:
        return None
    return When(
        f"{first}/{last}" if first < last else f"{first}",
        when.earliest,
        last.isoformat(),
        f"after {when.basis} of the sentence before, until publication",
    )
