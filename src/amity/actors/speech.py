"""Quotations of one document: which words stand in whose quotation, and where the words around it name who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from amity.records import Sentence, is_rel

QUOTES = frozenset({"“", "”", '"', "``", "''"})
_OPENERS, _CLOSERS = frozenset({"“", "``"}), frozenset({"”", "''"})
# Shorter stretches are words that the writer borrows, not speech; in words, as read in reports.
FEWEST = 4
# A subject and its verb tell who speaks where one of the two stands at most this many words from a mark.
NEAR = 8
_INNER = frozenset({"‘", "'", "`"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words [first, last) of one sentence within quotation marks; `chain` numbers those that one speaker goes on in."""

    first: int
    last: int
    chain: int


@dataclass(slots=True)
class Speech:
    """The quotations of a document by sentence, and for each chain where its speaker is named: (sentence, word)."""

    stretches: list[list[Stretch]] = field(default_factory=list)
    frames: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    framing: set[tuple[int, int]] = field(default_factory=set)

    def chain_at(self, sentence: int, word: int) -> int:
        """The chain that a word is spoken in, -1 where it is the writer's own."""
        return next((s.chain for s in self.here(sentence) if s.first <= word < s.last), -1)

    def here(self, sentence: int) -> list[Stretch]:
        """The quotations of one sentence."""
        return self.stretches[sentence] if sentence < len(self.stretches) else []

    def add(self, stretch: Stretch, sentence: int, frame: int) -> None:
        """Note that a word of a sentence names who speaks a stretch."""
        if (sentence, frame) not in self.frames.setdefault(stretch.chain, []):
            self.frames[stretch.chain].append((sentence, frame))
            self.framing.add((sentence, frame))

    def frame_of(self, chain: int, sentence: int) -> tuple[int, int] | None:
        """Where the speaker of a chain is named: in the sentence itself, else before it, else after it."""
        frames = self.frames.get(chain, [])
        here = [f for f in frames if f[0] == sentence]
        before = [f for f in frames if f[0] < sentence]
        return next(iter(here or before[-1:] or frames), None)


def find_speech(sentences: Sequence[Sentence]) -> Speech:
    """Sentences of one document in order -> its quotations, with both curly and straight marks, read by paragraph.

    What is left open at the end of a paragraph goes on in the next where that begins with a mark, else it ends there.
    """
    speech = Speech([[] for _ in sentences])
    if not any(w.text in QUOTES for s in sentences for w in s.words):
        return speech
    chain, opened, paragraph = 0, False, -1
    for at, sentence in enumerate(sentences):
        new = sentence.paragraph != paragraph
        goes_on = bool(sentence.words) and sentence.words[0].text in QUOTES and (opened if new else chain > 0 and _is_bare(sentence))
        chain, opened, paragraph = chain + (new and not goes_on), opened and not new, sentence.paragraph
        opened, chain = _read_marks(sentence, speech.stretches[at], (opened, chain), goes_on)
    for at, sentence in enumerate(sentences):
        for stretch in speech.stretches[at]:
            frame = _frame(sentence, speech.stretches[at], stretch)
            if frame >= 0:
                speech.add(stretch, at, frame)
    return speech


def _is_bare(sentence: Sentence) -> bool:
    """Whether a sentence that begins with a mark is all of one quotation, so that who spoke before it speaks on."""
    marks = [w.index for w in sentence.words if w.text in QUOTES]
    return len(marks) == 1 or (len(marks) == 2 and marks[1] >= len(sentence.words) - 2)


def _read_marks(sentence: Sentence, out: list[Stretch], state: tuple[bool, int], goes_on: bool) -> tuple[bool, int]:
    """One sentence's stretches are added to `out`; whether a quotation is open at its end, and the chain it is of."""
    opened, chain = state
    start = 0
    for word in sentence.words:
        if word.text not in QUOTES:
            continue
        if word.text in _OPENERS or (word.text not in _CLOSERS and not opened):
            chain += not (goes_on and word.index == 0)
            opened, start = True, word.index + 1
        elif opened:
            _keep(out, Stretch(start, word.index, chain), sentence)
            opened = False
    if opened:
        _keep(out, Stretch(start, len(sentence.words), chain), sentence)
    return opened, chain


def _keep(out: list[Stretch], stretch: Stretch, sentence: Sentence) -> None:
    whole = stretch.first <= 1 or stretch.last == len(sentence.words)
    if stretch.last - stretch.first >= FEWEST or (whole and stretch.last > stretch.first):
        out.append(stretch)


def _frame(sentence: Sentence, stretches: list[Stretch], stretch: Stretch) -> int:
    """The subject outside all quotations whose verb frames the stretch, the one nearest to its marks; -1 where none is."""
    best, least = -1, NEAR + 1
    for subject, verb in _outer_subjects(sentence, stretches):
        gap = min(_distance(subject, stretch), _distance(verb, stretch))
        if gap < least and _frames(sentence, verb, stretch):
            best, least = subject, gap
    return best


def _outer_subjects(sentence: Sentence, stretches: list[Stretch]) -> Iterator[tuple[int, int]]:
    for word in sentence.words:
        if is_rel(word.rel, "nsubj") and word.head >= 0 and not _inside(word.index, stretches) and not _inside(word.head, stretches):
            yield word.index, word.head
            # "He thanked them and said": the subject of the first verb is that of the others.
            joined = sentence.kids(word.head, "conj")
            yield from ((word.index, k) for k in joined if not sentence.kids(k, "nsubj") and not _inside(k, stretches))


def _inside(index: int, stretches: list[Stretch]) -> bool:
    return any(s.first <= index < s.last for s in stretches)


def _distance(index: int, stretch: Stretch) -> int:
    return stretch.first - 1 - index if index < stretch.first else index - stretch.last


def _frames(sentence: Sentence, verb: int, stretch: Stretch) -> bool:
    """Whether the tree hangs words of the stretch on the verb as what is said, or the verb beside them."""
    words = sentence.words
    if is_rel(words[verb].rel, "parataxis") and stretch.first <= words[verb].head < stretch.last:
        return True
    return any(stretch.first <= k < stretch.last for k in sentence.kids(verb, "ccomp", "parataxis"))


def inner_speaker(sentence: Sentence, index: int) -> int:
    """`"He asked: 'Will we leave?'"`: the subject of the verb right before the inner mark; -1 where the word stands in none."""
    words = sentence.words
    opened = next((i for i in range(index - 1, 0, -1) if words[i].text in _INNER), -1)
    if opened < 1 or words[opened - 1].text not in (":", ",") or not _closes(sentence, opened, index):
        return -1
    verb = next((i for i in range(opened - 1, max(-1, opened - 1 - NEAR), -1) if words[i].upos == "VERB"), -1)
    return next(iter(sentence.kids(verb, "nsubj")), -1) if verb >= 0 else -1


def _closes(sentence: Sentence, opened: int, index: int) -> bool:
    """Whether the inner mark stands open still at a word."""
    return not any(sentence.words[i].text in ("’", "'") and sentence.words[i].rel == "punct" for i in range(opened + 1, index))
