"""The folder of one training: what lossxfer-report says, and what it is told."""
import json
import os
import struct
from types import SimpleNamespace

import numpy as np
import torch

TYPES = {"F32": np.float32, "F64": np.float64}


def read_safetensors(path):
    with open(path, "rb") as f:
        header = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))
        data = f.read()
    header.pop("__metadata__", None)
    return {name: np.frombuffer(data[a["data_offsets"][0]:a["data_offsets"][1]], TYPES[a["dtype"]]).reshape(a["shape"])
            for name, a in header.items()}


def write_safetensors(path, arrays, metadata):
    header, blobs, at = {"__metadata__": metadata} if metadata else {}, [], 0
    for name, a in arrays.items():
        blobs.append(np.ascontiguousarray(a, np.float32).tobytes())
        header[name] = {"dtype": "F32", "shape": list(np.shape(a)), "data_offsets": [at, at + len(blobs[-1])]}
        at += len(blobs[-1])
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text)
        f.writelines(blobs)


@torch.no_grad()
def assign(tensors, values):
    """Sets tensors to arrays of the same names."""
    if tensors.keys() != values.keys():
        raise SystemExit(f"the network here has other parameters: {sorted(tensors.keys() ^ values.keys())}")
    for name, t in tensors.items():
        t.copy_(torch.tensor(values[name]))


class Folder:
    def __init__(self, path):
        self.path, self.arrays = path, {}
        with open(self.file("spec.json")) as f:
            self.spec = json.load(f)
        if self.spec["format"] != "lossxfer-report training 1":
            raise SystemExit(f"the specification is of another format: {self.spec['format']}")

    def file(self, name):
        return os.path.join(self.path, name)

    def initial(self):
        return read_safetensors(self.file(self.spec["initial"]))

    def split(self, name, device):
        """Standardised images, channels first, and labels; None if there are none."""
        images = self.spec["images"]
        files = images.get(name)
        if files is None:
            return None
        pixels = torch.from_numpy(np.load(self.file(files["images"]))).to(device).permute(0, 3, 1, 2)
        labels = torch.from_numpy(np.load(self.file(files["labels"]))).to(device)
        return SimpleNamespace(images=(pixels.float() / 255 - images["mean"]) / images["std"], labels=labels)

    def checkpoint(self, done, tensors):
        self.add(f"checkpoint.{done}/", tensors)

    def trained(self, tensors, curve, check, metadata):
        self.add("", tensors)
        self.add("", {"check.logits": check})
        self.write(curve, metadata)

    def diverged(self, why, curve):
        self.arrays = {}
        self.write({name: values for name, values in curve.items() if values}, {"diverged": why})

    def add(self, before, tensors):
        self.arrays.update({before + name: t.detach().cpu().numpy().copy() for name, t in tensors.items()})

    def write(self, curve, metadata):
        self.arrays.update(curve)
        write_safetensors(self.file(self.spec["output"]), self.arrays, metadata)
