#!/usr/bin/python3
"""Rewrites PP-OCRv4's line recogniser so that OpenCV 4.6 imports it and takes lines of any width that is a multiple of 8.

usage: rewrite_recogniser.py IN.onnx OUT.onnx

The result computes the same. What changes, and why:
  - shapes that are computed at run time become fixed reshapes with 0 (as it was) and -1 (the rest): OpenCV folds no shape arithmetic
  - a mean over the last axis becomes a product with 1/120: ReduceMean over one axis is not imported
  - scale and shift of the layer norms move into the linear layer that follows
  - the fused query/key/value product becomes three: there are no five-dimensional tensors in OpenCV
Needs Debian's python3-onnx and python3-numpy.
"""
import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper

CHANNELS, HEADS = 120, 8


class Graph:
    def __init__(self, model):
        self.model = model
        self.constants = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
        self.nodes = []
        for node in model.graph.node:
            if node.op_type == "Constant":
                self.constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
            else:
                self.nodes.append(node)
        self.producer = {o: n for n in self.nodes for o in n.output}
        self.users = {}
        for node in self.nodes:
            for name in node.input:
                self.users.setdefault(name, []).append(node)
        self.replaced = {}  # id of a node -> the nodes in its place
        self.removed = set()

    def user(self, name):
        return self.users[name][0]

    def constant(self, name, values, kind=np.float32):
        self.constants[name] = np.ascontiguousarray(np.asarray(values, kind))
        return name

    def constant_input(self, node):
        return next(i for i in node.input if i in self.constants)

    def replace(self, node, *by):
        self.replaced[id(node)] = list(by)
        self.removed.discard(id(node))

    def remove(self, *nodes):
        self.removed.update(id(n) for n in nodes)

    def finish(self):
        """All nodes in order, without those that lead nowhere."""
        kept = []
        for node in self.nodes:
            if id(node) in self.replaced:
                kept += self.replaced[id(node)]
            elif id(node) not in self.removed:
                kept.append(node)
        needed, live = {o.name for o in self.model.graph.output}, []
        for node in reversed(kept):
            if any(o in needed for o in node.output):
                live.append(node)
                needed |= set(node.input)
        graph = self.model.graph
        del graph.node[:], graph.initializer[:]
        graph.node.extend(reversed(live))
        for name, values in self.constants.items():
            if name in needed:
                graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(values), name))


def make(kind, inputs, output, **attributes):
    return helper.make_node(kind, inputs, [output], name="plain_" + output, **attributes)


def reshape(graph, source, shape, output):
    return make("Reshape", [source, graph.constant(output + "_shape", shape, np.int64)], output)


def computed_shape(graph, node):
    """What a Reshape's shape is put together from: numbers, or '?' where it depends on the line's width."""
    values = []
    for name in graph.producer[node.input[1]].input:
        source = graph.producer.get(name)
        while source is not None and source.op_type == "Cast" and source.input[0] in graph.producer:
            source = graph.producer[source.input[0]]
        known = graph.constants.get(name)
        if known is None and source is not None and source.op_type == "Cast":
            known = graph.constants.get(source.input[0])
        values += ["?"] if known is None else [int(v) for v in np.atleast_1d(known)]
    return values


def fix_reshape(graph, node, is_first):
    shape = computed_shape(graph, node)
    if is_first:
        fixed = [0, CHANNELS, -1]
    elif len(shape) == 5:
        return  # query, key and value together: see split_attention
    elif len(shape) == 3:
        fixed = [0, -1, CHANNELS]
    elif shape == [0, 1, "?", CHANNELS]:
        fixed = [0, 1, -1, CHANNELS]
    else:
        sys.exit(f"a reshape of an unknown kind: {shape}")
    graph.replace(node, reshape(graph, node.input[0], fixed, node.output[0]))


def split_attention(graph, source, product, bias, weights, shifts):
    """The product that gives query, key and value at once, as three."""
    whole = graph.user(bias.output[0])
    turned = graph.user(whole.output[0])
    graph.remove(product, bias, whole, turned)
    parts = []
    for which, cut in enumerate(graph.users[turned.output[0]]):
        squeezed = graph.user(cut.output[0])
        after = graph.user(squeezed.output[0])
        graph.remove(cut, squeezed)
        columns = slice(CHANNELS * which, CHANNELS * (which + 1))
        w, b = weights[:, columns], shifts.reshape(-1)[columns]
        output, order = squeezed.output[0], [0, 2, 1, 3]
        if which == 0:  # the query is scaled by a constant
            scale = float(graph.constants[graph.constant_input(after)].reshape(-1)[0])
            w, b, output = w * scale, b * scale, after.output[0]
            graph.remove(after)
        elif which == 1:  # the key is transposed
            output, order = after.output[0], [0, 2, 3, 1]
            graph.remove(after)
        base = f"{product.output[0]}_{which}"
        parts += [
            make("MatMul", [source, graph.constant(base + "_w", w)], base + "_product"),
            make("Add", [base + "_product", graph.constant(base + "_b", b)], base + "_sum"),
            reshape(graph, base + "_sum", [0, -1, HEADS, CHANNELS // HEADS], base + "_heads"),
            make("Transpose", [base + "_heads"], output, perm=order),
        ]
    graph.replace(product, *parts)


def fold_layer_norm(graph, scale_node):
    """A layer norm's scale and shift go into the linear layer (or the convolution) behind it."""
    scale_name = next(i for i in scale_node.input if i.startswith("layer_norm"))
    source = next(i for i in scale_node.input if i != scale_name)
    shift_node = graph.user(scale_node.output[0])
    shift_name = next(i for i in shift_node.input if i != scale_node.output[0])
    scale, shift = graph.constants[scale_name].astype(np.float64), graph.constants[shift_name].astype(np.float64)
    linear = next(u for u in graph.users[shift_node.output[0]] if u.op_type != "Shape")
    graph.remove(scale_node, shift_node)
    if linear.op_type == "MatMul":
        weights = graph.constants[linear.input[1]].astype(np.float64)
        bias = graph.user(linear.output[0])
        bias_name = next(i for i in bias.input if i != linear.output[0])
        shifts = (graph.constants[bias_name] + shift @ weights).astype(np.float32)
        weights = (scale[:, None] * weights).astype(np.float32)
        if weights.shape[1] == 3 * CHANNELS:
            split_attention(graph, source, linear, bias, weights, shifts)
        else:
            graph.constants[linear.input[1]], graph.constants[bias_name] = weights, shifts
            linear.input[0] = source
        return
    # The last norm: reshape, transpose, then a convolution of one pixel.
    convolution = graph.user(graph.user(linear.output[0]).output[0])
    name = convolution.input[1]
    weights = graph.constants[name].astype(np.float64)
    convolution.input.append(graph.constant(name + "_shift", weights[:, :, 0, 0] @ shift))
    graph.constants[name] = (weights * scale[None, :, None, None]).astype(np.float32)
    linear.input[0] = source
    graph.replace(linear, reshape(graph, source, [0, 1, -1, CHANNELS], linear.output[0]))


def rewrite(model):
    graph = Graph(model)
    first = next(n for n in graph.nodes if n.op_type == "Reshape")
    for node in graph.nodes:
        if node.op_type == "Reshape" and id(node) not in graph.replaced:
            fix_reshape(graph, node, node is first)
        elif node.op_type == "ReduceMean":
            mean = graph.constant("mean_of_channels", np.full((CHANNELS, 1), 1 / CHANNELS))
            graph.replace(node, make("MatMul", [node.input[0], mean], node.output[0]))
        elif node.op_type == "Mul" and any(i.startswith("layer_norm") for i in node.input):
            fold_layer_norm(graph, node)
        elif node.op_type == "Squeeze":
            before, after = graph.producer[node.input[0]], graph.user(node.output[0])
            if before.op_type == "Mul" and after.op_type == "Transpose":
                graph.replace(node, reshape(graph, node.input[0], [0, CHANNELS, -1], node.output[0]))
    graph.finish()
    shape = model.graph.input[0].type.tensor_type.shape.dim
    for axis, size in ((0, 1), (3, 320)):
        shape[axis].ClearField("dim_param")
        shape[axis].dim_value = size


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    model = onnx.load(sys.argv[1])
    rewrite(model)
    onnx.save(model, sys.argv[2])


if __name__ == "__main__":
    main()
