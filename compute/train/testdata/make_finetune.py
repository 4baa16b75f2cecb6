"""Writes finetune.json: a network fine-tuned for a few steps by PyTorch in float64, with
plain momentum, a cosine to zero, weight decay divided by the learning rate, a final
layer that starts at zero, and running statistics that start from the first batch. All
images make one batch, so that their order does not matter. The network and the number
generator are those of compute/net/testdata/make_gradients.py; long tensors are sampled.
Run with any PyTorch >= 1.13 in this folder: python3 make_finetune.py
"""
import json
import math
import os
import sys

import torch
import torch.nn.functional as F

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "..", "net", "testdata"))
from make_gradients import Net, Numbers, sample  # noqa: E402

n, size, K, seed, steps, rate, decay, mean, std = 6, 28, 3, 5, 4, 0.05, 2e-3, 0.3, 0.25
net = Net(1, 2, [(16, 1), (32, 2), (96, 2)], 256)
r = Numbers(seed)
with torch.no_grad():
    for u in net.units:
        k, _, ci, co = u.shape
        w = r.take(k * k * ci * co, scale=(24 / (k * k * ci)) ** 0.5)
        u.conv.weight.copy_(torch.tensor(w).double().reshape(u.shape).permute(3, 2, 0, 1))
        u.bn.weight.copy_(torch.tensor(r.take(co, 1.0, 1.0)).double())
        u.bn.bias.copy_(torch.tensor(r.take(co)).double())
pixels = []
for _ in range(n * size * size):
    r.u = (1664525 * r.u + 1013904223) % 2**32
    pixels.append(r.u >> 24)
x = ((torch.tensor(pixels).double() / 255 - mean) / std).reshape(n, 1, size, size)
t = torch.tensor([i % K for i in range(n)])
W = torch.zeros(256, K, requires_grad=True)
b = torch.zeros(K, requires_grad=True)
decayed = [u.conv.weight for u in net.units] + [W]
plain = [p for u in net.units for p in (u.bn.weight, u.bn.bias)] + [b]
opt = torch.optim.SGD([dict(params=decayed, weight_decay=decay / rate), dict(params=plain)], lr=rate, momentum=0.9)
losses = []
for step in range(steps):
    for u in net.units:
        u.bn.momentum = 1 - min(0.9, step / (step + 1))
    for g in opt.param_groups:
        g["lr"] = rate * 0.5 * (1 + math.cos(math.pi * step / steps))
    opt.zero_grad()
    loss = F.cross_entropy(net(x) @ W + b, t)
    loss.backward()
    opt.step()
    losses.append(loss.item())
theta = []
for u in net.units:
    theta += [sample(u.conv.weight.permute(2, 3, 1, 0), 10), sample(u.bn.weight, 4), sample(u.bn.bias, 4)]
stats = [sample(v, 4) for u in net.units for v in (u.bn.running_mean, u.bn.running_var)]
with open(os.path.join(here, "finetune.json"), "w") as out:
    json.dump(dict(N=n, Size=size, K=K, Seed=seed, Steps=steps, Rate=rate, Decay=decay, Mean=mean, Std=std,
                   Losses=losses, Theta=theta, Stats=stats, W=sample(W), B=sample(b)), out, separators=(",", ":"))
    out.write("\n")
