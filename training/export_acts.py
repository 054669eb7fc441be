"""Weights -> the shipped reader of acts: `python training/export_acts.py --weights acts.pt --scenes FILE --encoder DIR --out DIR`.

Writes acts.onnx (int8 by fixed scales, see quantise.py) and acts.json. The vocabulary is the reader's.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from act_network import ROLE_SIZE, ActReader
from acts import collate, make_lesson
from cases import CaseMaker
from graph import Layer, split_last
from quantise import quantise
from scenes import TYPES, Scene

OPSET = 17
INPUTS = ["ids", "shapes", "mask", "first", "last", "marks", "spans"]
OUTPUTS = ["words", "does", "bears", "direct"]
# One sentence in so many is run to measure the ranges.
SAMPLE_EVERY = 20


class ActGraph(nn.Module):
    """The reader of acts with joined products; `first` and `last` have the root at place 0, as the reader's."""

    def __init__(self, net: ActReader) -> None:
        super().__init__()
        body = net.encoder
        self.words, self.shapes, self.marks = body.embeddings.word_embeddings, net.shape, net.mark
        places = body.embeddings.position_embeddings.weight + body.embeddings.token_type_embeddings.weight[0]
        self.places, self.norm = nn.Parameter(places), body.embeddings.LayerNorm
        self.layers = nn.ModuleList(Layer(s, body.config.num_attention_heads) for s in body.encoder.layer)
        self.net = net
        self.actor, self.lone_actor = split_last(net.actor.weight)
        self.recipient, self.lone_recipient = split_last(net.recipient.weight)

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Padded batch, in the order of INPUTS -> words (B, W, K), does, bears (B, W, S), direct (B, S, S, K)."""
        ids, shapes, mask, first, last, marks, spans = inputs
        x = self.norm(self.words(ids) + self.shapes(shapes) + self.marks(marks) + self.places[: ids.size(1)])
        blocked = (1.0 - mask.to(x.dtype)).unsqueeze(1).unsqueeze(1) * -1e4
        for layer in self.layers:
            x = layer(x, blocked)

        def pick(source: Tensor, at: Tensor) -> Tensor:
            return torch.gather(source, 1, at.unsqueeze(-1).expand(-1, -1, source.size(-1)))

        states = (pick(x, first[:, 1:]) + pick(x, last[:, 1:])) * 0.5
        parties = (pick(states, spans[..., 0]) + pick(states, spans[..., 1] - 1)) * 0.5
        net = self.net
        as_word, as_party = F.gelu(net.word(states)).split(ROLE_SIZE, -1), F.gelu(net.party(parties)).split(ROLE_SIZE, -1)
        does = torch.matmul(self.actor(as_word[0]), as_party[0].transpose(-1, -2)) + self.lone_actor(as_word[0])
        bears = torch.matmul(self.recipient(as_word[1]), as_party[1].transpose(-1, -2)) + self.lone_recipient(as_word[1])
        both = F.gelu(net.doer(parties).unsqueeze(2) + net.bearer(parties).unsqueeze(1))
        return net.trigger(states), does, bears, net.pair(both)


def export_graph(net: ActReader, path: Path) -> None:
    """Trace into ONNX with free sizes."""
    ids, first = torch.ones(2, 9, dtype=torch.long), torch.arange(7).repeat(2, 1)
    spans = torch.tensor([[[0, 1], [2, 4], [5, 6]]] * 2)
    axes: dict[str, dict[int, str]] = {k: {0: "batch", 1: "pieces"} for k in ("ids", "shapes", "mask", "marks")}
    axes |= {k: {0: "batch", 1: "places"} for k in ("first", "last")} | {"spans": {0: "batch", 1: "parties"}}
    axes |= {"words": {0: "batch", 1: "words"}, "direct": {0: "batch", 1: "parties", 2: "others"}}
    axes |= {k: {0: "batch", 1: "words", 2: "parties"} for k in ("does", "bears")}
    torch.onnx.export(
        ActGraph(net).eval(),
        (ids, torch.ones_like(ids), torch.ones_like(ids), first, first, torch.ones_like(ids), spans),
        str(path),
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )


def sample_runs(scenes: list[Scene], maker: Any) -> Iterator[dict[str, NDArray[np.int64]]]:
    """Training sentences as inputs of the graph."""
    for scene in [s for s in scenes if len(s.spans) > 1][::SAMPLE_EVERY]:
        batch = collate([make_lesson(scene, maker)])
        first, last = (torch.cat([torch.zeros(1, 1, dtype=torch.long), batch[k]], 1) for k in ("first", "last"))
        yield {k: t.numpy() for k, t in (batch | {"first": first, "last": last}).items() if k in INPUTS}


def main() -> None:
    """Export and quantise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="acts.pt")
    parser.add_argument("--scenes", type=Path, required=True, help="scenes as acts.py reads them")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    config = AutoConfig.from_pretrained(str(args.encoder), local_files_only=True)
    net = ActReader(AutoModel.from_config(config, add_pooling_layer=False), len(TYPES))
    net.load_state_dict(torch.load(args.weights, weights_only=True))
    whole = args.weights.with_suffix(".onnx")
    with torch.no_grad():
        export_graph(net.eval(), whole)
    maker = CaseMaker.load({"upos": []}, str(args.encoder / "tokenizer.json"))
    scenes = pickle.loads(args.scenes.read_bytes())
    onnx.save(
        quantise(onnx.load(str(whole)), sample_runs(scenes["reports"] + scenes["written"] + scenes["told"], maker)),
        str(args.out / "acts.onnx"),
    )
    (args.out / "acts.json").write_text(json.dumps({"types": TYPES}) + "\n", encoding="utf-8")
    print((args.out / "acts.onnx").stat().st_size)


if __name__ == "__main__":
    main()
