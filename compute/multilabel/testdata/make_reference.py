"""Writes reference.json: areas under ROC curves and binary logistic regressions by scikit-learn.

Run with scikit-learn 1.2:  python3 make_reference.py > reference.json
"""
import json

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

rng = np.random.default_rng(11)

curves = []
for n, rate, kind in [(2, 0.5, "real"), (30, 0.3, "real"), (60, 0.5, "ties"), (200, 0.05, "real"), (200, 0.4, "ties"), (80, 0.5, "ends")]:
    y = (rng.random(n) < rate).astype(int)
    y[0], y[1] = 0, 1
    p = 1 / (1 + np.exp(-(rng.normal(0, 2, n) + 1.5 * y)))
    if kind == "ties":
        p = (p * 8).round() / 8
    if kind == "ends":
        p = (p > 0.5).astype(float)
    p = p.round(9)
    binned = {str(b): roc_auc_score(y, np.minimum(np.floor(p * b), b - 1)) for b in (1, 10, 1000)}
    curves.append({"p": p.tolist(), "y": y.tolist(), "exact": roc_auc_score(y, p), "binned": binned})

fits = []
for n, d, lam in [(40, 3, 0.1), (60, 6, 1.0), (50, 8, 30.0)]:
    x = rng.normal(0, 1, (n, d)).astype(np.float32).astype(float)
    w = rng.normal(0, 1, d)
    y = (x @ w + rng.normal(0, 1, n) > 0.5).astype(int)
    m = LogisticRegression(C=1 / lam, solver="newton-cg", tol=1e-9, max_iter=10000).fit(x, y)
    fits.append({"n": n, "d": d, "lambda": lam, "x": x.ravel().tolist(), "y": y.tolist(),
                 "w": m.coef_[0].tolist(), "b": float(m.intercept_[0]), "p": m.predict_proba(x)[:, 1].tolist()})

print(json.dumps({"curves": curves, "fits": fits}))
