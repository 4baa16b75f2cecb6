"""Features that look like penultimate features: non-negative, sparse-ish, with a
spectrum over four decades, from class means pushed through two random ReLU layers.
Everything is exact in float32."""

import numpy as np


def features(n, d, classes, seed, separation):
    r = np.random.default_rng(seed)
    latent = 40
    means = r.normal(size=(classes, latent)) * separation
    y = r.integers(0, classes, n)
    z = means[y] + r.normal(size=(n, latent))
    h = np.maximum(z @ r.normal(size=(latent, 128)) / latent**0.5 + 0.3 * r.normal(size=(n, 128)), 0)
    h = np.maximum(h @ r.normal(size=(128, d)) / 128**0.5 + 0.1 * r.normal(size=(n, d)), 0)
    return h.astype(np.float32), y
