"""Writes step.json: loss and gradients of a whole training step, trunk and objective,
by PyTorch in float64, two of them with mixup. The network and the number generator are those of
compute/net/testdata/make_gradients.py; long tensors are sampled.
Run with any PyTorch >= 1.13 in this folder: python3 make_step.py
"""
import json
import os
import sys

import torch
import torch.nn.functional as F

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "..", "net", "testdata"))
from make_gradients import Net, Numbers, sample  # noqa: E402

n, size, K, seed = 5, 28, 7, 11
T = F.one_hot(torch.tensor([3 * i % K for i in range(n)]), K).double()


def build():
    net = Net(1, 2, [(16, 1), (32, 2), (96, 2)], 256)
    r = Numbers(seed)
    with torch.no_grad():
        for u in net.units:
            k, _, ci, co = u.shape
            w = r.take(k * k * ci * co, scale=(24 / (k * k * ci)) ** 0.5)
            u.conv.weight.copy_(torch.tensor(w).double().reshape(u.shape).permute(3, 2, 0, 1))
            u.bn.weight.copy_(torch.tensor(r.take(co, 1.0, 1.0)).double())
            u.bn.bias.copy_(torch.tensor(r.take(co)).double())
    x = torch.tensor(r.take(n * size * size, 2.0)).double().reshape(n, size, size, 1).permute(0, 3, 1, 2)
    W = torch.tensor(r.take(256 * K, 0.25)).double().reshape(256, K).requires_grad_(True)
    b = torch.tensor(r.take(K, 0.5)).double().requires_grad_(True)
    return net, x, W, b


def mixed(v, lam, partner):
    """Mixup: a part lam of each row, the rest of its partner."""
    return lam * v + (1 - lam) * v[partner]


def ce(z):
    return -(T * F.log_softmax(z, 1)).sum(1).mean()


losses = [
    (dict(Name="softmax"), lambda h, W, b: ce(h @ W + b)),
    (dict(Name="cosine_softmax", Tau=0.1), lambda h, W, b: ce((F.normalize(h, dim=1) @ F.normalize(W, dim=0) + b) / 0.1)),
    (dict(Name="squared_error", Kappa=3, M=10, Scale=6),
     lambda h, W, b: 6 * (3 * T * (h @ W + b - 10) ** 2 + (1 - T) * (h @ W + b) ** 2).mean(1).mean()),
    (dict(Name="sigmoid"), lambda h, W, b: F.binary_cross_entropy_with_logits(h @ W + b, T, reduction="none").sum(1).mean()),
]
one_hot, lam, partner = T, 0.8, [2, 1, 4, 0, 3]
cases = []
for spec, f, mix in [(*loss, False) for loss in losses[:3]] + [(*losses[0], True), (*losses[3], True)]:
    net, x, W, b = build()
    T = one_hot
    if mix:
        x, T = mixed(x, lam, partner), mixed(T, lam, partner)
    loss = f(net(x), W, b)
    loss.backward()
    theta = []
    for u in net.units:
        theta.append(sample(u.conv.weight.grad.permute(2, 3, 1, 0), 10))
        theta.append(sample(u.bn.weight.grad, 4))
        theta.append(sample(u.bn.bias.grad, 4))
    cases.append(dict(Spec=spec, Mixed=mix, Loss=loss.item(), Theta=theta, W=sample(W.grad), B=sample(b.grad)))
with open(os.path.join(here, "step.json"), "w") as out:
    json.dump(dict(N=n, Size=size, K=K, Seed=seed, Lambda=lam, Partner=partner, Cases=cases), out, separators=(",", ":"))
    out.write("\n")
