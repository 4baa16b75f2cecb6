"""Writes neighbours.json: predictions of scikit-learn's KNeighborsClassifier.

Features are rounded to one decimal, so that distances tie now and then; scikit-learn
breaks such ties in no stated way, so only queries whose prediction no tie can change
are kept.

Run with: python3 make_neighbours.py   (scikit-learn 1.2)"""

import json

import numpy as np
from sklearn.neighbors import KNeighborsClassifier

n, d, queries, classes = 90, 6, 60, 4
r = np.random.default_rng(5)
means = r.normal(size=(classes, d)) * 0.8
y = r.integers(0, classes, n)
x = np.maximum(np.round(means[y] + r.normal(size=(n, d)) + 0.3, 1), 0)
q = np.maximum(np.round(means[r.integers(0, classes, queries)] + r.normal(size=(queries, d)) + 0.3, 1), 0)
x[3] = 0  # a zero vector
q[:5] = x[10:15]  # at distance 0
cases = []
for metric in ("cosine", "euclidean"):
    for k in (1, 5, 20):
        for weights in ("uniform", "distance"):
            kept, predictions = [], []
            clf = KNeighborsClassifier(k, weights=weights, metric=metric, algorithm="brute").fit(x, y)
            dist, _ = clf.kneighbors(q, k + 1)
            votes = np.sort(clf.predict_proba(q), axis=1)
            p = clf.predict(q)
            for i in range(queries):
                duplicate = metric == "cosine" and dist[i, 0] < 1e-9 and weights == "distance"
                if dist[i, k] - dist[i, k - 1] > 1e-9 and votes[i, -1] - votes[i, -2] > 1e-9 and not duplicate:
                    kept.append(i)
                    predictions.append(int(p[i]))
            print(metric, k, weights, len(kept))
            cases.append({"metric": metric, "k": k, "weighting": weights, "kept": kept, "predictions": predictions})
json.dump(
    {"n": n, "d": d, "queries": queries, "classes": classes, "x": x.ravel().tolist(), "y": y.tolist(),
     "q": q.ravel().tolist(), "cases": cases},
    open("neighbours.json", "w"),
)
