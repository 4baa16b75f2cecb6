"""The peer of compute/bench/scale: one analysis of the arrays in a folder, as NumPy,
SciPy and scikit-learn do it.

    python3 peer_scale.py ANALYSIS FOLDER GRADIENT

Prints seconds of processor time and elapsed (without reading), the peak memory in MiB and the
value as JSON. The number of
threads is set by OPENBLAS_NUM_THREADS and OMP_NUM_THREADS."""

import json
import sys
import time
from os.path import join

import numpy as np

name, folder, gradient = sys.argv[1:]
labels = np.load(join(folder, "labels.npy"))
x = np.load(join(folder, "x.npy"))
n, d = x.shape
k = int(labels.max()) + 1
m = n // 5 * 4
MINIBATCH, REGULARISER, GRADIENT = 256, 1e-1, float(gradient)


def sums_by_class(v):
    from scipy.sparse import csr_matrix

    return csr_matrix((np.ones(n), (labels, np.arange(n))), shape=(k, n)) @ v


def separation():
    unit = x.astype(np.float64)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    means = sums_by_class(unit) / np.bincount(labels)[:, None]
    within = 1 - (means * means).sum(1).mean()
    total = 1 - (means.mean(0) ** 2).sum()
    return 1 - within / total, "R²"


def neighbours():
    from sklearn.neighbors import KNeighborsClassifier

    c = KNeighborsClassifier(n_neighbors=5, metric="cosine", algorithm="brute").fit(x[:m], labels[:m])
    return c.score(x[m:], labels[m:]), "accuracy of %d queries, products in float32" % (n - m)


def probe():
    from scipy.optimize import minimize
    from sklearn._loss.loss import HalfMultinomialLoss
    from sklearn.linear_model._linear_loss import LinearModelLoss

    class Reached(Exception):
        pass

    known, y = x[:m].astype(np.float64), labels[:m].astype(np.float64)
    loss = LinearModelLoss(base_loss=HalfMultinomialLoss(n_classes=k), fit_intercept=True)
    zero = np.linalg.norm(loss.loss_gradient(np.zeros(k * (d + 1)), known, y, l2_reg_strength=0.0)[1])
    best, evaluations = [None, 0, np.inf], 0
    started = time.time()

    def f(w):
        nonlocal evaluations
        evaluations += 1
        value, g = loss.loss_gradient(w, known, y, l2_reg_strength=REGULARISER)
        best[:] = w.copy(), value, np.linalg.norm(g) / zero
        # Nobody waits longer; the note says how far it got.
        if best[2] <= GRADIENT or time.time() - started > 600:
            raise Reached
        return value, g

    try:
        minimize(f, np.zeros(k * (d + 1)), jac=True, method="L-BFGS-B", options={"maxiter": 20000, "maxfun": 40000, "ftol": 0, "gtol": 0})
    except Reached:
        pass
    w = best[0].reshape((k, -1), order="F")
    found = (x[m:] @ w[:, :-1].T + w[:, -1]).argmax(1)
    return (found == labels[m:]).mean(), "accuracy, f %.9g, gradient %.1e after %d evaluations" % (best[1], best[2], evaluations)


def centred(h):
    g = (h @ h.T).astype(np.float64)
    np.fill_diagonal(g, 0)
    rows = g.sum(1)
    b = len(g)
    half = rows.sum() / (2 * (b - 1) * (b - 2))
    rows = rows / (b - 2) - half
    g -= rows[:, None] + rows[None, :]
    np.fill_diagonal(g, 0)
    return g


def cka():
    xy = xx = yy = 0.0
    for at in range(0, n - MINIBATCH + 1, MINIBATCH):
        a, b = centred(x[at : at + MINIBATCH]), centred(other[at : at + MINIBATCH])
        xy, xx, yy = xy + np.vdot(a, b), xx + np.vdot(a, a), yy + np.vdot(b, b)
    return xy / np.sqrt(xx * yy), "in minibatches of %d" % MINIBATCH


def collapse():
    h = x.astype(np.float64)
    means = sums_by_class(h) / np.bincount(labels)[:, None]
    within = h - means[labels]
    centre = means - h.mean(0)
    c = np.ones((k, k), bool)
    norms = np.linalg.norm(centre, axis=1)
    cosines = (centre @ centre.T / np.outer(norms, norms))[np.tril_indices(k, -1)]
    weights = w.T.astype(np.float64)
    duality = ((weights / np.linalg.norm(weights) - centre / np.linalg.norm(centre)) ** 2).sum()
    sigma_w, sigma_b = within.T @ within / n, centre.T @ centre / k
    inverse = np.linalg.pinv(sigma_b, rcond=1e-10, hermitian=True)
    return np.vdot(sigma_w, inverse) / k, "NC1, angles %.8g, duality %.8g" % (cosines.std(), duality)


def spectra():
    h = x.astype(np.float64)
    h -= h.mean(0)
    values = np.linalg.eigvalsh(h.T @ h)[::-1]
    means = sums_by_class(x.astype(np.float64)) / np.bincount(labels)[:, None]
    means -= means.mean(0)
    np.linalg.eigvalsh(means @ means.T)
    np.linalg.eigvalsh(w.T.astype(np.float64) @ w)
    return np.sqrt(values[d // 2] / values[0]), "the middle singular value over the largest"


if name == "cka":
    other = np.load(join(folder, "other.npy"))
if name in ("collapse", "spectra"):
    w = np.load(join(folder, "weights.npy"))
start, began = time.process_time(), time.time()
value, note = globals()[name]()
seconds, elapsed = time.process_time() - start, time.time() - began
peak = next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({"seconds": seconds, "elapsed": elapsed, "peak": peak, "value": float(value), "note": note}))
