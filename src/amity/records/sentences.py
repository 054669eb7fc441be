"""Sentences with their words, tree and names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Word:
    """One token: place in the document, universal part of speech, Penn tag, head index (-1 the root)."""

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    tag: str
    head: int
    rel: str


@dataclass(frozen=True, slots=True)
class Name:
    """A span of words [first, last) that names a PER, LOC or ORG."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its words and tree; `children[i]` are the indices that hang on word i."""

    document: str
    index: int
    start: int
    end: int
    text: str
    paragraph: int
    heading: bool
    words: tuple[Word, ...]
    names: tuple[Name, ...]
    children: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        below: list[list[int]] = [[] for _ in self.words]
        for word in self.words:
            if word.head >= 0:
                below[word.head].append(word.index)
        object.__setattr__(self, "children", tuple(tuple(b) for b in below))

    @property
    def root(self) -> int:
        """Index of the root word, -1 in an empty sentence."""
        return next((w.index for w in self.words if w.head < 0), -1)

    def kids(self, index: int, *rels: str) -> list[int]:
        """Children by relation; `nsubj` also takes `nsubj:pass`, `nsubj:pass` only itself; none named takes all."""
        below = self.children[index]
        if not rels or not below:
            return list(below)
        words = self.words
        return [k for k in below if (rel := words[k].rel) in rels or (":" in rel and rel.partition(":")[0] in rels)]

    def kid_texts(self, index: int, *rels: str) -> set[str]:
        """The words of those children, in lower case."""
        return {self.words[k].text.lower() for k in self.kids(index, *rels)}

    def subtree(self, index: int) -> list[int]:
        """The word and all below it, in order of text."""
        found, stack = [], [index]
        while stack:
            i = stack.pop()
            found.append(i)
            stack.extend(self.children[i])
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """Heads from the word's own up to the root."""
        i = self.words[index].head
        while i >= 0:
            yield i
            i = self.words[i].head

    def words_text(self, first: int, last: int) -> str:
        """Text of words [first, last), as it stands in the document."""
        return self.text[self.words[first].start - self.start : self.words[last - 1].end - self.start]


def is_rel(rel: str, *wanted: str) -> bool:
    """Whether a relation is one of those wanted, or a subtype of one.

    >>> is_rel("nsubj:pass", "nsubj"), is_rel("nsubj", "nsubj:pass")
    (True, False)
    """
    return rel in wanted or (":" in rel and rel.partition(":")[0] in wanted)
