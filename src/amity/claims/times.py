"""Event -> When: the time expression of its own clause, through the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from amity.claims.calendar import Span
from amity.claims.cues import Cues
from amity.claims.dating import date_timex
from amity.claims.hanging import REASONS, hangs_on, head_word
from amity.claims.timex import Timex, tag_times
from amity.records import Sentence, Status, When, is_rel

# A time behind one of these bounds the event on one side only; such bounds are not read yet.
OPEN_BOUNDS = {"before", "until", "after", "by", "till", "ahead", "following"}
# Words of what is to come that carry no verb of it.
DUE = {"due", "scheduled", "slated", "poised", "upcoming"}
# Marks of a clause or phrase that has a time of its own.
APART = {"after", "before", "following", "since", "until", "when", "while", "as", "if", "because", "although", "though", "unless"}
# Participles that only tell where and when somebody spoke.
SPEAKING = {"speak", "talk", "write", "address", "testify"}


def date_event(sentence: Sentence, predicate: int, status: Status, published: Span | None, cues: Cues) -> When | None:
    """Event's predicate -> the When of a time expression in its clause, else None.

    For an utterance in its actor's own words the predicate is the verb of saying. The event's own phrase
    comes first ("the May 24 strike"), then its clause; what dates a verb of saying dates what was said only
    where that verb is the predicate.
    """
    times = dates_of(sentence)
    if not times:
        return None
    own = _clauses_of(sentence, predicate, cues)
    told_when = _when_before(sentence, own, times)
    future = False
    if told_when is None and status not in ("planned", "hypothetical"):
        told_when = _before_purpose(sentence, predicate, times)
        future = bool(looks_ahead(sentence, max(sentence.words[predicate].head, 0), status))
    if told_when:
        when = date_timex(sentence.words, told_when, published, future)
        if when:
            return when
    beside = [] if _is_before(sentence, predicate) else _clauses_beside(sentence, own[-1], cues)
    if status in ("planned", "hypothetical"):  # the day of a plan is not that of what is planned
        beside = [c for c in beside if sentence.words[c].tag != "VBD" or looks_ahead(sentence, c, "reported")]
    found = date_clauses(sentence, (*own, *beside), status, published)
    return found or _day_of_asking(sentence, own[-1], times, published)


def date_act(sentence: Sentence, act: int, status: Status, published: Span | None, cues: Cues) -> When | None:
    """An act's word -> the date in its own clauses alone, whatever clause they are a part of."""
    return date_clauses(sentence, _clauses_of(sentence, act, cues), status, published)


def is_own_date(sentence: Sentence, predicate: int, when: When, published: Span | None, cues: Cues) -> bool:
    """Whether a date is told of the act's own words, not of a clause that they are a part of."""
    own = _clauses_of(sentence, predicate, cues)
    times = dates_of(sentence)
    told_when = _when_before(sentence, own, times) or _before_purpose(sentence, predicate, times)
    return told_when is not None or date_clauses(sentence, own, "reported", published) == when


def date_noun(sentence: Sentence, noun: int, published: Span | None, cues: Cues) -> When | None:
    """An act's noun -> the date in its own phrase: "Tuesday's raid", "a deal reached last year", "the call two weeks ago"."""
    return date_clauses(sentence, (noun, *participles_of(sentence, noun, cues)), "reported", published)


def date_clauses(sentence: Sentence, clauses: Sequence[int], status: Status, published: Span | None) -> When | None:
    """Heads of clauses, the nearest first -> the date of the first that has one."""
    times = dates_of(sentence)
    for clause in clauses:
        for timex in times:
            head = head_word(sentence, timex)
            if hangs_on(sentence, timex, clause) and not _bounds_only(sentence, head, timex):
                future = False if _is_since(sentence, head) else looks_ahead(sentence, clause, status)
                when = date_timex(sentence.words, timex, published, future)
                return _since(sentence, head, when, published) if when else None
    return None


def _when_before(sentence: Sentence, clauses: Sequence[int], times: Sequence[Timex]) -> Timex | None:
    """The expression that a clause with "when" is the telling of: "since last year, when the envoy left"."""
    for clause in clauses:
        for k in sentence.kids(clause, "advmod", "mark"):
            if sentence.words[k].text.lower() == "when":
                end = k - 1 if k and sentence.words[k - 1].text == "," else k
                return next((t for t in times if t.last == end), None)
    return None


def _before_purpose(sentence: Sentence, act: int, times: Sequence[Timex]) -> Timex | None:
    """The expression right before an act's infinitive, told of what was done to that end: "an incursion last month to attack"."""
    marks = [k for k in sentence.kids(act, "mark") if sentence.words[k].tag == "TO"]
    return next((t for t in times for k in marks if t.last == k and is_rel(sentence.words[act].rel, "advcl", "acl")), None)


def _day_of_asking(sentence: Sentence, verb: int, times: Sequence[Timex], published: Span | None) -> When | None:
    """A past day inside the infinitive of a verb told as past is the day of that verb: "urged them to save the talks on Friday"."""
    if sentence.words[verb].tag != "VBD":
        return None
    asked = [k for k in sentence.kids(verb, "xcomp", "ccomp") if any(sentence.words[m].tag == "TO" for m in sentence.kids(k, "mark"))]
    for timex in times:
        head = head_word(sentence, timex)
        # A week, a month or a day with its number may well be that of what is asked for; a bare weekday seldom is.
        bare = timex.pattern in ("weekday", "day") and not _bounds_only(sentence, head, timex)
        if bare and any(hangs_on(sentence, timex, k) for k in asked):
            when = date_timex(sentence.words, timex, published, False)
            return when if when and published and when.latest <= published[1].isoformat() else None
    return None


def _clauses_beside(sentence: Sentence, node: int, cues: Cues) -> list[int]:
    """Clauses whose time is shared where the event's own has none: those joined to it, then those that it is a part of.

    A verb of saying, a relative clause and a clause of time ("after ...") stand for themselves.
    """
    found = [k for k in sentence.kids(node, "conj") if sentence.words[k].upos == "VERB" and not sentence.kids(k, "nsubj")]
    found += [k for k in sentence.kids(node, "advcl") if _is_aside(sentence, k) and sentence.words[k].lemma in SPEAKING]
    while sentence.words[node].head >= 0:
        rel, head = sentence.words[node].rel, sentence.words[node].head
        word = sentence.words[head]
        marks = sentence.kid_texts(node, "mark", "case")
        saying = word.lemma in cues.say or word.lemma in cues.accuse
        # "Speaking on Monday, ...", "said on Monday, repeating ...": what one does in speaking.
        aside = is_rel(rel, "advcl") and _is_aside(sentence, node)
        reason = sentence.words[node].upos == "NOUN" and bool(marks & REASONS)
        intended = is_rel(rel, "acl") and "to" in marks and word.lemma.lower() in cues.plan_nouns
        if is_rel(rel, "acl:relcl", "parataxis", "appos") or marks & APART or (saying and not aside) or intended or reason:
            return found
        if is_rel(rel, "ccomp", "conj") and sentence.kids(node, "nsubj"):
            return found
        found.append(head)
        node = head
    return found


def _is_aside(sentence: Sentence, node: int) -> bool:
    """Whether a participle has no subject and no conjunction of its own."""
    return sentence.words[node].tag == "VBG" and not sentence.kids(node, "nsubj", "mark")


def dates_of(sentence: Sentence) -> list[Timex]:
    """The expressions of a sentence that tell a date."""
    return [t for t in tag_times(sentence.words) if t.kind == "date"]


def _clauses_of(sentence: Sentence, predicate: int, cues: Cues) -> list[int]:
    """The predicate, then the verbs whose time is its own: the verb it is an argument of, the verb it completes."""
    found, node = [predicate, *participles_of(sentence, predicate, cues)], predicate
    while sentence.words[node].head >= 0:
        rel, head = sentence.words[node].rel, sentence.words[node].head
        word = sentence.words[head]
        joined = is_rel(rel, "conj") and not sentence.kids(node, "nsubj", "nsubj:pass")
        if not joined and (word.lemma in cues.say or word.lemma in cues.accuse or word.lemma in cues.plan):
            return found
        argument = is_rel(rel, "obj", "nsubj:pass", "obl", "nsubj") and word.upos == "VERB" and not is_rel(rel, "obl:agent")
        part = is_rel(rel, "nmod") and word.upos == "NOUN"
        if not (joined or argument or part or is_rel(rel, "xcomp")):
            return found
        if argument and word.lemma not in cues.light_verbs | cues.occurrence | cues.made:
            return found
        found.append(head)
        node = head
    return found


def participles_of(sentence: Sentence, noun: int, cues: Cues) -> list[int]:
    """Verbs behind a noun that tell of its having happened: "a deal reached last year", "talks that began on Monday"."""
    if sentence.words[noun].upos != "NOUN":
        return []
    verbs = cues.light_verbs | cues.occurrence | cues.made
    behind = [k for k in sentence.kids(noun, "acl", "acl:relcl") if sentence.words[k].lemma in verbs and sentence.words[k].tag != "VB"]
    return [k for k in behind if not sentence.kids(k, "mark")]  # "talks about holding" tells of no talks held


def _prepositions(sentence: Sentence, head: int, timex: Timex) -> list[str]:
    found = [sentence.words[k].text.lower() for i in range(timex.first, timex.last) for k in sentence.kids(i, "case", "mark")]
    if timex.first:
        found.append(sentence.words[timex.first - 1].text.lower())
    return found


def _bounds_only(sentence: Sentence, head: int, timex: Timex) -> bool:
    return any(p in OPEN_BOUNDS for p in _prepositions(sentence, head, timex))


def looks_ahead(sentence: Sentence, clause: int, status: Status) -> bool | None:
    """Whether the clause looks ahead; None where its tense does not say."""
    word = sentence.words[clause]
    if _is_future(sentence, clause) or word.text.lower() in DUE:
        return True
    if word.tag == "VBD":
        return False
    return True if status == "planned" else False if word.tag == "VBN" else None


def clause_of(sentence: Sentence, timex: Timex) -> int:
    """The verb that an expression is told with: the nearest above it, else the root."""
    head = head_word(sentence, timex)
    return next((i for i in (head, *sentence.ancestors(head)) if sentence.words[i].upos in ("VERB", "AUX")), max(sentence.root, 0))


def _is_before(sentence: Sentence, act: int) -> bool:
    """Whether an act is told as past already then: "had asked"."""
    return any(sentence.words[k].text.lower() in ("had", "'d") for k in sentence.kids(act, "aux"))


def _is_future(sentence: Sentence, clause: int) -> bool:
    aux = [sentence.words[k].text.lower() for k in sentence.kids(clause, "aux")]
    return any(a in ("will", "shall", "'ll", "would", "may", "might", "could") for a in aux) and "have" not in aux


def _since(sentence: Sentence, head: int, when: When, published: Span | None) -> When:
    """ "since 2011" begins then and is open: the last possible day is that of publication, if known."""
    if not _is_since(sentence, head):
        return when
    latest = max(published[1].isoformat(), when.latest) if published else when.latest
    return replace(when, edtf=f"{when.edtf.split('/')[0]}/..", latest=latest, basis=f"since {when.basis}")


def _is_since(sentence: Sentence, head: int) -> bool:
    return any(sentence.words[k].text.lower() == "since" for k in sentence.kids(head, "case", "mark"))
