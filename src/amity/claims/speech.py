"""Sentence -> sayings: which words are put into whose mouth, from the tree and the quotation marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from amity.claims.cues import Cues
from amity.records import Sentence, is_rel

QUOTERS = {"quote", "cite"}
# What ends a content that stands before its verb of saying, and how many words a speaker's phrase may have.
SPEECH_ENDS = {",", "”", '"', "''"}
LONGEST_SPEAKER = 12
MARKS = {"“", "”", '"', "``", "''"}


@dataclass(frozen=True, slots=True)
class Saying:
    """One act of saying: the cue word, the head of the source's phrase, and the words that are its content.

    `rank` orders sayings of equal content, outermost first; `carrier` marks an outlet that carried an
    utterance, so it stands even where the speaker is the actor.
    """

    cue: int
    source: int
    content: frozenset[int]
    rank: int = 1
    carrier: bool = False


def find_sayings(sentence: Sentence, cues: Cues) -> tuple[Saying, ...]:
    """Sayings of a sentence, outermost first: what stands in another's content is inside of it."""
    found: list[Saying] = []
    closing = set[int]()
    for word in sentence.words:
        if word.text.lower() == "according":
            found += _according(sentence, word.index)
        elif word.lemma in cues.accuse and word.upos == "VERB":
            found += _accusation(sentence, word.index)
        elif word.lemma in cues.say and word.upos in ("VERB", "AUX"):
            last = _closing(sentence, word.index)
            closing |= {s.cue for s in last}
            found += last or _saying(sentence, word.index, cues)
        elif word.lemma in cues.say_nouns and word.upos == "NOUN":
            found += _noun_saying(sentence, word.index)
    found = _part_trailing(sentence, _settle_closing(sentence, found, closing))
    depth = {id(s): sum(s.cue in other.content for other in found if other.cue != s.cue) for s in found}
    return tuple(sorted(found, key=lambda s: (depth[id(s)], s.rank, -len(s.content))))


def _closing(sentence: Sentence, verb: int) -> list[Saying]:
    """ "The minister said they had a day to leave, the agency reported.": who ends the sentence so speaks for all before.

    Only where the tree hangs it into what stands before; else it is read as any verb of saying.
    """
    word = sentence.words[verb]
    subjects = sentence.kids(verb, "nsubj")
    behind = (w for w in sentence.words[verb + 1 :] if w.upos != "PUNCT")
    if not is_rel(word.rel, "ccomp", "conj") or len(subjects) != 1 or sentence.kids(verb, "mark", "ccomp", "obj") or any(behind):
        return []
    phrase = sentence.subtree(subjects[0])
    first = min(phrase)
    if max(phrase) != verb - 1 or first == 0 or sentence.words[first - 1].text not in SPEECH_ENDS or word.head > first:
        return []
    return [Saying(verb, subjects[0], frozenset(range(first)), 0)]


def _settle_closing(sentence: Sentence, found: list[Saying], closing: set[int]) -> list[Saying]:
    """No saying holds the words of one that closes its sentence; `closing` are the cues of those."""
    own = {cue: frozenset(sentence.subtree(cue)) for cue in closing}
    return [replace(s, content=s.content.difference(*(words for cue, words in own.items() if cue != s.cue))) for s in found]


def _part_trailing(sentence: Sentence, found: list[Saying]) -> list[Saying]:
    """ "She said she would go, adding that ...": what a trailing participle of saying leads in is its own content, not the main verb's."""
    quoted = quoted_words(sentence)
    trailing = {s.cue for s in found if s.cue not in quoted and _trails(sentence, s.cue) and s.content}
    own = {cue: frozenset(sentence.subtree(cue)) for cue in trailing}
    return [
        replace(s, content=s.content - frozenset().union(*(own[c] for c in trailing if c != s.cue and c > s.cue))) if not s.carrier else s
        for s in found
    ]


def _noun_saying(sentence: Sentence, noun: int) -> Iterator[Saying]:
    """ "The ministry's claim that ...", "an announcement by Rome that ...": the clause stands on the word of whose noun it is."""
    clauses = [
        k for k in sentence.kids(noun, "acl", "ccomp") if mark_of(sentence, k) == "that" and sentence.kids(k, "nsubj", "nsubj:pass", "expl")
    ]
    whose = sentence.kids(noun, "nmod:poss") or [k for k in sentence.kids(noun, "nmod") if case_of(sentence, k) in ("by", "from")]
    whose = whose or sentence.kids(noun, "compound")
    content = frozenset(i for k in clauses for i in sentence.subtree(k))
    if content and whose:
        yield Saying(noun, whose[0], content)


def find_announcers(sentence: Sentence, cues: Cues) -> Iterator[Saying]:
    """ "The junta's announcement brought doubt. It said ...": whose a noun of saying is may speak on; what was said is not told here."""
    for word in sentence.words:
        if word.upos == "NOUN" and word.lemma in cues.say_nouns:
            yield from (Saying(word.index, whose, frozenset()) for whose in sentence.kids(word.index, "nmod:poss"))


def find_subject(sentence: Sentence, verb: int) -> int | None:
    """Who does the saying: the verb's own subject, or that of the clause it leans on.

    "adding that" takes the main verb's subject, "quoted X as saying" takes X, "officials who said" the noun.
    """
    own = _own_subject(sentence, verb)
    if own is not None:
        return _antecedent(sentence, verb, own)
    floating = _floating_subject(sentence, verb)
    if floating is not None:
        return floating
    if sentence.kids(verb, "aux:pass"):
        return None  # "is expected to leave": nobody is told to expect it
    head, rel = sentence.words[verb].head, sentence.words[verb].rel
    if head < 0:
        return None
    astray = [k for k in sentence.kids(head, "nsubj") if k < verb]
    if is_rel(rel, "ccomp") and verb < head and astray:
        return astray[-1]
    if is_rel(rel, "acl"):
        return _main_subject(sentence, verb) if _trails(sentence, verb) else head
    if sentence.words[head].lemma in QUOTERS and is_rel(rel, "advcl", "xcomp", "ccomp", "obl"):
        passive = sentence.kids(head, "nsubj:pass")
        objects = passive or sentence.kids(head, "obj")
        return objects[0] if objects else None
    return find_subject(sentence, head) if is_rel(rel, "conj", "advcl", "xcomp") else None


def _trails(sentence: Sentence, verb: int) -> bool:
    """Whether a participle of saying follows a comma: "Mali was blunt about the offer, saying ..." goes on from the main verb."""
    return verb > 0 and sentence.words[verb].tag == "VBG" and sentence.words[verb - 1].text == ","


def _main_subject(sentence: Sentence, verb: int) -> int | None:
    """The subject of the nearest clause above that has one."""
    return next((s for above in sentence.ancestors(verb) for s in [_own_subject(sentence, above)] if s is not None), None)


def _own_subject(sentence: Sentence, verb: int) -> int | None:
    agents = sentence.kids(verb, "obl:agent") or [
        k for k in sentence.kids(verb, "obl") if sentence.kids(verb, "aux:pass") and case_of(sentence, k) == "by"
    ]
    if agents:
        return agents[0]
    subjects = [k for k in sentence.kids(verb, "nsubj") if not is_rel(sentence.words[k].rel, "nsubj:pass")]
    # Of two that the tree gives one verb, the one far off belongs to the content before it.
    return min(subjects, key=lambda k: abs(k - verb), default=None)


def _floating_subject(sentence: Sentence, verb: int) -> int | None:
    """The subject of a verb of saying behind its content, where the tree has hung it into that content.

    `"...," two officials said` and `"...," said two officials`: between a comma or closing mark and the verb,
    or right behind the verb. Only a nominal that the tree ties to a word before it counts.
    """
    content = sentence.kids(verb, "ccomp", "parataxis", "obj")
    if not content or min(content) > verb or is_rel(sentence.words[verb].rel, "acl:relcl", "acl", "advcl"):
        return None
    edge = next((i for i in range(verb - 1, -1, -1) if sentence.words[i].text in SPEECH_ENDS), None)
    before = range(edge + 1, verb) if edge is not None and verb - edge <= LONGEST_SPEAKER else range(0)
    stretch = before or range(verb + 1, min(verb + 1 + LONGEST_SPEAKER, len(sentence.words)))
    if not before and stretch and sentence.words[stretch[0]].upos in ("ADP", "ADV"):
        return None
    for i in stretch:
        word = sentence.words[i]
        if word.upos in ("NOUN", "PROPN", "PRON") and not (i < word.head <= stretch[-1]):
            return i
        if word.upos in ("VERB", "PUNCT"):
            return None
    return None


def case_of(sentence: Sentence, index: int) -> str:
    """The prepositions of a phrase, in lower case; empty where there is none."""
    return " ".join(sentence.words[k].text.lower() for k in sentence.kids(index, "case"))


def _antecedent(sentence: Sentence, verb: int, subject: int) -> int:
    """The noun a relative pronoun stands for, else the subject itself.

    That is the phrase right before it where the tree has hung the clause on a word further off.
    """
    if sentence.words[subject].text.lower() not in ("who", "which", "that") or not is_rel(sentence.words[verb].rel, "acl:relcl"):
        return subject
    head = sentence.words[verb].head
    near = next((i for i in range(subject - 1, head, -1) if sentence.words[i].upos != "PUNCT"), head)
    while near != head and is_rel(sentence.words[near].rel, "nmod", "compound", "flat", "appos", "conj", "nummod"):
        near = sentence.words[near].head
    return near if near > head and is_rel(sentence.words[near].rel, "obl", "obj") else head


def _saying(sentence: Sentence, verb: int, cues: Cues) -> Iterator[Saying]:
    source = find_subject(sentence, verb)
    content = _content(sentence, verb, cues)
    if sentence.words[verb].lemma in QUOTERS:
        yield from _quoting(sentence, verb, source, cues)
        return
    if not content:
        return
    everything = content | frozenset(_clause(sentence, verb))
    yield from (Saying(verb, outlet, everything, 0, True) for outlet in _outlets(sentence, verb, cues))
    if source is not None:
        own = frozenset(sentence.subtree(source))
        content = content if verb in own else content - own
        if content and source not in content:
            yield Saying(verb, source, content)


def _clause(sentence: Sentence, verb: int) -> Iterator[int]:
    yield verb
    yield from (k for k in sentence.kids(verb, "nsubj", "aux", "obj", "iobj", "obl", "xcomp"))


def _content(sentence: Sentence, verb: int, cues: Cues) -> frozenset[int]:
    """Words that a verb of saying puts into a mouth."""
    word, found = sentence.words[verb], set[int]()
    for k in sentence.kids(verb, "ccomp", "parataxis", "csubj"):
        found |= set(sentence.subtree(k))
    if not found:
        found |= _misplaced(sentence, verb)
    if word.lemma in cues.say_of_oneself and not found:
        found |= {i for k in sentence.kids(verb, "xcomp") for i in sentence.subtree(k)}
    quoted = quoted_words(sentence)
    if _trails(sentence, verb):
        quoted = {i for i in quoted if i > verb}
    if is_rel(word.rel, "parataxis") or (not found and is_rel(word.rel, "conj", "dep") and verb not in quoted):
        found |= quoted
        if is_rel(word.rel, "parataxis"):
            found |= set(_main_part(sentence, verb))
    if word.lemma not in cues.quote_only:
        found |= {i for k in sentence.kids(verb, "obj", "nsubj:pass") for i in sentence.subtree(k)}
        found |= quoted
        if is_rel(word.rel, "acl") and word.tag == "VBN" and _own_subject(sentence, verb) is not None:
            found |= set(sentence.subtree(word.head)) - set(sentence.subtree(verb))
    return frozenset(found - {verb})


def _misplaced(sentence: Sentence, verb: int) -> set[int]:
    """A clause with "that" and a subject of its own that the tree has hung on a phrase beside the verb: "said in talks that it could"."""
    beside = [k for k in sentence.kids(verb, "obl", "obl:unmarked", "advmod") if k > verb]
    clauses = [c for k in beside for c in sentence.kids(k, "acl", "acl:relcl", "advcl")]
    led = [c for c in clauses if mark_of(sentence, c) == "that" and sentence.kids(c, "nsubj", "nsubj:pass")]
    return {i for c in led for i in sentence.subtree(c)}


def _main_part(sentence: Sentence, verb: int) -> list[int]:
    """The clause that an inserted verb of saying stands beside, without that verb's own words."""
    mine = set(sentence.subtree(verb))
    return [i for i in sentence.subtree(sentence.words[verb].head) if i not in mine]


def quoted_words(sentence: Sentence) -> set[int]:
    """Words between quotation marks; a closing mark alone opens at the start, an opening one alone runs to the end.

    A straight mark closes where it touches the word before it.
    """
    found: set[int] = set()
    since: int | None = -1
    opened = False
    for word in sentence.words:
        if word.text not in MARKS:
            continue
        touches = word.index > 0 and sentence.words[word.index - 1].end == word.start
        if word.text in ("“", "``") or (word.text == '"' and not touches):
            since, opened = word.index, True
        elif since is not None:
            found |= set(range(since + 1, word.index))
            since, opened = None, False
    if opened and since is not None:
        found |= set(range(since + 1, len(sentence.words)))
    return found


def _according(sentence: Sentence, index: int) -> Iterator[Saying]:
    """ "according to X": X speaks for the sentence where the phrase opens or ends it, else for its clause."""
    source = sentence.words[index].head
    if not is_rel(sentence.words[index].rel, "case"):
        below = sentence.kids(index, "obl", "obj", "nmod")
        source = below[0] if below else -1
    if source < 0:
        return
    phrase = set(sentence.subtree(source)) | {index}
    last = max((w.index for w in sentence.words if w.upos != "PUNCT"), default=0)
    top = sentence.words[source].head
    edge = min(phrase) <= 1 or max(phrase) >= last
    inside = sentence.subtree(sentence.root) if edge or top < 0 else sentence.subtree(_clause_head(sentence, top))
    yield Saying(index, source, frozenset(inside) - phrase, 0)


def _clause_head(sentence: Sentence, index: int) -> int:
    while sentence.words[index].head >= 0 and (
        sentence.words[index].upos not in ("VERB", "AUX") or is_rel(sentence.words[index].rel, "xcomp")
    ):
        index = sentence.words[index].head
    return index


def _accusation(sentence: Sentence, verb: int) -> Iterator[Saying]:
    """ "X accused Y of doing": the deed stands on X's word, the accusing itself does not."""
    source = find_subject(sentence, verb)
    deeds = sentence.kids(verb, "advcl", "xcomp") if sentence.words[verb].lemma != "blame" else []
    deeds += [] if sentence.kids(verb, "obj") else sentence.kids(verb, "ccomp")
    deeds += [k for k in sentence.kids(verb, "obl") if case_of(sentence, k) in ("of", "for")]
    deeds += [k for o in sentence.kids(verb, "obj", "nsubj:pass") for k in sentence.kids(o, "acl")]
    deeds = [k for k in deeds if not is_rel(sentence.words[k].rel, "advcl", "acl") or mark_of(sentence, k) in ("of", "for")]
    content = frozenset(i for k in deeds for i in sentence.subtree(k))
    if source is not None and content:
        yield Saying(verb, source, content)


def mark_of(sentence: Sentence, index: int) -> str:
    """What leads in a clause, in lower case; empty where nothing does."""
    return " ".join(sentence.words[k].text.lower() for k in sentence.kids(index, "mark"))


def _quoting(sentence: Sentence, verb: int, source: int | None, cues: Cues) -> Iterator[Saying]:
    """ "Reuters reported, citing two officials, ..."; "was quoted by Al Watan as saying"; "cited an official stating"."""
    word = sentence.words[verb]
    own = set(sentence.subtree(verb))
    head = word.head
    if is_rel(word.rel, "advcl") and head >= 0 and not _own_subject(sentence, verb):
        # The participle shares the head's content and stands within it: Reuters first, then those it cites.
        inner = frozenset(sentence.subtree(sentence.root)) - own - {head}
        yield from (Saying(verb, k, inner, 2) for k in sentence.kids(verb, "obj"))
        yield from (Saying(verb, s, inner) for s in [source] if s is not None)
        return
    everything = frozenset(sentence.subtree(sentence.root)) - {verb}
    if source is not None and (is_outlet(sentence, source, cues) or sentence.kids(verb, "aux:pass")):
        yield Saying(verb, source, everything - set(sentence.subtree(source)), 0, True)
    speakers = sentence.kids(verb, "nsubj:pass") or sentence.kids(verb, "obj")
    content = frozenset(i for k in sentence.kids(verb, "advcl", "xcomp", "ccomp", "parataxis") for i in sentence.subtree(k))
    content |= frozenset(quoted_words(sentence))
    yield from (Saying(verb, s, content - set(sentence.subtree(s)) | frozenset(_below_noun(sentence, s)), 1) for s in speakers if content)


def _below_noun(sentence: Sentence, index: int) -> list[int]:
    return [i for k in sentence.kids(index, "acl") for i in sentence.subtree(k)]


def _outlets(sentence: Sentence, verb: int, cues: Cues) -> Iterator[int]:
    """Outlets that a saying was told to or made on: "told Reuters", "said on Sputnik", "in a CNN interview"."""
    for k in sentence.kids(verb, "obj", "iobj", "obl"):
        inside = sentence.subtree(k)
        if case_of(sentence, k) == "by" or len(inside) > 12:
            continue
        if is_outlet(sentence, k, cues):
            yield k
        elif sentence.words[k].lemma in ("interview", "comment", "remark", "statement"):
            yield from (m for m in sentence.kids(k, "compound", "nmod", "amod", "nmod:poss") if is_outlet(sentence, m, cues))


def is_outlet(sentence: Sentence, head: int, cues: Cues) -> bool:
    """Whether a phrase names an outlet: a known name, or a proper name that says what it is ("Fars news agency")."""
    beside = sentence.kids(head, "flat", "compound", "amod", "nmod:poss")
    near = sorted({head, *beside, *(f for k in beside for f in sentence.kids(k, "flat", "compound"))})
    texts = [sentence.words[i].text.lower() for i in near]
    phrase = f" {' '.join(texts)} "
    if any(f" {name} " in phrase for name in cues.media_names):
        return True
    named = any(sentence.words[i].upos == "PROPN" for i in near)
    return named and (sentence.words[head].lemma.lower() in cues.media_words or texts[-1] in cues.media_words)
