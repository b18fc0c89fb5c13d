"""The net: convolutions only, so that any width goes; one step for 4 columns. N x 1 x 32 x W -> N x CLASSES x 1 x W/4 before softmax."""
import copy

import torch
from torch import nn

from .alphabet import CLASSES

LEAST_SCALE = 0.01


def _layer(inputs, outputs, kernel=3, padding=1, pool=None):
    """The pool comes first, where a quarter of the values is left to normalise: half the time of a training step."""
    layers = [nn.Conv2d(inputs, outputs, kernel, padding=padding, bias=False)]
    if pool:
        layers.append(nn.MaxPool2d(pool))
    return layers + [nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]


def build():
    return nn.Sequential(
        *_layer(1, 24, pool=2), *_layer(24, 64, pool=2), *_layer(64, 80), *_layer(80, 96, pool=(2, 1)), *_layer(96, 144), *_layer(144, 144),
        nn.Dropout2d(0.08), *_layer(144, 192, (4, 1), 0), *_layer(192, 192, (1, 5), (0, 2)), *_layer(192, 192, (1, 5), (0, 2)),
        nn.Dropout2d(0.08), nn.Conv2d(192, CLASSES, 1))


def keep_scales_positive(net):
    """After each step: a maximum may change places only with a rising function, and folding puts normalisation before the pool."""
    with torch.no_grad():
        for layer in net:
            if isinstance(layer, nn.BatchNorm2d):
                layer.weight.clamp_(min=LEAST_SCALE)


def folded(net):
    """The same net for reading: batch normalisation folded into the convolutions, dropout left out."""
    layers, convolution = [], None
    for layer in copy.deepcopy(net).eval():
        if isinstance(layer, nn.Conv2d):
            convolution = layer
        if isinstance(layer, nn.BatchNorm2d):
            scale = layer.weight / torch.sqrt(layer.running_var + layer.eps)
            convolution.weight = nn.Parameter(convolution.weight * scale[:, None, None, None])
            convolution.bias = nn.Parameter(layer.bias - layer.running_mean * scale)
        elif not isinstance(layer, nn.Dropout2d):
            layers.append(layer)
    return nn.Sequential(*layers)


def export(net, file):
    torch.onnx.export(folded(net), torch.zeros(1, 1, 32, 128), file, opset_version=11, input_names=["line"], output_names=["steps"],
                      dynamic_axes={"line": {0: "n", 3: "w"}, "steps": {0: "n", 3: "t"}})
