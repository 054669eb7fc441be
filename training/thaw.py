"""The shipped reader of acts -> weights to go on training from: `python training/thaw.py --model src/amity/model --out DIR`.

Undoes `quantise.py` and `export_acts.py`: whole numbers times their scales. What rounding lost stays lost.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

# Outputs of the graph whose products are linear layers of the network, and the layers' names.
HEADS = {"/word/Add_output_0": "word", "/party/Add_output_0": "party", "/doer/Add_output_0": "doer"}
HEADS |= {"/bearer/Add_output_0": "bearer", "words": "trigger", "direct": "pair"}
PARTS = {"out": "attention.output.dense", "wide": "intermediate.dense", "narrow": "output.dense"}
NORMS = {"norm": "attention.output.LayerNorm", "last_norm": "output.LayerNorm"}


class Frozen:
    """An int8 graph of `quantise.py`, its products as floats."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(str(path)).graph
        self.held: dict[str, NDArray[Any]] = {i.name: numpy_helper.to_array(i) for i in graph.initializer}

    def product(self, stem: str) -> tuple[Tensor, Tensor]:
        """Name of a product -> its matrix (in, out) and bias."""
        whole, columns, inverse, bias = (self.held[f"{stem}/{k}"] for k in ("weight", "columns", "scale", "bias"))
        matrix = whole.astype(np.float32) * columns * inverse[:, None]
        return torch.from_numpy(matrix), torch.from_numpy(bias.copy())

    def table(self, name: str) -> Tensor:
        """A table of vectors kept in eight bits."""
        return torch.from_numpy(self.held[name + "/whole"].astype(np.float32) * self.held[name + "/scale"])

    def plain(self, name: str) -> Tensor:
        """What was left in float32."""
        return torch.from_numpy(self.held[name].copy())


def thaw_encoder(frozen: Frozen, layers: int) -> dict[str, Tensor]:
    """The encoder's weights by the names of its own library; kinds of token are worked into the places."""
    places, words = frozen.plain("places"), frozen.table("words.weight")
    out = {"embeddings.word_embeddings.weight": words, "embeddings.position_embeddings.weight": places}
    out["embeddings.token_type_embeddings.weight"] = torch.zeros(2, places.size(1))
    out |= {f"embeddings.LayerNorm.{k}": frozen.plain(f"norm.{k}") for k in ("weight", "bias")}
    for i in range(layers):
        matrix, bias = frozen.product(f"/layers.{i}/Add_output_0")
        size = matrix.size(0)
        # The scale of the attention was worked into the query.
        width = (size // 12) ** 0.5
        for k, (name, factor) in enumerate((("query", width), ("key", 1.0), ("value", 1.0))):
            part = slice(k * size, (k + 1) * size)
            at = f"encoder.layer.{i}.attention.self.{name}"
            out |= {f"{at}.weight": matrix[:, part].t().contiguous() * factor, f"{at}.bias": bias[part] * factor}
        for short, name in PARTS.items():
            matrix, bias = frozen.product(f"/layers.{i}/{short}/Add_output_0")
            out |= {f"encoder.layer.{i}.{name}.weight": matrix.t().contiguous(), f"encoder.layer.{i}.{name}.bias": bias}
        for short, name in NORMS.items():
            out |= {f"encoder.layer.{i}.{name}.{k}": frozen.plain(f"layers.{i}.{short}.{k}") for k in ("weight", "bias")}
    return {f"encoder.{k}": v for k, v in out.items()}


def thaw_acts(path: Path, layers: int = 6) -> dict[str, Tensor]:
    """acts.onnx -> the state of `act_network.ActReader`."""
    frozen = Frozen(path)
    out = thaw_encoder(frozen, layers)
    out |= {"shape.weight": frozen.plain("shapes.weight"), "mark.weight": frozen.plain("marks.weight")}
    for stem, name in HEADS.items():
        matrix, bias = frozen.product(stem)
        out |= {f"{name}.weight": matrix.t().contiguous(), f"{name}.bias": bias}
    for name in ("actor", "recipient"):
        (meets, beside), (alone, rest) = (frozen.product(f"/{kind}{name}/Add_output_0") for kind in ("", "lone_"))
        out[f"{name}.weight"] = torch.cat([torch.cat([meets, alone], 1), torch.cat([beside, rest])[None]])[None]
    return out


def main() -> None:
    """Write acts.pt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of acts.onnx")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(thaw_acts(args.model / "acts.onnx"), args.out / "acts.pt")


if __name__ == "__main__":
    main()
