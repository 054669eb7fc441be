"""Where a time expression hangs in its sentence, with what the tree often gets wrong put right."""

from __future__ import annotations

from amity.claims.cues import Cues, load_cues
from amity.claims.speech import quoted_words
from amity.claims.timex import Timex, load_times
from amity.records import Sentence, is_rel

CLAUSES = ("ccomp", "advcl", "acl", "acl:relcl", "parataxis", "xcomp", "csubj", "root")
# With these before it, a noun that has a time for its own first word tells when its verb was: "in a July interview".
AT_TIMES = {"in", "at", "during", "on"}
# A phrase led in by one of these keeps a time that ends it: "since Clinton in 1999".
KEEPING = {"since", "after", "before", "than", "unlike", "following", "until"}
# Prepositions of what a clause is told because of, which has a time of its own.
REASONS = {"for", "over", "about", "despite", "amid"}
# Words that such a phrase has before its time; a longer one is likelier to be told of a clause.
KEPT_WORDS = 5


def head_word(sentence: Sentence, timex: Timex) -> int:
    """The word of the expression whose head stands outside of it."""
    inside = range(timex.first, timex.last)
    return next((i for i in inside if sentence.words[i].head not in inside), timex.first)


def hangs_on(sentence: Sentence, timex: Timex, clause: int) -> bool:
    """Whether an expression hangs on a clause's head with no other clause between."""
    head = head_word(sentence, timex)
    if head == clause:
        return True
    host = host_of(sentence, timex)
    mended = host != sentence.words[head].head
    if host < 0 or (not mended and _opens_clause(sentence, head)):
        return False
    if (host != clause and not _is_held(sentence, host, clause) and _names_a_thing(sentence, timex, host)) or _is_kept(
        sentence, timex, clause
    ):
        return False
    node, cues = host, load_cues()
    while node != clause:
        head = _mended_head(sentence, node, cues)
        if head < 0 or _opens_clause(sentence, node) or _is_reason(sentence, node):
            return False
        node = head
    return True


def host_of(sentence: Sentence, timex: Timex) -> int:
    """The word that an expression depends on: as the tree has it, or mended.

    What stands between a subject and its verb is the verb's ("Trump late on Friday said"), what stands between a noun
    and its participle the noun's ("an event Friday night hosted by"), and what stands outside a quotation never hangs
    on a word inside it.
    """
    head = head_word(sentence, timex)
    host = sentence.words[head].head
    verb = _verb_behind(sentence, timex)
    if host < 0 or verb is None:
        pass
    elif sentence.words[verb].tag == "VBN" and host == verb and is_rel(sentence.words[verb].rel, "acl"):
        return sentence.words[verb].head if sentence.words[verb].head < timex.first else host
    elif host < timex.first and any(k < timex.first for k in sentence.kids(verb, "nsubj", "nsubj:pass")):
        return verb
    host = _reason_before(sentence, timex, host)
    quoted = quoted_words(sentence)
    while host >= 0 and host in quoted and head not in quoted:
        host = sentence.words[host].head
    return host


def _reason_before(sentence: Sentence, timex: Timex, host: int) -> int:
    """The happening that is named as a reason right before an expression has it: "is blamed for its raid on the port last month"."""
    node = timex.first - 1
    while node > host >= 0:
        if _is_reason(sentence, node):
            return node
        node = sentence.words[node].head
    return host


def _is_reason(sentence: Sentence, node: int) -> bool:
    """Whether a happening is named as what a clause is told because of."""
    cases = sentence.kid_texts(node, "case")
    return bool(cases & REASONS) and sentence.words[node].lemma.lower() in load_times().happenings


def _verb_behind(sentence: Sentence, timex: Timex) -> int | None:
    """The verb right behind an expression."""
    behind = timex.last
    return behind if behind < len(sentence.words) and sentence.words[behind].upos == "VERB" else None


def _opens_clause(sentence: Sentence, node: int) -> bool:
    rel = sentence.words[node].rel
    return sentence.words[node].head < 0 or is_rel(rel, *CLAUSES) or (is_rel(rel, "conj") and sentence.words[node].upos == "VERB")


def _mended_head(sentence: Sentence, node: int, cues: Cues) -> int:
    """The head of a phrase; one that opens the sentence belongs to what is said, not to the "officials say" that ends it.

    What stands before a verb of saying is in turn not told of what is said behind it.
    """
    head = sentence.words[node].head
    above = sentence.words[head].head if head >= 0 and is_rel(sentence.words[head].rel, "ccomp") else -1
    if node < above < head and sentence.words[above].lemma in cues.say:
        return above
    if head < 0 or sentence.words[head].lemma not in cues.say or _opens_clause(sentence, node):
        return head
    said = [k for k in sentence.kids(head, "ccomp") if node < k < head]
    return said[0] if said and any(k > said[0] for k in sentence.kids(head, "nsubj")) else head


def _names_a_thing(sentence: Sentence, timex: Timex, host: int) -> bool:
    """Whether an expression only tells which thing is meant: "the 2015 deal", unless the thing tells a time itself."""
    if timex.last > host or sentence.words[host].upos not in ("NOUN", "PROPN"):
        return False
    cases = sentence.kid_texts(host, "case")
    return not (is_rel(sentence.words[host].rel, "obl", "nmod") and cases & AT_TIMES)


def _is_held(sentence: Sentence, host: int, clause: int) -> bool:
    """Whether a happening is what a light verb does: "will host next year's summit"."""
    return (
        sentence.words[host].head == clause
        and is_rel(sentence.words[host].rel, "obj")
        and sentence.words[clause].lemma in load_cues().light_verbs
    )


def _is_kept(sentence: Sentence, timex: Timex, clause: int) -> bool:
    """Whether an expression ends a short phrase that compares or bounds, which then has it: "since Bill Clinton in 1999"."""
    first = min([timex.first, *(k for i in range(timex.first, timex.last) for k in sentence.kids(i, "case"))])
    before = sentence.words[max(clause + 1, first - KEPT_WORDS) : first]
    return first < timex.first and any(
        w.text.lower() in KEEPING and w.head < first and all(x.upos in ("PROPN", "PRON", "DET") for x in before if x.index > w.index)
        for w in before
    )
