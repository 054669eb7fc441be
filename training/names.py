"""Names of the actor tables, to stand in for the names of the training sentences.

The treebank's names are those of American web pages; the reader must know names of all regions. A name is
replaced only by one of the same kind and as many tokens, so that the tree stays right.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from amity.language.known_names import read_columns
from amity.language.tokens import split_tokens
from treebank import Tree, tags_of

# Tables and the columns of names in them, for each kind.
SOURCES = {
    "LOC": (("states.csv", ("name", "capital")), ("cities.csv", ("name", "aliases"))),
    "ORG": (("bodies.csv", ("name", "aliases")), ("groups.csv", ("name", "aliases")), ("parts.csv", ("name", "aliases"))),
    "PER": (("holders.csv", ("name", "aliases")),),
}
LONGEST_NAME = 4
SHARE_OF_NAMES = 0.6


def read_names(kind: str) -> Iterator[str]:
    """Names of one kind in the tables, aliases included."""
    for file, columns in SOURCES[kind]:
        yield from read_columns(f"actors/{file}", columns)


class NamePool:
    """Table names by kind and number of tokens; every token begins with a capital."""

    def __init__(self) -> None:
        places = set(read_names("LOC"))
        self.names: dict[tuple[str, int], list[list[str]]] = defaultdict(list)
        for kind in SOURCES:
            for name in sorted(set(read_names(kind))):
                words = [name[a:b] for a, b in split_tokens(name)]
                fits = len(words) <= LONGEST_NAME and all(w[0].isupper() for w in words)
                if fits and (kind == "LOC" or name not in places):
                    self.names[kind, len(words)].append(words)

    def rename(self, tree: Tree, dice: random.Random) -> Tree:
        """Some names of a tree -> names of the tables; only names whose every word is a proper noun."""
        words, lemmas = list(tree.words), list(tree.lemmas)
        for first, last, kind in list_spans(tree.names or []):
            pool = self.names.get((kind, last - first))
            proper = all(u == "PROPN" for u in tree.upos[first:last])
            if pool and proper and dice.random() < SHARE_OF_NAMES:
                words[first:last] = dice.choice(pool)
                lemmas[first:last] = words[first:last]
        return replace(tree, words=words, lemmas=lemmas)

    def mark_known(self, words: list[str], tags: list[str]) -> list[str]:
        """Words and a teacher's IOB2 labels -> the labels with the names of the tables in them, the longest first.

        The treebank holds few organisations, so a teacher takes "Wagner" or "ECOWAS" for a person or a place.
        """
        known = {tuple(name): kind for (kind, _), names in self.names.items() for name in names if kind != "PER"}
        marked, i = list(tags), 0
        while i < len(words):
            sizes = [n for n in range(min(LONGEST_NAME, len(words) - i), 0, -1) if tuple(words[i : i + n]) in known]
            # A lone word may be part of a longer name that the tables do not have ("Sudan Tribune").
            inside = sizes and not (sizes[0] == 1 and any(b - a > 1 and a <= i < b for a, b, _ in list_spans(marked)))
            if inside:
                kind = known[tuple(words[i : i + sizes[0]])]
                marked[i : i + sizes[0]] = tags_of(kind, sizes[0])
                after = i + sizes[0]
                if after < len(marked) and marked[after].startswith("I-"):
                    marked[after] = "B-" + marked[after][2:]
            i += sizes[0] if inside else 1
        return marked


def list_spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """IOB2 labels -> (first, past the last, kind) of each name."""
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag.startswith("I-") and spans and spans[-1][1] == i:
            spans[-1] = (spans[-1][0], i + 1, spans[-1][2])
        elif tag != "O":
            spans.append((i, i + 1, tag[2:]))
    return spans
