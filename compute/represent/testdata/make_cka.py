"""Writes cka.json: HSIC₁ by the three-term formula of Song et al. (2012) and minibatch
linear CKA, in NumPy and float64.

Run with: python3 make_cka.py   (NumPy 1.24)"""

import json

import numpy as np


def hsic1(k, l):
    n = len(k)
    k, l = k - np.diag(np.diag(k)), l - np.diag(np.diag(l))
    one = np.ones(n)
    return (
        np.trace(k @ l)
        + (one @ k @ one) * (one @ l @ one) / ((n - 1) * (n - 2))
        - 2 / (n - 2) * (one @ k @ l @ one)
    ) / (n * (n - 3))


r = np.random.default_rng(11)
n, batches = 9, 3
shared = r.normal(size=(batches * n, 4))


def layers(widths, strength):
    out = []
    for p in widths:
        x = strength * shared @ r.normal(size=(4, p)) + r.normal(size=(batches * n, p)) + 0.7
        out.append(np.round(np.maximum(x, 0), 3).astype(np.float32))
    return out


a, b = layers([5, 12, 3], 1.0), layers([8, 4], 0.4)
gram = lambda x, i: (lambda y: y @ y.T)(x[i * n : (i + 1) * n].astype(np.float64))
mean = lambda x, y: np.mean([hsic1(gram(x, i), gram(y, i)) for i in range(batches)])
json.dump(
    {
        "n": n,
        "batches": batches,
        "a": [x.ravel().tolist() for x in a],
        "b": [x.ravel().tolist() for x in b],
        "hsic_ab": [[mean(x, y) for y in b] for x in a],
        "hsic_aa": [mean(x, x) for x in a],
        "cka": [[mean(x, y) / np.sqrt(mean(x, x) * mean(y, y)) for y in b] for x in a],
        "cka_self": [[mean(x, y) / np.sqrt(mean(x, x) * mean(y, y)) for y in a] for x in a],
    },
    open("cka.json", "w"),
)
