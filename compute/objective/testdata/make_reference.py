"""Writes reference.json: values and gradients of the nine objectives and of their
combinations (Table C.4), by PyTorch autograd in float64; and mixed.json, the same for
targets that are mixed of two classes, as mixup makes them.
Run with any PyTorch >= 1.13: python3 make_reference.py

W is d x K as in the Go package. The losses are written from the paper's equations,
using PyTorch's own log_softmax, softplus and normalize; those of combinations step by
step in combined().
"""
import json
import os

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
g = torch.Generator().manual_seed(20210)
n, d, K = 6, 5, 4
H = torch.randn(n, d, generator=g).abs() * (torch.rand(n, d, generator=g) < 0.8)
W = torch.randn(d, K, generator=g) * 0.7
b = torch.randn(1, K, generator=g) * 0.3
labels = torch.randint(0, K, (n,), generator=g)
T = F.one_hot(labels, K).double()
keep = 0.7
mask = (torch.rand(n, d, generator=g) < keep).double() / keep
ONE_HOT = T
MIXED = 0.7 * T + 0.3 * T.roll(1, 0)  # some rows mix a class with itself


def cross_entropy(z, t):
    return -(t * F.log_softmax(z, 1)).sum(1).mean()


def linear(h, w, b):
    return h @ w + b


def softmax(h, w, b):
    return cross_entropy(linear(h, w, b), T)


def label_smoothing(h, w, b, alpha):
    return cross_entropy(linear(h, w, b), (1 - alpha) * T + alpha / K) / (1 - alpha)


def sigmoid(h, w, b):
    return F.binary_cross_entropy_with_logits(linear(h, w, b), T, reduction="none").sum(1).mean()


def extra_final_layer_l2(h, w, b, lam):
    return softmax(h, w, b) + lam * (w ** 2).sum()


def dropout(h, w, b, _):
    return softmax(h * mask, w, b)


def logit_penalty(h, w, b, beta):
    z = linear(h, w, b)
    return cross_entropy(z, T) + beta * (z ** 2).sum(1).mean()


def logit_normalization(h, w, b, tau):
    return cross_entropy(F.normalize(linear(h, w, b), dim=1) / tau, T)


def cosine_softmax(h, w, b, tau):
    sim = F.normalize(h, dim=1) @ F.normalize(w, dim=0)
    return cross_entropy((sim + b) / tau, T)


def squared_error(h, w, b, kappa, m, scale):
    z = linear(h, w, b)
    return scale * (kappa * T * (z - m) ** 2 + (1 - T) * z ** 2).mean(1).mean()


def combined(spec):
    """The loss of a column of Table C.4 (Name) with a row (With)."""
    column, row = spec["Name"], spec["With"]

    def loss(h, w, b):
        if row == "dropout":
            h = h * mask
        if "cosine_softmax" in (column, row):
            z = h @ w / h.norm(dim=1, keepdim=True) / w.norm(dim=0, keepdim=True)
            z = (z + b) / spec["Tau"]
        else:
            z = h @ w + b
        if row == "logit_normalization":
            z = z / (spec.get("WithTau") or spec["Tau"]) / z.norm(dim=1, keepdim=True)
        if column == "sigmoid":
            p = torch.sigmoid(z)
            total = -(T * p.log() + (1 - T) * (1 - p).log()).sum(1).mean()
        elif column == "label_smoothing":
            total = cross_entropy(z, (1 - spec["Alpha"]) * T + spec["Alpha"] / K) / (1 - spec["Alpha"])
        else:
            total = cross_entropy(z, T)
        if row == "logit_penalty":
            total = total + spec["Beta"] * z.pow(2).sum(1).mean()
        return total
    return loss


cases = [
    (dict(Name="softmax"), softmax, ()),
    (dict(Name="label_smoothing", Alpha=0.1), label_smoothing, (0.1,)),
    (dict(Name="sigmoid"), sigmoid, ()),
    (dict(Name="extra_final_layer_l2", LambdaFinal=8e-4), extra_final_layer_l2, (8e-4,)),
    (dict(Name="dropout", Keep=keep), dropout, (keep,)),
    (dict(Name="logit_penalty", Beta=6e-4), logit_penalty, (6e-4,)),
    (dict(Name="logit_normalization", Tau=0.04), logit_normalization, (0.04,)),
    (dict(Name="cosine_softmax", Tau=0.05), cosine_softmax, (0.05,)),
    (dict(Name="cosine_softmax", Tau=0.2, TimesTau=True), lambda h, w, b, t: t * cosine_softmax(h, w, b, t), (0.2,)),
    (dict(Name="squared_error", Kappa=9, M=60, Scale=10), squared_error, (9, 60, 10)),
    (dict(Name="squared_error", Kappa=3, M=10, Scale=6), squared_error, (3, 10, 6)),
]
columns = [dict(Name="label_smoothing", Alpha=0.1), dict(Name="sigmoid"), dict(Name="cosine_softmax", Tau=0.2)]
rows = [dict(With="dropout", Keep=keep), dict(With="logit_penalty", Beta=6e-2), dict(With="logit_normalization", Tau=0.3),
        dict(With="cosine_softmax", Tau=0.2)]
for column in columns:
    for row in rows:
        if column["Name"] == row["With"]:
            continue
        spec = {**row, **column}
        if "Tau" in row and "Tau" in column:
            spec["WithTau"] = row["Tau"]
        cases.append((spec, combined(spec), ()))


def write(name):
    out = dict(N=n, D=d, K=K, Torch=torch.__version__,
               H=H.flatten().tolist(), W=W.flatten().tolist(), B=b.flatten().tolist(),
               Labels=labels.tolist(), Mask=mask.flatten().tolist(), Cases=[])
    if T is not ONE_HOT:
        out["T"] = T.flatten().tolist()
    for spec, f, args in cases:
        leaves = [x.clone().requires_grad_(True) for x in (H, W, b)]
        loss = f(*leaves, *args)
        loss.backward()
        out["Cases"].append(dict(Spec=spec, Loss=loss.item(), **{
            key: x.grad.flatten().tolist() for key, x in zip(("DH", "DW", "DB"), leaves)}))
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), "w") as f:
        json.dump(out, f, indent=1)
        f.write("\n")


write("reference.json")
T = MIXED
write("mixed.json")
