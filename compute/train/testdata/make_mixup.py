"""Writes mixup.json: quantiles of the lower half of Beta(alpha, alpha), by SciPy.
Run with any SciPy: python3 make_mixup.py
"""
import json
import os

from scipy.stats import beta

cases = [dict(Alpha=a, U=u, Lower=float(beta.ppf(u / 2, a, a)))
         for a in (0.05, 0.2, 0.4, 1.0, 2.0, 8.0) for u in (0.003, 0.02, 0.3, 0.5, 0.77, 0.99)]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "mixup.json"), "w") as f:
    json.dump(cases, f, indent=1)
    f.write("\n")
