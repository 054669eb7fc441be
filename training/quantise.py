"""Float graph -> int8 graph with fixed scales, so that a sentence reads the same whatever stands beside it.

Scales taken at run time (dynamic quantisation) depend on the whole run, so sentences could not share one. Here each
channel of a product's input has its own fixed scale, measured on training sentences and worked into the weights, after
SmoothQuant (Xiao et al. 2023). Weights keep seven bits, so that sums cannot overflow on processors without the newer
dot-product instructions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import helper, numpy_helper

Floats = NDArray[np.float32]
# Share of a channel's range that is worked into the weights: .5, .6, .7 and .8 lose .4, .2, .1 and .1 LAS on the development part.
ALPHA = 0.7
MOST_WEIGHT, MOST_STEP = 63, 255
TINY = 1e-6


@dataclass
class Range:
    """Least and greatest value of every channel of one product's input."""

    low: Floats
    high: Floats

    def widen(self, values: Floats) -> None:
        """Take in the values (..., channels) of one run."""
        flat = values.reshape(-1, values.shape[-1])
        self.low, self.high = np.minimum(self.low, flat.min(0)), np.maximum(self.high, flat.max(0))


def find_products(graph: onnx.GraphProto) -> list[onnx.NodeProto]:
    """Matrix products whose second factor is a fixed weight."""
    fixed = {i.name for i in graph.initializer}
    return [n for n in graph.node if n.op_type == "MatMul" and n.input[1] in fixed]


def measure_ranges(model: onnx.ModelProto, runs: Iterable[dict[str, NDArray[np.int64]]]) -> dict[str, Range]:
    """Ranges of the inputs of every product over the given runs."""
    watched = sorted({n.input[0] for n in find_products(model.graph)})
    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    del probe.graph.output[:]
    probe.graph.output.extend(helper.make_empty_tensor_value_info(w) for w in watched)
    session = onnxruntime.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    ranges: dict[str, Range] = {}
    for feed in runs:
        for name, values in zip(watched, session.run(None, feed), strict=True):
            size = values.shape[-1]
            ranges.setdefault(name, Range(np.zeros(size, np.float32), np.zeros(size, np.float32))).widen(values)
    return ranges


def choose_scales(span: Range, weight: Floats) -> tuple[Floats, int]:
    """Ranges and weights (K, N) -> scale of each channel, and the zero point."""
    reach = np.maximum((span.high - span.low) / 2, TINY)
    smooth = reach**ALPHA / np.maximum(np.abs(weight).max(1), TINY) ** (1 - ALPHA)
    scale = smooth * (reach / smooth).max() / (MOST_STEP / 2 - 0.5)
    # One zero point for all channels; the scale grows until the widest channel fits beside it.
    low, high = float((span.low / scale).min()), float((span.high / scale).max())
    stretch = (high - low) / MOST_STEP
    return (scale * stretch).astype(np.float32), int(np.clip(round(-low / stretch), 0, MOST_STEP))


@dataclass(frozen=True)
class Bias:
    """A fixed vector that is added to a product, and the name of the sum."""

    fixed: str
    output: str


def find_biases(graph: onnx.GraphProto, products: set[str]) -> dict[str, Bias]:
    """Product -> the bias added to it, where the sum is all that the product is used for."""
    fixed = {i.name for i in graph.initializer}
    readers: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    found = {}
    for name in products:
        if len(readers[name]) == 1 and readers[name][0].op_type == "Add":
            add = readers[name][0]
            other = next(i for i in add.input if i != name)
            if other in fixed:
                found[name] = Bias(other, add.output[0])
    return found


def quantise_products(model: onnx.ModelProto, ranges: dict[str, Range]) -> None:
    """Replace every fixed product, and the bias added to it, by one of integers, in place."""
    graph = model.graph
    weights = {i.name: numpy_helper.to_array(i).astype(np.float32) for i in graph.initializer}
    products = {n.output[0] for n in find_products(graph)}
    biases = find_biases(graph, products)
    nodes: list[onnx.NodeProto] = []
    for node in graph.node:
        name, bias = node.output[0], biases.get(node.output[0])
        if name in products:
            matrix = weights[node.input[1]]
            fixed = weights[bias.fixed] if bias else np.zeros(matrix.shape[1], np.float32)
            nodes += make_product(graph, node.input[0], bias.output if bias else name, (matrix, fixed), ranges[node.input[0]])
        elif all(name != b.output for b in biases.values()):
            nodes.append(node)
    graph.initializer.append(numpy_helper.from_array(np.array(1.0, np.float32), "/one"))
    del graph.node[:]
    graph.node.extend(nodes)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))


def make_product(graph: onnx.GraphProto, source: str, stem: str, weights: tuple[Floats, Floats], span: Range) -> list[onnx.NodeProto]:
    """Names of input and output, matrix and bias, and the input's ranges -> operations; their constants go into the graph."""
    matrix, bias = weights
    scale, zero = choose_scales(span, matrix)
    scaled = matrix * scale[:, None]
    columns = np.maximum(np.abs(scaled).max(0), TINY) / MOST_WEIGHT
    constants = {
        "scale": 1 / scale,
        "zero": np.array(zero, np.uint8),
        "weight": np.round(scaled / columns).astype(np.int8),
        "columns": columns,
        "bias": bias,
    }
    graph.initializer.extend(numpy_helper.from_array(v, f"{stem}/{k}") for k, v in constants.items())
    inputs = [f"{stem}/steps", f"{stem}/weight", "/one", f"{stem}/columns", f"{stem}/zero", "", f"{stem}/bias"]
    return [
        # A vector of scales in QuantizeLinear itself is many times slower than a product before it.
        helper.make_node("Mul", [source, f"{stem}/scale"], [f"{stem}/scaled"]),
        helper.make_node("QuantizeLinear", [f"{stem}/scaled", "/one", f"{stem}/zero"], [f"{stem}/steps"]),
        helper.make_node("MatMulIntegerToFloat", inputs, [stem], domain="com.microsoft"),
    ]


def quantise_words(model: onnx.ModelProto, table: str) -> None:
    """Keep the table of word pieces in eight bits, a scale for each piece, in place."""
    graph = model.graph
    weight = next(numpy_helper.to_array(i) for i in graph.initializer if i.name == table)
    scale = np.maximum(np.abs(weight).max(1, keepdims=True), TINY) / 127
    graph.initializer.append(numpy_helper.from_array(np.round(weight / scale).astype(np.int8), table + "/whole"))
    graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), table + "/scale"))
    place, node = next((i, n) for i, n in enumerate(graph.node) if n.op_type == "Gather" and n.input[0] == table)
    ids, out = node.input[1], node.output[0]
    graph.node.remove(node)
    steps = [
        helper.make_node("Gather", [table + "/whole", ids], [out + "/whole"]),
        helper.make_node("Cast", [out + "/whole"], [out + "/float"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", [table + "/scale", ids], [out + "/scale"]),
        helper.make_node("Mul", [out + "/float", out + "/scale"], [out]),
    ]
    for step in reversed(steps):
        graph.node.insert(place, step)


def drop_unused(model: onnx.ModelProto) -> None:
    """Leave out the float weights that nothing reads any more."""
    used = {name for n in model.graph.node for name in n.input}
    kept = [i for i in model.graph.initializer if i.name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)


def quantise(model: onnx.ModelProto, runs: Iterable[dict[str, NDArray[np.int64]]], table: str = "words.weight") -> onnx.ModelProto:
    """Float graph and sample runs -> int8 graph."""
    ranges = measure_ranges(model, runs)
    quantise_products(model, ranges)
    quantise_words(model, table)
    drop_unused(model)
    return model
