"""Dates carried on: a report that goes on from a dated sentence tells of that day or later, up to publication."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from amity.claims.calendar import Span
from amity.claims.cues import Cues
from amity.claims.dating import date_timex
from amity.claims.hanging import hangs_on
from amity.claims.times import date_event, dates_of
from amity.records import Sentence, Status, When, is_rel

# So many sentences on, the thread is lost.
FARTHEST = 3
# Days before publication: what lies further back is background, which a report leaves again at once.
RECENT = 31
# What a clause with one of these tells has happened before the report's thread.
EARLIER = {"after", "since", "before"}
COMES_AFTER = {"after", "following"}
Known = Callable[[Sentence, int], When | None]
TOLD: tuple[Status, ...] = ("reported", "denied", "rumoured", "requested", "threatened")


def carry_date(
    sentences: Sequence[Sentence],
    sentence: Sentence,
    predicate: int,
    status: Status,
    dated: tuple[Span | None, Cues],
    known: Known = lambda sentence, noun: None,
) -> When | None:
    """An event without a date of its own, told in the past -> bounds from the last date told before it to publication.

    That date is of what it came "after", in its own sentence, or else of what a sentence before tells. `sentences[i].index == i`;
    `dated` is the span of publication and the cues, `known` the date of a noun that names a happening again. No day is given, only
    bounds.
    """
    published, cues = dated
    if published is None or status not in TOLD or not is_told(sentence, predicate):
        return None
    earlier = _date_it_came_after(sentence, predicate, published)
    if earlier:
        return _until_publication(earlier, published, "of what came before")
    if dates_of(sentence):
        return None
    for other in reversed(sentences[max(0, sentence.index - FARTHEST) : sentence.index]):
        if other.heading:
            return None
        again = next((w for k in other.kids(max(other.root, 0), "nsubj") if (w := known(other, k))), None)
        if again and is_told(other, max(other.root, 0)):
            return _until_publication(again, published, "and of the sentence before")
        if dates_of(other):
            when = _date_of_thread(other, published, cues)
            # A date with its year is that of a picture or of the past; a report's own days go without.
            return _until_publication(when, published, "of the sentence before") if when and ", published" in when.basis else None
    return None


def _date_of_thread(sentence: Sentence, published: Span, cues: Cues) -> When | None:
    """The date of a sentence's main act, or of what its verb of saying says; none of what is yet to come."""
    root = max(sentence.root, 0)
    for verb in (root, *sentence.kids(root, "ccomp")):
        if is_told(sentence, verb) or _is_past_perfect(sentence, verb):
            when = date_event(sentence, verb, "reported", published, cues)
            if when:
                return when
    return None


def _date_it_came_after(sentence: Sentence, predicate: int, published: Span) -> When | None:
    """The date inside the "after" of an act's own clause: "spoke after the envoys met on Friday"."""
    node = predicate
    while node >= 0:
        for part in sentence.kids(node, "advcl", "obl"):
            marks = sentence.kid_texts(part, "mark", "case")
            timex = next((t for t in dates_of(sentence) if hangs_on(sentence, t, part)), None) if marks & COMES_AFTER else None
            if timex:
                return date_timex(sentence.words, timex, published, False)
        if sentence.words[node].upos == "VERB" and not is_rel(sentence.words[node].rel, "xcomp", "conj"):
            return None
        node = sentence.words[node].head
    return None


def _is_past_perfect(sentence: Sentence, verb: int) -> bool:
    return any(sentence.words[k].text.lower() == "had" for k in sentence.kids(verb, "aux"))


def is_told(sentence: Sentence, predicate: int) -> bool:
    """Whether the predicate, or the verb that it hangs on, is in the simple past: "said", "was urged", "a strike killed"."""
    verb = next((i for i in (predicate, *sentence.ancestors(predicate)) if sentence.words[i].upos == "VERB"), predicate)
    if any(sentence.words[k].text.lower() in EARLIER for k in sentence.kids(verb, "mark")):
        return False
    if sentence.words[verb].lemma == "follow" and verb != predicate:
        return False
    aux = sentence.kid_texts(verb, "aux", "aux:pass")
    past = sentence.words[verb].tag == "VBD" or bool(aux & {"was", "were", "did"})
    return past and not aux & {"had", "has", "have"}


def _until_publication(when: When, published: Span, whose: str) -> When | None:
    first, last = date.fromisoformat(when.earliest), published[1]
    if not 0 <= (last - first).days <= RECENT + (published[1] - published[0]).days:
        return None
    return When(
        f"{first}/{last}" if first < last else f"{first}",
        when.earliest,
        last.isoformat(),
        f"after {when.basis} {whose}, until publication",
    )
