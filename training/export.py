"""Weights -> the shipped reader: `python training/export.py --weights DIR --encoder DIR --data DIR --out DIR`.

Writes reader.onnx (int8 by fixed scales, see quantise.py), labels.json and the encoder's vocabulary.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from transformers import AutoConfig, AutoModel

from cases import CaseMaker, collate
from graph import Graph
from names import NamePool
from network import Reader
from noise import roughen
from quantise import quantise
from treebank import read_conllu

OPSET = 17
INPUTS = ["ids", "shapes", "mask", "first", "last"]
OUTPUTS = ["upos", "xpos", "lemma", "names", "quotes", "arcs", "rels"]
# One training sentence in so many is run to measure the ranges.
SAMPLE_EVERY = 25


def export_graph(reader: Reader, root: int, path: Path) -> None:
    """Trace the reader into ONNX with free batch, piece and word sizes."""
    ids = torch.ones(2, 9, dtype=torch.long)
    first = torch.arange(7).repeat(2, 1)
    axes: dict[str, dict[int, str]] = {k: {0: "batch", 1: "pieces"} for k in ("ids", "shapes", "mask")}
    axes |= {k: {0: "batch", 1: "places"} for k in ("first", "last")} | {k: {0: "batch", 1: "words"} for k in OUTPUTS}
    axes |= {k: {0: "batch", 1: "words", 2: "places"} for k in ("arcs", "rels")}
    torch.onnx.export(
        Graph(reader, root).eval(),
        (ids, torch.ones_like(ids), torch.ones_like(ids), first, first),
        str(path),
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )


def sample_runs(data: Path, maker: CaseMaker) -> Iterator[dict[str, NDArray[np.int64]]]:
    """Training sentences, clean and roughened, as inputs of the graph."""
    dice, pool = random.Random(1), NamePool()
    for tree in read_conllu(data / "ewt/en_ewt-ud-train.conllu")[::SAMPLE_EVERY]:
        for version in (tree, roughen(tree, dice, pool)):
            batch = collate([maker.make(version)])
            yield {k: t.numpy() for k, t in zip(INPUTS, batch.inputs, strict=True)}


def main() -> None:
    """Export, quantise, and put the vocabulary and labels beside the graph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="folder written by train.py")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the encoder: configuration and tokenizer.json")
    parser.add_argument("--data", type=Path, required=True, help="folder with ewt/")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    labels = json.loads((args.weights / "labels.json").read_text(encoding="utf-8"))
    config = AutoConfig.from_pretrained(str(args.encoder), local_files_only=True)
    reader = Reader(AutoModel.from_config(config, add_pooling_layer=False), {k: len(v) for k, v in labels.items()})
    reader.load_state_dict(torch.load(args.weights / "reader.pt", weights_only=True))
    args.out.mkdir(parents=True, exist_ok=True)
    whole = args.weights / "whole.onnx"
    with torch.no_grad():
        export_graph(reader.eval(), labels["rels"].index("root"), whole)
    runs = sample_runs(args.data, CaseMaker.load(labels, str(args.encoder / "tokenizer.json")))
    onnx.save(quantise(onnx.load(str(whole)), runs), str(args.out / "reader.onnx"))
    (args.out / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    shutil.copy(args.encoder / "tokenizer.json", args.out / "tokenizer.json")
    print({p.name: p.stat().st_size for p in args.out.iterdir()})


if __name__ == "__main__":
    main()
