"""Teacher -> its scores on unlabelled text: `python training/teach.py ...` (see README.md).

Writes `taught.pt`: as many unlabelled sentences as asked for, with the teacher's labels and log-probabilities. Scores are
those of clean text; what the small network reads is roughened afterwards, so that it learns to see through noise.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import AutoConfig, AutoModel

from amity.language.words import apply_script
from cases import CaseMaker, collate
from names import NamePool
from network import Reader
from train import LONGEST
from treebank import Tree
from unlabelled import gather_sentences

SOFT_WORDS = ("upos", "xpos", "names")
PIECES = 1000


def load_reader(weights: Path, encoder: str, maker: CaseMaker) -> Reader:
    """A trained network from its folder."""
    config = AutoConfig.from_pretrained(encoder, local_files_only=True)
    body = AutoModel.from_config(config, attn_implementation="eager", add_pooling_layer=False)
    reader = Reader(body, {k: len(v) for k, v in maker.lists.items()})
    held, wanted = torch.load(weights / "reader.pt", weights_only=True), reader.state_dict().keys()
    # Heads whose labels the maker does not name (a teacher's for quotations, which nobody taught) are left out.
    reader.load_state_dict({k: v for k, v in held.items() if k in wanted})
    return reader.eval()


def blank_tree(words: list[str]) -> Tree:
    """Words without labels."""
    n = len(words)
    return Tree("", "", words, [""] * n, [""] * n, [""] * n, [0] * n, [""] * n, ["O"] * n, [True] * n)


@torch.no_grad()
def label_batch(model: Reader, maker: CaseMaker, trees: list[Tree], pool: NamePool) -> list[Tree]:
    """Trees -> the same with the teacher's scores and labels; names that the tables know as they know them."""
    batch = collate([maker.make(t) for t in trees])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.encode(*batch.inputs)
        out = {k: v.float() for k, v in model.score_words(states).items()}
        seen = F.pad(batch.gold["heads"] >= 0, (1, 0), value=True)
        arcs = out["arcs"].masked_fill(~seen.unsqueeze(1), -1e4)
        heads = arcs.argmax(-1)
        rels = model.score_relations(states, heads).float()
    labelled = []
    for i, tree in enumerate(trees):
        n = len(tree.words)
        scores = {k: out[k][i, :n] for k in SOFT_WORDS} | {"arcs": arcs[i, :n, : n + 1], "rels": rels[i, :n]}
        soft = {k: v.log_softmax(-1).half() for k, v in scores.items()}
        guessed = guess_labels(tree, maker, soft, out["lemma"][i, :n].argmax(-1), heads[i, :n])
        names = pool.mark_known(guessed.words, guessed.names)
        if names != guessed.names:
            del soft["names"]
        labelled.append(replace(guessed, names=names, soft=soft))
    return labelled


def guess_labels(tree: Tree, maker: CaseMaker, soft: dict[str, Tensor], lemmas: Tensor, heads: Tensor) -> Tree:
    """The teacher's best labels as if they were gold."""

    def best(key: str) -> list[str]:
        return [maker.lists[key][i] for i in soft[key].argmax(-1).tolist()]

    scripts = [maker.lists["lemma"][i] for i in lemmas.tolist()]
    words = [apply_script(w, s) for w, s in zip(tree.words, scripts, strict=True)]
    return replace(tree, lemmas=words, upos=best("upos"), xpos=best("xpos"), rels=best("rels"), names=best("names"), heads=heads.tolist())


def label_all(model: Reader, maker: CaseMaker, trees: list[Tree]) -> list[Tree]:
    """Label trees in batches of like length."""
    fit = sorted((t for t in trees if len(maker.make(t).ids) <= LONGEST), key=lambda t: len(t.words))
    done: list[Tree] = []
    pool = NamePool()
    while len(done) < len(fit):
        size = max(1, PIECES // (len(maker.make(fit[min(len(fit) - 1, len(done) + 20)]).ids) + 4))
        done += label_batch(model, maker, fit[len(done) : len(done) + size], pool)
        print(len(done), "of", len(fit), flush=True)
    return done


def take_names(trees: list[Tree], named: list[Tree]) -> list[Tree]:
    """Trees, and the same sentences as another teacher labels them -> the trees with its names."""
    held = {tuple(t.words): t for t in named}
    mixed = []
    for tree in trees:
        other = held[tuple(tree.words)]
        soft = {k: v for k, v in (tree.soft or {}).items() if k != "names"} | {k: v for k, v in (other.soft or {}).items() if k == "names"}
        mixed.append(replace(tree, names=other.names, soft=soft))
    return mixed


def load_teacher(folder: Path, encoder: str) -> tuple[Reader, CaseMaker]:
    """A folder written by train.py -> the network, and what makes its input."""
    lists = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    lists.pop("quotes", None)
    maker = CaseMaker.load(lists, f"{encoder}/tokenizer.json")
    return load_reader(folder, encoder, maker), maker


def main() -> None:
    """Load the teachers, label, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ewt/, uner/ and ecb/")
    parser.add_argument("--plover", type=Path, required=True, help="the PLOVER gold records")
    parser.add_argument("--teacher", type=Path, required=True, help="folder written by train.py --recipe teacher")
    parser.add_argument("--names", type=Path, help="folder written by train.py --recipe names: names are taken from it")
    parser.add_argument("--encoder", required=True, help="folder of the teacher's encoder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--free", type=int, default=6_000, help="unlabelled sentences to label")
    args = parser.parse_args()
    torch.set_num_threads(1)
    free = [blank_tree(s) for s in gather_sentences(args.data / "ecb", args.plover)[: args.free]]
    taught = label_all(*load_teacher(args.teacher, args.encoder), free)
    if args.names:
        taught = take_names(taught, label_all(*load_teacher(args.names, args.encoder), free))
    torch.save([vars(t) for t in taught], args.out / "taught.pt")
    print(len(taught), "sentences")


if __name__ == "__main__":
    main()
