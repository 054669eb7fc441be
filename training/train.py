"""Train the reader: `python training/train.py --data DIR --out DIR` (see README.md).

Writes weights (`reader.pt`), label lists (`labels.json`) and development figures (`figures.json`).
The same script trains the teacher, on a larger encoder.
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

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import AutoModel

from cases import IGNORE, Batch, Case, CaseMaker, collate, list_labels, make_batches
from names import NamePool
from network import Reader
from noise import roughen
from quotations import read_quotations
from treebank import MENDS, Tree, attach_names, mend_names, read_conllu, read_iob2, read_mends

SEED = 1
WARM_UP, DECAY, AVERAGE, AVERAGE_STEPS = 0.08, 0.01, 0.998, 4
PIECES_PER_BATCH, LONGEST = 900, 220
# Development sentences that are measured after each epoch.
WATCHED = 600
LOSS_WEIGHTS = {"upos": 0.3, "xpos": 0.5, "lemma": 0.3, "quotes": 0.8}


@dataclass(frozen=True)
class Recipe:
    """How one network is trained: epochs, peak learning rates of encoder and heads; whether its word pieces stay as they are.

    `names` is the weight of names beside the trees; `nameless` the share of sentences without proper nouns that is learnt from.
    """

    epochs: int
    encoder_rate: float
    head_rate: float
    frozen_words: bool = False
    names: float = 0.8
    nameless: float = 1.0


# The small encoder's rates follow the trial's recipe; the teacher's are usual for its size. Not searched.
RECIPES = {
    "teacher": Recipe(2, 9e-5, 1.5e-3, frozen_words=True),
    # A second teacher, of names alone: its trees are no better for seeing fewer.
    "names": Recipe(2, 9e-5, 1.5e-3, frozen_words=True, names=1.5, nameless=0.15),
    "reader": Recipe(6, 2.5e-4, 2e-3),
}


@dataclass(frozen=True)
class Lessons:
    """What a network is trained on: trees, sentences that only the teacher has labelled, development cases."""

    trees: list[Tree]
    free: list[Tree]
    maker: CaseMaker
    dev: list[Case]

    def draw(self, dice: random.Random) -> list[Tree]:
        """Trees of one epoch: all of the treebank, and as many others at most."""
        quoted = [t for t in self.free if t.quotes]
        others = [t for t in self.free if not t.quotes]
        return self.trees + quoted + dice.sample(others, max(0, min(len(others), len(self.trees) - len(quoted))))


def gold_loss(out: dict[str, Tensor], rels: Tensor, gold: dict[str, Tensor], weights: dict[str, float]) -> Tensor:
    """Sum of the heads' losses against gold labels."""
    loss = F.cross_entropy(out["arcs"].flatten(0, 1), gold["heads"].flatten(), ignore_index=IGNORE)
    loss = loss + F.cross_entropy(rels.flatten(0, 1), gold["rels"].flatten(), ignore_index=IGNORE)
    for key, weight in weights.items():
        if key in out and (gold[key] >= 0).any():
            loss = loss + weight * F.cross_entropy(out[key].flatten(0, 1), gold[key].flatten(), ignore_index=IGNORE)
    return loss


def teacher_loss(out: dict[str, Tensor], rels: Tensor, batch: Batch, weights: dict[str, float]) -> Tensor:
    """Cross-entropy of the heads' distributions against the teacher's, weighted like the gold losses."""
    loss = rels.new_zeros(())
    for key, weight in (weights | {"arcs": 1.0, "rels": 1.0}).items():
        if key in batch.soft:
            logs = (rels if key == "rels" else out[key]).log_softmax(-1)
            loss = loss - weight * (batch.soft[key] * logs).sum() / (batch.gold["heads"] >= 0).sum()
    return loss


def total_loss(model: Reader, cases: list[Case], recipe: Recipe) -> Tensor:
    """The loss of a batch: labels, and the teacher's scores of the sentences that have them."""
    batch, weights = collate(cases), LOSS_WEIGHTS | {"names": recipe.names}
    out, rels = score(model, batch)
    return gold_loss(out, rels, batch.gold, weights) + teacher_loss(out, rels, batch, weights)


def score(model: Reader, batch: Batch) -> tuple[dict[str, Tensor], Tensor]:
    """Batch -> scores of words and arcs, and of the relations at gold heads, in float32."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.drop(model.encode(*batch.inputs))
        out = model.score_words(states)
        rels = model.score_relations(states, batch.gold["heads"].clamp(min=0))
    seen = F.pad(batch.gold["heads"] >= 0, (1, 0), value=True)
    out = {k: v.float() for k, v in out.items()}
    out["arcs"] = out["arcs"].masked_fill(~seen.unsqueeze(1), -1e4)
    return out, rels.float()


@torch.no_grad()
def measure(model: Reader, cases: list[Case]) -> dict[str, float]:
    """Greedy figures in percent, for watching the training; the bench decodes trees exactly."""
    model.eval()
    hits, total = Counter[str](), 0
    for start in range(0, len(cases), 16):
        batch = collate(cases[start : start + 16])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = model(*batch.inputs)
        gold, real = batch.gold, batch.gold["heads"] >= 0
        seen = F.pad(real, (1, 0), value=True)
        heads = out["arcs"].masked_fill(~seen.unsqueeze(1), -1e4).argmax(-1)
        rels = out["rels"].argmax(1).gather(2, heads.unsqueeze(-1)).squeeze(-1)
        arc_hit = (heads == gold["heads"]) & real
        hits["uas"] += int(arc_hit.sum())
        hits["las"] += int((arc_hit & (rels == gold["rels"])).sum())
        for key in ("upos", "xpos", "lemma", "names"):
            hits[key] += int(((out[key].argmax(-1) == gold[key]) & real).sum())
        total += int(real.sum())
    model.train()
    return {k: round(100 * v / total, 2) for k, v in hits.items()}


class Average:
    """The running average of a network's weights, which is what ships."""

    def __init__(self, model: Reader) -> None:
        self.model, self.step = copy.deepcopy(model), 0

    def update(self, model: Reader) -> None:
        """Called after every step; mixes every few steps only, to save time."""
        self.step += 1
        if self.step % AVERAGE_STEPS == 0:
            keep = min(AVERAGE**AVERAGE_STEPS, (self.step + 1) / (self.step + 10 * AVERAGE_STEPS))
            with torch.no_grad():
                torch._foreach_lerp_(list(self.model.parameters()), list(model.parameters()), 1 - keep)


def train(model: Reader, lessons: Lessons, recipe: Recipe, out: Path) -> Reader:
    """Fit by a recipe; returns the running average of the weights."""
    dice, pool, maker = random.Random(SEED), NamePool(), lessons.maker
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(not recipe.frozen_words)
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    others = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    rates = [recipe.encoder_rate, recipe.head_rate]
    groups = [{"params": p, "lr": r} for p, r in zip((encoder, others), rates, strict=True)]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
    steps = recipe.epochs * (len(make_batches([maker.make(t) for t in lessons.draw(dice)], PIECES_PER_BATCH, dice)) + 6)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, rates, total_steps=steps, pct_start=WARM_UP, anneal_strategy="linear", div_factor=20
    )
    mean, start = Average(model), time.time()
    for epoch in range(recipe.epochs):
        cases = [maker.make(roughen(t, dice, pool)) for t in lessons.draw(dice)]
        for batch in make_batches([c for c in cases if len(c.ids) <= LONGEST], PIECES_PER_BATCH, dice):
            loss = total_loss(model, batch, recipe)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            if mean.step + 1 < steps:
                schedule.step()
            mean.update(model)
            if mean.step % 50 == 0:
                print(f"step {mean.step}/{steps} loss {loss.item():.3f} {time.time() - start:.0f} s", flush=True)
        print("epoch", epoch + 1, measure(mean.model, lessons.dev[:WATCHED]), flush=True)
        torch.save(mean.model.state_dict(), out / "reader.pt")
    return mean.model


def load_trees(data: Path) -> tuple[list[Tree], list[Tree]]:
    """Training and development trees with names."""
    trees = read_conllu(data / "ewt/en_ewt-ud-train.conllu")
    named = attach_names(trees, read_iob2(data / "uner/train-2022-draft.iob2"))
    mended = mend_names(trees, read_mends(MENDS))
    dev = read_conllu(data / "ewt/en_ewt-ud-dev.conllu")
    attach_names(dev, read_iob2(data / "uner/en_ewt-ud-dev.iob2"))
    print(f"{len(trees)} sentences, {named} with names, {mended} of them read anew", flush=True)
    return trees, dev


def main() -> None:
    """Train one network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ewt/ and uner/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--recipe", choices=tuple(RECIPES), default="reader")
    parser.add_argument("--encoder", required=True, help="folder of the encoder: weights and tokenizer.json")
    parser.add_argument("--taught", type=Path, help="taught.pt, written by teach.py")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--few", type=int, default=0, help="train on this many sentences only, to try the script")
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    trees, dev_trees = load_trees(args.data)
    maker = CaseMaker.load(list_labels(trees), f"{args.encoder}/tokenizer.json")
    free: list[Tree] = []
    if args.taught:
        free = [Tree(**t) for t in torch.load(args.taught, weights_only=True)]
        quotations = read_quotations(Path(__file__).parent / "reports")
        for tree in free:
            tree.quotes = quotations.get(tuple(tree.words))
    (args.out / "labels.json").write_text(json.dumps(maker.lists), encoding="utf-8")
    # Eager attention: its backward pass in bfloat16 is several times faster on a CPU than the fused one.
    encoder = AutoModel.from_pretrained(args.encoder, local_files_only=True, attn_implementation="eager", add_pooling_layer=False)
    model = Reader(encoder, {k: len(v) for k, v in maker.lists.items()})
    dev, recipe = [maker.make(t) for t in dev_trees], RECIPES[args.recipe]
    dice = random.Random(SEED)
    trees = [t for t in trees if "PROPN" in t.upos or set(t.names or ["O"]) != {"O"} or dice.random() < recipe.nameless]
    if args.few:
        trees, free, dev = trees[-args.few :], free[: args.few], dev[:100]
    mean = train(model, Lessons(trees, free, maker, dev), recipe, args.out)
    (args.out / "figures.json").write_text(json.dumps(measure(mean, dev)), encoding="utf-8")


if __name__ == "__main__":
    main()
