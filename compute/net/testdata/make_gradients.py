"""Writes gradients.json: features, gradients and running statistics of the networks,
computed by PyTorch in float64. Inputs come from a linear congruential generator that
the Go test repeats, so only results are stored, and of long tensors a sample.
Run: /usr/bin/python3 make_gradients.py"""
import json
import numpy as np, torch
import torch.nn as nn, torch.nn.functional as F

torch.set_default_dtype(torch.float64)
EPS = 1e-5


class Numbers:
    def __init__(self, seed):
        self.u = seed

    def take(self, n, scale=1.0, shift=0.0):
        out = np.empty(n, np.float32)
        for i in range(n):
            self.u = (1664525 * self.u + 1013904223) % 2**32
            out[i] = np.float32(((self.u >> 8) / 2**24 - 0.5) * scale + shift)
        return out


class Unit(nn.Module):
    def __init__(self, name, ci, co, k, stride):
        super().__init__()
        self.name = name
        kh, kw = k if isinstance(k, tuple) else (k, k)
        self.shape = (kh, kw, ci, co)
        self.conv = nn.Conv2d(ci, co, (kh, kw), stride, (kh // 2, kw // 2), bias=False)
        self.bn = nn.BatchNorm2d(co, eps=EPS, momentum=0.1)

    def forward(self, x):
        return self.bn(self.conv(x))


class Net(nn.Module):
    def __init__(self, channels, stem_stride, blocks, head):
        super().__init__()
        self.units = nn.ModuleList()
        add = lambda *a: (self.units.append(Unit(*a)), self.units[-1])[1]
        self.stem, ci, self.blocks = add("stem", channels, 16, 3, stem_stride), 16, []
        for i, (co, s) in enumerate(blocks):
            n = f"block{i+1}"
            one, two = add(n + ".conv1", ci, co, 3, s), add(n + ".conv2", co, co, 3, 1)
            side = add(n + ".projection", ci, co, 1, s) if s != 1 or ci != co else None
            self.blocks.append((one, two, side))
            ci = co
        self.head = add("head", ci, head, 1, 1) if head else None

    def forward(self, x):
        a = F.relu(self.stem(x))
        for one, two, side in self.blocks:
            a = F.relu(two(F.relu(one(a))) + (side(a) if side is not None else a))
        if self.head is not None:
            a = F.relu(self.head(a))
        return a.mean((2, 3))


class Inception(nn.Module):
    """Average pooling before its 1×1 convolution, as it was published."""

    def __init__(self, channels):
        super().__init__()
        self.units = nn.ModuleList()
        add = lambda *a: (self.units.append(Unit(*a)), self.units[-1])[1]
        self.stem, ci, self.blocks = add("stem", channels, 16, 3, 2), 16, []
        for name, average, branches in (
                ("mixed1", 16, [[(1, 16)], [(1, 16), (3, 16)], [(1, 16), (3, 16), (3, 16)]]),
                ("reduction1", 0, [[(3, 16)], [(1, 16), (3, 16), (3, 16)]]),
                ("mixed2", 16, [[(1, 16)], [(1, 16), ((1, 3), 16), ((3, 1), 32)],
                                [(1, 16), ((3, 1), 16), ((1, 3), 16), ((3, 1), 16), ((1, 3), 32)]]),
                ("reduction2", 0, [[(1, 16), (3, 32)], [(1, 16), (3, 16), (3, 32)]])):
            paths, out = [], 0
            for i, steps in enumerate(branches):
                path, c = [], ci
                for j, (k, co) in enumerate(steps):
                    kh, kw = k if isinstance(k, tuple) else (k, k)
                    stride = 2 if not average and j == len(steps) - 1 else 1
                    path.append(add(f"{name}.branch{i+1}.{j+1}.{kh}x{kw}", c, co, k, stride))
                    c = co
                paths.append(path)
                out += c
            pool = add(name + ".pool.1x1", ci, average, 1, 1) if average else None
            self.blocks.append((paths, pool))
            ci = out + (average or ci)
        self.head = add("head", ci, 256, 1, 1)

    def forward(self, x):
        a = F.relu(self.stem(x))
        for paths, pool in self.blocks:
            outs = []
            for path in paths:
                y = a
                for u in path:
                    y = F.relu(u(y))
                outs.append(y)
            outs.append(F.relu(pool(F.avg_pool2d(a, 3, 1, 1))) if pool is not None else F.max_pool2d(a, 3, 2, 1))
            a = torch.cat(outs, 1)
        return F.relu(self.head(a)).mean((2, 3))


def sample(v, most=24):
    v = v.detach().numpy().reshape(-1)
    step = max(1, len(v) // most)
    return {"step": step, "max": float(np.abs(v).max()), "values": [float(x) for x in v[::step]]}


def case(name, n, size, channels, seed):
    if name == "glyphnet":
        net = Net(channels, 2, [(16, 1), (32, 2), (96, 2)], 256)
    elif name == "inception":
        net = Inception(channels)
    else:
        net = Net(channels, 1, [(16, 1), (32, 2), (64, 2)], 0)
    r = Numbers(seed)
    with torch.no_grad():
        for u in net.units:
            kh, kw, ci, co = u.shape
            w = r.take(kh * kw * ci * co, scale=float(np.float32((12 * 2 / (kh * kw * ci)) ** 0.5)))
            u.conv.weight.copy_(torch.tensor(w.astype(np.float64)).reshape(u.shape).permute(3, 2, 0, 1))
            u.bn.weight.copy_(torch.tensor(r.take(co, 1.0, 1.0).astype(np.float64)))
            u.bn.bias.copy_(torch.tensor(r.take(co).astype(np.float64)))
    x = r.take(n * size * size * channels, 2.0).astype(np.float64).reshape(n, size, size, channels)
    x = torch.tensor(x).permute(0, 3, 1, 2)
    h = net(x)
    dh = torch.tensor(r.take(h.numel()).astype(np.float64)).reshape(h.shape)
    h.backward(dh)
    params, most = [], 8 if name == "inception" else 24
    for u in net.units:
        params.append(dict(name=u.name + ".weight", **sample(u.conv.weight.grad.permute(2, 3, 1, 0), most)))
        params.append(dict(name=u.name + ".gamma", **sample(u.bn.weight.grad, most)))
        params.append(dict(name=u.name + ".beta", **sample(u.bn.bias.grad, most)))
    stats = [dict(name=u.name + s, **sample(v, most)) for u in net.units
             for s, v in ((".mean", u.bn.running_mean), (".variance", u.bn.running_var))]
    net.eval()
    return dict(arch=name, n=n, size=size, channels=channels, seed=seed, features=sample(h, 64), params=params,
                stats=stats, evaluated=sample(net(x), 64))


if __name__ == "__main__":
    cases = [case("glyphnet", 3, 28, 1, 1), case("glyphnet", 4, 32, 3, 2), case("miniresnet", 3, 28, 1, 3),
             case("miniresnet", 2, 32, 3, 4), case("inception", 3, 28, 1, 5), case("inception", 2, 32, 3, 6)]
    json.dump(cases, open("gradients.json", "w"), separators=(",", ":"))
