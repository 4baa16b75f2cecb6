"""Writes assignment.json: small assignment problems with SciPy's optimum.

Run with scipy 1.10:  python3 make_assignment.py > assignment.json
"""
import json

import numpy as np
from scipy.optimize import linear_sum_assignment

rng = np.random.default_rng(7)
cases = []
for rows, cols in [(1, 1), (1, 4), (4, 1), (3, 3), (5, 5), (4, 9), (9, 4), (12, 12), (8, 20), (20, 8)]:
    for kind in ["uniform", "counts", "ties"]:
        if kind == "uniform":
            c = rng.uniform(-3, 3, (rows, cols)).round(6)
        elif kind == "counts":
            c = -rng.integers(0, 40, (rows, cols)).astype(float)
        else:
            c = -rng.integers(0, 3, (rows, cols)).astype(float)
        i, j = linear_sum_assignment(c)
        to = [-1] * rows
        for a, b in zip(i, j):
            to[a] = int(b)
        cases.append({"kind": kind, "rows": rows, "cols": cols, "cost": c.ravel().tolist(),
                      "to": to, "total": float(c[i, j].sum())})

# The paper's procedure: offer every task class once more until nothing is gained.
replicated = []
for classes, task in [(6, 3), (10, 4), (12, 12), (20, 5)]:
    m = rng.integers(0, 30, (classes, task))
    m[:, 0] += 15  # one task class is wanted by many
    best, copies = -1, 0
    while True:
        r = copies + 1
        tiled = np.tile(m, (1, r))
        i, j = linear_sum_assignment(-tiled)
        total = int(tiled[i, j].sum())
        if total <= best:
            break
        best, copies = total, r
    replicated.append({"classes": classes, "task": task, "matches": m.ravel().tolist(), "matched": best, "replicas": copies})

print(json.dumps({"cases": cases, "replicated": replicated}))
