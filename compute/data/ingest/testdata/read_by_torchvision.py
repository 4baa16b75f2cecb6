"""Asserts that torchvision.datasets reads the data sets and pictures of this folder to the
images and labels that published.json has.

    /usr/bin/python3 read_by_torchvision.py     (torchvision 0.14.1)

The files are laid out as torchvision has them after its own download: unpacked, and CIFAR
as the pickles that the same rows are published as, too. Sums over whole files are not
compared, as these are small sets of our own.
"""
import gzip, hashlib, json, os, pickle, shutil, sys, tarfile, tempfile

import numpy as np
from torchvision import datasets, transforms

here = os.path.dirname(os.path.abspath(__file__))
known = json.load(open(os.path.join(here, "published.json")))


def fit(side):
    return transforms.Compose([
        transforms.Resize(side, transforms.InterpolationMode.BICUBIC), transforms.CenterCrop(side),
        lambda image: np.asarray(image, dtype=np.uint8)])


class Sums:
    """Digests by split and class, as in published.json."""

    def __init__(self):
        self.sets = {}

    def add(self, name, split, dataset, first=0):
        for pixels, label in dataset:
            digest = hashlib.sha256(np.ascontiguousarray(pixels).tobytes()).hexdigest()
            self.sets.setdefault(name, {}).setdefault(split, {}).setdefault(str(int(label) - first), []).append(digest)

    def check(self, name):
        got = {split: {k: sorted(v) for k, v in classes.items()} for split, classes in self.sets[name].items()}
        assert got == known["sets"][name], name
        print(name, "agrees in", sum(len(v) for c in got.values() for v in c.values()), "images")


def unpack(archive, to):
    with tarfile.open(os.path.join(here, archive)) as t:
        t.extractall(to)


def cifar(base, archive, rows, meta, labels_key, label_bytes):
    """CIFAR's pickles from its binary files, and torchvision's reader of them."""
    class Local(base):
        def _check_integrity(self):
            return True

    Local.meta = dict(base.meta, md5=None)
    root = tempfile.mkdtemp(dir=work)
    unpack(archive, root)
    names = [line for line in open(os.path.join(root, rows, meta)).read().split("\n") if line]
    to = os.path.join(root, base.base_folder)
    os.makedirs(to)
    for file, _ in base.train_list + base.test_list:
        binary = {"train": "train.bin", "test": "test.bin"}.get(file, file + ".bin")
        raw = np.fromfile(os.path.join(root, rows, binary), np.uint8).reshape(-1, label_bytes + 3072)
        with open(os.path.join(to, file), "wb") as f:
            pickle.dump({"data": raw[:, label_bytes:], labels_key: raw[:, label_bytes - 1].tolist()}, f)
    with open(os.path.join(to, base.meta["filename"]), "wb") as f:
        pickle.dump({base.meta["key"]: names}, f)
    return lambda train: Local(root, train=train, transform=fit(32))


work = tempfile.mkdtemp()
try:
    sums = Sums()
    for name, read in (
        ("cifar10", cifar(datasets.CIFAR10, "cifar-10-binary.tar.gz", "cifar-10-batches-bin", "batches.meta.txt", "labels", 1)),
        ("cifar100", cifar(datasets.CIFAR100, "cifar-100-binary.tar.gz", "cifar-100-binary", "fine_label_names.txt", "fine_labels", 2)),
    ):
        sums.add(name, "train", read(True))
        sums.add(name, "test", read(False))
        sums.check(name)

    # Fashion-MNIST has MNIST's format, and its reader is MNIST's.
    for base in datasets.MNIST, datasets.FashionMNIST:
        raw = os.path.join(work, base.__name__, "raw")
        os.makedirs(raw)
        for file in os.listdir(here):
            if file.endswith("ubyte.gz"):
                with gzip.open(os.path.join(here, file)) as f, open(os.path.join(raw, file[:-3]), "wb") as to:
                    shutil.copyfileobj(f, to)
        sums.sets.pop("mnist", None)
        sums.add("mnist", "train", base(work, train=True, transform=fit(32)))
        sums.add("mnist", "test", base(work, train=False, transform=fit(32)))
        sums.check("mnist")

    pets = os.path.join(work, "oxford-iiit-pet")
    unpack("images.tar.gz", pets)
    unpack("annotations.tar.gz", pets)
    for name in "trainval", "test":
        path = os.path.join(pets, "annotations", name + ".txt")
        lines = [line for line in open(path) if not line.startswith("#")]  # torchvision takes none
        with open(path, "w") as f:
            f.writelines(lines)
    sums.add("pets", "train", datasets.OxfordIIITPet(work, "trainval", transform=fit(32)))
    sums.add("pets", "test", datasets.OxfordIIITPet(work, "test", transform=fit(32)))
    sums.check("pets")

    class Flowers(datasets.Flowers102):
        def _check_integrity(self):
            return True

    flowers = os.path.join(work, "flowers-102")
    unpack("102flowers.tgz", flowers)
    for file in "imagelabels.mat", "setid.mat":
        shutil.copy(os.path.join(here, file), flowers)
    splits = {split: Flowers(work, part, transform=fit(32)) for split, part in (("train", "train"), ("validation", "val"), ("test", "test"))}
    first = min(label for _, label in splits["train"])  # 1 in versions that leave labels as they are
    for split, dataset in splits.items():
        sums.add("flowers", split, dataset, first)
    sums.check("flowers")

    # Folders of pictures: classes in the order of their names, pixels as in "fits".
    folder = os.path.join(work, "folder")
    files = sorted(f for f in known["fits"] if not f.endswith(".gif"))  # which ImageFolder passes over
    for i, file in enumerate(files):
        to = os.path.join(folder, "train", "ab"[i % 2])
        os.makedirs(to, exist_ok=True)
        shutil.copy(os.path.join(here, file), to)
    for side in 8, 16:
        dataset = datasets.ImageFolder(os.path.join(folder, "train"), transform=fit(side))
        assert dataset.classes == ["a", "b"]
        for (path, label), (pixels, same) in zip(dataset.samples, dataset):
            file = os.path.basename(path)
            assert label == same == files.index(file) % 2, file
            assert pixels.tobytes().hex() == known["fits"][file][str(side)], file
        assert len(dataset) == len(files)
    print("ImageFolder agrees in", len(files), "pictures")
finally:
    shutil.rmtree(work)
