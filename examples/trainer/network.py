"""The networks of lossxfer-report. Every convolution is followed by batch normalisation;
padding is half the kernel's size. Parameters have the names of the specification."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Unit(nn.Module):
    """A convolution and its batch normalisation."""

    def __init__(self, channels, out, kernel, stride, epsilon):
        super().__init__()
        kh, kw = kernel
        self.conv = nn.Conv2d(channels, out, kernel, stride, (kh // 2, kw // 2), bias=False)
        self.norm = nn.BatchNorm2d(out, eps=epsilon)

    def forward(self, x):
        return self.norm(self.conv(x))


class Chain(nn.Module):
    """Units one behind the other, each with a ReLU."""

    def __init__(self, *units):
        super().__init__()
        self.units = nn.ModuleList(units)

    def forward(self, x):
        for u in self.units:
            x = F.relu(u(x))
        return x


class Block(nn.Module):
    """Two convolutions with a shortcut: a 1×1 convolution where the shape changes."""

    def __init__(self, one, two, side):
        super().__init__()
        self.one, self.two, self.side = one, two, side

    def forward(self, x):
        shortcut = x if self.side is None else self.side(x)
        return F.relu(self.two(F.relu(self.one(x))) + shortcut)


class Mixed(nn.Module):
    """Branches side by side, concatenated over the channels. A last one pools: averages before
    a 1×1 convolution, or, without one, maxima as the map is halved."""

    def __init__(self, branches, pool):
        super().__init__()
        self.branches, self.pool = nn.ModuleList(branches), pool

    def forward(self, x):
        pooled = F.max_pool2d(x, 3, 2, 1) if self.pool is None else self.pool(F.avg_pool2d(x, 3, 1, 1))
        return torch.cat([b(x) for b in self.branches] + [pooled], 1)


INCEPTION = [  # name, channels of the branch with average pooling, kernels and channels of the others
    ("mixed1", 16, [["1x1 16"], ["1x1 16", "3x3 16"], ["1x1 16", "3x3 16", "3x3 16"]]),
    ("reduction1", 0, [["3x3 16"], ["1x1 16", "3x3 16", "3x3 16"]]),
    ("mixed2", 16, [["1x1 16"], ["1x1 16", "1x3 16", "3x1 32"], ["1x1 16", "3x1 16", "1x3 16", "3x1 16", "1x3 32"]]),
    ("reduction2", 0, [["1x1 16", "3x3 32"], ["1x1 16", "3x3 16", "3x3 32"]]),
]


class Network(nn.Module):
    """From images to penultimate features."""

    def __init__(self, architecture, channels, features, epsilon):
        super().__init__()
        self.named, self.epsilon = {}, epsilon
        if architecture == "glyphnet":
            stages = self.residual(channels, 2, [(16, 1), (32, 2), (96, 2)]) + [Chain(self.unit("head", 96, features, "1x1"))]
        elif architecture == "miniresnet":
            stages = self.residual(channels, 1, [(16, 1), (32, 2), (64, 2)])
        elif architecture == "inception":
            stages = self.inception(channels, features)
        else:
            raise SystemExit(f"the network {architecture} is not known here: add it to leaves in [trainer]")
        self.stages = nn.Sequential(*stages)

    def forward(self, x):
        return self.stages(x).mean((2, 3))

    def unit(self, name, channels, out, kernel="3x3", stride=1):
        self.named[name] = Unit(channels, out, tuple(map(int, kernel.split("x"))), stride, self.epsilon)
        return self.named[name]

    def residual(self, channels, stride, blocks):
        stages, channels = [Chain(self.unit("stem", channels, 16, stride=stride))], 16
        for i, (out, stride) in enumerate(blocks, 1):
            name, same = f"block{i}", stride == 1 and channels == out
            stages.append(Block(
                self.unit(name + ".conv1", channels, out, stride=stride),
                self.unit(name + ".conv2", out, out),
                None if same else self.unit(name + ".projection", channels, out, "1x1", stride)))
            channels = out
        return stages

    def inception(self, channels, features):
        stages, channels = [Chain(self.unit("stem", channels, 16, stride=2))], 16
        for name, pooled, branches in INCEPTION:
            chains, out = [], pooled or channels
            for i, steps in enumerate(branches, 1):
                units, c = [], channels
                for j, (kernel, wide) in enumerate((s.split() for s in steps), 1):
                    stride = 2 if not pooled and j == len(steps) else 1
                    units.append(self.unit(f"{name}.branch{i}.{j}.{kernel}", c, int(wide), kernel, stride))
                    c = int(wide)
                chains.append(Chain(*units))
                out += c
            pool = Chain(self.unit(name + ".pool.1x1", channels, pooled, "1x1")) if pooled else None
            stages.append(Mixed(chains, pool))
            channels = out
        return stages + [Chain(self.unit("head", channels, features, "1x1"))]

    def set_momentum(self, momentum):
        """How much of the running statistics one batch replaces."""
        for u in self.named.values():
            u.norm.momentum = momentum

    def arrays(self):
        """Tensors by name. Convolutions are seen as height × width × input × output channels."""
        out = {}
        for name, u in self.named.items():
            out[name + ".weight"] = u.conv.weight.permute(2, 3, 1, 0)
            out[name + ".gamma"], out[name + ".beta"] = u.norm.weight, u.norm.bias
            out[name + ".mean"], out[name + ".variance"] = u.norm.running_mean, u.norm.running_var
        return out
