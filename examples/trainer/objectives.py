"""The nine objectives of the paper, equations (1) to (9), and their combinations."""
import torch
import torch.nn.functional as F


def cross_entropy(t, z):
    return -(t * F.log_softmax(z, 1)).sum(1).mean()


class Objective:
    """What an objective makes of features h, the final layer's weight w and bias b, and
    targets t: the loss, and the logits it was computed from. A combination (with) adds the
    regulariser or the normalisation of a second objective."""

    def __init__(self, spec):
        self.__dict__.update(spec)
        self.parts = [spec["name"]] + ([spec["with"]] if spec.get("with") else [])

    def has(self, name):
        return name in self.parts

    def logits(self, h, w, b):
        if self.has("cosine_softmax"):
            z = (F.normalize(h, dim=1) @ F.normalize(w, dim=0) + b) / self.tau
        else:
            z = h @ w + b
        if self.has("logit_normalization"):
            z = F.normalize(z, dim=1) / getattr(self, "with_tau", self.tau)
        return z

    def __call__(self, h, w, b, t):
        if self.has("dropout"):
            h = F.dropout(h, 1 - self.keep)  # what is kept is divided by keep
        z = self.logits(h, w, b)
        if self.name == "label_smoothing":
            loss = cross_entropy((1 - self.alpha) * t + self.alpha / z.shape[1], z) / (1 - self.alpha)
        elif self.name == "sigmoid":
            loss = F.binary_cross_entropy_with_logits(z, t, reduction="none").sum(1).mean()
        elif self.name == "squared_error":
            loss = self.loss_scale * (self.kappa * t * (z - self.m) ** 2 + (1 - t) * z ** 2).mean(1).mean()
        else:
            loss = cross_entropy(t, z)
        if self.has("extra_final_layer_l2"):
            loss = loss + self.lambda_final * (w ** 2).sum()
        if self.has("logit_penalty"):
            loss = loss + self.beta * (z ** 2).sum(1).mean()
        if getattr(self, "times_tau", False):
            loss = loss * self.tau
        return loss, z
