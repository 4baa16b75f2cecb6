"""Writes what lossxfer-report reads of a network that was trained elsewhere.

    out = Layout("imported", "softmax", 1)
    with Extractor(model, model.fc, {"stem": model.maxpool, "block1": model.layer1}) as look:
        out.features("imagenet", "test", look.run(images), labels, logits=True)
        out.activations("imagenet", "test", look.run(images[:1500], layers=True), labels[:1500])
    out.final(model.fc)

The layout is described in docs/imports.md. It needs PyTorch and NumPy and nothing else.
"""
import json
import os
import struct

import numpy as np
import torch

TYPES = {"float32": "F32", "int64": "I64"}


def write_safetensors(path, arrays, metadata=None):
    """Writes float32 and int64 arrays; the folder is made, and the file is whole or not there."""
    header, blobs, at = {"__metadata__": metadata} if metadata else {}, [], 0
    for name, a in arrays.items():
        a = np.ascontiguousarray(a)
        header[name] = {"dtype": TYPES[str(a.dtype)], "shape": list(a.shape), "data_offsets": [at, at + a.nbytes]}
        blobs.append(a)
        at += a.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".part", "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text)
        for a in blobs:
            f.write(a.tobytes())
    os.replace(path + ".part", path)


class Extractor:
    """Runs a network and keeps what goes into its final layer and what comes out of layers.

    final is the module whose input are the penultimate features; layers maps names to modules,
    in the order of the network. Activations of layers are kept as they come, channels first."""

    def __init__(self, model, final, layers=None):
        self.model, self.layers = model.eval(), layers or {}
        self.seen, self.hooks = {}, []
        self.hooks.append(final.register_forward_pre_hook(lambda _, x: self.keep("features", x[0])))
        for name, module in self.layers.items():
            self.hooks.append(module.register_forward_hook(lambda _, x, y, name=name: self.keep(name, y)))

    def keep(self, name, x):
        self.seen[name] = x.detach().float().cpu().numpy()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for h in self.hooks:
            h.remove()

    @torch.no_grad()
    def run(self, images, layers=False, batch=256):
        """A dict of arrays with a row for each image: features, logits and, if asked for, the layers."""
        parts = []
        for at in range(0, len(images), batch):
            logits = self.model(images[at:at + batch])
            one = {"features": self.seen["features"], "logits": logits.float().cpu().numpy()}
            if layers:
                one.update({"activations/" + name: self.seen[name] for name in self.layers})
            parts.append(one)
        return {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}


class Layout:
    """The files of one network: of an objective, under the number of a seed."""

    def __init__(self, folder, objective, seed):
        self.folder = os.path.join(folder, objective, str(seed))
        self.metadata = {"network": f"{objective}, seed {seed}"}

    def write(self, name, arrays):
        write_safetensors(os.path.join(self.folder, name + ".safetensors"), arrays, self.metadata)

    def features(self, dataset, split, of, labels, logits=False):
        """Features and labels. Logits, if they are written, are held against features and final layer."""
        names = ["features"] + (["logits"] if logits else [])
        self.write(f"{dataset}-{split}", {**{n: of[n] for n in names}, "labels": np.asarray(labels, np.int64)})

    def activations(self, dataset, split, of, labels):
        arrays = {n: a for n, a in of.items() if n != "logits"}
        self.write(f"{dataset}-{split}-activations", {**arrays, "labels": np.asarray(labels, np.int64)})

    def final(self, linear):
        """weight is [classes, features], as PyTorch has it; the name says so."""
        self.write("final", {n: p.detach().float().cpu().numpy() for n, p in linear.named_parameters()})
