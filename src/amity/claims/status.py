"""How the content stands as its sentence puts it: cues that govern or modify the predicate -> status.

The tree decides the scope. From the predicate upward, a cue counts when it modifies the act (`may`, `alleged`),
governs its clause (`denied having`, `plans to`) or marks it (`if`); a cue in another clause does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from amity.claims.cues import Cues
from amity.claims.timex import tag_times
from amity.records import CodedEvent, Sentence, Status, is_rel

# Where several cues bear on one act the first of these stands; what is denied or only supposed is not planned.
RANK: tuple[Status, ...] = ("denied", "hypothetical", "rumoured", "threatened", "requested", "planned")
ALWAYS: dict[str, Status] = {"THREATEN": "threatened", "REQUEST": "requested"}
# In these types "not" is part of the act (refusing, cutting off), so it denies nothing.
NEGATED_ACTS = {"REJECT", "SANCTION", "RETREAT", "ACCUSE"}

# Where a verb of denial reaches.
DENIABLE = ("ccomp", "xcomp", "advcl", "acl", "csubj", "obj", "nsubj:pass", "nmod", "obl")

# Words that bind a clause to its verb as a complement: "aimed at", "accused of", "kept from".
LINKS = {"of", "at", "for", "on", "from", "about", "in", "into", "against", "to"}
# What a noun's complement may be led by where it is the noun's content.
CONTENT = {"of", "for", "to", "on", "about"}
# What leads in something that is taken as given, whatever governs the words before it: "anger over the raid", "talks after the raid".
GIVEN = {"over", "after", "amid", "despite", "following", "since", "during"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that bears on the act, and the status it asks for."""

    status: Status
    word: str
    rule: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """A status and why."""

    status: Status
    why: str


def judge_status(sentence: Sentence, event: CodedEvent, cues: Cues, spoken: bool = False) -> Ruling:
    """Event in its sentence -> status; the frame's own hint stands unless the act is denied or only supposed.

    `spoken` marks an utterance that is its actor's own words here: it was uttered, whatever its words suppose.
    """
    found = list(find_cues(sentence, event.predicate, cues))
    if event.type in NEGATED_ACTS:
        found = [c for c in found if c.rule != "negated" and (c.rule != "negated above" or event.type != "REJECT")]
    found += _own_plan(sentence, event.predicate, cues)
    if event.type == "ACCUSE" and sentence.words[event.predicate].lemma in cues.hedge_nouns:
        found.append(Cue("rumoured", sentence.words[event.predicate].text, "only suspected"))
    best = min(found, key=lambda c: RANK.index(c.status), default=None)
    fixed = ALWAYS.get(event.type)
    if fixed:
        if best and best.status == "hypothetical" and best.rule != "modal":
            return Ruling("hypothetical", f"hypothetical: {best.rule} '{best.word}'")
        return Ruling(fixed, f"{fixed}: every {event.type} is")
    if event.status_hint and (best is None or best.status not in ("denied", "hypothetical")):
        return Ruling(event.status_hint, f"{event.status_hint}: set by the frame")
    if spoken and not event.status_hint and not (best and best.status == "denied" and _disowned(sentence, event.predicate, cues)):
        return Ruling("reported", "reported: the actor's own words")
    if best is None:
        return Ruling("reported", "reported: no cue governs it")
    return Ruling(best.status, f"{best.status}: {best.rule} '{best.word}'")


def _own_plan(sentence: Sentence, predicate: int, cues: Cues) -> Iterator[Cue]:
    """Cues of the act's own word: "is expected in Oslo", "is preparing to send troops", "the departing troops", "meets him next week"."""
    word = sentence.words[predicate]
    forms = sentence.kid_texts(predicate, "aux")
    led = sentence.kids(predicate, "xcomp", "ccomp", "cop", "aux:pass") if word.upos in ("VERB", "ADJ") and "had" not in forms else []
    if (led and word.lemma in cues.plan_itself) or (is_rel(word.rel, "amod") and word.text.lower() in cues.plan_adjectives):
        yield Cue("planned", word.text, "its own word")
    elif word.tag in ("VBZ", "VBP") or forms & {"is", "are", "'s", "'re", "’s", "’re"}:
        ahead = (i for k in sentence.kids(predicate, "obl", "obl:unmarked", "advmod") for i in sentence.subtree(k))
        yield from (Cue("planned", sentence.words[i].text, "present, with a time ahead:") for i in ahead if _ahead(sentence, i, cues))


def _ahead(sentence: Sentence, index: int, cues: Cues) -> bool:
    """Whether a word of time points ahead: "tomorrow", "next month", "later this week"; not "the next village"."""
    if sentence.words[index].text.lower() not in cues.ahead_words:
        return False
    return any(t.first <= index < t.last or t.first == index + 1 for t in tag_times(sentence.words))


def _disowned(sentence: Sentence, predicate: int, cues: Cues) -> bool:
    """Whether a verb of denial governs the utterance itself: "Gambia denied that it had accused Senegal"."""
    word = sentence.words[predicate]
    return word.head >= 0 and is_rel(word.rel, *DENIABLE) and sentence.words[word.head].lemma in cues.deny


def find_cues(sentence: Sentence, predicate: int, cues: Cues) -> Iterator[Cue]:
    """Cues from the predicate up to where its scope ends."""
    node, live, negatable = predicate, True, True
    yield from _own_cues(sentence, node, cues)
    seen_report = False
    while sentence.words[node].head >= 0:
        child, node = node, sentence.words[node].head
        rel = sentence.words[child].rel
        seen_report = seen_report or sentence.words[child].lemma in cues.report_nouns
        if is_rel(rel, "conj"):
            if live and not _own_clause(sentence, child):
                yield from _own_cues(sentence, node, cues)
            continue
        if is_rel(rel, "parataxis", "acl:relcl", "appos", "root"):
            return
        yield from _governing_cues(sentence, child, node, cues, seen_report)
        if (is_rel(rel, "nmod") and _links(sentence, child) & GIVEN) or (
            is_rel(rel, "obj", "nsubj:pass") and sentence.words[node].lemma in cues.cease
        ):
            return
        negatable = negatable and not _given(sentence, child, node, cues)
        live = live and _shares_modality(sentence, child, node, cues)
        if live:
            own = (replace(c, rule="negated above") if c.rule == "negated" else c for c in _own_cues(sentence, node, cues))
            yield from (c for c in own if negatable or c.status != "denied")
            continue
        if sentence.words[predicate].upos == "VERB" and sentence.words[child].tag != "VBN":
            yield from (c for c in _own_cues(sentence, node, cues) if c.rule == "clause of")
        if not is_rel(rel, "ccomp", "xcomp", "acl", "nmod", "obj", "compound"):
            return


def _given(sentence: Sentence, child: int, head: int, cues: Cues) -> bool:
    """Whether "not" with a head leaves what hangs on it as it is.

    So it is with what is told beside ("did not back it, saying ..."), with what is only supposed ("to give no excuse for raids"),
    and with an act whose doing is told ("did not join the sanctions imposed by Oslo").
    """
    word, first = sentence.words[child], min(sentence.subtree(child))
    beside = is_rel(word.rel, "advcl") and child > head and "," in (sentence.words[first].text, sentence.words[first - 1].text)
    done = word.upos == "NOUN" and any(sentence.words[k].tag == "VBN" for k in sentence.kids(child, "acl"))
    supposed = is_rel(word.rel, "nmod") and sentence.words[head].lemma in cues.maybe_nouns
    return beside or done or supposed


def _links(sentence: Sentence, index: int) -> set[str]:
    """The words that lead in a phrase or clause, in lower case."""
    return sentence.kid_texts(index, "case", "mark")


def _own_clause(sentence: Sentence, index: int) -> bool:
    return bool(sentence.kids(index, "nsubj", "aux")) and sentence.words[index].upos in ("VERB", "AUX")


def _own_cues(sentence: Sentence, index: int, cues: Cues) -> Iterator[Cue]:
    """Cues that modify one word: its auxiliaries, adverbs, adjectives, marks, determiners."""
    yield from _modal_cues(sentence, index, cues)
    for k in sentence.kids(index):
        word, lemma = sentence.words[k], sentence.words[k].lemma
        if is_rel(word.rel, "advmod"):
            yield from _listed(lemma, (("rumoured", cues.hedge_adverbs), ("hypothetical", cues.maybe_adverbs)), "adverb")
        elif is_rel(word.rel, "amod", "compound"):
            form = word.text.lower()
            pairs: tuple[tuple[Status, frozenset[str]], ...] = (
                ("rumoured", cues.hedge_adjectives),
                ("planned", cues.plan_adjectives),
                ("hypothetical", cues.maybe_adjectives),
            )
            yield from _listed(form, pairs, "adjective")
        elif is_rel(word.rel, "mark", "advmod") and lemma in cues.if_words and not _even(sentence, k):
            yield Cue("hypothetical", word.text, "clause of")
        elif word.rel == "mark" and lemma in cues.once_words and _present(sentence, index):
            yield Cue("planned", word.text, "clause of")
        elif word.rel == "det" and lemma == "any":
            yield Cue("hypothetical", word.text, "determiner")
        elif word.rel == "case" and any(sentence.words[g].lemma in cues.if_heads for g in sentence.kids(k)):
            yield Cue("hypothetical", word.text, "phrase of")
        elif is_rel(word.rel, "advcl") and _marked_if(sentence, k, cues) and _modals(sentence, index):
            yield Cue("hypothetical", "if", "depends on")
    negation = next((k for k in sentence.kids(index, "advmod", "det") if sentence.words[k].lemma in ("not", "n't", "never", "no")), None)
    if negation is not None:
        yield Cue("denied", sentence.words[negation].text, "negated")


def _present(sentence: Sentence, index: int) -> bool:
    """Whether a verb, or its first auxiliary, stands in the present."""
    first = next(iter(sentence.kids(index, "aux", "cop")), index)
    return sentence.words[first].tag in ("VBZ", "VBP")


def _even(sentence: Sentence, mark: int) -> bool:
    """ "even if" concedes; it supposes nothing."""
    return mark > 0 and sentence.words[mark - 1].text.lower() == "even"


def _marked_if(sentence: Sentence, index: int, cues: Cues) -> bool:
    return any(sentence.words[m].lemma in cues.if_words for m in sentence.kids(index, "mark"))


def _modals(sentence: Sentence, index: int) -> list[int]:
    return [k for k in sentence.kids(index, "aux") if sentence.words[k].tag == "MD"]


def _modal_cues(sentence: Sentence, index: int, cues: Cues) -> Iterator[Cue]:
    for k in _modals(sentence, index):
        form, lemma = sentence.words[k].text.lower(), sentence.words[k].lemma
        if form in cues.future_modals or lemma in cues.future_modals:
            yield Cue("hypothetical" if _foretold(sentence, index, cues) else "planned", sentence.words[k].text, "modal")
        elif form in ("would", "'d") and _future_in_past(sentence, index, cues):
            yield Cue("planned", sentence.words[k].text, "future in reported speech")
        elif form in cues.maybe_modals or form in ("would", "'d", "ca"):
            yield Cue("hypothetical", sentence.words[k].text, "modal")
        elif form == "must":
            yield Cue("planned", sentence.words[k].text, "modal")
    bare = sentence.words[index].tag == "VB" and any(sentence.words[m].text.lower() == "to" for m in sentence.kids(index, "mark", "aux"))
    if bare and any(sentence.words[c].lemma == "be" for c in sentence.kids(index, "cop", "aux")):
        yield Cue("planned", "is to", "future")
    elif bare and sentence.words[index].head < 0:
        yield Cue("planned", "to", "headline future")


def _future_in_past(sentence: Sentence, index: int, cues: Cues) -> bool:
    """Whether `would` is the future of reported speech: in the clause of a verb of saying, no analyst, no condition."""
    while is_rel(sentence.words[index].rel, "conj"):
        index = sentence.words[index].head
    head = sentence.words[index].head
    if not is_rel(sentence.words[index].rel, "ccomp") or head < 0 or _foretold(sentence, index, cues):
        return False
    conditional = any(_marked_if(sentence, k, cues) for k in sentence.kids(index, "advcl"))
    return sentence.words[head].lemma in cues.say and sentence.words[head].lemma not in cues.maybe_verbs and not conditional


def _foretold(sentence: Sentence, index: int, cues: Cues) -> bool:
    """Whether the clause is an analyst's: a forecast, not a plan."""
    for above in (index, *sentence.ancestors(index)):
        speakers = [s for s in sentence.kids(above, "nsubj") if sentence.words[above].lemma in cues.say]
        if any(sentence.words[w].lemma in cues.analysts for s in speakers for w in sentence.subtree(s)):
            return True
    return False


def _listed(word: str, pairs: tuple[tuple[Status, frozenset[str]], ...], rule: str) -> Iterator[Cue]:
    for status, words in pairs:
        if word in words:
            yield Cue(status, word, rule)


def _governing_cues(sentence: Sentence, child: int, head: int, cues: Cues, seen_report: bool) -> Iterator[Cue]:
    """Cues of a head over what hangs on it."""
    word, rel = sentence.words[head], sentence.words[child].rel
    if is_rel(rel, "advcl") and not any(sentence.words[m].text.lower() in LINKS for m in sentence.kids(child, "mark")):
        return  # a clause beside the head, not its complement
    if is_rel(rel, "xcomp") and word.lemma in cues.refuse:
        yield Cue("denied", word.text, "under")
    if is_rel(rel, *DENIABLE) and (word.lemma in cues.deny or (word.lemma in cues.deny_report and seen_report)):
        yield Cue("denied", word.text, "under")
    passive = bool(sentence.kids(head, "aux:pass")) or (word.tag == "VBN" and is_rel(word.rel, "acl"))
    if is_rel(rel, "ccomp", "xcomp", "advcl", "acl") and word.upos in ("VERB", "AUX", "ADJ"):
        yield from _clause_cues(sentence, child, head, cues, passive)
    elif is_rel(rel, "nmod", "acl", "ccomp", "xcomp") and word.upos == "NOUN" and _is_content(sentence, child):
        yield from _noun_cues(word.lemma, word.text, rel, cues)
    elif is_rel(rel, "nmod", "obl") and _links(sentence, child) & {"toward", "towards"}:
        yield Cue("hypothetical", word.text, "on the way from")
    elif is_rel(rel, "obl") and passive and "as" in _links(sentence, child) and word.lemma in cues.hedge_passives:
        yield Cue("rumoured", word.text, "under")
    elif word.lemma in cues.prevent and is_rel(rel, "obj", "obl") and (is_rel(rel, "obj") or _links(sentence, child) & {"from", "against"}):
        yield Cue("hypothetical", word.text, "under")
    elif is_rel(rel, "obj", "nsubj:pass", "obl") and word.upos == "VERB":
        wanted = cues.plan_verbs_of_nouns if is_rel(rel, "obj", "nsubj:pass") else frozenset({"prepare", "plan", "schedule"})
        if word.lemma in wanted:
            yield Cue("planned", word.text, "under")
        elif word.lemma in cues.maybe_verbs and is_rel(rel, "obj", "nsubj:pass") and not _deemed(sentence, child, head):
            yield Cue("hypothetical", word.text, "under")


def _deemed(sentence: Sentence, child: int, head: int) -> bool:
    """Whether a verb of thinking judges what is there: "considered the raid a crime", "as a crime"."""
    beside = [k for k in sentence.kids(head, "obj", "obl", "xcomp") if k != child]
    return any("as" in _links(sentence, k) or is_rel(sentence.words[k].rel, "xcomp") for k in beside)


def _clause_cues(sentence: Sentence, child: int, head: int, cues: Cues, passive: bool) -> Iterator[Cue]:
    word, rel = sentence.words[head], sentence.words[child].rel
    past_perfect = any(sentence.words[a].text.lower() == "had" for a in sentence.kids(head, "aux"))
    infinitive = sentence.words[child].tag == "VB" and not sentence.kids(child, "aux")
    if word.lemma in cues.hedge_verbs or (passive and word.lemma in cues.hedge_passives):
        yield Cue("rumoured", word.text, "under")
    elif passive and past_perfect and word.lemma in cues.plan_perfect:
        yield Cue("hypothetical", word.text, "expected but past")
    elif word.lemma in cues.threaten and infinitive and is_rel(rel, "xcomp"):
        yield Cue("threatened", word.text, "under")
    elif word.lemma in cues.ask and infinitive and not is_rel(rel, "advcl"):
        yield Cue("requested", word.text, "under")
    elif word.lemma in cues.tried and word.tag in ("VBD", "VBN"):
        return
    elif word.lemma in cues.plan and (infinitive or word.lemma not in cues.say | cues.plan_to):
        yield Cue("planned", word.text, "under")
    elif word.text.lower() in cues.maybe_adjectives or (word.lemma in cues.maybe_verbs and is_rel(rel, "ccomp", "xcomp", "advcl")):
        yield Cue("hypothetical", word.text, "under")
    elif word.lemma in ("go", "have", "need") and infinitive and is_rel(rel, "xcomp"):
        yield Cue("planned", f"{word.text} to", "under")


def _is_content(sentence: Sentence, child: int) -> bool:
    """Whether what hangs on a noun is its content: "plans to leave", "talk of war"; not "orders lifting", "deal with"."""
    return bool(_links(sentence, child) & (CONTENT | {"that"})) or is_rel(sentence.words[child].rel, "ccomp")


def _noun_cues(lemma: str, text: str, rel: str, cues: Cues) -> Iterator[Cue]:
    if lemma in ("denial",):
        yield Cue("denied", text, "under")
    elif lemma in cues.hedge_nouns:
        yield Cue("rumoured", text, "under")
    elif lemma in (cues.plan_nouns_of if is_rel(rel, "nmod") else cues.plan_nouns):
        yield Cue("planned", text, "under")
    elif lemma in cues.maybe_nouns and (lemma not in ("talk", "idea", "hope") or not is_rel(rel, "nmod")):
        yield Cue("hypothetical", text, "under")


def _shares_modality(sentence: Sentence, child: int, head: int, cues: Cues) -> bool:
    """Whether what modifies the head modifies the act too: "may carry out an attack", "could begin to withdraw"."""
    rel, word = sentence.words[child].rel, sentence.words[head]
    if is_rel(rel, "xcomp"):
        return True
    if is_rel(rel, "advcl"):
        return not sentence.kids(child, "nsubj") and not any(
            sentence.words[m].lemma in ("after", "since", "while", "when") for m in sentence.kids(child, "mark")
        )
    if is_rel(rel, "acl", "nmod") and word.upos == "NOUN":
        return bool(_links(sentence, child) & {"to", "of", "in", "including", "for"})
    if is_rel(rel, "obl") and word.lemma in cues.journeys and "for" in _links(sentence, child):
        return True
    if is_rel(rel, "csubj"):
        return word.upos == "VERB"
    if is_rel(rel, "obj", "nsubj:pass", "nsubj", "obl"):
        if word.lemma in (cues.say | cues.accuse) - cues.light_verbs:
            return False
        return word.lemma in (cues.occurrence if is_rel(rel, "nsubj") and not is_rel(rel, "nsubj:pass") else cues.light_verbs)
    return False
