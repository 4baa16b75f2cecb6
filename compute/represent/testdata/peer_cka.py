"""Speed of linear CKA between all layers of two networks with NumPy on one core, the
peer of BenchmarkCKA: the same shapes, minibatches and precision.

env -u OPENBLAS_CORETYPE OPENBLAS_NUM_THREADS=1 /usr/bin/python3 peer_cka.py [rounds] [float32|float64]

The benchmark's products are float32, like the activations; float64 is what NumPy does
if nobody asks for less.

"centred": the fastest way NumPy has, products of U-centred matrices, one matrix product
for all pairs of layers. "formula": HSIC₁ with its three terms for each pair, as most
published implementations do. X @ X.T in NumPy is a symmetric product (ssyrk).
"""

import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np

TYPE = np.dtype(sys.argv[2] if len(sys.argv) > 2 else "float32")
WIDTHS = [3136, 3136, 1568, 1536, 4096, 256]  # glyphnet's layers
N, BATCHES = 256, 2


def grams(layers):
    out = np.empty((len(layers), N, N), TYPE)
    for i, x in enumerate(layers):
        np.matmul(x, x.T, out=out[i])
        np.fill_diagonal(out[i], 0)
    return out


def centred(xs, ys):
    n, sums = N, 0
    for a, b in zip(xs, ys):
        k = grams(a + b).astype(np.float64)
        rows = k.sum(2)
        half = rows.sum(1) / (2 * (n - 1) * (n - 2))
        rows = rows / (n - 2) - half[:, None]
        k -= rows[:, :, None]
        k -= rows[:, None, :]
        k[:, range(n), range(n)] = 0
        k = k.reshape(len(k), -1)
        sums = sums + k @ k.T
    m, own = len(xs[0]), np.sqrt(np.diag(sums))
    return sums[:m, m:] / np.outer(own[:m], own[m:])


def formula(xs, ys):
    n = N

    def hsic(k, l, ks, ls):
        return np.vdot(k, l) + ks.sum() * ls.sum() / ((n - 1) * (n - 2)) - 2 / (n - 2) * (ks @ ls)

    m = len(xs[0])
    cross, x, y = np.zeros((m, m)), np.zeros(m), np.zeros(m)
    for a, b in zip(xs, ys):
        k = grams(a + b).astype(np.float64)
        sums = k.sum(2)
        for i in range(m):
            x[i] += hsic(k[i], k[i], sums[i], sums[i])
            y[i] += hsic(k[m + i], k[m + i], sums[m + i], sums[m + i])
            for j in range(m):
                cross[i, j] += hsic(k[i], k[m + j], sums[i], sums[m + j])
    return cross / np.sqrt(np.outer(x, y))


r = np.random.default_rng(1)
network = lambda: [[np.maximum(r.normal(size=(N, p)), 0).astype(TYPE) for p in WIDTHS] for _ in range(BATCHES)]
xs, ys = network(), network()
assert np.allclose(centred(xs, ys), formula(xs, ys), atol=1e-9)
rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
for f in (centred, formula):
    best = 1e9
    for _ in range(rounds):
        start = time.process_time()
        f(xs, ys)
        best = min(best, time.process_time() - start)
    print(f"{f.__name__}: best {1e3 * best:.1f} ms of processor time for {BATCHES} minibatches of {N} images")
