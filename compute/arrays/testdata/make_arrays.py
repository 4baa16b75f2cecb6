#!/usr/bin/env python3
"""Writes the fixtures of package arrays beside this file:

    /usr/bin/python3 make_arrays.py

.npy and .npz are written by NumPy, bfloat16 is made by PyTorch. The safetensors
file is written as its published format says (github.com/huggingface/safetensors,
"Format"): eight bytes of header length, little endian; a JSON object; the data.
expected.json says what every array holds: floats as the bits of the float32 that
NumPy and PyTorch convert them to, integers as they are.
"""
import hashlib
import json
import os
import struct

import numpy as np
import torch

here = os.path.dirname(os.path.abspath(__file__))
expected = {}


def path(name):
    return os.path.join(here, name)


def expect(file, name, dtype, values):
    values = np.asarray(values)
    if values.dtype.kind == "f":
        with np.errstate(over="ignore"):
            flat = values.astype("<f4").ravel().view("<u4")
    else:
        flat = values.ravel()
    expected.setdefault(file, {})[name] = {
        "dtype": dtype, "shape": list(values.shape), "values": [str(int(v)) for v in flat]}


def write_safetensors(file, arrays, metadata):
    header, data = {"__metadata__": metadata}, b""
    for name, (dtype, shape, raw) in arrays.items():
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path(file), "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + data)


floats = np.array([[0.0, -0.0, 1.0, -1.5], [np.pi, 65504.0, 6e-8, -1e-7], [1 / 3, 2 ** -14, -2 ** -24, 1024.5]])
special = np.array([np.inf, -np.inf, 1.0])
# Halves to even, above and below, and the least and greatest float32.
rounding = np.array([1 + 2 ** -24, 1 + 3 * 2 ** -24, 1 + 2 ** -24 + 2 ** -50, 3.4028234663852886e38, 1e-45, 1e-46, -1e-320])
ints = {"u1": [0, 127, 255], "u2": [0, 1, 65535], "u4": [0, 1, 2 ** 32 - 1], "u8": [0, 1, 2 ** 63 - 1],
        "i1": [-128, 0, 127], "i2": [-32768, 0, 32767], "i4": [-2 ** 31, 0, 2 ** 31 - 1], "i8": [-2 ** 63, 0, 2 ** 63 - 1]}
names = {"f2": "F16", "f4": "F32", "f8": "F64", "b1": "BOOL", **{k: k[0].upper() + str(8 * int(k[1])) for k in ints}}

# safetensors: every type that is read, one that is not, an empty array, a number.
tensors = {}
for kind in ("f2", "f4", "f8"):
    a = floats.astype("<" + kind)
    tensors[kind] = (names[kind], a.shape, a.tobytes())
    expect("types.safetensors", kind, names[kind], a)
b = torch.tensor(floats, dtype=torch.bfloat16)
tensors["bf16"] = ("BF16", b.shape, b.view(torch.int16).numpy().tobytes())
expect("types.safetensors", "bf16", "BF16", b.to(torch.float32).numpy())
for kind, values in ints.items():
    a = np.array(values, dtype="<" + kind)
    tensors[kind] = (names[kind], a.shape, a.tobytes())
    expect("types.safetensors", kind, names[kind], a)
tensors["b1"] = ("BOOL", (2, 1), b"\x00\x01")
expect("types.safetensors", "b1", "BOOL", np.array([[False], [True]]))
tensors["empty"] = ("F32", (0, 5), b"")
expect("types.safetensors", "empty", "F32", np.zeros((0, 5), "f4"))
tensors["number"] = ("F32", (), struct.pack("<f", 2.5))
expect("types.safetensors", "number", "F32", np.float32(2.5))
tensors["rounding"] = ("F64", rounding.shape, rounding.tobytes())
expect("types.safetensors", "rounding", "F64", rounding)
tensors["special"] = ("F32", special.shape, special.astype("<f4").tobytes())
expect("types.safetensors", "special", "F32", special)
tensors["ünï \"quoted\""] = ("F32", (1,), struct.pack("<f", 1))
expect("types.safetensors", "ünï \"quoted\"", "F32", np.ones(1, "f4"))
tensors["float8"] = ("F8_E4M3", (3,), b"\x01\x02\x03")
write_safetensors("types.safetensors", tensors, {"format": "pt", "made by": "make_arrays.py"})

# .npz, stored and compressed: both byte orders, Fortran order in 2 and 3 dimensions.
rng = np.random.default_rng(1)
cube = rng.standard_normal((4, 3, 5)).astype("f4")
arrays = {}
for kind in ("f2", "f4", "f8"):
    arrays["little_" + kind] = floats.astype("<" + kind)
    arrays["big_" + kind] = floats.astype(">" + kind)
for kind, values in ints.items():
    arrays["little_" + kind] = np.array(values, dtype="<" + kind)
    arrays["big_" + kind] = np.array(values, dtype=">" + kind)
arrays["b1"] = np.array([True, False, True])
arrays["cube"] = cube
arrays["fortran"] = np.asfortranarray(floats.astype("f4"))
arrays["fortran_cube"] = np.asfortranarray(cube.astype(">f8"))
arrays["fortran_ints"] = np.asfortranarray(np.arange(6, dtype="i4").reshape(2, 3))
arrays["number"] = np.float32(-0.25)
arrays["empty"] = np.zeros((3, 0), "f4")
for file, save in (("stored.npz", np.savez), ("deflated.npz", np.savez_compressed)):
    with open(path(file), "wb") as f:
        save(f, **arrays)
    for name, a in arrays.items():
        expect(file, name, names[a.dtype.str[1:]], a)

# .npy of each version; the sizes of headers that WriteNPY must give as well.
np.save(path("one.npy"), floats.astype("f4"))
expect("one.npy", "one", "F32", floats.astype("f4"))
np.save(path("labels.npy"), np.arange(-2, 5, dtype="i8"))
expect("labels.npy", "labels", "I64", np.arange(-2, 5))
for version in ((2, 0), (3, 0)):
    file = "version%d.npy" % version[0]
    with open(path(file), "wb") as f:
        np.lib.format.write_array(f, cube, version=version)
    expect(file, file[:-4], "F32", cube)

# What is refused.
np.save(path("objects.npy"), np.array([{"a": 1}, None], dtype=object), allow_pickle=True)
np.save(path("records.npy"), np.zeros(2, dtype=[("x", "<f4"), ("y", "<i4", (2,))]))
np.savez(path("mixed.npz"), objects=np.array([None]), texts=np.array(["cat", "dog"]), fine=np.ones(2, "f4"), complex=np.ones(2, "c8"))
torch.save({"w": torch.ones(2)}, path("checkpoint.pt"))

every_half = np.arange(65536, dtype="<u2").view("<f2").astype("<f4").tobytes()
with open(path("expected.json"), "w") as f:
    json.dump({"half": hashlib.sha256(every_half).hexdigest(), "files": expected}, f, indent=0, sort_keys=True)
    f.write("\n")
