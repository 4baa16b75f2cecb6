"""Writes logistic.json: optima of L2-regularised multinomial logistic regression by
scikit-learn, polished with SciPy's Newton-CG far beyond the tolerance of the test.

Run with: python3 make_logistic.py   (scikit-learn 1.2, SciPy 1.10)"""

import json

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

from synthetic import features


def objective(x, y, classes, lam):
    target = np.eye(classes)[y]
    d = x.shape[1]

    def parts(v):
        t = v.reshape(classes, d + 1)
        z = x @ t[:, :d].T + t[:, d]
        l = logsumexp(z, axis=1)
        return t, z, l, np.exp(z - l[:, None])

    def fg(v):
        t, z, l, p = parts(v)
        r = p - target
        f = (l - z[np.arange(len(y)), y]).sum() + 0.5 * lam * (t[:, :d] ** 2).sum()
        g = np.hstack([r.T @ x + lam * t[:, :d], r.sum(0)[:, None]])
        return f, g.ravel()

    def hessp(v, u):
        _, _, _, p = parts(v)
        s = u.reshape(classes, d + 1)
        z = x @ s[:, :d].T + s[:, d]
        z = p * (z - (p * z).sum(1, keepdims=True))
        return np.hstack([z.T @ x + lam * s[:, :d], z.sum(0)[:, None]]).ravel()

    return fg, hessp


def solve(x, y, classes, lam):
    clf = LogisticRegression(C=1 / lam, tol=1e-8, max_iter=20000).fit(x, y)
    start = np.hstack([clf.coef_, clf.intercept_[:, None]])
    if classes == 2:  # scikit-learn fits one logit; the symmetric pair has half of it
        start = np.zeros((2, x.shape[1] + 1))
    fg, hessp = objective(x, y, classes, lam)
    best = minimize(fg, start.ravel(), jac=True, hessp=hessp, method="Newton-CG", options={"xtol": 1e-14, "maxiter": 500})
    f, g = fg(best.x)
    t = best.x.reshape(classes, -1)
    z = x @ t[:, :-1].T + t[:, -1]
    return f, float(np.linalg.norm(g)), t, z.argmax(1)


cases = []
for n, d, classes, separation, lams in (
    (60, 5, 3, 0.3, [1e-3, 1.0, 100.0]),
    (80, 6, 2, 0.2, [0.1]),
    (120, 20, 7, 0.3, [1e-2, 10.0]),
):
    x, y = features(n, d, classes, 11, separation)
    x = np.round(x.astype(float), 3)  # short in JSON
    for lam in lams:
        f, g, t, predictions = solve(x, y, classes, lam)
        print(n, d, classes, lam, f, g)
        cases.append(
            {
                "n": n, "d": d, "classes": classes, "lambda": lam,
                "x": [float(v) for v in x.ravel()], "y": y.tolist(),
                "objective": f, "w": t[:, :-1].ravel().tolist(), "predictions": predictions.tolist(),
            }
        )
json.dump(cases, open("logistic.json", "w"))
