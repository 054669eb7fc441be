"""What stands before a sentence in its report: the words, and the parties that only they name.

"Yerevan denied the charge": whose charge it was, the sentence before tells. The reader of acts learns from sentences with
and without it; amity reads them without (see README.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from amity.events.slots import side_of
from amity.records import Mention, Sentence

# Sentences before that are read, and words of theirs and of all; recipients told earlier stand one sentence back in three
# cases of five, two back in one of six.
REACH, WORDS_BEFORE, WORDS = 2, 90, 170
# Parties of the sentences before, the last named first.
MOST_BEFORE = 6


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a sentence in its document: the words of some sentences, and parties that only they name.

    A party's words are counted back from the sentence's own first: the last word before it is -1.
    """

    words: tuple[str, ...] = ()
    parties: tuple[Mention, ...] = ()


def find_before(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], place: int) -> Before:
    """A document's sentences and mentions, and the place of one -> what stands before it; nothing beyond a heading."""
    own = sentences[place]
    taken: list[int] = []
    room = min(WORDS_BEFORE, WORDS - len(own.words))
    for k in range(place - 1, max(-1, place - 1 - REACH), -1):
        room -= len(sentences[k].words)
        if own.heading or sentences[k].heading or room < 0:
            break
        taken.append(k)
    # Whom a pronoun stands for is less sure than a name: its party is told before all the same.
    known = {part for m in mentions[place] if m.actor and m.kind != "pronoun" for part in side_of(m).split(";")}
    found: list[Mention] = []
    start = 0
    for k in taken:
        start -= len(sentences[k].words)
        # Of several mentions of a side in a sentence its name says most.
        for m in sorted(mentions[k], key=lambda m: (m.kind == "pronoun", m.place, -m.first)):
            parts = set(side_of(m).split(";"))
            if m.actor and m.kind != "implied" and known.isdisjoint(parts) and len(found) < MOST_BEFORE:
                known |= parts
                found.append(put_back(m, own.index, start))
    words = tuple(w.text for k in reversed(taken) for w in sentences[k].words)
    return Before(words, tuple(found))


def put_back(mention: Mention, sentence: int, start: int) -> Mention:
    """A mention of a sentence before as one of this sentence, its words counted back from this one's first."""
    why = f"told in sentence {mention.sentence}: {mention.text!r}"
    first, last, head = (start + at for at in (mention.first, mention.last, mention.head))
    return replace(mention, sentence=sentence, first=first, last=last, head=head, kind="implied", why=why)
