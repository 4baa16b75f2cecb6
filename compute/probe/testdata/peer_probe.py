"""Times scikit-learn on the features of BenchmarkPath, one core, over the same
regularisers with warm starts.

    mkdir /tmp/f && PROBE_EXPORT=/tmp/f go test -run '^$' -bench Path -benchtime 1x ./compute/probe
    python3 testdata/peer_probe.py /tmp/f [both]

Two ways. "to the same gradient": scikit-learn's own loss and gradient
(LinearModelLoss) under SciPy's L-BFGS-B, which is what LogisticRegression calls, until
the 2-norm of the gradient of Σ losses + ½·λ‖W‖² is at most 1e-6 of that at zero, as our
fits. "as it comes" (with both): LogisticRegression with tol=1e-8; it stops by SciPy's default ftol,
far from that gradient, and the worst relative gradient it left behind is shown.

CPU time, not wall time, so that a busy machine tells the same story."""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import sys
import time
import warnings
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn._loss.loss import HalfMultinomialLoss
from sklearn.linear_model import LogisticRegression
from sklearn.linear_model._linear_loss import LinearModelLoss

warnings.filterwarnings("ignore")
n, d = 2000, 256
lambdas = np.logspace(-6, 5, 45)


class Reached(Exception):
    pass


def same_gradient(x, y, classes):
    loss = LinearModelLoss(base_loss=HalfMultinomialLoss(n_classes=classes), fit_intercept=True)
    zero = np.linalg.norm(loss.loss_gradient(np.zeros(classes * (d + 1)), x, y, l2_reg_strength=0.0)[1])
    w, evaluations, missed = np.zeros(classes * (d + 1)), 0, 0
    start = time.process_time()
    for lam in lambdas:
        best = [w]

        def f(v):
            nonlocal evaluations
            evaluations += 1
            value, g = loss.loss_gradient(v, x, y, l2_reg_strength=lam)
            if np.linalg.norm(g) <= 1e-6 * zero:
                best[0] = v.copy()
                raise Reached
            return value, g

        try:
            r = minimize(f, w, jac=True, method="L-BFGS-B", options={"maxiter": 20000, "maxfun": 40000, "ftol": 0, "gtol": 0})
            best[0] = r.x
            missed += 1
        except Reached:
            pass
        w = best[0]
    return time.process_time() - start, evaluations, missed, zero


def as_it_comes(x, y, classes, zero):
    clf = LogisticRegression(multi_class="multinomial", warm_start=True, max_iter=20000, tol=1e-8)
    worst, iterations, start = 0, 0, time.process_time()
    for lam in lambdas:
        clf.set_params(C=1 / lam).fit(x, y)
        iterations += clf.n_iter_[0]
        z = x @ clf.coef_.T + clf.intercept_
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        p[np.arange(n), y] -= 1
        g = np.sqrt(((p.T @ x + lam * clf.coef_) ** 2).sum() + (p.sum(0) ** 2).sum())
        worst = max(worst, g / zero)
    return time.process_time() - start, iterations, worst


for path in sorted(Path(sys.argv[1]).glob("features-*.raw"), key=lambda p: int(p.stem.split("-")[1])):
    classes = int(path.stem.split("-")[1])
    raw = path.read_bytes()
    x = np.frombuffer(raw[: 4 * n * d], "<f4").reshape(n, d).astype(float)
    y = np.frombuffer(raw[4 * n * d :], "<u4").astype(float)
    seconds, evaluations, missed, zero = same_gradient(x, y, classes)
    print(f"classes={classes} to the same gradient: {seconds:.2f} s, {evaluations} evaluations, {missed} unconverged", flush=True)
    if len(sys.argv) < 3:
        continue
    seconds, iterations, worst = as_it_comes(x, y.astype(int), classes, zero)
    print(f"classes={classes} as it comes: {seconds:.2f} s, {iterations} iterations, worst relative gradient {worst:.1e}", flush=True)
