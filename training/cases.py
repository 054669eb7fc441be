"""Trees -> cases that the network takes: piece ids, shapes, places, gold labels; and batches of them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from amity.language.words import layout_pieces, lemma_script
from quotations import QUOTE_LABELS
from treebank import NAME_LABELS, Tree

RAREST_SCRIPT = 2
IGNORE = -100
SHAPE_STEP = 8


@dataclass
class Case:
    """A sentence ready for the network; `soft` holds a teacher's scores by head, where there is one."""

    ids: list[int]
    shapes: list[int]
    first: list[int]
    gold: dict[str, list[int]]
    soft: dict[str, Tensor] | None = None


@dataclass
class Batch:
    """Padded cases."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    gold: dict[str, Tensor]
    soft: dict[str, Tensor]

    @property
    def inputs(self) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """What the network takes."""
        return self.ids, self.shapes, self.mask, self.first, self.last


def list_labels(trees: list[Tree]) -> dict[str, list[str]]:
    """Label lists of every head, from the training trees."""
    scripts = Counter(lemma_script(w, m) for t in trees for w, m in zip(t.words, t.lemmas, strict=True))
    return {
        "upos": sorted({x for t in trees for x in t.upos}),
        "xpos": sorted({x for t in trees for x in t.xpos}),
        "rels": sorted({x for t in trees for x in t.rels}),
        "lemma": sorted(s for s, n in scripts.items() if n >= RAREST_SCRIPT),
        "names": list(NAME_LABELS),
        "quotes": list(QUOTE_LABELS),
    }


class CaseMaker:
    """Trees -> cases, by one tokenizer and one set of label lists."""

    def __init__(self, lists: dict[str, list[str]], tokenizer: Any) -> None:
        self.lists, self.tokenizer = lists, tokenizer
        self.index = {k: {x: i for i, x in enumerate(v)} for k, v in lists.items()}
        self.cache: dict[str, list[int]] = {}
        self.first, self.last, self.unknown = (self._mark(*names) for names in (("[CLS]", "<s>"), ("[SEP]", "</s>"), ("[UNK]", "<unk>")))

    @classmethod
    def load(cls, lists: dict[str, list[str]], path: str) -> CaseMaker:
        """With the tokenizer of an encoder's folder."""
        tokenizer = Tokenizer.from_file(path)
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(lists, tokenizer)

    def _mark(self, *names: str) -> int:
        return next(i for i in map(self.tokenizer.token_to_id, names) if i is not None)

    def pieces(self, word: str) -> list[int]:
        """Word -> piece ids, remembered."""
        if word not in self.cache:
            self.cache[word] = self.tokenizer.encode(word, add_special_tokens=False).ids or [self.unknown]
        return self.cache[word]

    def make(self, tree: Tree) -> Case:
        """Tree -> case; labels outside the lists are ignored by the loss."""
        ids, shapes, first = layout_pieces(tree.words, self.pieces, self.first, self.last)
        scripts = [lemma_script(w, m) for w, m in zip(tree.words, tree.lemmas, strict=True)]
        blank = [""] * len(tree.words)
        columns = {"upos": tree.upos, "xpos": tree.xpos, "lemma": scripts, "rels": tree.rels}
        columns |= {"names": tree.names or blank, "quotes": tree.quotes or blank}
        gold = {k: [self.index[k].get(x, IGNORE) for x in v] for k, v in columns.items() if k in self.index}
        return Case(ids, shapes, first, gold | {"heads": tree.heads}, tree.soft)


def collate(cases: list[Case]) -> Batch:
    """Cases -> padded tensors and gold."""
    size = len(cases)
    # Lengths are padded to a few values: fewer shapes to compile for, and memory that can be used again.
    t, w = (-(-max(n) // SHAPE_STEP) * SHAPE_STEP for n in ([len(c.ids) for c in cases], [len(c.first) for c in cases]))
    ids, shapes, mask = (torch.zeros(size, t, dtype=torch.long) for _ in range(3))
    first, last = (torch.zeros(size, w, dtype=torch.long) for _ in range(2))
    gold = {k: torch.full((size, w - 1), IGNORE) for k in cases[0].gold}
    for i, c in enumerate(cases):
        n = len(c.ids)
        ids[i, :n], shapes[i, :n], mask[i, :n] = torch.tensor(c.ids), torch.tensor(c.shapes), 1
        first[i, : len(c.first)] = torch.tensor(c.first)
        last[i, : len(c.first)] = torch.tensor([f - 1 for f in c.first[1:]] + [n - 2])
        for key, values in c.gold.items():
            gold[key][i, : len(values)] = torch.tensor(values)
    return Batch(ids, shapes, mask, first, last, gold, pad_soft(cases, w))


def pad_soft(cases: list[Case], places: int) -> dict[str, Tensor]:
    """A teacher's log-probabilities -> padded probabilities (B, W, labels), zero where there is no word or no teacher."""
    padded: dict[str, Tensor] = {}
    for i, case in enumerate(cases):
        for key, values in (case.soft or {}).items():
            if key not in padded:
                padded[key] = torch.zeros(len(cases), places - 1, places if key == "arcs" else values.size(1))
            padded[key][i, : values.size(0), : values.size(1)] = values.float().exp()
    return padded


def make_batches(cases: list[Case], pieces: int, dice: random.Random) -> list[list[Case]]:
    """Cases -> batches of like length with at most so many pieces, in random order."""
    order = list(cases)
    dice.shuffle(order)
    batches: list[list[Case]] = []
    current: list[Case] = []
    for start in range(0, len(order), 1000):
        for case in sorted(order[start : start + 1000], key=lambda c: len(c.ids)):
            longest = max(len(case.ids), len(current[0].ids) if current else 0, len(current[-1].ids) if current else 0)
            if current and longest * (len(current) + 1) > pieces:
                batches.append(current)
                current = []
            current.append(case)
    batches.append(current)
    dice.shuffle(batches)
    return batches
