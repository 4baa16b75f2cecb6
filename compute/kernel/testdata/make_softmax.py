"""Log-sum-exp and softmax of a few rows by SciPy 1.10, for softmax_test.go.

/usr/bin/python3 make_softmax.py   writes softmax.json
"""
import json

import numpy as np
from scipy.special import logsumexp, softmax

rng = np.random.default_rng(7)
rows = [
    [0.0],
    [1.0, 2.0, 3.0],
    [1000.0, 1000.5, 999.0],
    [-1000.0, -1001.0, -1002.0],
    [700.0, -700.0, 0.0, 3.5],
    [-1e300, 0.0],
    [0.0] * 7,
    list(rng.normal(0, 5, 43)),
    list(rng.normal(100, 0.01, 10)),
    list(rng.normal(0, 30, 77)),
]
json.dump([{"x": [float(v).hex() for v in r],
            "lse": float(logsumexp(r)).hex(),
            "p": [float(v).hex() for v in softmax(r)]} for r in rows],
          open("softmax.json", "w"), indent=0)
