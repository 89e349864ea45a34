"""Writes the reader's graph without weights: `python -m training.meaning.graph`.

A BERT encoder of 12 layers over vectors of pieces, and the mean over the line after chosen layers. The operators are
those of onnxruntime that take whole numbers and need one call a matrix; where each weight lies in `weights.bin` is told
by `robot/sense/language/reader/engine.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import onnx
import typer
from onnx import TensorProto, helper

from robot.sense.language.reader.base import BaseNetwork
from robot.sense.language.reader.engine import GRAPH, WEIGHTS, tensors
from robot.sense.language.reader.learned import data_folder
from training.meaning.taps import TAPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.sense.language.reader.base import Sizes
    from robot.sense.language.reader.engine import Tensor

MICROSOFT = "com.microsoft"
OPSET, MICROSOFT_OPSET, IR_VERSION = 17, 1, 8
TYPES = {"|i1": TensorProto.INT8, "<f4": TensorProto.FLOAT}


def made(sizes: Sizes, epsilon: float, taps: Sequence[int]) -> bytes:
    """The graph: "vectors" float32 (1, pieces, width) in, "encoding" float32 (1, taps * width) out."""
    nodes = [
        helper.make_node("LayerNormalization", ["vectors", "begin.w", "begin.b"], ["x0"], axis=-1, epsilon=epsilon)
    ]
    means = []
    for layer in range(max(taps)):
        nodes += _layer(layer, sizes, epsilon)
        if layer + 1 in taps:
            means.append(f"mean{layer + 1}")
            nodes.append(helper.make_node("ReduceMean", [f"x{layer + 1}"], [means[-1]], axes=[1], keepdims=0))
    nodes.append(helper.make_node("Concat", means, ["joined"], axis=-1))
    nodes.append(helper.make_node("LayerNormalization", ["joined", "one"], ["encoding"], axis=-1, epsilon=1e-5))
    one = helper.make_tensor("one", TensorProto.FLOAT, [len(taps) * sizes.width], [1.0] * (len(taps) * sizes.width))
    used = {name for node in nodes for name in node.input}
    graph = helper.make_graph(
        nodes,
        "reader",
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, "pieces", sizes.width])],
        [helper.make_tensor_value_info("encoding", TensorProto.FLOAT, [1, len(taps) * sizes.width])],
        [*(_elsewhere(tensor) for tensor in tensors(sizes) if tensor.name in used), one],
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, MICROSOFT_OPSET)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="bowlby")
    told: bytes = model.SerializeToString(deterministic=True)
    return told


def _elsewhere(tensor: Tensor) -> TensorProto:
    """A tensor whose values lie in the file of weights."""
    out = TensorProto(name=tensor.name, data_type=TYPES[tensor.dtype], dims=tensor.shape)
    out.data_location = TensorProto.EXTERNAL
    for key, value in (("location", WEIGHTS), ("offset", tensor.start), ("length", tensor.size)):
        out.external_data.add(key=key, value=str(value))
    return out


def _layer(n: int, sizes: Sizes, epsilon: float) -> list[onnx.NodeProto]:
    def at(name: str) -> str:
        return f"l{n}.{name}"

    def times(name: str, given: str) -> onnx.NodeProto:
        inputs = [given, at(name), at(f"{name}.scales"), "", at(f"{name}.b")]
        return helper.make_node("DynamicQuantizeMatMul", inputs, [at(f"{name}.out")], domain=MICROSOFT)

    def normed(norm: str, given: str, skip: str, out: str) -> onnx.NodeProto:
        inputs = [given, skip, at(f"{norm}.w"), at(f"{norm}.b")]
        return helper.make_node("SkipLayerNormalization", inputs, [out], domain=MICROSOFT, epsilon=epsilon)

    heads = [at("query"), at("key"), at("value")]
    return [
        times("qkv", f"x{n}"),
        helper.make_node("Split", [at("qkv.out")], heads, axis=-1),
        helper.make_node("MultiHeadAttention", heads, [at("attended")], domain=MICROSOFT, num_heads=sizes.heads),
        times("ao", at("attended")),
        normed("aln", at("ao.out"), f"x{n}", at("middle")),
        times("fi", at("middle")),
        helper.make_node("Gelu", [at("fi.out")], [at("bent")], domain=MICROSOFT),
        times("fo", at("bent")),
        normed("oln", at("fo.out"), at("middle"), f"x{n + 1}"),
    ]


def write(taps: Sequence[int]) -> Path:
    """Write the graph that ships."""
    base = BaseNetwork.find()
    path = Path(str(data_folder() / GRAPH))
    path.write_bytes(made(base.sizes, base.epsilon, taps))
    return path


if __name__ == "__main__":
    written = write(TAPS)
    typer.echo(f"wrote {written} ({written.stat().st_size // 1000} kB)")
