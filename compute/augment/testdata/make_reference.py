"""Reference results of the operations, by Pillow: python3 testdata/make_reference.py > testdata/reference.json

For every image of images.raw (see make_images.go), operation, level and direction: the
first 16 hexadecimal digits of the SHA-256 of the grey levels Pillow gives. The calls are
those of augmentation_transforms.py (tensorflow/models, research/autoaugment), with grey
128 for what comes in. An image of 20 by 12 pixels, cut from the noise, shows that
height and width are not confused. The policy is torchvision's AutoAugmentPolicy.SVHN.
"""
import hashlib, json, os
import numpy as np
import PIL
from PIL import Image, ImageEnhance, ImageOps

here = os.path.dirname(os.path.abspath(__file__))
raw = np.fromfile(os.path.join(here, "images.raw"), np.uint8).reshape(-1, 28, 28)
images = [Image.fromarray(x, "L") for x in raw] + [Image.fromarray(raw[6].reshape(-1)[:240].reshape(12, 20), "L")]


def warp(im, *a):
    return im.transform(im.size, Image.AFFINE, a, fillcolor=128)


def shear_x(im, level, sign):
    return warp(im, 1, sign * (level * 0.3 / 10), 0, 0, 1, 0)


def shear_y(im, level, sign):
    return warp(im, 1, 0, 0, sign * (level * 0.3 / 10), 1, 0)


def translate_x(im, level, sign):
    return warp(im, 1, 0, sign * int(level * im.size[0] / 32), 0, 1, 0)


def translate_y(im, level, sign):
    return warp(im, 1, 0, 0, 0, 1, sign * int(level * im.size[1] / 32))


def rotate(im, level, sign):
    return im.rotate(sign * int(level * 30 / 10), fillcolor=128)


def solarize(im, level, sign):
    return ImageOps.solarize(im, 256 - int(level * 256 / 10))


def contrast(im, level, sign):
    return ImageEnhance.Contrast(im).enhance(float(level) * 1.8 / 10 + 0.1)


plain = {
    "Invert": lambda im, level, sign: ImageOps.invert(im),
    "Equalize": lambda im, level, sign: ImageOps.equalize(im),
    "AutoContrast": lambda im, level, sign: ImageOps.autocontrast(im),
}
signed = {"ShearX": shear_x, "ShearY": shear_y, "TranslateX": translate_x, "TranslateY": translate_y, "Rotate": rotate}
levelled = {"Solarize": solarize, "Contrast": contrast}

cases = []


def case(name, f, level, sign):
    digests = [hashlib.sha256(np.asarray(f(im, level, sign)).tobytes()).hexdigest()[:16] for im in images]
    cases.append({"op": name, "level": level, "negative": sign < 0, "digests": digests})


for name, f in plain.items():
    case(name, f, 0, 1)
for name, f in levelled.items():
    for level in range(11):
        case(name, f, level, 1)
for name, f in signed.items():
    for level in range(11):
        for sign in (1, -1):
            case(name, f, level, sign)

policy = [
    (("ShearX", 0.9, 4), ("Invert", 0.2, None)), (("ShearY", 0.9, 8), ("Invert", 0.7, None)),
    (("Equalize", 0.6, None), ("Solarize", 0.6, 6)), (("Invert", 0.9, None), ("Equalize", 0.6, None)),
    (("Equalize", 0.6, None), ("Rotate", 0.9, 3)), (("ShearX", 0.9, 4), ("AutoContrast", 0.8, None)),
    (("ShearY", 0.9, 8), ("Invert", 0.4, None)), (("ShearY", 0.9, 5), ("Solarize", 0.2, 6)),
    (("Invert", 0.9, None), ("AutoContrast", 0.8, None)), (("Equalize", 0.6, None), ("Rotate", 0.9, 3)),
    (("ShearX", 0.9, 4), ("Solarize", 0.3, 3)), (("ShearY", 0.8, 8), ("Invert", 0.7, None)),
    (("Equalize", 0.9, None), ("TranslateY", 0.6, 6)), (("Invert", 0.9, None), ("Equalize", 0.6, None)),
    (("Contrast", 0.3, 3), ("Rotate", 0.8, 4)), (("Invert", 0.8, None), ("TranslateY", 0.0, 2)),
    (("ShearY", 0.7, 6), ("Solarize", 0.4, 8)), (("Invert", 0.6, None), ("Rotate", 0.8, 4)),
    (("ShearY", 0.3, 7), ("TranslateX", 0.9, 3)), (("ShearX", 0.1, 6), ("Invert", 0.6, None)),
    (("Solarize", 0.7, 2), ("TranslateY", 0.6, 7)), (("ShearY", 0.8, 4), ("Invert", 0.8, None)),
    (("ShearX", 0.7, 9), ("TranslateY", 0.8, 3)), (("ShearY", 0.8, 5), ("AutoContrast", 0.7, None)),
    (("ShearX", 0.7, 2), ("Invert", 0.1, None)),
]
out = [[{"op": o, "probability": p, "level": m or 0} for o, p, m in sub] for sub in policy]
print('{"pillow": "%s",\n"policy": [' % PIL.__version__)
print(",\n".join(json.dumps(x) for x in out))
print('],\n"cases": [')
print(",\n".join(json.dumps(x) for x in cases))
print("]}")
