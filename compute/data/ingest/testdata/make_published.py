"""Writes the files of this folder: small data sets in the formats in which the real
ones are published, and pictures with what Pillow makes of them.

    /usr/bin/python3 make_published.py     (Pillow 9.4, NumPy, SciPy 1.10)

published.json has, for every data set, the digests (SHA-256 of the pixels, rows of
interleaved channels, at 32x32) of the images of each split and class, sorted. In the end
read_by_torchvision.py asserts that torchvision reads the same out of the files.
"""
import gzip, hashlib, io, json, os, struct, subprocess, sys, tarfile

import numpy as np
from PIL import Image
from scipy.io import savemat

os.chdir(os.path.dirname(os.path.abspath(__file__)))
rng = np.random.default_rng(7)
SIDE = 32
expected = {}


def note(name, split, label, pixels):
    digest = hashlib.sha256(np.ascontiguousarray(pixels, dtype=np.uint8).tobytes()).hexdigest()
    expected.setdefault(name, {}).setdefault(split, {}).setdefault(str(label), []).append(digest)


def square(image, side=SIDE):
    """torchvision's Resize(side, BICUBIC) and CenterCrop(side)."""
    w, h = image.size
    if w < h:
        size = (side, int(side * h / w))
    else:
        size = (int(side * w / h), side)
    image = image.resize(size, Image.BICUBIC)
    left, top = int(round((size[0] - side) / 2.0)), int(round((size[1] - side) / 2.0))
    return np.asarray(image.crop((left, top, left + side, top + side)))


def picture(w, h, seed):
    """A smooth coloured picture with an edge, which compresses well."""
    r = np.random.default_rng(seed)
    y, x = np.mgrid[0:h, 0:w]
    a, b = r.integers(0, 128, 3), r.integers(0, 128, 3)
    pix = a + b * (x[..., None] / w) + 60 * (((x + y) // 7 + seed) % 2)[..., None]
    return Image.fromarray(np.clip(pix, 0, 255).astype(np.uint8), "RGB")


def archive(path, members):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as t:
        for name, data in members:
            info = tarfile.TarInfo(name)
            if data is None:
                info.type = tarfile.DIRTYPE
                t.addfile(info)
                continue
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    with open(path, "wb") as f, gzip.GzipFile("", "wb", 9, f, mtime=0) as z:
        z.write(raw.getvalue())


def cifar(name, path, folder, names_file, names, per_train, files, label):
    def record(k, split, seed):
        pix = np.asarray(picture(32, 32, seed))
        note(name, split, k, pix)
        return label(k) + pix.transpose(2, 0, 1).tobytes()

    n = len(names)
    train = [record(i % n, "train", i) for i in range(n * per_train)]
    test = [record(i % n, "test", 1000 + i) for i in range(n)]
    members = [(folder, None), (folder + names_file, ("\n".join(names) + "\n\n").encode()), (folder + "readme.html", b"<html>")]
    each = len(train) // (len(files) - 1)
    for i, f in enumerate(files):
        data = test if i == len(files) - 1 else train[i * each:(i + 1) * each]
        members.append((folder + f, b"".join(data)))
    archive(path, members)


ten = "airplane automobile bird cat deer dog frog horse ship truck".split()
cifar("cifar10", "cifar-10-binary.tar.gz", "cifar-10-batches-bin/", "batches.meta.txt", ten, 2,
      ["data_batch_%d.bin" % i for i in range(1, 6)] + ["test_batch.bin"], lambda k: bytes([k]))
cifar("cifar100", "cifar-100-binary.tar.gz", "cifar-100-binary/", "fine_label_names.txt", ["class_%d" % i for i in range(100)], 2,
      ["train.bin", "test.bin"], lambda k: bytes([k // 5, k]))

# MNIST: classes of different sizes.
for part, split, counts in (("train", "train", [3, 4] * 5), ("t10k", "test", [1, 2] * 5)):
    labels = [k for k, n in enumerate(counts) for _ in range(n)]
    rng.shuffle(labels)
    images = []
    for i, k in enumerate(labels):
        pix = np.asarray(picture(28, 28, 50 * k + i).convert("L"))
        images.append(pix)
        note("mnist", split, k, square(Image.fromarray(pix, "L")))
    for kind, head, data in (("images-idx3", struct.pack(">IIII", 0x803, len(labels), 28, 28), b"".join(p.tobytes() for p in images)),
                             ("labels-idx1", struct.pack(">II", 0x801, len(labels)), bytes(labels))):
        with open("%s-%s-ubyte.gz" % (part, kind), "wb") as f, gzip.GzipFile("", "wb", 9, f, mtime=0) as z:
            z.write(head + data)


def encoded(image, **how):
    b = io.BytesIO()
    image.save(b, **how)
    return b.getvalue()


# Pets: pictures that are called .jpg and are PNG, so that pixels are the same everywhere.
lists = {"trainval": ["#Image CLASS-ID SPECIES BREED ID"], "test": []}
members = [("images/", None), ("images/._Abyssinian_1.jpg", b"junk"), ("images/Abyssinian_1.mat", b"junk")]
breeds = ["Abyssinian", "great_pyrenees", "yorkshire_terrier"]
seed = 0
for label, breed in enumerate(breeds):
    for i in range(6):
        seed += 1
        split = "trainval" if i < 4 else "test"
        im = picture(40 + 3 * seed, 90 - 2 * seed, seed)
        lists[split].append("%s_%d %d %d 1" % (breed, i, label + 1, 1 + (label > 0)))
        members.append(("images/%s_%d.jpg" % (breed, i), encoded(im, format="PNG", optimize=True)))
        note("pets", "train" if i < 4 else "test", label, square(im))
archive("images.tar.gz", members)
archive("annotations.tar.gz", [("annotations/%s.txt" % k, ("\n".join(v) + "\n").encode()) for k, v in lists.items()])

# Flowers.
ids, labels, members = {"trnid": [], "valid": [], "tstid": []}, [], [("jpg/", None)]
order = [(k, part) for k in range(102) for part in ids]
rng.shuffle(order)
for i, (k, part) in enumerate(order):
    k = int(k)
    im = picture(34 + k % 5, 33, k * 3 + len(part) % 3)
    members.append(("jpg/image_%05d.jpg" % (i + 1), encoded(im, format="PNG", optimize=True)))
    labels.append(k + 1)
    ids[part].append(i + 1)
    note("flowers", {"trnid": "train", "valid": "validation", "tstid": "test"}[part], k, square(im))
archive("102flowers.tgz", members)
savemat("imagelabels.mat", {"labels": np.array([labels], dtype=np.uint8)}, do_compression=True)
savemat("setid.mat", {k: np.array([v], dtype=np.uint16) for k, v in ids.items()}, do_compression=True)
savemat("plain.mat", {
    "text": "hello", "z": np.array([1 + 2j]), "cell": np.array([1, "a"], dtype=object),
    "double": np.array([[1.0, 3.0], [2.0, 4.0]]), "single": np.array([5.0], dtype=np.float32),
    "i8": np.array([-1], dtype=np.int8), "i16": np.array([-300], dtype=np.int16), "i32": np.array([70000, 2], dtype=np.int32),
    "u32": np.array([3000000000 // 2], dtype=np.uint32), "i64": np.array([-5], dtype=np.int64), "u64": np.array([9], dtype=np.uint64),
    "half": np.array([0.5]),
})

# Pictures with Pillow's result: exact for those without loss.
noise = Image.fromarray(rng.integers(0, 256, (23, 31, 3), dtype=np.uint8), "RGB")
blurred = noise.resize((71, 53), Image.BICUBIC)
alpha = blurred.copy()
alpha.putalpha(Image.linear_gradient("L").resize(blurred.size))
pictures = {
    "noise.png": (noise, {}), "tall.png": (noise.rotate(90, expand=True), {}), "grey.png": (blurred.convert("L"), {}),
    "palette.png": (blurred.quantize(16), {}), "alpha.png": (alpha, {}), "small.png": (noise.crop((0, 0, 9, 11)), {}),
    "palette.gif": (blurred.quantize(16), {}),
    "444.jpg": (blurred, {"quality": 90, "subsampling": 0}), "420.jpg": (blurred, {"quality": 90, "subsampling": 2}),
    "progressive.jpg": (blurred, {"quality": 85, "progressive": True}), "grey.jpg": (blurred.convert("L"), {"quality": 90}),
    "cmyk.jpg": (blurred.convert("CMYK"), {"quality": 95}),
}
fits = {}
for name, (im, how) in pictures.items():
    data = encoded(im, format={"png": "PNG", "jpg": "JPEG", "gif": "GIF"}[name[-3:]], **how)
    with open(name, "wb") as f:
        f.write(data)
    rgb = Image.open(io.BytesIO(data)).convert("RGB")
    fits[name] = {str(side): square(rgb, side).tobytes().hex() for side in (8, 16)}

for splits in expected.values():
    for classes in splits.values():
        for digests in classes.values():
            digests.sort()
with open("published.json", "w") as f:
    json.dump({"pillow": Image.__version__, "sets": expected, "fits": fits}, f, indent=None, separators=(",", ":"))

subprocess.run([sys.executable, "read_by_torchvision.py"], check=True)
