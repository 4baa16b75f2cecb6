"""Reference values of the special functions, by mpmath with 60 digits.

python3 make_special.py > special.json   (mpmath 1.2)
"""
import json
import random

import mpmath as mp

mp.mp.dps = 60
rng = random.Random(1)


def points(f, xs):
    return [[float(x).hex(), float(f(mp.mpf(float(x)))).hex()] for x in xs]


def spread(lo, hi, n):
    return [rng.uniform(lo, hi) for _ in range(n)]


def logspread(lo, hi, n):
    return [10 ** rng.uniform(lo, hi) for _ in range(n)]


def betainc(a, b, x):
    a, b, x = mp.mpf(a), mp.mpf(b), mp.mpf(x)
    if x > a / (a + b):  # mpmath's series converges at the lower end
        return 1 - mp.betainc(b, a, 0, 1 - x, regularized=True)
    return mp.betainc(a, b, 0, x, regularized=True)


def beta():
    rows = []
    for _ in range(250):
        a, b = 10 ** rng.uniform(-1, 3), 10 ** rng.uniform(-1, 3)
        mean = a / (a + b)
        sd = (mean * (1 - mean) / (a + b + 1)) ** 0.5
        x = min(max(mean + sd * rng.uniform(-8, 8), 1e-9), 1 - 1e-9)
        rows.append([a.hex(), b.hex(), x.hex(), float(betainc(a, b, x)).hex()])
    return rows


def student():
    rows = []
    for df in [1, 2, 3, 4.7, 8, 14, 30, 100, 1000, 9999]:
        for t in [1e-8, 0.01, 0.3, 1, 2.5, 6, 20]:
            x = mp.mpf(df) / (mp.mpf(df) + mp.mpf(t) ** 2)
            rows.append([float(t).hex(), float(df).hex(), float(betainc(mp.mpf(df) / 2, mp.mpf("0.5"), x)).hex()])
    return rows


json.dump({
    "exp": points(mp.exp, spread(-745, 709, 150) + spread(-1, 1, 100) + [0.0, 1e-9, -1e-9, -708.5, -744.4]),
    "log": points(mp.log, logspread(-308, 308, 100) + spread(0.5, 2, 150) + [5e-324]),
    "log1p": points(mp.log1p, spread(-0.999, 3, 150) + [s * v for s in (-1, 1) for v in logspread(-17, -1, 50)] + logspread(1, 300, 30)),
    "erfc": points(mp.erfc, spread(-6, 27, 250) + spread(-1.3, 1.3, 100)),
    "loggamma": points(mp.loggamma, logspread(-10, 6, 150) + spread(0.4, 3, 150) + spread(3, 12, 80)),
    "beta": beta(),
    "student": student(),
    "acos": points(mp.acos, spread(-1, 1, 150) + spread(-0.01, 0.01, 20) + [s * (1 - v) for s in (-1, 1) for v in logspread(-15, -1, 40)] + [0.0, 0.5, -0.5, 1.0, -1.0, 1e-20]),
}, open("special.json", "w"), indent=0)
