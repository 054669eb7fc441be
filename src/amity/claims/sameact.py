"""The same act told in two places: where one of them dates it, the other has that date too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from amity.claims.continuing import TOLD, is_told
from amity.claims.cues import load_cues
from amity.claims.lemmas import is_one_word
from amity.claims.times import dates_of
from amity.claims.timex import load_times
from amity.records import CodedEvent, Mention, Sentence, Status, When

# Days: what is dated no closer says little of another telling.
WIDEST = 31
# Words that point back to an act told before.
POINTING = {"the", "this", "that", "these", "those"}
# Marks of a gerund whose act is known.
KNOWN_BY = {"in", "by", "for", "after", "over"}
# Words are spoken many times; what is spoken of "again" may be another time.
UTTERED = {"SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
# With one of these before it, an act is another one, or one to come.
OTHER = {
    "further",
    "more",
    "other",
    "another",
    "new",
    "fresh",
    "future",
    "previous",
    "earlier",
    "similar",
    "additional",
    "next",
    "any",
    "upcoming",
}
TO_COME = {"will", "would", "may", "might", "could", "should", "shall", "'ll"}
# Sentences: further back, or on, than a long report has them, "the raid" is another one.
REACH = 150
# Sentences by which the dated telling may follow: a lead names an act that the next sentences date. An agreement is told of as
# a thing, from the first sentence on.
AHEAD = 2


def date_same_acts(
    sentences: Sequence[Sentence], events: Sequence[tuple[CodedEvent, Status]], dates: Sequence[When | None], own: Sequence[bool]
) -> list[When | None]:
    """Events of a document with the dates they have -> the same, undated ones filled from a dated telling of the same act.

    Two tellings are of one act where type and sides agree, and the undated one points back to it: a definite noun
    ("the air strikes", "Kenya's visit"), or the word again in the past. `own` says which dates are told of the act itself,
    not of a clause that it is part of. Where dated tellings disagree, nothing is filled.
    """
    rows = zip(events, dates, own, strict=True)
    dated = [(e, w) for (e, s), w, sure in rows if w and sure and s in TOLD and e.kind == "event" and days_of(w) <= WIDEST]
    return [w or _borrow(sentences, e, s, dated) for (e, s), w in zip(events, dates, strict=True)]


def _borrow(sentences: Sequence[Sentence], event: CodedEvent, status: Status, dated: Sequence[tuple[CodedEvent, When]]) -> When | None:
    if status not in TOLD or event.kind != "event":
        return None
    fitting = [(e, w) for e, w in dated if e.sentence >= event.sentence - REACH and _is_same(sentences, event, e)]
    when = closest([w for _, w in fitting])
    if when is None:
        return None
    other = next(e for e, w in fitting if w is when)
    words = sentences[other.sentence].words[other.predicate].text
    return When(when.edtf, when.earliest, when.latest, f"{when.basis} of '{words}' in sentence {other.sentence}, the same act")


def closest(whens: Sequence[When]) -> When | None:
    """Dates told of one thing -> the closest, if it lies within all others; None where they disagree."""
    best = min(whens, key=days_of, default=None)
    return best if best and all(w.earliest <= best.earliest and best.latest <= w.latest for w in whens) else None


def days_of(when: When) -> int:
    """How many days lie between the first and the last that a date allows; 0 for a day."""
    return (date.fromisoformat(when.latest) - date.fromisoformat(when.earliest)).days


def _is_same(sentences: Sequence[Sentence], event: CodedEvent, other: CodedEvent) -> bool:
    if event.type != other.type or event.type in UTTERED or other.sentence > event.sentence + (REACH if event.type == "AGREE" else AHEAD):
        return False
    if not (_agree(event.actor, other.actor) and _agree(event.recipient, other.recipient)):
        return False
    if event.type == "CONSULT" and event.recipient and event.recipient.actor and not _side(event.recipient):
        return False  # one meets many in a day
    here, there = sentences[event.sentence], sentences[other.sentence]
    if (
        _is_another(here, event.predicate)
        or _is_another(there, other.predicate)
        or not _is_alike(here, event.predicate, there, other.predicate)
    ):
        return False
    mine = here.words[event.predicate]
    if not (_side(event.actor) and _side(other.actor)) and mine.lemma.lower() != there.words[other.predicate].lemma.lower():
        return False
    if mine.upos == "NOUN":
        back = points_back(there, other) and event.sentence < other.sentence <= event.sentence + AHEAD
        return back or points_back(here, event)
    if dates_of(here):  # told with a time of its own
        return False
    return _is_presupposed(here, event.predicate) or (event.sentence != other.sentence and is_told(here, event.predicate))


def _is_alike(here: Sentence, mine: int, there: Sentence, its: int) -> bool:
    """Whether two words, or the nouns of the light verbs that they are, tell one kind of act: "shelled" and "the shelling"."""
    return any(_is_kin(a, b) for a in _names(here, mine) for b in _names(there, its))


def _names(sentence: Sentence, act: int) -> list[str]:
    nouns = [sentence.words[k].lemma.lower() for k in sentence.kids(act, "obj")] if sentence.words[act].upos == "VERB" else []
    light = sentence.words[act].lemma in load_cues().light_verbs
    return nouns if light and nouns else [sentence.words[act].lemma.lower()]


def _is_kin(a: str, b: str) -> bool:
    """Whether two lemmas are one word, of one stem, or told alike by the table.

    >>> _is_kin("visit", "visit"), _is_kin("meeting", "meet"), _is_kin("raid", "strike"), _is_kin("raid", "siege")
    (True, True, True, False)
    """
    return a == b or is_one_word(a, b) or any(a in row and b in row for row in load_times().alike)


def _is_another(sentence: Sentence, act: int) -> bool:
    """Whether an act's own words tell it apart from one told before, or set it in the future."""
    beside = sentence.kid_texts(act, "amod", "det", "aux", "nummod")
    return bool(beside & (OTHER | TO_COME))


def _side(mention: Mention | None) -> str | None:
    """The side that a mention is known to stand for."""
    known = mention and mention.actor and mention.actor.side_id and not mention.actor.side_id.startswith("unknown:")
    return mention.actor.side_id if known and mention and mention.actor else None


def _agree(mine: Mention | None, other: Mention | None) -> bool:
    """Whether two mentions may stand for one side; one that is not known may stand for any."""
    sides = {_side(m) for m in (mine, other)} - {None}
    return len(sides) < 2


def points_back(sentence: Sentence, event: CodedEvent) -> bool:
    """Whether an act's noun is definite: by its article, or by whose it is."""
    noun = event.predicate
    if any(sentence.words[k].text.lower() in POINTING for k in sentence.kids(noun, "det")):
        return True
    return bool(sentence.kids(noun, "nmod:poss")) or (
        event.actor.sentence == sentence.index and event.actor.head in sentence.kids(noun, "compound", "amod")
    )


def _is_presupposed(sentence: Sentence, verb: int) -> bool:
    """Whether a gerund takes its act as known: "in cancelling the talks", "for shelling the port"."""
    marks = sentence.kid_texts(verb, "mark", "case")
    return sentence.words[verb].tag == "VBG" and bool(marks & KNOWN_BY) and not sentence.kids(verb, "aux")
