#!/usr/bin/python3
"""Writes the weights of PP-OCRv4's line recogniser as ocr/line_net.cpp reads them.

usage: export_recogniser.py IN.onnx OUT.weights [TUNED.change]

With TUNED.change, which training/recogniser makes, the weights are those of the net that was taught handwriting and worn print.

The file: the line "dengji-line-net 1"; for each tensor, in the order in which the net uses them, a line "NAME SIZE..." and its
numbers, row by row, as little-endian 32-bit floats; the line "end"; the SHA-256 of all that, 32 bytes.
What is folded on the way, so that the result computes the same with fewer steps:
  - batch norms, and the scale and shift before each activation, into the convolution before them
  - a layer norm's scale and shift into the linear layer after it; the constant that attention scales its queries with
  - an activation is x -> scale * x * clamp(x + 3, 0, 6) + shift; its two numbers are the tensor NAME.activation
A matrix has a row for each input. Of a convolution the inputs are counted by height, width, channel; a depthwise one has a row for
each place and a column for each channel.
Needs Debian's python3-onnx and python3-numpy.
"""
import hashlib
import sys
import zlib

import numpy as np
import onnx
from onnx import helper, numpy_helper

BLOCKS, ENCODERS, CHANNELS = 14, 2, 120
SQUEEZED = (10, 11)  # blocks that weigh their channels by what the whole line holds


class Graph:
    """Hands out the layers that have weights, in order, with what surrounds them."""

    def __init__(self, model):
        self.constants = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
        self.nodes = []
        for node in model.graph.node:
            if node.op_type == "Constant":
                self.constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
            else:
                self.nodes.append(node)
        self.users = {}
        for node in self.nodes:
            for name in node.input:
                self.users.setdefault(name, []).append(node)
        self.producer = {o: n for n in self.nodes for o in n.output}
        self.layers = iter([n for n in self.nodes if n.op_type in ("Conv", "MatMul") and n.input[1] in self.constants])

    def constant(self, node, kind):
        """The constant that a node of this kind takes in."""
        if node.op_type != kind:
            sys.exit(f"{kind} was expected where the graph has {node.op_type}")
        return next(self.constants[i] for i in node.input if i in self.constants).astype(np.float64)

    def user(self, node):
        return self.users[node.output[0]][0]

    def layer(self):
        """The next layer: its node, weights (inputs x outputs; places x channels when depthwise), shift, last node folded."""
        node = next(self.layers)
        weights = self.constants[node.input[1]].astype(np.float64)
        if node.op_type == "MatMul":
            add = self.user(node)
            return node, weights, self.constant(add, "Add"), add
        group = next(helper.get_attribute_value(a) for a in node.attribute if a.name == "group")
        outputs = weights.shape[0]
        weights = weights.reshape(outputs, -1).T if group > 1 else weights.transpose(2, 3, 1, 0).reshape(-1, outputs)
        shift = self.constants[node.input[2]].astype(np.float64) if len(node.input) > 2 else np.zeros(outputs)
        after = self.user(node)
        if after.op_type != "BatchNormalization":
            return node, weights, shift, node
        scale, offset, mean, variance = (self.constants[i].astype(np.float64) for i in after.input[1:])
        epsilon = next(helper.get_attribute_value(a) for a in after.attribute if a.name == "epsilon")
        factor = scale / np.sqrt(variance + epsilon)
        return node, weights * factor, (shift - mean) * factor + offset, after

    def activated_layer(self):
        """A layer and its activation: weights, shift, the activation's two numbers."""
        node, weights, shift, last = self.layer()
        multiply = self.user(last)
        add = self.user(multiply)
        factor, offset = self.constant(multiply, "Mul"), self.constant(add, "Add")
        sixth = self.user(self.users[add.output[0]][1])
        if self.constant(sixth, "Div") != 6:
            sys.exit("an activation of an unknown kind")
        scale = self.user(sixth)
        after = self.user(scale)
        numbers = np.array([self.constant(scale, "Mul").item() / 6, self.constant(after, "Add").item()])
        return weights * factor, shift * factor + offset, numbers

    def normed_layer(self):
        """A layer behind a layer norm, whose scale and shift it takes over. Before a convolution the line is reshaped."""
        node, weights, shift, last = self.layer()
        source = self.producer[node.input[0]]
        while source.op_type in ("Transpose", "Reshape"):
            source = self.producer[source.input[0]]
        offset = self.constant(source, "Add")
        scale = self.constant(self.producer[next(i for i in source.input if i in self.producer)], "Mul")
        return scale[:, None] * weights, shift + offset @ weights


def tensors(graph):
    """All that the net holds: pairs of name and numbers."""

    def plain(name):
        _, weights, shift, _ = graph.layer()
        return [(name + ".weights", weights), (name + ".shift", shift)]

    def normed(name, finish=lambda weights, shift: (weights, shift)):
        weights, shift = finish(*graph.normed_layer())
        return [(name + ".weights", weights), (name + ".shift", shift)]

    def activated(name):
        return list(zip((name + ".weights", name + ".shift", name + ".activation"), graph.activated_layer()))

    def scale_queries(weights, shift):
        scale = np.ones(3 * CHANNELS)
        scale[:CHANNELS] = graph.query_scale
        return weights * scale, shift * scale

    result = plain("stem")
    for block in range(BLOCKS):
        result += activated(f"block{block}.depthwise")
        if block in SQUEEZED:
            result += plain(f"block{block}.squeeze") + plain(f"block{block}.excite")
        result += activated(f"block{block}.pointwise")
    result += plain("neck.reduce") + plain("neck.widen")
    for encoder in range(ENCODERS):
        result += normed(f"encoder{encoder}.attention", scale_queries) + plain(f"encoder{encoder}.project")
        result += normed(f"encoder{encoder}.expand") + plain(f"encoder{encoder}.contract")
    result += normed("neck.restore") + plain("neck.merge") + plain("neck.finish") + plain("head")
    if next(graph.layers, None) is not None:
        sys.exit("the graph has more layers than expected")
    return result


def find_query_scale(graph):
    """What each attention multiplies its queries with."""
    scales = set()
    for node in graph.nodes:
        if node.op_type == "Softmax":
            product = graph.producer[node.input[0]]
            queries = graph.producer.get(product.input[0])
            if queries is not None and queries.op_type == "Mul":
                scales.add(float(graph.constant(queries, "Mul")))
    if len(scales) != 1:
        sys.exit("attention of an unknown kind")
    return scales.pop()


def read_change(file):
    """-> {name: numbers to add}, as training/recogniser/write_change.py writes them."""
    content = zlib.decompress(open(file, "rb").read())
    at = content.index(b"\n") + 1
    if content[:at] != b"dengji-line-net-change 1\n":
        sys.exit(f"{file} is no change of a line net")
    change = {}
    while at < len(content):
        end = content.index(b"\n", at)
        name, *shape = content[at:end].decode().split()
        shape = [int(n) for n in shape]
        columns, at = shape[-1], end + 1
        scale = np.frombuffer(content, "<f4", columns, at)
        count = int(np.prod(shape))
        steps = np.frombuffer(content, np.int8, count, at + 4 * columns)
        change[name] = (steps.reshape(-1, columns) * scale.astype(np.float64)).reshape(shape)
        at += 4 * columns + count
    return change


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    graph = Graph(onnx.load(sys.argv[1]))
    graph.query_scale = find_query_scale(graph)
    change = read_change(sys.argv[3]) if len(sys.argv) == 4 else {}
    content = b"dengji-line-net 1\n"
    for name, numbers in tensors(graph):
        if change:
            numbers = numbers + change[name]
        content += " ".join([name, *map(str, numbers.shape)]).encode() + b"\n" + numbers.astype("<f4").tobytes()
    content += b"end\n"
    with open(sys.argv[2], "wb") as out:
        out.write(content + hashlib.sha256(content).digest())


if __name__ == "__main__":
    main()
