"""Writes collapse.json: eigenvalues, the eight measures of neural collapse, and class
separation under three distances, by their definitions in NumPy.

Run with: python3 make_collapse.py   (NumPy 1.24)"""

import json

import numpy as np


def angles(rows):
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return (unit @ unit.T)[~np.eye(len(rows), dtype=bool)]


def collapse(h, y, w):  # w: classes × features
    classes = len(w)
    mu = np.array([h[y == c].mean(0) for c in range(classes)])
    centred = mu - h.mean(0)
    sigma_w = sum(np.outer(v, v) for v in h - mu[y]) / len(h)
    sigma_b = sum(np.outer(v, v) for v in centred) / classes
    equinorm = lambda r: np.linalg.norm(r, axis=1).std() / np.linalg.norm(r, axis=1).mean()
    maximal = lambda r: np.abs(angles(r) + 1 / (classes - 1)).mean()
    return [
        equinorm(centred), equinorm(w), angles(centred).std(), angles(w).std(), maximal(centred), maximal(w),
        np.linalg.norm(w / np.linalg.norm(w) - centred / np.linalg.norm(centred)) ** 2,
        np.trace(sigma_w @ np.linalg.pinv(sigma_b, rcond=1e-10)) / classes,
    ]


def separation(dist, y):
    classes = np.unique(y)
    blocks = np.array([[dist[np.ix_(y == j, y == k)].mean() for k in classes] for j in classes])
    return 1 - np.diag(blocks).mean() / blocks.mean()


def cosine(x):
    unit = x / np.linalg.norm(x, axis=1, keepdims=True)
    return 1 - unit @ unit.T


r = np.random.default_rng(5)
cases = []
for name, sizes, d in (("balanced", [7] * 5, 9), ("unbalanced", [3, 9, 5, 6], 12), ("few features", [8] * 6, 3)):
    y = np.repeat(np.arange(len(sizes)), sizes)
    h = np.maximum(r.normal(size=(len(sizes), d))[y] + 0.6 * r.normal(size=(len(y), d)) + 0.9, 0)
    h = np.round(h, 3).astype(np.float32)
    w = np.round(r.normal(size=(len(sizes), d)) + 0.2, 3).astype(np.float32)
    x, v = h.astype(np.float64), w.astype(np.float64)
    square = ((x[:, None] - x[None]) ** 2).sum(2)
    cases.append({
        "name": name, "n": len(y), "d": d, "classes": len(sizes), "h": h.ravel().tolist(), "labels": y.tolist(),
        "w": w.T.ravel().tolist(), "collapse": collapse(x, y, v),
        "unit": collapse(x, y, v / np.linalg.norm(v, axis=1, keepdims=True)),
        "cosine": separation(cosine(x), y), "centred": separation(cosine(x - x.mean(0)), y),
        "euclidean": separation(square, y),
    })
a = r.normal(size=(9, 5))
matrix = a @ a.T  # four eigenvalues are 0
values, vectors = np.linalg.eigh(matrix)
json.dump({"cases": cases, "matrix": matrix.ravel().tolist(), "eigenvalues": values[::-1].tolist()}, open("collapse.json", "w"))
