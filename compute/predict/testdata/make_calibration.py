"""Writes calibration.json: NLL, ECE and the best temperature of random logits by NumPy
and SciPy. Run with NumPy and SciPy: python3 make_calibration.py > calibration.json"""

import json

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax


def nll(z, y, t):
    return -log_softmax(z / t, axis=1)[np.arange(len(y)), y].mean()


def ece(z, y, t, bins):
    # Guo et al. 2017, equation (3), bins (lower, upper].
    p = np.exp(log_softmax(z / t, axis=1))
    confidence, right = p.max(1), p.argmax(1) == y
    total, counts = 0.0, []
    edges = np.linspace(0, 1, bins + 1)
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        counts.append(int(inside.sum()))
        if inside.any():
            total += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return total, counts


def case(name, seed, n, k, scale, noise):
    r = np.random.default_rng(seed)
    y = r.integers(k, size=n)
    z = r.normal(size=(n, k)) * noise
    z[np.arange(n), y] += 2
    z = np.round(z * scale, 3).astype(np.float32).astype(np.float64)
    # In log T, where the bounded search is as fine at small temperatures.
    best = minimize_scalar(lambda u: nll(z, y, np.exp(u)), bounds=(-6, 6), method="bounded", options={"xatol": 1e-12})
    t = float(np.exp(best.x))
    before, counts = ece(z, y, 1, 15)
    after, _ = ece(z, y, t, 15)
    return {
        "name": name, "classes": k, "logits": [float(np.format_float_positional(v, trim="-")) for v in z.astype(np.float32).ravel()],
        "labels": y.tolist(), "nll": nll(z, y, 1), "ece": before, "counts": counts,
        "temperature": t, "nll_scaled": nll(z, y, t), "ece_scaled": after,
    }


print(json.dumps([
    case("overconfident", 1, 200, 5, 4, 1.2),
    case("underconfident", 2, 150, 7, 0.2, 0.7),
    case("two classes", 3, 100, 2, 1, 1.5),
    case("very overconfident", 4, 80, 10, 30, 1.0),
]))
