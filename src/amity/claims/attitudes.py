"""Sentence -> attitudes: who wants, backs, expects, doubts or belittles what.

An attitude is no saying: nobody is cited for anything's having happened, so none of these enters a source chain. They are
read beside the sayings, for whoever asks how a party stands to something ("Mali opposes the plan", "the talks are expected to fail").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from amity.claims.cues import Cues
from amity.claims.speech import Saying, case_of, find_subject, mark_of
from amity.claims.timex import tag_times
from amity.records import Sentence, is_rel

# An attitude is told by the verb of a clause of its own; participles and infinitives below another verb rarely are (one in five
# of PolNeAR's training part, against two in three of main verbs).
CLAUSES = ("root", "conj", "advcl", "acl:relcl", "parataxis")
# Prepositions that lead in what an attitude is about; "in", "at" and "from" mostly tell where and when.
ABOUT = {"for", "of", "about", "to", "on", "with", "against", "toward", "towards", "over", "as", "behind", "upon", "into"}
# What leads in a clause that tells when or why, and is no part of what the attitude is about.
BESIDE = {"after", "before", "while", "when", "since", "because", "although", "though", "as", "if", "unless", "until", "once", "by", "in"}


@dataclass(frozen=True, slots=True)
class Attitude:
    """The cue word, the head of the holder's phrase (None where nobody is told, "is expected to"), and the words it is about."""

    cue: int
    source: int | None
    content: frozenset[int]


def find_attitudes(sentence: Sentence, cues: Cues, sayings: Iterable[Saying] = ()) -> tuple[Attitude, ...]:
    """Attitudes of a sentence, the outermost of those within each other; none in the content of a saying, which is another's.

    `sayings` are those of the same sentence.
    """
    taken = {s.cue for s in sayings}
    covered = {i for s in sayings for i in s.content}
    found: list[Attitude] = []
    for index in sorted((w.index for w in sentence.words), key=lambda i: (len(list(sentence.ancestors(i))), i)):
        if index in taken or index in covered:
            continue
        for attitude in read_attitude(sentence, index, cues):
            found.append(attitude)
            covered |= attitude.content
    return tuple(sorted(found, key=lambda a: a.cue))


def read_attitude(sentence: Sentence, index: int, cues: Cues) -> Iterator[Attitude]:
    """One word -> its attitude, where it tells one with a holder or a content."""
    word = sentence.words[index]
    if is_rel(word.rel, "advmod") and word.lemma.lower() in cues.report_adverbs and word.head >= 0:
        yield Attitude(index, None, frozenset(sentence.subtree(word.head)) - {index})
    elif word.upos == "NOUN" and word.lemma in cues.attitude_nouns:
        yield from _noun_attitude(sentence, index)
    elif is_rel(word.rel, *CLAUSES) and word.upos == "VERB":
        yield from _verb_attitude(sentence, index, cues)
    elif is_rel(word.rel, *CLAUSES) and word.lemma in cues.attitude_adjectives and sentence.kids(index, "cop"):
        yield from _held(index, find_subject(sentence, index), sentence, _about(sentence, index))


def _verb_attitude(sentence: Sentence, verb: int, cues: Cues) -> Iterator[Attitude]:
    word = sentence.words[verb]
    if word.lemma in cues.hedge_verbs:
        kids = [k for k in sentence.children[verb] if not is_rel(sentence.words[k].rel, "punct", "mark", "cc", "conj", "advcl", "aux")]
        content = frozenset(i for k in kids for i in sentence.subtree(k))
        yield from [Attitude(verb, None, content)] if content else []
    elif sentence.kids(verb, "aux:pass"):
        if word.lemma in cues.attitude_passives:
            own = frozenset(i for k in sentence.kids(verb, "nsubj:pass") for i in sentence.subtree(k))
            agents = sentence.kids(verb, "obl:agent") or [k for k in sentence.kids(verb, "obl") if case_of(sentence, k) == "by"]
            holder = agents[0] if agents else None
            content = _about(sentence, verb) | own - (frozenset(sentence.subtree(holder)) if holder is not None else frozenset())
            yield from [Attitude(verb, holder, content)] if content else []
    elif word.lemma in cues.attitude:
        yield from _held(verb, find_subject(sentence, verb), sentence, _about(sentence, verb))


def _noun_attitude(sentence: Sentence, noun: int) -> Iterator[Attitude]:
    """ "Mali's refusal to sign", "criticism of the deal by Niger": with whose it is; without, it is anybody's."""
    whose = sentence.kids(noun, "nmod:poss") or [k for k in sentence.kids(noun, "nmod") if case_of(sentence, k) in ("by", "from")]
    clauses = [k for k in sentence.kids(noun, "acl", "ccomp") if k > noun and mark_of(sentence, k)]
    phrases = [k for k in sentence.kids(noun, "nmod") if k > noun and case_of(sentence, k).split(" ")[0] in ABOUT]
    yield from _held(noun, whose[0] if whose else None, sentence, frozenset(i for k in (*clauses, *phrases) for i in sentence.subtree(k)))


def _held(cue: int, holder: int | None, sentence: Sentence, content: frozenset[int]) -> Iterator[Attitude]:
    """An attitude where somebody holds it and it is about something."""
    if holder is None:
        return
    own = frozenset(sentence.subtree(holder))
    content = content - {holder} if cue in own else content - own
    if content:
        yield Attitude(cue, holder, content)


def _about(sentence: Sentence, index: int) -> frozenset[int]:
    """Words that an attitude is about: objects and clauses that complete it, phrases of what it is about, clauses of purpose."""
    found = sentence.kids(index, "obj", "ccomp", "xcomp", "iobj", "csubj")
    times = {i for t in tag_times(sentence.words) for i in range(t.first, t.last)}
    found += [
        k
        for k in sentence.kids(index, "obl")
        if k > index and k not in times and case_of(sentence, k).split(" ")[0] in ABOUT and not is_rel(sentence.words[k].rel, "obl:agent")
    ]
    for k in sentence.kids(index, "advcl"):
        marks = set(mark_of(sentence, k).split())
        found += [k] if k > index and marks and not marks & BESIDE else []
    return frozenset(i for k in found for i in sentence.subtree(k)) - {index}
