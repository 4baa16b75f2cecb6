"""Writes separation.json: class separation by the O(N²) definition, equation (11), in
NumPy, balanced and unbalanced, without and with zero feature vectors.

Run with: python3 make_separation.py   (NumPy 1.24)"""

import json

import numpy as np


def similarity(x):
    norm = np.linalg.norm(x, axis=1, keepdims=True)
    u = np.divide(x, norm, out=np.zeros_like(x), where=norm > 0)
    return u @ u.T


def separation(x, y):
    classes = np.unique(y)
    dist = 1 - similarity(x)
    blocks = np.array([[dist[np.ix_(y == j, y == k)].mean() for k in classes] for j in classes])
    within, total = np.diag(blocks).mean(), blocks.mean()
    return 1 - within / total, within, total


r = np.random.default_rng(3)
cases = []
for name, sizes, zeros in (("balanced", [6] * 5, 0), ("unbalanced", [2, 9, 1, 5], 0), ("zeros", [4, 7, 3], 5)):
    y = np.repeat(np.arange(len(sizes)), sizes)
    x = np.maximum(r.normal(size=(len(sizes), 7))[y] + 0.8 * r.normal(size=(len(y), 7)) + 0.5, 0)
    x = np.round(x, 2).astype(np.float32)
    x[r.permutation(len(y))[:zeros]] = 0
    order = r.permutation(len(y))
    x, y = x[order], y[order]
    r2, within, total = separation(x.astype(float), y)
    cases.append(
        {"name": name, "n": len(y), "d": 7, "h": [round(float(v), 2) for v in x.ravel()], "labels": y.tolist(),
         "r2": r2, "within": within, "total": total, "zeros": int((~x.any(axis=1)).sum())}
    )
    print(name, r2, within, total, cases[-1]["zeros"])
json.dump(cases, open("separation.json", "w"))
