"""Types of act -> the roots of another ontology, in which how a sentence puts an act changes what it counts as.

Our types keep what is done and leave to `status` whether it is planned, refused or asked for; others make one root of
both. Which rows they go by is data: tables/roots.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from amity.errors import BadInput, BadTable
from amity.events.clauses import is_negated
from amity.events.codebook import TABLES, load_codebook, verb_bases
from amity.records import Sentence, is_rel

# Relations by which a word stands within what governs it: its complement, object or content.
GOVERNED = ("xcomp", "ccomp", "csubj", "obj", "nsubj:pass", "nmod", "acl", "obl", "conj", "iobj")
# Steps upward after which a word governs the act no more.
HIGHEST = 4
# Relations of the words that stand beside one.
BESIDE = ("obj", "iobj", "obl", "nmod", "compound", "amod", "xcomp", "nsubj", "nsubj:pass", "advmod", "compound:prt")
# What leads in a reason or an occasion, which is no part of the act: "suspended aid because of fighting".
OCCASIONS = frozenset(
    {"accord", "according", "after", "amid", "because", "despite", "due", "during", "following", "over", "since", "until"}
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a variant; empty conditions always hold."""

    types: frozenset[str]
    root: str
    code: str
    put: frozenset[str]
    words: frozenset[str]
    beside: frozenset[str]

    def fits(self, kind: str, put: frozenset[str], lemmas: frozenset[str]) -> bool:
        """Whether an act of a type, put so and told with these words, falls under the row."""
        if kind not in self.types or not self.put <= put:
            return False
        return all(not wanted or wanted & lemmas for wanted in (self.words, self.beside))


@dataclass(frozen=True, slots=True)
class Variant:
    """An ontology of roots: quad class of each, types that bear another name, and rows of which the first that fits decides."""

    roots: Mapping[str, int]
    same: Mapping[str, str]
    rows: tuple[Row, ...]

    def root_of(self, kind: str, put: frozenset[str] = frozenset(), lemmas: frozenset[str] = frozenset()) -> str:
        """Our type, how the sentence puts it, and the words that tell it -> the root."""
        return next((r.root for r in self.rows if r.fits(kind, put, lemmas)), self.same.get(kind, kind))


@dataclass(frozen=True, slots=True)
class Roots:
    """The whole table: words by how they put an act, what harms while it lasts, and the variants by name."""

    puts: Mapping[str, frozenset[str]]
    harms: frozenset[str]
    variants: Mapping[str, Variant]

    def variant(self, name: str) -> Variant:
        """A variant by name. Raises BadInput where there is none of that name."""
        if name not in self.variants:
            raise BadInput(f"roots: got variant {name!r}, allowed are {', '.join(self.variants)}")
        return self.variants[name]


def put_of(sentence: Sentence, index: int) -> tuple[frozenset[str], frozenset[str]]:
    """The word of an act -> how the sentence puts it, and the lemmas at it, above it and beside those.

    Negation is a refusal: what is not done, or will not be.
    """
    table = load_roots()
    found: set[str] = set()
    lemmas: set[str] = set()
    for node in _upward(sentence, index):
        beside = {sentence.words[k].lemma.lower() for k in _beside(sentence, node)}
        here = {put for put, words in table.puts.items() if words & _own(sentence, node)}
        if "reversed" in here and table.harms & _objects(sentence, node):
            found.add("relieved")
        if is_negated(sentence, node):
            found.add("refused")
        if "told" in here and is_rel(sentence.words[node].rel, "ccomp"):
            found.add("planned")
        found |= here
        lemmas |= _own(sentence, node) | beside
    return frozenset(found), frozenset(lemmas)


def _own(sentence: Sentence, node: int) -> set[str]:
    """Base forms of a word, with a particle where it has one ("call-off" is no "call"), and its helping verbs."""
    bases = set(verb_bases(sentence.words[node]))
    helpers = sentence.kid_texts(node, "aux")
    particles = sentence.kid_texts(node, "compound:prt")
    parts = particles | sentence.kid_texts(node, "advmod")
    return (set() if particles else bases) | {f"{base}-{part}" for base in bases for part in parts} | helpers


def _objects(sentence: Sentence, node: int) -> set[str]:
    """Lemmas of what a word is done to, with what stands in their phrases."""
    held = sentence.kids(node, "obj", "nsubj:pass", "nmod", "xcomp")
    inside = [k for one in held for k in (one, *sentence.kids(one, "compound", "amod", "nmod", "conj", "obj"))]
    return {sentence.words[k].lemma.lower() for k in inside}


def _upward(sentence: Sentence, index: int) -> Iterator[int]:
    """A word, and the words that govern it, nearest first."""
    yield index
    for _ in range(HIGHEST):
        word = sentence.words[index]
        if word.head < 0 or is_rel(word.rel, "acl:relcl") or not is_rel(word.rel, *GOVERNED):
            return
        index = word.head
        yield index


def _beside(sentence: Sentence, node: int) -> Iterator[int]:
    for kid in sentence.kids(node, *BESIDE):
        if {sentence.words[k].lemma.lower() for k in sentence.kids(kid, "case", "mark")} & OCCASIONS:
            continue
        yield kid
        yield from sentence.kids(kid, "compound", "amod", "nmod", "conj")


@lru_cache(maxsize=1)
def load_roots() -> Roots:
    """The shipped table, read once. Raises BadTable where a row has an unknown type or root."""
    raw = yaml.safe_load((TABLES / "roots.yaml").read_text(encoding="utf-8"))
    puts = {put: frozenset(words.split()) for put, words in raw["puts"].items()}
    return Roots(puts, frozenset(raw["harms"].split()), {name: _variant(name, held) for name, held in raw["variants"].items()})


def _variant(name: str, held: Mapping[str, Any]) -> Variant:
    types = load_codebook().types
    groups = {f"q{quad}": {t for t, row in types.items() if row["quad"] == quad} for quad in (1, 2, 3, 4)} | {"all": set(types)}
    rows = []
    for line in held["rows"]:
        chosen = frozenset(t for name in line["types"].split() for t in groups.get(name, {name}))
        put, words, beside = (frozenset(line.get(key, "").split()) for key in ("put", "words", "with"))
        if not chosen <= set(types) or line["root"] not in held["roots"]:
            raise BadTable(f"roots.yaml, {name}: got {line}, allowed types are {', '.join(types)}, roots {', '.join(held['roots'])}")
        rows.append(Row(chosen, line["root"], line["code"], put, words, beside))
    return Variant(held["roots"], held["same"], tuple(rows))
