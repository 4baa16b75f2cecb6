"""Reference values for package stat, from SciPy and from plain enumeration.

Run as: /usr/bin/python3 make_fixtures.py > fixtures.json
"""
import itertools
import json

import numpy as np
from scipy import stats

rng = np.random.default_rng(20211206)
out = {"interval": [], "paired": [], "welch": [], "spearman": [], "page": [], "holm": [], "critical": [], "seeds": [], "contrast": [], "conjunction": []}


def t_isf(q, df):
    """stats.t.isf keeps nine digits only; this one polishes it by Newton steps."""
    t = stats.t.isf(q, df)
    for _ in range(3):
        t += (stats.t.sf(t, df) - q) / stats.t.pdf(t, df)
    return t


def floats(a):
    return [float(v) for v in a]


for n in (2, 3, 5, 8, 30):
    x = np.round(rng.normal(75, 0.4, n), 2)
    half = t_isf(0.025, n - 1) * x.std(ddof=1) / np.sqrt(n)
    out["interval"].append({"x": floats(x), "mean": float(x.mean()), "sd": float(x.std(ddof=1)), "half": float(half)})

for n in (2, 3, 4, 8, 20):
    for shift in (0.0, 0.5, 3.0):
        a = rng.normal(75 + shift, 0.4, n)
        b = rng.normal(75, 0.4, n)
        r = stats.ttest_rel(a, b)
        d = a - b
        half = t_isf(0.025, n - 1) * d.std(ddof=1) / np.sqrt(n)
        out["paired"].append({"a": floats(a), "b": floats(b), "effect": float(d.mean()), "p": float(r.pvalue),
                              "low": float(d.mean() - half), "high": float(d.mean() + half)})
        m = n + 3
        c = rng.normal(75, 1.1, m)
        w = stats.ttest_ind(a, c, equal_var=False)
        va, vc = a.var(ddof=1) / n, c.var(ddof=1) / m
        df = (va + vc) ** 2 / (va ** 2 / (n - 1) + vc ** 2 / (m - 1))
        half = t_isf(0.025, df) * np.sqrt(va + vc)
        e = a.mean() - c.mean()
        out["welch"].append({"a": floats(a), "b": floats(c), "effect": float(e), "p": float(w.pvalue),
                             "low": float(e - half), "high": float(e + half)})

# Spearman, exact: the share of all permutations at least as far from zero.
for n, decimals in ((3, 3), (4, 3), (6, 3), (8, 3), (8, 0), (6, 0), (9, 3)):
    x = np.round(rng.normal(0, 1.5, n), decimals)
    y = np.round(0.8 * x + rng.normal(0, 1.5, n), decimals)
    rx, ry = stats.rankdata(x), stats.rankdata(y)
    obs = np.dot(rx - rx.mean(), ry - ry.mean())
    perms = np.array(list(itertools.permutations(ry - ry.mean())))
    s = perms @ (rx - rx.mean())
    p = np.mean(np.abs(s) >= abs(obs) - 1e-9)
    out["spearman"].append({"x": floats(x), "y": floats(y), "rho": float(stats.spearmanr(x, y).correlation), "p": float(p), "exact": True})
# The paper's own: R² of Table 3 against the linear mean of Table 1.
r2 = [.349, .420, .427, .572, .461, .601, .517, .641, .845]
mean = [75.95, 74.2875, 74.575, 72.425, 74.15, 70.6125, 69.85, 65.8375, 48.3375]
rx, ry = stats.rankdata(r2), stats.rankdata(mean)
perms = np.array(list(itertools.permutations(ry - ry.mean())))
s = perms @ (rx - rx.mean())
obs = np.dot(rx - rx.mean(), ry - ry.mean())
out["spearman"].append({"x": r2, "y": mean, "rho": float(stats.spearmanr(r2, mean).correlation),
                        "p": float(np.mean(np.abs(s) >= abs(obs) - 1e-9)), "exact": True})
for n in (12, 25):
    x = rng.normal(0, 1, n)
    y = 0.5 * x + rng.normal(0, 1, n)
    r = stats.spearmanr(x, y)
    out["spearman"].append({"x": floats(x), "y": floats(y), "rho": float(r.correlation), "p": float(r.pvalue), "exact": False})

for n, k in ((2, 3), (2, 5), (3, 8), (5, 4), (8, 9)):
    m = rng.normal(0, 1, (n, k)) + 0.15 * np.arange(k)
    r = stats.page_trend_test(m, method="exact")
    f = stats.page_trend_test(m[:, ::-1], method="exact")
    out["page"].append({"blocks": [floats(row) for row in m], "L": float(r.statistic), "rising": float(r.pvalue), "falling": float(f.pvalue), "exact": True})
# With ties, by enumeration of both blocks.
m = np.array([[1, 2, 2, 3], [2, 1, 3, 3]], float)
ranks = np.array([stats.rankdata(row) for row in m])
w = np.arange(1, 5)
L = float((ranks * w).sum())
sums = [float(np.dot(w, p) + np.dot(w, q)) for p in itertools.permutations(ranks[0]) for q in itertools.permutations(ranks[1])]
out["page"].append({"blocks": m.tolist(), "L": L, "rising": float(np.mean([s >= L for s in sums])), "falling": float(np.mean([s <= L for s in sums])), "exact": True})
m = rng.normal(0, 1, (6, 12)) + 0.1 * np.arange(12)
r = stats.page_trend_test(m, method="asymptotic")
f = stats.page_trend_test(m[:, ::-1], method="asymptotic")
out["page"].append({"blocks": [floats(row) for row in m], "L": float(r.statistic), "rising": float(r.pvalue), "falling": float(f.pvalue), "exact": False})

# Holm as in R's p.adjust(method="holm") and Simes by their definitions.
for n in (1, 4, 9):
    p = np.round(rng.uniform(0, 0.2, n), 3)
    order = np.argsort(p, kind="stable")
    adjusted = np.minimum(1, np.maximum.accumulate(p[order] * (n - np.arange(n))))
    holm = np.empty(n)
    holm[order] = adjusted
    simes = float(np.min(n * np.sort(p) / (np.arange(n) + 1)))
    out["holm"].append({"p": floats(p), "holm": floats(holm), "simes": min(1.0, simes)})

for alpha in (0.2, 0.05, 0.01, 1e-4, 1e-9):
    for df in (1, 2, 3.7, 7, 40):
        out["critical"].append({"alpha": alpha, "df": df, "t": float(t_isf(alpha / 2, df))})

for effect, sd, alpha in ((0.5, 0.4, 0.05), (0.1, 0.4, 0.05), (2.0, 0.3, 0.005), (-0.2, 0.4, 0.01)):
    for n in range(2, 1000):
        need = (t_isf(alpha / 2, n - 1) + t_isf(0.2, n - 1)) * sd / abs(effect)
        if n >= need ** 2:
            break
    out["seeds"].append({"effect": effect, "sd": sd, "alpha": alpha, "n": n})

# Linear combinations of means: with shared seeds SciPy's one-sample t test of the
# contrasts; without, Welch's generalised t with the weights in the formulas of ttest_ind.
for sizes, weights, offset in (((3, 3), (1.0, -1.0), 0.5), ((8, 8, 8), (0.25, -1.0, 1.0), 0.0), ((5,), (-1.0,), 75.0),
                               ((4, 4, 4, 4), (0.5, -0.5, 1.0, -1.0), -0.2)):
    samples = [rng.normal(75 + rng.normal(0, 1), 0.3 + 0.2 * i, n) for i, n in enumerate(sizes)]
    d = sum(w * x for w, x in zip(weights, samples)) + offset
    r = stats.ttest_1samp(d, 0.0)
    n = sizes[0]
    half = t_isf(0.025, n - 1) * d.std(ddof=1) / np.sqrt(n)
    out["contrast"].append({"samples": [floats(x) for x in samples], "weights": list(weights), "offset": offset, "paired": True,
                            "effect": float(d.mean()), "p": float(r.pvalue), "low": float(d.mean() - half), "high": float(d.mean() + half)})
for sizes, weights, offset in (((3, 5), (1.0, -1.0), 0.5), ((8, 3, 4), (0.25, -1.0, 1.0), -18.0), ((5,), (-1.0,), 75.0)):
    samples = [rng.normal(75 + rng.normal(0, 1), 0.3 + 0.2 * i, n) for i, n in enumerate(sizes)]
    v = np.array([w * w * x.var(ddof=1) / len(x) for w, x in zip(weights, samples)])
    df = v.sum() ** 2 / sum(v[i] ** 2 / (len(x) - 1) for i, x in enumerate(samples))
    e = offset + sum(w * x.mean() for w, x in zip(weights, samples))
    half = t_isf(0.025, df) * np.sqrt(v.sum())
    out["contrast"].append({"samples": [floats(x) for x in samples], "weights": list(weights), "offset": offset, "paired": False,
                            "effect": float(e), "p": float(2 * stats.t.sf(abs(e) / np.sqrt(v.sum()), df)), "low": float(e - half), "high": float(e + half)})

# Partial conjunction by its definition: min over i of (n − k + 1)/i · p_(k−1+i).
for n, k in ((4, 1), (4, 2), (4, 4), (9, 5)):
    p = np.sort(np.round(rng.uniform(0, 0.2, n), 3))
    value = min((n - k + 1) / i * p[k - 1 + i - 1] for i in range(1, n - k + 2))
    out["conjunction"].append({"p": floats(rng.permutation(p)), "k": k, "want": float(min(1.0, value))})

print("{")
print(",\n".join('"%s": [\n%s\n]' % (k, ",\n".join(json.dumps(e) for e in v)) for k, v in out.items()))
print("}")
