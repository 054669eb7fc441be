"""The words of a source: its phrase as it stands in the text, what kind of source it is, whether it is named."""

from __future__ import annotations

from collections.abc import Sequence

from amity.claims.cues import Cues
from amity.claims.speech import is_outlet
from amity.records import Mention, Sentence, Source, SourceKind, is_rel

QUOTES = "“”\"'‘’«»„ "
# What is left out of a source's name: clauses, asides, what only adds.
OUTSIDE = ("acl", "acl:relcl", "appos", "advcl", "parataxis", "punct", "cc", "conj", "ccomp", "dep", "case", "mark", "discourse")
FEW_WORDS = 14


def phrase_of(sentence: Sentence, head: int) -> str:
    """Head of a noun phrase -> its words as they stand, without clauses and asides.

    Joined names stay whole only as far as they touch: "Turkey and Russia" is cut to "Turkey".
    """
    inside, stack = [head], [head]
    while stack:
        for k in sentence.children[stack.pop()]:
            word = sentence.words[k]
            if is_rel(word.rel, *OUTSIDE) and not (is_rel(word.rel, "case") and word.head != head):
                continue
            inside.append(k)
            stack.append(k)
    first, last = min(inside), max(inside)
    while last > head and (last - first >= FEW_WORDS or last not in inside):
        last -= 1
    return sentence.words_text(first, last + 1).strip(QUOTES).strip()


def name_of(sentence: Sentence, head: int) -> str:
    """The phrase, or the name beside it: of "the council's secretary Ali Noor" the name alone."""
    if sentence.words[head].upos != "PROPN":
        names = [k for k in sentence.kids(head, "appos") if sentence.words[k].upos == "PROPN"]
        if names:
            return phrase_of(sentence, names[0])
    return phrase_of(sentence, head)


def can_speak(sentence: Sentence, head: int, mention: Mention | None, cues: Cues) -> bool:
    """Whether a phrase can be a source: a name, a party, people by their work, an outlet or a document."""
    word, lemma = sentence.words[head], sentence.words[head].lemma.lower()
    if word.upos == "PROPN" or (mention and mention.actor) or any(n.first <= head < n.last for n in sentence.names):
        return True
    lists = (cues.anonymous, cues.analysts, cues.media_words, cues.document_words, cues.social_words, cues.office_words, cues.bodies)
    return any(lemma in words for words in lists)


def describe_source(sentence: Sentence, head: int, mention: Mention | None, cues: Cues) -> Source:
    """Phrase of a source -> Source; a mention that the actors' room resolved tells what the words alone do not."""
    lemma, name = sentence.words[head].lemma.lower(), name_of(sentence, head)
    words = [w.lower() for w in name.split()]
    unnamed = is_unnamed(sentence, head, mention, cues)
    kind: SourceKind
    if is_outlet(sentence, head, cues) or lemma in cues.media_words:
        kind = "media"
    elif lemma in cues.document_words:
        kind = "document"
    elif lemma in cues.social_words:
        kind = "social"
    elif unnamed:
        kind = "anonymous"
    elif any(w in cues.office_words for w in [*words, *_titles(sentence, head)]):
        kind = "official"
    elif _is_person(sentence, head, mention):
        kind = "person"
    else:
        kind = "body"
    return Source(name, kind, unnamed and kind == "anonymous")


def is_unnamed(sentence: Sentence, head: int, mention: Mention | None, cues: Cues) -> bool:
    """Whether the source is told only by its work ("two officials"); a name beside it, or a known actor, names it."""
    word = sentence.words[head]
    if mention and mention.actor:
        if mention.actor.anonymous:
            return True
        whose = mention.kind == "office" and not mention.actor.id.startswith("person:")
        open_ = is_one_of_many(sentence, head) or word.lemma.lower() in cues.faceless
        if mention.actor.known and mention.kind in ("name", "office", "pronoun") and not (whose and open_):
            return False
    if word.upos == "PROPN" or word.lemma.lower() not in cues.anonymous:
        return False
    return not any(sentence.words[k].upos == "PROPN" for k in sentence.kids(head, "appos", "flat"))


def is_one_of_many(sentence: Sentence, head: int) -> bool:
    """Whether a phrase leaves open who of many is meant: "a minister", "two officials"; "the minister" is one man."""
    return any(
        sentence.words[k].text.lower() in ("a", "an", "one", "another", "some") or is_rel(sentence.words[k].rel, "nummod")
        for k in sentence.kids(head, "det", "nummod")
    )


def _titles(sentence: Sentence, head: int) -> Sequence[str]:
    return [sentence.words[i].lemma.lower() for k in sentence.kids(head, "appos") for i in sentence.subtree(k)[:6]]


def _is_person(sentence: Sentence, head: int, mention: Mention | None) -> bool:
    if mention and mention.actor and mention.actor.known:
        return mention.actor.id.startswith("person:")
    return any(n.label == "PER" and n.first <= head < n.last for n in sentence.names)
