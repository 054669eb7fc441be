"""Fit the head of names alone, once more: `python training/names_head.py --weights OUT ...` (three minutes; see README.md).

The teacher knows too few names of the world to teach them. The encoder stays as it is; the head is fitted to the
treebank's names, to the same with names of the tables in their place, and to the news sentences, in which the tables
say what is a state, a city, a body, a group or a person, and everything else that may be a name is left open.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from amity.language.tokens import split_tokens
from cases import IGNORE, CaseMaker, collate, make_batches
from names import NamePool, read_names
from noise import roughen
from teach import load_reader
from train import LONGEST, PIECES_PER_BATCH, load_trees
from treebank import Tree, tags_of

# Not searched, but for the epochs: 4 and 8 give the same on the development part.
EPOCHS, RATE, WORDS, DROPOUT = 5, 1e-3, 4096, 0.2
LONGEST_NAME = 6


def name_table() -> dict[tuple[str, ...], str]:
    """Words of each table name -> its kind; persons by two words or more, no name that is also a place but places."""
    table: dict[tuple[str, ...], str] = {}
    for kind in ("PER", "ORG", "LOC"):
        for name in read_names(kind):
            words = tuple(name[a:b] for a, b in split_tokens(name))
            if words[0][0].isupper() and len(words) <= LONGEST_NAME and (kind != "PER" or len(words) > 1):
                table[words] = kind
    return table


def label_by_table(tree: Tree, table: dict[tuple[str, ...], str]) -> Tree:
    """Teacher's labels -> the tables' where they know the name; other names that are no persons, and other proper nouns, open."""
    tags = [
        tag if tag.endswith("PER") or (tag == "O" and upos != "PROPN") else "?"
        for tag, upos in zip(tree.names or [], tree.upos, strict=True)
    ]
    i = 0
    while i < len(tree.words):
        sizes = range(min(LONGEST_NAME, len(tree.words) - i), 0, -1)
        size = next((n for n in sizes if tuple(tree.words[i : i + n]) in table), 0)
        if size:
            kind = table[tuple(tree.words[i : i + size])]
            tags[i : i + size] = tags_of(kind, size)
        i += max(1, size)
    return replace(tree, names=tags)


def gather(trees: list[Tree], free: list[Tree]) -> list[Tree]:
    """All lessons: trees, trees with other names, roughened trees, and news labelled by the tables."""
    dice, pool, table = random.Random(2), NamePool(), name_table()
    named = [t for t in trees if t.names and any(x != "O" for x in t.names)]
    renamed = [pool.rename(t, dice) for t in named]
    rough = [roughen(t, dice, pool) for t in dice.sample(trees, len(trees) // 3)]
    return trees + renamed + rough + [label_by_table(t, table) for t in free]


@torch.no_grad()
def read_states(model: nn.Module, maker: CaseMaker, trees: list[Tree]) -> Iterator[tuple[Tensor, Tensor]]:
    """Trees -> word vectors and labels of all words that have one."""
    cases = [c for c in (maker.make(t) for t in trees) if len(c.ids) <= LONGEST]
    for cases_of_batch in make_batches(cases, PIECES_PER_BATCH, random.Random(1)):
        batch = collate(cases_of_batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = model.encode(*batch.inputs)[:, 1:].float()
        known = batch.gold["names"] != IGNORE
        yield states[known].half(), batch.gold["names"][known]


def fit(head: nn.Linear, states: Tensor, labels: Tensor) -> None:
    """Fit a linear head, in place."""
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.01)
    for epoch in range(EPOCHS):
        order, total = torch.randperm(len(labels)), 0.0
        for start in range(0, len(order), WORDS):
            some = order[start : start + WORDS]
            loss = F.cross_entropy(head(F.dropout(states[some].float(), DROPOUT)), labels[some])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item() * len(some)
        print("epoch", epoch + 1, f"loss {total / len(order):.4f}", flush=True)


def main() -> None:
    """Read, fit, and save over the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ewt/ and uner/")
    parser.add_argument("--weights", type=Path, required=True, help="folder written by train.py")
    parser.add_argument("--encoder", required=True, help="folder of the encoder")
    parser.add_argument("--taught", type=Path, required=True, help="taught.pt, written by teach.py")
    args = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    lists = json.loads((args.weights / "labels.json").read_text(encoding="utf-8"))
    maker = CaseMaker.load(lists, f"{args.encoder}/tokenizer.json")
    model = load_reader(args.weights, args.encoder, maker)
    trees, _ = load_trees(args.data)
    lessons = gather(trees, [Tree(**t) for t in torch.load(args.taught, weights_only=True)])
    states, labels = (torch.cat(parts) for parts in zip(*read_states(model, maker, lessons), strict=True))
    print(len(labels), "words", flush=True)
    fit(model.heads["names"], states, labels)
    torch.save(model.state_dict(), args.weights / "reader.pt")


if __name__ == "__main__":
    main()
