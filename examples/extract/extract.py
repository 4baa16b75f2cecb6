"""Trains small networks under the nine objectives and writes their features for lossxfer-report.

    python3 examples/extract/extract.py --to imported

stands for a script of your own: what it does with scikit-learn's digits you do with your data and
your networks. They learn to tell the digits 0 to 5 apart; downstream tasks are the digits 6 to 9,
and how far a digit is turned. It needs PyTorch, NumPy and scikit-learn, and half a minute.
"""
import argparse
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits

from layout import Extractor, Layout

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "trainer"))
from objectives import Objective  # the nine losses, equations (1) to (9)

# The hyper-parameters of the preset smoke: logits are computed again with those of the manifest.
OBJECTIVES = {
    "softmax": {}, "label_smoothing": {"alpha": 0.1}, "sigmoid": {}, "extra_final_layer_l2": {"lambda_final": 1e-3},
    "dropout": {"keep": 0.9}, "logit_penalty": {"beta": 3e-4}, "logit_normalization": {"tau": 0.06},
    "cosine_softmax": {"tau": 0.08}, "squared_error": {"kappa": 3, "m": 10, "loss_scale": 3},
}
KNOWN, WIDTH = 6, 48  # classes of pretraining, features


class Network(torch.nn.Module):
    def __init__(self, objective):
        super().__init__()
        self.block1 = self.block(1, 16)
        self.block2 = self.block(16, 32)
        self.block3 = self.block(32, WIDTH)
        self.fc = torch.nn.Linear(WIDTH, KNOWN)
        self.objective = objective

    def block(self, before, after):
        return torch.nn.Sequential(
            torch.nn.Conv2d(before, after, 3, padding=1, bias=False), torch.nn.BatchNorm2d(after), torch.nn.ReLU())

    def trunk(self, x):
        x = F.max_pool2d(self.block2(self.block1(x)), 2)
        return self.block3(x).mean((2, 3))

    def forward(self, x):
        h = self.trunk(x)
        self.fc(h)  # the hook of the features is on this layer
        return self.objective.logits(h, self.fc.weight.T, self.fc.bias)


def train(name, seed, images, labels, passes):
    torch.manual_seed(seed)
    objective = Objective({"name": name, **OBJECTIVES[name]})
    net = Network(objective)
    steps = passes * (len(images) // 32)
    optimiser = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9, nesterov=True, weight_decay=5e-5)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 0.1, total_steps=steps, pct_start=0.1)
    for step in range(steps):
        if step % (len(images) // 32) == 0:
            order = torch.randperm(len(images))
        some = order[:32]
        order = order[32:]
        loss, _ = objective(net.trunk(images[some]), net.fc.weight.T, net.fc.bias, F.one_hot(labels[some], KNOWN).float())
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimiser.step()
        schedule.step()
    return net


def splits(images, labels, train, validation, test):
    """The same number of images of every class in each split."""
    out = {}
    for name, low, high in [("train", 0, train), ("validation", train, train + validation),
                            ("test", train + validation, train + validation + test)]:
        rows = np.concatenate([np.flatnonzero(labels == k)[low:high] for k in np.unique(labels)])
        out[name] = torch.tensor(images[rows]), torch.tensor(labels[rows])
    return out


def data():
    digits = load_digits()
    images, labels = (digits.images / 8 - 1).astype(np.float32)[:, None], digits.target.astype(np.int64)
    known = labels < KNOWN
    turned = np.concatenate([np.rot90(images[known][i::4], i, (2, 3)) for i in range(4)])
    turns = np.concatenate([np.full(len(images[known][i::4]), i) for i in range(4)])
    return {
        "digits_low": splits(images[known], labels[known], 90, 30, 50),
        "digits_high": splits(images[~known], labels[~known] - KNOWN, 60, 20, 60),
        "turned": splits(turned.copy(), turns.astype(np.int64), 80, 30, 100),
    }


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--to", required=True, help="folder of the files")
    options.add_argument("--seeds", type=int, default=2)
    options.add_argument("--passes", type=int, default=15)
    options = options.parse_args()
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    sets = data()
    for name in OBJECTIVES:
        for seed in range(1, options.seeds + 1):
            net = train(name, seed, *sets["digits_low"]["train"], options.passes)
            out = Layout(options.to, name, seed)
            out.final(net.fc)
            blocks = {b: getattr(net, b) for b in ["block1", "block2", "block3"]}
            with Extractor(net, net.fc, blocks) as look:
                for dataset, parts in sets.items():
                    for split, (images, labels) in parts.items():
                        out.features(dataset, split, look.run(images), labels, logits=dataset == "digits_low")
                images, labels = sets["digits_low"]["test"]
                out.activations("digits_low", "test", look.run(images, layers=True), labels)
            print(f"{name} seed {seed}: wrote {out.folder}", flush=True)


if __name__ == "__main__":
    main()
