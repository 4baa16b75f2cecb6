"""Times scikit-learn's L-BFGS on the features of BenchmarkPath, one core, to the same
gradient norm, over the same regularisers with warm starts.

    mkdir /tmp/f && PROBE_EXPORT=/tmp/f go test -run '^$' -bench Path -benchtime 1x ./compute/probe
    python3 testdata/peer_probe.py /tmp/f

scikit-learn 1.2 minimises C·Σ losses + ½‖w‖² and stops at the largest component of that
gradient, so its tolerance is set to what makes ‖∇f‖₂ of Σ losses + ½·λ‖W‖² comparable:
tol = C · (1e-6·‖∇f(0)‖₂) / √(number of parameters). (The 2-norm is then at most what
our fits reach; the mean component of a gradient is about a third of the largest, so
this asks for no more than they deliver.) `unconverged` counts fits whose own 2-norm
misses 1e-6·‖∇f(0)‖₂."""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import sys
import time
import warnings
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore")
n, d = 2000, 256


def gradient_norm(x, y, classes, w, b, lam):
    z = x @ w.T + b
    z -= z.max(1, keepdims=True)
    p = np.exp(z)
    p /= p.sum(1, keepdims=True)
    p[np.arange(n), y] -= 1
    return np.sqrt(((p.T @ x + lam * w) ** 2).sum() + (p.sum(0) ** 2).sum())


for path in sorted(Path(sys.argv[1]).glob("features-*.raw"), key=lambda p: int(p.stem.split("-")[1])):
    classes = int(path.stem.split("-")[1])
    raw = path.read_bytes()
    x = np.frombuffer(raw[: 4 * n * d], "<f4").reshape(n, d).astype(float)
    y = np.frombuffer(raw[4 * n * d :], "<u4").astype(int)
    zero = gradient_norm(x, y, classes, np.zeros((classes, d)), np.zeros(classes), 0)
    limit = 1e-6 * zero
    clf = LogisticRegression(multi_class="multinomial", warm_start=True, max_iter=20000)
    start, iterations, missed = time.perf_counter(), 0, 0
    for lam in np.logspace(-6, 5, 15):
        clf.set_params(C=1 / lam, tol=limit / lam / np.sqrt(classes * (d + 1)))
        clf.fit(x, y)
        iterations += clf.n_iter_[0]
        g = gradient_norm(x, y, classes, clf.coef_, clf.intercept_, lam)
        missed += g > limit
        if "-v" in sys.argv:
            print(f"  λ={lam:.3g} |g|={g:.2e} (limit {limit:.2e}) iterations={clf.n_iter_[0]}")
    print(f"classes={classes} {time.perf_counter() - start:.2f} s, {iterations} iterations, {missed} unconverged", flush=True)
