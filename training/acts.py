"""Train the reader of acts: `python training/acts.py --data SCENES --start READER --encoder DIR --out DIR` (see README.md)."""

from __future__ import annotations

import argparse
import copy
import math
import os
import pickle
import random
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import AutoConfig, AutoModel

from act_network import BEFORE, ActReader, join_scores
from cases import CaseMaker
from scenes import TYPES, Scene

SEED = 1
MOST_PARTIES, MOST_PIECES = 12, 240
# Chance that a party's words are hidden in one pass, so that acts are not learnt by names; that what stands before is left out.
HIDDEN, ALONE = 0.2, 0.35
ENCODER_RATE, HEAD_RATE, WARM_UP, DECAY, AVERAGE = 1.5e-4, 1e-3, 0.08, 0.01, 0.995
PIECES_PER_BATCH = 700


@dataclass
class Lesson:
    """A scene as tensors."""

    ids: list[int]
    shapes: list[int]
    marks: list[int]
    first: list[int]
    spans: list[tuple[int, int]]
    acts: Tensor
    weight: Tensor
    triggers: Tensor
    roles: list[tuple[int, int | None, int | None]]
    labelled: bool
    # Where only sides are known, the side of each party by number; else empty.
    sides: list[int]
    # First word of the sentence itself: words before it state nothing here, and parties before it do nothing to each other.
    begin: int = 0
    # What a teacher says of each word and party, (W, S) each, and how much each word counts; None where people labelled.
    soft_roles: tuple[Tensor, Tensor, Tensor] | None = None


def make_lesson(scene: Scene, maker: Any, dice: random.Random | None = None) -> Lesson:
    """Scene -> lesson; with dice some parties are hidden, and some sentences stand alone."""
    from amity.language.words import layout_pieces

    if dice and scene.begin and dice.random() < ALONE:
        scene = scene.alone()
    spans = scene.spans[:MOST_PARTIES]
    hidden = {i for a, b in spans if dice and b - a <= 4 and dice.random() < HIDDEN for i in range(a, b)}
    mask = next(i for i in map(maker.tokenizer.token_to_id, ("[MASK]", "<mask>")) if i is not None)
    forms = scene.forms
    order = [(forms[i], i in hidden) for i in range(len(forms))]
    cut = lambda item: [mask] if item[1] else maker.pieces(item[0][:32])  # noqa: E731
    ids, shapes, first = [maker.first], [0], [0]
    begins, inside = {a for a, _ in spans}, {i for a, b in spans for i in range(a, b)}
    marks = [0]
    for i, item in enumerate(order):
        pieces = cut(item)
        if len(ids) + len(pieces) > MOST_PIECES:
            break
        first.append(len(ids))
        ids += pieces
        shapes += [layout_pieces([item[0]], maker.pieces, 0, 0)[1][1]] * len(pieces)
        marks += [BEFORE * (i < scene.begin) + (1 if i in begins else 2 if i in inside else 0)] * len(pieces)
    count = len(first) - 1
    ids, shapes, marks = [*ids, maker.last], [*shapes, 0], [*marks, 0]
    kept = [k for k, (a, b) in enumerate(spans) if b <= count]
    place = {k: n for n, k in enumerate(kept)}
    size = len(kept)
    acts, weight = torch.zeros(size, size, len(TYPES)), torch.ones(size, size)
    for n, k in enumerate(kept):
        for m, j in enumerate(kept):
            (a, b), (c, d) = spans[k], spans[j]
            if n == m or (a < d and c < b) or (k, j) in scene.open or max(a, c) < scene.begin:
                weight[n, m] = 0
    for a, r, kind in scene.acts:
        if a in place and r in place:
            acts[place[a], place[r], TYPES.index(kind)] = 1
            weight[place[a], place[r]] = 1
    triggers, roles = torch.zeros(count, len(TYPES)), []
    for word, kind, a, r in scene.triggers or []:
        if word < count:
            triggers[word, TYPES.index(kind)] = 1
            roles.append((word, place.get(a) if a is not None else None, place.get(r) if r is not None else None))
    if scene.soft is not None:
        soft, soft_words, does, bears = (torch.from_numpy(x.astype(np.float32)) for x in scene.soft)
        acts, triggers = soft[kept][:, kept], soft_words[:count]
        taught = (does[:count, kept], bears[:count, kept], triggers.amax(-1))
        return Lesson(ids, shapes, marks, first, [spans[k] for k in kept], acts, weight, triggers, [], True, [], 0, taught)
    names = sorted(set(scene.sides))
    sides = [names.index(scene.sides[k]) for k in kept] if scene.by_side else []
    labelled = scene.triggers is not None
    return Lesson(ids, shapes, marks, first, [spans[k] for k in kept], acts, weight, triggers, roles, labelled, sides, scene.begin)


def collate(lessons: list[Lesson]) -> dict[str, Tensor]:
    """Lessons -> padded tensors."""
    size = len(lessons)
    t, w, s = max(len(x.ids) for x in lessons), max(len(x.first) for x in lessons) - 1, max(1, max(len(x.spans) for x in lessons))
    out = {k: torch.zeros(size, t, dtype=torch.long) for k in ("ids", "shapes", "marks", "mask")}
    out |= {k: torch.zeros(size, w, dtype=torch.long) for k in ("first", "last")} | {"here": torch.zeros(size, w)}
    spans = torch.zeros(size, s, 2, dtype=torch.long)
    spans[..., 1] = 1
    acts, weight = torch.zeros(size, s, s, len(TYPES)), torch.zeros(size, s, s)
    triggers, told = torch.zeros(size, w, len(TYPES)), torch.zeros(size, w)
    does, bears, at = torch.zeros(size, w, s), torch.zeros(size, w, s), torch.zeros(size, w, s)
    for i, x in enumerate(lessons):
        n, words, k = len(x.ids), len(x.first) - 1, len(x.spans)
        for key in ("ids", "shapes", "marks"):
            out[key][i, :n] = torch.tensor(getattr(x, key))
        out["mask"][i, :n], out["here"][i, x.begin : words] = 1, 1
        out["first"][i, :words] = torch.tensor(x.first[1:])
        out["last"][i, :words] = torch.tensor([f - 1 for f in x.first[2:]] + [n - 2])
        if k:
            spans[i, :k] = torch.tensor(x.spans)
            acts[i, :k, :k], weight[i, :k, :k] = x.acts, x.weight
        triggers[i, :words], told[i, x.begin : words] = x.triggers, float(x.labelled)
        for word, a, r in x.roles:
            at[i, word, :k] = 1
            if a is not None:
                does[i, word, a] = 1
            if r is not None:
                bears[i, word, r] = 1
        if x.soft_roles is not None:
            does[i, :words, :k], bears[i, :words, :k], at[i, :words, :k] = *x.soft_roles[:2], x.soft_roles[2].unsqueeze(-1)
    # Where only sides are known, no single pair of words is right or wrong: see loss_of_sides.
    single = weight * torch.tensor([[[0.0 if x.sides else 1.0]] for x in lessons])
    return out | {
        "free": weight,
        "spans": spans,
        "acts": acts,
        "weight": single,
        "triggers": triggers,
        "told": told,
        "does": does,
        "bears": bears,
        "at": at,
    }


def loss_of_sides(scores: Tensor, acts: Tensor, free: Tensor, sides: list[int]) -> Tensor:
    """One sentence of which only the sides are known: the likeliest pair of words of two sides carries their act."""
    size, count = len(sides), max(sides) + 1
    side = torch.tensor(sides)
    bag = (side.unsqueeze(1) * count + side.unsqueeze(0)).flatten()
    allowed = (free[:size, :size].flatten() > 0) & (side.unsqueeze(1) != side.unsqueeze(0)).flatten()
    if not allowed.any():
        return scores.sum() * 0
    bag, score = bag[allowed], scores[:size, :size].flatten(0, 1)[allowed]
    true = acts[:size, :size].flatten(0, 1)[allowed]
    index = bag.unsqueeze(-1).expand_as(score)
    best = torch.full((count * count, score.size(-1)), -1e4).scatter_reduce(0, index, score, "amax", include_self=False)
    told = torch.zeros(count * count, score.size(-1)).scatter_reduce(0, index, true, "amax")
    used = bag.unique()
    return F.binary_cross_entropy_with_logits(best[used], told[used], reduction="sum")


def loss_of(net: ActReader, lessons: list[Lesson]) -> Tensor:
    """Loss of acts, and of labelled words and their parties."""
    b, sides = collate(lessons), [x.sides for x in lessons]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs = net(b)
    trigger, does, bears, direct = (o.float() for o in outputs)
    scores = join_scores(trigger, does, bears, direct, b["here"])
    bce = F.binary_cross_entropy_with_logits
    size = len(b["ids"])
    acts = (bce(scores, b["acts"], reduction="none").sum(-1) * b["weight"]).sum() / size
    acts = acts + sum(loss_of_sides(scores[i], b["acts"][i], b["free"][i], s) for i, s in enumerate(sides) if s) / size
    words = (bce(trigger, b["triggers"], reduction="none").sum(-1) * b["told"]).sum() / size
    roles = sum((bce(z, b[k], reduction="none") * b["at"]).sum() for z, k in ((does, "does"), (bears, "bears"))) / size
    return acts + 0.5 * words + 0.3 * roles


def make_batches(lessons: list[Lesson], dice: random.Random) -> list[list[Lesson]]:
    """Lessons of like length together, in random order."""
    batches: list[list[Lesson]] = [[]]
    for x in sorted(lessons, key=lambda x: len(x.ids) + dice.random() * 6):
        if len(x.ids) * (len(batches[-1]) + 1) > PIECES_PER_BATCH:
            batches.append([])
        batches[-1].append(x)
    dice.shuffle(batches)
    return [b for b in batches if b]


def start_network(start: Path, encoder: Path) -> ActReader:
    """The reader's encoder and shapes with new heads, or all of an earlier reader of acts."""
    config = AutoConfig.from_pretrained(str(encoder), local_files_only=True)
    # Eager attention: its backward pass in bfloat16 is several times faster on a CPU than the fused one.
    net = ActReader(AutoModel.from_config(config, add_pooling_layer=False, attn_implementation="eager"), len(TYPES))
    held = torch.load(start, weights_only=True)
    if "mark.weight" in held and len(held["mark.weight"]) == BEFORE:
        # Made before there were sentences before: their marks begin as the others'.
        held["mark.weight"] = torch.cat([held["mark.weight"]] * 2)
    missing, _ = net.load_state_dict({k: v for k, v in held.items() if k in net.state_dict()}, strict=False)
    assert not any(m.startswith(("encoder.", "shape.")) for m in missing), missing
    return net


@torch.no_grad()
def score_scenes(net: ActReader, scenes: list[Scene], maker: Any) -> list[np.ndarray]:
    """Scenes -> probabilities (S, S, K) of acts."""
    net.eval()
    out = []
    for scene in scenes:
        x = make_lesson(scene, maker)
        b = collate([x])
        z = net(b)
        p = torch.sigmoid(join_scores(*z, b["here"]))[0].numpy()
        out.append(p * x.weight.numpy()[..., None] if len(x.spans) else p[:0, :0])
    return out


def measure(scenes: list[Scene], scores: list[np.ndarray]) -> str:
    """Directed and typed F1 by sides within the sentence, at the best threshold of a few."""
    best = ""
    top = -1.0
    for least in (0.1, 0.2, 0.3, 0.4, 0.5):
        hit = typed = claimed = gold = 0
        for scene, p in zip(scenes, scores, strict=True):
            said: dict[tuple[str, str], tuple[float, str]] = {}
            for i in range(len(p)):
                for j in range(len(p)):
                    a, r = scene.sides[i], scene.sides[j]
                    if a != r and p[i, j].max() >= least:
                        said[a, r] = max(said.get((a, r), (0.0, "")), (float(p[i, j].max()), TYPES[int(p[i, j].argmax())]))
            true: dict[tuple[str, str], set[str]] = defaultdict(set)
            for a, r, kind in scene.acts:
                if scene.sides[a] != scene.sides[r]:
                    true[scene.sides[a], scene.sides[r]].add(kind)
            hit += sum(k in true for k in said)
            typed += sum(t in true.get(k, ()) for k, (_, t) in said.items())
            claimed, gold = claimed + len(said), gold + len(true)
        f = 2 * hit / max(1, claimed + gold)
        if f > top:
            shares = f"P {hit / max(1, claimed):.3f} R {hit / max(1, gold):.3f} F {f:.3f}"
            top, best = f, f"@{least} {shares} typed {2 * typed / max(1, claimed + gold):.3f}"
    return best


@dataclass(frozen=True)
class Course:
    """What is learnt from, what is only watched, and where the weights go."""

    written: list[Scene]
    gold: list[Scene]
    watched: list[Scene]
    out: Path


@dataclass(frozen=True)
class Plan:
    """How long, how fast, on how many of the sentences written for this (drawn anew each time round; all without a number)."""

    epochs: int
    rate: float = 1.0
    most: int | None = None


def train(net: ActReader, course: Course, maker: Any, plan: Plan) -> None:
    """Fit, and keep the running mean of the weights in `acts.pt`."""
    epochs = plan.epochs
    torch.manual_seed(SEED)
    dice = random.Random(SEED)
    tuned = [p for n, p in net.named_parameters() if n.startswith(("encoder", "shape"))]
    heads = [p for n, p in net.named_parameters() if not n.startswith(("encoder", "shape"))]
    optimiser = torch.optim.AdamW(
        [{"params": tuned, "lr": ENCODER_RATE * plan.rate}, {"params": heads, "lr": HEAD_RATE * plan.rate}], weight_decay=DECAY
    )
    draw = lambda: course.gold + (dice.sample(course.written, min(plan.most, len(course.written))) if plan.most else course.written)  # noqa: E731
    count = len(make_batches([make_lesson(s, maker) for s in draw()], random.Random(0)))
    steps = epochs * count
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda i: min(1.0, (i + 1) / (WARM_UP * steps)) * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1.0, i / steps))))
    )
    mean = copy.deepcopy(net)
    for epoch in range(epochs):
        net.train()
        began, total = time.time(), 0.0
        batches = make_batches([make_lesson(s, maker, dice) for s in draw()], dice)
        for n, batch in enumerate(batches):
            loss = loss_of(net, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            rate.step()
            total += loss.item()
            share = min(AVERAGE, 1 - 1 / (epoch * count + n + 1))
            for m, p in zip(mean.parameters(), net.parameters(), strict=True):
                m.data.lerp_(p.data, 1 - share)
        print(f"epoch {epoch} loss {total / len(batches):.3f} {time.time() - began:.0f} s", flush=True)
        if course.watched:
            print("  ", measure(course.watched, score_scenes(mean, course.watched, maker)), flush=True)
        torch.save(mean.state_dict(), course.out / "acts.pt")


def main() -> None:
    """Train and write `acts.pt`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--taught", type=Path, help="sentences with a teacher's scores (teach_acts.py), learnt from beside the labelled")
    parser.add_argument("--epochs", type=int, default=11)
    parser.add_argument("--rate", type=float, default=1.0, help="share of the usual rates, for going on")
    parser.add_argument(
        "--fold", type=int, help="go on from --start (an acts.pt) with hand-coded articles, those of one fold of three left out"
    )
    args = parser.parse_args()
    torch.set_num_threads(1)
    scenes = pickle.loads(args.data.read_bytes())
    args.out.mkdir(parents=True, exist_ok=True)
    maker = CaseMaker.load({"upos": []}, str(args.encoder / "tokenizer.json"))
    taught = pickle.loads(args.taught.read_bytes()) if args.taught else []
    written = [s for s in scenes["reports"] + scenes["written"] + scenes["told"] + taught if s.spans]
    net = start_network(args.start, args.encoder)
    if args.fold is None:
        train(net, Course(written, [], scenes["gold"], args.out), maker, Plan(args.epochs, args.rate))
        return
    names = sorted({s.origin for s in scenes["gold"]})
    left = {n for i, n in enumerate(names) if i % 3 == args.fold}
    for scene in scenes["gold"]:
        scene.by_side = True
    gold, held = ([s for s in scenes["gold"] if (s.origin in left) == wanted and len(s.spans) > 1] for wanted in (False, True))
    train(net, Course(written, gold, held, args.out), maker, Plan(args.epochs, args.rate, 1500))


if __name__ == "__main__":
    main()
