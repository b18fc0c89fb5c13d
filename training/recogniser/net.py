"""PP-OCRv4's line recogniser in torch, from the file that scripts/models/export_recogniser.py writes and ocr/line_net.cpp reads, and back."""
import hashlib

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

HEAD = b"dengji-line-net 1\n"
# kernel, stride down, stride along, inputs, outputs, whether channels are weighed
BLOCKS = [(3, 1, 1, 16, 32, 0), (3, 1, 1, 32, 64, 0), (3, 1, 1, 64, 64, 0), (3, 2, 1, 64, 128, 0), (3, 1, 1, 128, 128, 0), (3, 1, 2, 128, 240, 0),
          (5, 1, 1, 240, 240, 0), (5, 1, 1, 240, 240, 0), (5, 1, 1, 240, 240, 0), (5, 1, 1, 240, 240, 0), (5, 2, 1, 240, 480, 1),
          (5, 1, 1, 480, 480, 1), (5, 2, 1, 480, 480, 0), (5, 1, 1, 480, 480, 0)]
CHANNELS, HEADS = 120, 8


def read(file):
    """-> {name: numbers} in the order of the file."""
    content = open(file, "rb").read()
    content, checksum = content[:-32], content[-32:]
    if hashlib.sha256(content).digest() != checksum or not content.startswith(HEAD):
        raise SystemExit(f"{file} is damaged, or no such file of weights")
    at, tensors = len(HEAD), {}
    while True:
        end = content.index(b"\n", at)
        words = content[at:end].decode().split()
        at = end + 1
        if words == ["end"]:
            return tensors
        shape = [int(w) for w in words[1:]]
        count = int(np.prod(shape))
        tensors[words[0]] = np.frombuffer(content, "<f4", count, at).reshape(shape)
        at += 4 * count


class LineNet(nn.Module):
    """3 x 48 x W, from -1 to 1 -> logarithms of the probabilities, W/8 steps."""
    def __init__(self, tensors):
        super().__init__()
        self.names = list(tensors)
        self.p = nn.ParameterDict({n.replace(".", "_"): nn.Parameter(torch.from_numpy(np.array(v, np.float32))) for n, v in tensors.items()})

    def _(self, name):
        return self.p[name.replace(".", "_")]

    def _activate(self, x, name):
        scale, shift = self._(name + ".activation").flatten()
        return scale * x * (x + 3).clamp(0, 6) + shift

    def _linear(self, x, name):
        return x @ self._(name + ".weights") + self._(name + ".shift").flatten()

    def _point(self, x, name):
        return F.conv2d(x, self._(name + ".weights").T[:, :, None, None], self._(name + ".shift").flatten())

    def _three(self, x, name):
        """N x T x C, each step with its neighbours."""
        w = self._(name + ".weights")
        out = F.conv1d(x.transpose(1, 2), w.reshape(3, x.shape[2], w.shape[1]).permute(2, 1, 0), self._(name + ".shift").flatten(), padding=1)
        return F.silu(out.transpose(1, 2))

    def _attend(self, x):
        n, t, _ = x.shape
        q, k, v = x.reshape(n, t, 3, HEADS, CHANNELS // HEADS).permute(2, 0, 3, 1, 4)
        return ((q @ k.transpose(2, 3)).softmax(3) @ v).permute(0, 2, 1, 3).reshape(n, t, CHANNELS)

    def forward(self, x):
        w = self._("stem.weights")
        x = F.conv2d(x, w.reshape(3, 3, 3, w.shape[1]).permute(3, 2, 0, 1), self._("stem.shift").flatten(), stride=2, padding=1)
        for i, (size, down, along, inputs, _, weighed) in enumerate(BLOCKS):
            name = f"block{i}"
            w = self._(name + ".depthwise.weights")
            x = F.conv2d(x, w.T.reshape(inputs, 1, size, size), self._(name + ".depthwise.shift").flatten(), (down, along), size // 2, groups=inputs)
            x = self._activate(x, name + ".depthwise")
            if weighed:
                mean = x.mean((2, 3), keepdim=True)
                s = self._point(F.relu(self._point(mean, name + ".squeeze")), name + ".excite")
                x = x * (s / 6 + 0.5).clamp(0, 1)
            x = self._activate(self._point(x, name + ".pointwise"), name + ".pointwise")
        seen = F.avg_pool2d(x, (3, 2)).squeeze(2).transpose(1, 2)
        x = F.silu(self._linear(self._three(seen, "neck.reduce"), "neck.widen"))
        for i in range(2):
            name = f"encoder{i}"
            x = x + self._linear(self._attend(self._linear(F.layer_norm(x, (CHANNELS,), eps=1e-5), name + ".attention")), name + ".project")
            x = x + self._linear(F.silu(self._linear(F.layer_norm(x, (CHANNELS,), eps=1e-5), name + ".expand")), name + ".contract")
        x = F.silu(self._linear(F.layer_norm(x, (CHANNELS,), eps=1e-6), "neck.restore"))
        x = self._three(torch.cat([seen, x], 2), "neck.merge")
        x = F.silu(self._linear(x, "neck.finish"))
        return self._linear(x, "head").float().log_softmax(2)

    def tensors(self):
        return {n: self._(n).detach().cpu().numpy() for n in self.names}
