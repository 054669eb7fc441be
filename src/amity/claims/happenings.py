"""Happenings that a report dates once and names again: "the call two weeks ago", later "the call"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amity.claims.calendar import Span
from amity.claims.dating import date_timex
from amity.claims.hanging import AT_TIMES, host_of
from amity.claims.sameact import AHEAD, OTHER, POINTING, WIDEST, closest, days_of
from amity.claims.times import dates_of
from amity.claims.timex import Timex, load_times
from amity.records import Sentence, When, is_rel


@dataclass(frozen=True, slots=True)
class Happening:
    """A noun with the date in its own phrase, its sentence, and whose or what it is."""

    lemma: str
    sentence: int
    whose: frozenset[str]
    when: When


class Happenings:
    """The dated happenings of one document."""

    def __init__(self, sentences: Sequence[Sentence], published: Span | None) -> None:
        self._published = published
        self._known = [h for s in sentences for h in _dated(s, published)]

    def date_of(self, sentence: Sentence, noun: int) -> When | None:
        """A definite noun -> the date of the happening that it names again; None where it may be one of two."""
        word = sentence.words[noun]
        if not self._known or word.upos != "NOUN" or word.tag == "NNS" or not _is_definite(sentence, noun):
            return None
        whose = _whose(sentence, noun)
        known = [h for h in self._known if h.lemma == word.lemma.lower() and h.sentence <= sentence.index + AHEAD]
        fitting = [h for h in known if not (whose and h.whose and not whose & h.whose)]
        when = closest([h.when for h in fitting])
        if when is None or (self._published and when.earliest > self._published[1].isoformat()):
            return None
        first = next(h for h in fitting if h.when is when)
        basis = f"{first.when.basis} of '{word.text}' in sentence {first.sentence}"
        return When(first.when.edtf, first.when.earliest, first.when.latest, basis)

    def date_at(self, sentence: Sentence, act: int) -> When | None:
        """An act's word -> the date of the happening that it is, or that it was done at."""
        own = self.date_of(sentence, act)
        if own:
            return own
        asides = [k for k in sentence.kids(act, "advcl") if sentence.words[k].tag in ("VBN", "VBG")]
        for part in (p for node in (act, *asides) for p in sentence.kids(node, "obl", "nmod")):
            cases = sentence.kid_texts(part, "case")
            found = self.date_of(sentence, part) if cases & AT_TIMES else None
            if found:
                return found
        return None


def _dated(sentence: Sentence, published: Span | None) -> Iterator[Happening]:
    for timex in dates_of(sentence):
        noun = next((i for i in _beside(sentence, timex) if sentence.words[i].lemma.lower() in load_times().happenings), None)
        when = None if noun is None else date_timex(sentence.words, timex, published)
        if noun is not None and when and days_of(when) <= WIDEST:
            yield Happening(sentence.words[noun].lemma.lower(), sentence.index, _whose(sentence, noun), when)


def _beside(sentence: Sentence, timex: Timex) -> list[int]:
    """The nouns that an expression may date: what it hangs on, what its verb was done in ("said in a letter on Thursday"), and
    what it follows as its verb's subject ("the announcement late Thursday shows").
    """
    host = host_of(sentence, timex)
    found = [host] if host >= 0 and sentence.words[host].upos == "NOUN" else []
    if host >= 0 and sentence.words[host].upos == "VERB":
        obliques = sentence.kids(host, "obl")
        found += [k for k in obliques if AT_TIMES & sentence.kid_texts(k, "case")]
    before = next((i for i in range(timex.first - 1, -1, -1) if sentence.words[i].text.lower() not in ("late", "early", "on")), -1)
    if before >= 0 and is_rel(sentence.words[before].rel, "nsubj") and sentence.words[before].upos == "NOUN":
        found.append(before)
    return found


def _is_definite(sentence: Sentence, noun: int) -> bool:
    beside = sentence.kid_texts(noun, "det", "amod", "nummod")
    return not beside & OTHER and (bool(beside & POINTING) or bool(sentence.kids(noun, "nmod:poss")))


def _whose(sentence: Sentence, noun: int) -> frozenset[str]:
    """The names and nouns that tell one happening from another of its kind: "the junta's announcement"; pronouns tell nothing."""
    times = {i for t in dates_of(sentence) for i in range(t.first, t.last)}
    return frozenset(
        w.lemma.lower()
        for k in sentence.kids(noun, "nmod:poss", "compound")
        if k not in times and (w := sentence.words[k]).upos in ("NOUN", "PROPN")
    )
