"""Inflected forms of the cue words -> their lemmas, so that a cue holds where the reader's lemma does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from amity.claims.cues import load_cues
from amity.records import Sentence

# Letters by which a verb and its noun are one word ("targeted", "targeting"); shorter words have to be alike.
STEM = 5
# The lists of cues that name verbs and nouns; adverbs and adjectives do not inflect.
INFLECTED = (
    *("say", "accuse", "deny", "deny_report", "report_nouns", "plan", "plan_verbs_of_nouns", "plan_nouns", "ask"),
    *("hedge_verbs", "hedge_passives", "hedge_nouns", "maybe_verbs", "maybe_nouns", "light_verbs", "occurrence"),
    *("analysts", "anonymous", "document_words", "press_crowd"),
)


def inflect(lemma: str) -> Iterator[str]:
    """Lemma -> its regular English forms, and forms with a doubled consonant, which is harmless where wrong.

    >>> sorted(inflect("deny"))
    ['denied', 'denies', 'denying']
    """
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        yield from (lemma[:-1] + "ied", lemma[:-1] + "ies", lemma + "ing")
    elif lemma.endswith("e"):
        yield from (lemma + "d", lemma + "s", lemma[:-1] + "ing")
    else:
        es = "es" if lemma.endswith(("s", "x", "sh", "ch")) else "s"
        yield from (lemma + "ed", lemma + es, lemma + "ing", lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing")


@cache
def known_forms() -> dict[str, str]:
    """Every inflected form of a cue word -> its lemma; a form that is a cue word itself stays as it is."""
    cues = load_cues()
    lemmas: set[str] = set()
    for name in INFLECTED:
        words: Iterable[str] = getattr(cues, name)
        lemmas |= set(words)
    forms = {form: lemma for lemma in sorted(lemmas) for form in inflect(lemma)}
    return forms | cues.irregular | {lemma: lemma for lemma in lemmas}


def settle_lemmas(sentence: Sentence) -> Sentence:
    """Sentence -> the same with the lemmas of cue words settled by form; all else as the reader has it."""
    forms = known_forms()
    words = tuple(
        replace(w, lemma=forms[w.text.lower()]) if forms.get(w.text.lower(), w.lemma) != w.lemma and w.upos != "PROPN" else w
        for w in sentence.words
    )
    return sentence if words == sentence.words else replace(sentence, words=words)


def is_one_word(verb: str, noun: str) -> bool:
    """Whether a verb and a noun are of one stem.

    >>> is_one_word("target", "targeting"), is_one_word("kill", "killing"), is_one_word("meet", "metal")
    (True, True, False)
    """
    length = min(STEM, len(verb), len(noun))
    return length > 3 and verb[:length] == noun[:length]
