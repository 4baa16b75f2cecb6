"""Speed of NumPy's matrix product on one core, the peer of BenchmarkGemm.

OPENBLAS_NUM_THREADS=1 /usr/bin/python3 peer_gemm.py [seconds per shape] [shape]
"""
import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np

SHAPES = [
    ("square128", False, False, 128, 128, 128),
    ("square256", False, False, 256, 256, 256),
    ("square512", False, False, 512, 512, 512),
    ("square1024", False, False, 1024, 1024, 1024),
    ("square512nt", False, True, 512, 512, 512),
    ("square512tn", True, False, 512, 512, 512),
    ("head", False, False, 32, 77, 256),
    ("headFeatures", False, True, 32, 256, 77),
    ("headWeights", True, False, 256, 77, 32),
    ("probe", False, False, 2000, 64, 256),
    ("probeWeights", True, False, 256, 64, 2000),
]
seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 0.3
only = sys.argv[2] if len(sys.argv) > 2 else ""
rng = np.random.default_rng(1)
for name, trans_a, trans_b, m, n, k in SHAPES:
    if only and name != only:
        continue
    for letter, dtype in (("s", np.float32), ("d", np.float64)):
        a = rng.uniform(-1, 1, (k, m) if trans_a else (m, k)).astype(dtype)
        b = rng.uniform(-1, 1, (n, k) if trans_b else (k, n)).astype(dtype)
        a = a.T if trans_a else a
        b = b.T if trans_b else b
        c = np.zeros((m, n), dtype)
        best, total, runs = 1e9, 0.0, 0
        np.matmul(a, b, out=c)
        while total < seconds:
            start = time.perf_counter()
            np.matmul(a, b, out=c)
            took = time.perf_counter() - start
            best, total, runs = min(best, took), total + took, runs + 1
        flops = 2.0 * m * n * k / 1e9
        print(f"{letter}/{name} mean {flops * runs / total:.1f} best {flops / best:.1f} GFLOP/s")
