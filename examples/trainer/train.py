#!/usr/bin/env python3
"""Trains one network for lossxfer-report, in PyTorch (1.13 or later) and NumPy.

    lossxfer-report build --trainer "python3 examples/trainer/train.py"

The last argument is the folder of one training: spec.json says what to train, and the
trained weights go to trained.safetensors beside it. docs/trainer.md describes both. Start
your own trainer from this one: network.py has the networks, objectives.py the losses,
exchange.py the files.
"""
import copy
import math
import sys

import torch

import exchange
from network import Network
from objectives import Objective


class Schedule:
    """Learning rates and averages, by steps counted from 0."""

    def __init__(self, s):
        self.__dict__.update(s)
        self.steps = self.passes * self.steps_per_pass
        self.warm = math.floor(self.warm_up * self.steps + 0.5)

    def rate(self, step):
        if step < self.warm:
            return self.learning_rate * (step + 1) / self.warm
        if self.decay == "exponential":
            return self.learning_rate * self.decay_per_pass ** ((step - self.warm) // self.steps_per_pass)
        return self.learning_rate * 0.5 * (1 + math.cos(math.pi * (step - self.warm) / (self.steps - self.warm)))

    def keep(self, steps):
        """What an average over a fraction ema of so many steps keeps of itself in a step."""
        return 1 - 1 / max(1, self.ema * steps)


class Average:
    """A moving average of everything that a network and its final layer hold."""

    def __init__(self, model):
        self.model = copy.deepcopy(model)

    @torch.no_grad()
    def move(self, model, keep):
        for mine, theirs in zip(self.tensors(self.model), self.tensors(model)):
            mine.lerp_(theirs, 1 - keep)

    @staticmethod
    def tensors(model):
        return [t for t in model.state_dict().values() if t.is_floating_point()]


class Model(torch.nn.Module):
    """A network and the objective's layer on top of it."""

    def __init__(self, spec):
        super().__init__()
        n = spec["network"]
        self.network = Network(n["architecture"], n["channels"], n["features"], n["batch_norm_epsilon"])
        self.weight = torch.nn.Parameter(torch.zeros(n["features"], n["classes"]))
        self.bias = torch.nn.Parameter(torch.zeros(n["classes"]))

    def arrays(self):
        """The tensors by the names of the specification, as views that can be written to."""
        named = self.network.arrays()
        named["final.weight"], named["final.bias"] = self.weight, self.bias
        return named


@torch.no_grad()
def logits_of(model, objective, images):
    model.eval()
    out = [objective.logits(model.network(x), model.weight, model.bias) for x in images.split(256)]
    model.train()
    return torch.cat(out)


def accuracy(model, objective, split):
    return (logits_of(model, objective, split.images).argmax(1) == split.labels).double().mean().item()


def augmented(x, schedule, chance):
    """Moves every image by up to shift pixels, repeating its edge, and mirrors half of them."""
    n, _, h, w = x.shape
    s = schedule.shift
    if s:
        padded = torch.nn.functional.pad(x, (s, s, s, s), mode="replicate")
        at = torch.randint(0, 2 * s + 1, (n, 2), generator=chance)
        x = torch.stack([padded[i, :, a:a + h, b:b + w] for i, (a, b) in enumerate(at.tolist())])
    if schedule.flip:
        mirrored = torch.rand(n, generator=chance) < 0.5
        x = torch.where(mirrored[:, None, None, None].to(x.device), x.flip(3), x)
    return x


def mixed(x, t, alpha):
    """mixup: one share for the batch, of at least a half, so that the own class is the larger part."""
    share = torch.distributions.Beta(alpha, alpha).sample().item()
    share = max(share, 1 - share)
    partner = torch.randperm(len(x))
    return share * x + (1 - share) * x[partner], share * t + (1 - share) * t[partner]


def optimiser(model, schedule):
    # As decay in the specification has it: weights decay, biases and batch normalisation do not.
    decaying = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() == 1]
    return torch.optim.SGD(
        [{"params": decaying, "weight_decay": schedule.weight_decay}, {"params": others}],
        lr=schedule.learning_rate, momentum=schedule.momentum, nesterov=schedule.momentum > 0)


def train(spec, out, device):
    schedule = Schedule(spec["schedule"])
    if schedule.augment:
        sys.exit(f"augment = {schedule.augment} is not implemented here: add it to leaves in [trainer]")
    torch.manual_seed(spec["seed"])
    chance = torch.Generator().manual_seed(spec["seed"])
    model = Model(spec)
    exchange.assign(model.arrays(), out.initial())
    model.to(device)
    objective = Objective(spec["objective"])
    data, followed = out.split("train", device), out.split("validation", device)
    descent = optimiser(model, schedule)
    average, so_far = Average(model), Average(model)
    curve = {"curve.loss": [], "curve.top1": [], "curve.validation_top1": []}
    if followed is None:
        del curve["curve.validation_top1"]

    step = 0
    for done in range(1, schedule.passes + 1):
        order = torch.randperm(len(data.labels), generator=chance)
        losses, hits = 0.0, 0
        for i in range(schedule.steps_per_pass):  # the images that are left over wait for another pass
            index = order[i * schedule.batch:(i + 1) * schedule.batch].to(device)
            x, labels = augmented(data.images[index], schedule, chance), data.labels[index]
            t = torch.nn.functional.one_hot(labels, len(model.bias)).to(x)
            if schedule.mixup:
                x, t = mixed(x, t, schedule.mixup)
            # The first steps average the statistics evenly: 0 and 1 are no measurements.
            model.network.set_momentum(max(0.1, 1 / (step + 1)))
            loss, z = objective(model.network(x), model.weight, model.bias, t)
            if not math.isfinite(loss.item()):
                out.diverged(f"the loss is {loss.item()} at step {step + 1} of {schedule.steps}", curve)
                return
            for group in descent.param_groups:
                group["lr"] = schedule.rate(step)
            descent.zero_grad()
            loss.backward()
            if schedule.clip_norm:
                torch.nn.utils.clip_grad_norm_(model.parameters(), schedule.clip_norm)
            descent.step()
            step += 1
            if schedule.ema:
                average.move(model, schedule.keep(schedule.steps))
                so_far.move(model, schedule.keep(step))
            losses += loss.item()
            hits += (z.argmax(1) == labels).sum().item()
            print("progress", step, schedule.steps, flush=True)
        if not all(torch.isfinite(v).all() for v in model.state_dict().values()):
            out.diverged(f"a weight is not finite after pass {done} of {schedule.passes}", curve)
            return
        curve["curve.loss"].append(losses / schedule.steps_per_pass)
        curve["curve.top1"].append(hits / (schedule.steps_per_pass * schedule.batch))
        result = model
        if schedule.ema:
            result = (average if done == schedule.passes else so_far).model
        if followed is not None:
            curve["curve.validation_top1"].append(accuracy(result, objective, followed))
        if done in spec["checkpoints"]:
            out.checkpoint(done, result.arrays())

    check = logits_of(result, objective, data.images[:spec["check"]])
    out.trained(result.arrays(), curve, check, {"train_top1": repr(accuracy(result, objective, data))})


if __name__ == "__main__":
    out = exchange.Folder(sys.argv[-1])
    train(out.spec, out, "cuda" if torch.cuda.is_available() else "cpu")
