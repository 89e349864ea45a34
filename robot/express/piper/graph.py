"""Takes chance out of a voice's network: what it would draw by itself comes in from outside instead.

A network of Piper draws noise as it works, and what it drew before decides what comes next, so no sentence would sound
the same twice. In its file (ONNX, which is protobuf) each node that draws, `RandomNormalLike`, is replaced by five that
cut as much from the front of a new input `noise0`, `noise1` ... and shape it alike. Nothing else is looked into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from robot.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Numbers of fields, from onnx.proto.
GRAPH, NODE, GRAPH_INPUT = 7, 1, 11
NODE_INPUT, NODE_OUTPUT, NODE_OP = 1, 2, 4
NAME, TYPE, TENSOR, ELEMENT, SHAPE, DIMENSION, DIMENSION_NAME = 1, 2, 1, 1, 2, 1, 2
FLOAT = 1
VARINT, EIGHT_BYTES, BYTES, FOUR_BYTES = 0, 1, 2, 5  # wire types of protobuf
LONGEST = 63  # bits of a number
DRAWS = b"RandomNormalLike"


class _Field(NamedTuple):
    number: int
    whole: memoryview  # with its key
    content: memoryview


def without_chance(model: bytes) -> tuple[bytes, int]:
    """The model with inputs for its noise, float32 (n,) each, and how many. Raises InputError when it is no model."""
    try:
        return _changed(memoryview(model))
    except IndexError as error:
        raise InputError("the file is cut short, or no network") from error


def _changed(model: memoryview) -> tuple[bytes, int]:
    out: list[bytes | memoryview] = []
    count = 0
    for field in _fields(model):
        if field.number != GRAPH:
            out.append(field.whole)
            continue
        graph: list[bytes | memoryview] = []
        for part in _fields(field.content):
            if part.number == NODE and DRAWS in bytes(part.content) and _operation(part) == DRAWS:
                names = {one.number: bytes(one.content) for one in _fields(part.content)}
                graph += _cut_from(b"noise%d" % count, names[NODE_INPUT], names[NODE_OUTPUT])
                count += 1
            else:
                graph.append(part.whole)
        graph += [_made(GRAPH_INPUT, _float_input(b"noise%d" % n)) for n in range(count)]
        out.append(_made(GRAPH, b"".join(graph)))
    return b"".join(out), count


def _operation(node: _Field) -> bytes:
    return next((bytes(one.content) for one in _fields(node.content) if one.number == NODE_OP), b"")


def _cut_from(noise: bytes, like: bytes, result: bytes) -> list[bytes]:
    """Nodes that make `result` of the front of `noise`, shaped as `like`."""
    shape, size, zero, flat = (result + end for end in (b"_shape", b"_size", b"_zero", b"_flat"))
    return [
        _node(b"Shape", [like], shape),
        _node(b"ReduceProd", [shape], size),
        _node(b"Sub", [size, size], zero),
        _node(b"Slice", [noise, zero, size], flat),
        _node(b"Reshape", [flat, shape], result),
    ]


def _node(operation: bytes, inputs: list[bytes], output: bytes) -> bytes:
    named = b"".join(_made(NODE_INPUT, name) for name in inputs)
    return _made(NODE, named + _made(NODE_OUTPUT, output) + _made(NODE_OP, operation))


def _float_input(name: bytes) -> bytes:
    shape = _made(DIMENSION, _made(DIMENSION_NAME, name + b"_length"))
    tensor = bytes([ELEMENT << 3 | VARINT, FLOAT]) + _made(SHAPE, shape)
    return _made(NAME, name) + _made(TYPE, _made(TENSOR, tensor))


# ---------------------------------------------------------------- protobuf


def _made(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | BYTES) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _fields(raw: memoryview) -> Iterator[_Field]:
    at = 0
    while at < len(raw):
        begin = at
        key, at = _read(raw, at)
        wire = key & 7
        if wire == BYTES:
            size, at = _read(raw, at)
        elif wire == VARINT:
            size = _read(raw, at)[1] - at
        else:
            size = {FOUR_BYTES: 4, EIGHT_BYTES: 8}.get(wire, len(raw))
        if at + size > len(raw):
            raise IndexError("beyond the end")
        yield _Field(key >> 3, raw[begin : at + size], raw[at : at + size])
        at += size


def _read(raw: memoryview, at: int) -> tuple[int, int]:
    """A number of protobuf's, and where it ends."""
    value = shift = 0
    while True:
        byte = raw[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7
        if shift > LONGEST:
            raise IndexError("a number without end")
