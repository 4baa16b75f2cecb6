"""Reference results of the corruptions: python3 make_reference.py, in this folder.

The functions are those of make_cifar_c.py (hendrycks/robustness, ImageNet-C/create_c) for
one grey channel and images of 28 pixels where it says 32, calling the libraries it calls:
NumPy, SciPy, scikit-image, OpenCV, Pillow and ImageMagick through Wand. Random numbers
are made of words.raw (see make_inputs.go) as the Go code makes them, one word each and in
the order in which the authors' code asks for them. Poisson numbers are SciPy's quantiles.
Frost is left out: the authors' photographs are not here.

Writes reference.png, an image of 28×28 for every corruption (rows, in the order below)
and every severity of every image of images.raw (columns, severity first), and
reference.json with the versions.

Debian: python3-numpy python3-scipy python3-skimage python3-opencv python3-pil python3-wand
"""
import ctypes, json
from io import BytesIO

import cv2
import numpy as np
import PIL
import scipy, scipy.special, scipy.stats
import skimage
from PIL import Image as PILImage
from scipy.ndimage import map_coordinates, zoom as scizoom
from skimage.filters import gaussian
from wand.api import library as wandlibrary
from wand.image import Image as WandImage
import wand.version

SIDE = 28
images = np.fromfile("images.raw", np.uint8).reshape(-1, SIDE, SIDE)
words = np.fromfile("words.raw", "<u8")


class Stream:
    """compute/random.Stream, played back from its words."""

    def __init__(self):
        self.at = 0

    def take(self, shape):
        n = int(np.prod(shape))
        w = words[self.at:self.at + n].reshape(shape)
        assert w.size == n
        self.at += n
        return w

    def random(self, shape=()):
        return (self.take(shape) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def uniform(self, low, high, size=()):
        return low + (high - low) * self.random(size)

    def normal(self, size, loc=0.0, scale=1.0):
        u = ((self.take(size) >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
        return loc + scale * scipy.special.ndtri(u)

    def integer(self, low, high):
        return low + int(self.take((1,))[0] % np.uint64(high - low))


wandlibrary.MagickMotionBlurImage.argtypes = (ctypes.c_void_p, ctypes.c_double, ctypes.c_double, ctypes.c_double)


def motion(levels, radius, sigma, angle):
    output = BytesIO()
    PILImage.fromarray(levels, "L").save(output, format="PNG")
    x = WandImage(blob=output.getvalue())
    wandlibrary.MagickMotionBlurImage(x.wand, radius, sigma, angle)
    x = cv2.imdecode(np.frombuffer(x.make_blob(), np.uint8), cv2.IMREAD_UNCHANGED)
    assert x.shape == (SIDE, SIDE) and x.dtype == np.uint8
    return x


def disk(radius, alias_blur=0.1, dtype=np.float32):
    L = np.arange(-8, 8 + 1)
    X, Y = np.meshgrid(L, L)
    aliased_disk = np.array((X**2 + Y**2) <= radius**2, dtype=dtype)
    aliased_disk /= np.sum(aliased_disk)
    return cv2.GaussianBlur(aliased_disk, ksize=(3, 3), sigmaX=alias_blur)


def plasma_fractal(s, mapsize, wibbledecay):
    maparray = np.empty((mapsize, mapsize), dtype=np.float64)
    maparray[0, 0] = 0
    stepsize = mapsize
    wibble = 100

    def wibbledmean(array):
        return array / 4 + wibble * s.uniform(-wibble, wibble, array.shape)

    while stepsize >= 2:
        half = stepsize // 2
        cornerref = maparray[0:mapsize:stepsize, 0:mapsize:stepsize]
        squareaccum = cornerref + np.roll(cornerref, shift=-1, axis=0)
        squareaccum += np.roll(squareaccum, shift=-1, axis=1)
        maparray[half:mapsize:stepsize, half:mapsize:stepsize] = wibbledmean(squareaccum)
        drgrid = maparray[half:mapsize:stepsize, half:mapsize:stepsize]
        ulgrid = maparray[0:mapsize:stepsize, 0:mapsize:stepsize]
        ldrsum = drgrid + np.roll(drgrid, 1, axis=0)
        lulsum = ulgrid + np.roll(ulgrid, -1, axis=1)
        maparray[0:mapsize:stepsize, half:mapsize:stepsize] = wibbledmean(ldrsum + lulsum)
        tdrsum = drgrid + np.roll(drgrid, 1, axis=1)
        tulsum = ulgrid + np.roll(ulgrid, -1, axis=0)
        maparray[half:mapsize:stepsize, 0:mapsize:stepsize] = wibbledmean(tdrsum + tulsum)
        stepsize //= 2
        wibble /= wibbledecay
    maparray -= maparray.min()
    return maparray / maparray.max()


def clipped_zoom(img, zoom_factor):
    h = img.shape[0]
    ch = int(np.ceil(h / zoom_factor))
    top = (h - ch) // 2
    img = scizoom(img[top:top + ch, top:top + ch], (zoom_factor, zoom_factor), order=1)
    trim_top = (img.shape[0] - h) // 2
    return img[trim_top:trim_top + h, trim_top:trim_top + h]


def gaussian_noise(x, severity, s):
    c = [0.04, 0.06, .08, .09, .10][severity - 1]
    x = np.array(x) / 255.
    return np.clip(x + s.normal(size=x.shape, scale=c), 0, 1) * 255


def shot_noise(x, severity, s):
    c = [500, 250, 100, 75, 50][severity - 1]
    x = np.array(x) / 255.
    counts = np.maximum(scipy.stats.poisson.ppf(s.random(x.shape), x * c), 0)
    counts[x == 0] = 0
    return np.clip(counts / c, 0, 1) * 255


def impulse_noise(x, severity, s):
    c = [.01, .02, .03, .05, .07][severity - 1]
    x = np.array(x) / 255.
    flipped = s.random(x.shape) < c
    salted = s.random(x.shape) < 0.5
    x[flipped & salted] = 1
    x[flipped & ~salted] = 0
    return np.clip(x, 0, 1) * 255


def defocus_blur(x, severity, s):
    c = [(0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (1, 0.2), (1.5, 0.1)][severity - 1]
    x = np.array(x) / 255.
    return np.clip(cv2.filter2D(x, -1, disk(radius=c[0], alias_blur=c[1])), 0, 1) * 255


def glass_blur(x, severity, s):
    c = [(0.05, 1, 1), (0.25, 1, 1), (0.4, 1, 1), (0.25, 1, 2), (0.4, 1, 2)][severity - 1]
    x = np.uint8(gaussian(np.array(x) / 255., sigma=c[0]) * 255)
    # Three channels, as in CIFAR-10: then x[h, w] is a view, and the exchange below writes
    # both pixels with the level of one.
    x = np.stack([x, x, x], -1)
    for i in range(c[2]):
        for h in range(SIDE - c[1], c[1], -1):
            for w in range(SIDE - c[1], c[1], -1):
                dx, dy = s.integer(-c[1], c[1]), s.integer(-c[1], c[1])
                h_prime, w_prime = h + dy, w + dx
                x[h, w], x[h_prime, w_prime] = x[h_prime, w_prime], x[h, w]
    return np.clip(gaussian(x[..., 0] / 255., sigma=c[0]), 0, 1) * 255


def motion_blur(x, severity, s):
    c = [(6, 1), (6, 1.5), (6, 2), (8, 2), (9, 2.5)][severity - 1]
    return motion(x, c[0], c[1], float(s.uniform(-45, 45)))


def zoom_blur(x, severity, s):
    c = [np.arange(1, 1.06, 0.01), np.arange(1, 1.11, 0.01), np.arange(1, 1.16, 0.01),
         np.arange(1, 1.21, 0.01), np.arange(1, 1.26, 0.01)][severity - 1]
    x = (np.array(x) / 255.).astype(np.float32)
    out = np.zeros_like(x)
    for zoom_factor in c:
        out += clipped_zoom(x, zoom_factor)
    x = (x + out) / (len(c) + 1)
    return np.clip(x, 0, 1) * 255


def fog(x, severity, s):
    c = [(.2, 3), (.5, 3), (0.75, 2.5), (1, 2), (1.5, 1.75)][severity - 1]
    x = np.array(x) / 255.
    max_val = x.max()
    x += c[0] * plasma_fractal(s, 32, wibbledecay=c[1])[:SIDE, :SIDE]
    return np.clip(x * max_val / (max_val + c[0]), 0, 1) * 255


def snow(x, severity, s):
    c = [(0.1, 0.2, 1, 0.6, 8, 3, 0.95), (0.1, 0.2, 1, 0.5, 10, 4, 0.9), (0.15, 0.3, 1.75, 0.55, 10, 4, 0.9),
         (0.25, 0.3, 2.25, 0.6, 12, 6, 0.85), (0.3, 0.3, 1.25, 0.65, 14, 12, 0.8)][severity - 1]
    x = np.array(x, dtype=np.float32) / 255.
    snow_layer = s.normal(size=x.shape, loc=c[0], scale=c[1])
    snow_layer = clipped_zoom(snow_layer, c[2])
    snow_layer[snow_layer < c[3]] = 0
    snow_layer = (np.clip(snow_layer, 0, 1) * 255).astype(np.uint8)
    snow_layer = motion(snow_layer, c[4], c[5], float(s.uniform(-135, -45))) / 255.
    gray = cv2.cvtColor(np.stack([x, x, x], -1), cv2.COLOR_RGB2GRAY)
    x = c[6] * x + (1 - c[6]) * np.maximum(x, gray * 1.5 + 0.5)
    return np.clip(x + snow_layer + np.rot90(snow_layer, k=2), 0, 1) * 255


def brightness(x, severity, s):
    c = [.05, .1, .15, .2, .3][severity - 1]
    x = np.array(x) / 255.
    x = skimage.color.rgb2hsv(np.stack([x, x, x], -1))
    x[:, :, 2] = np.clip(x[:, :, 2] + c, 0, 1)
    x = skimage.color.hsv2rgb(x)
    return np.clip(x, 0, 1)[..., 0] * 255


def contrast(x, severity, s):
    c = [.75, .5, .4, .3, 0.15][severity - 1]
    x = np.array(x) / 255.
    means = np.mean(x, axis=(0, 1), keepdims=True)
    return np.clip((x - means) * c + means, 0, 1) * 255


def elastic_transform(image, severity, s):
    c = [(SIDE * 0, SIDE * 0, SIDE * 0.08), (SIDE * 0.05, SIDE * 0.2, SIDE * 0.07), (SIDE * 0.08, SIDE * 0.06, SIDE * 0.06),
         (SIDE * 0.1, SIDE * 0.04, SIDE * 0.05), (SIDE * 0.1, SIDE * 0.03, SIDE * 0.03)][severity - 1]
    image = np.array(image, dtype=np.float32) / 255.
    shape = image.shape
    center_square = np.float32(shape) // 2
    square_size = min(shape) // 3
    pts1 = np.float32([center_square + square_size,
                       [center_square[0] + square_size, center_square[1] - square_size],
                       center_square - square_size])
    pts2 = pts1 + s.uniform(-c[2], c[2], size=pts1.shape).astype(np.float32)
    M = cv2.getAffineTransform(pts1, pts2)
    image = cv2.warpAffine(image, M, shape[::-1], borderMode=cv2.BORDER_REFLECT_101)
    dx = dy = np.zeros(shape, np.float32)
    if c[0] > 0:  # the code draws and multiplies by 0
        dx = (gaussian(s.uniform(-1, 1, size=shape), c[1], mode="reflect", truncate=3) * c[0]).astype(np.float32)
        dy = (gaussian(s.uniform(-1, 1, size=shape), c[1], mode="reflect", truncate=3) * c[0]).astype(np.float32)
    x, y = np.meshgrid(np.arange(shape[1]), np.arange(shape[0]))
    indices = np.reshape(y + dy, (-1, 1)), np.reshape(x + dx, (-1, 1))
    return np.clip(map_coordinates(image, indices, order=1, mode="reflect").reshape(shape), 0, 1) * 255


def jpeg_compression(x, severity, s):
    output = BytesIO()
    PILImage.fromarray(x, "L").save(output, "JPEG", quality=[80, 65, 58, 50, 40][severity - 1])
    return np.asarray(PILImage.open(output))


def pixelate(x, severity, s):
    c = [0.95, 0.9, 0.85, 0.75, 0.65][severity - 1]
    x = PILImage.fromarray(x, "L").resize((int(SIDE * c), int(SIDE * c)), PILImage.BOX)
    return np.asarray(x.resize((SIDE, SIDE), PILImage.BOX))


corruptions = [gaussian_noise, shot_noise, impulse_noise, defocus_blur, glass_blur, motion_blur, zoom_blur, snow, fog,
               brightness, contrast, elastic_transform, pixelate, jpeg_compression]
sheet = np.zeros((len(corruptions) * SIDE, len(images) * 5 * SIDE), np.uint8)
for row, corruption in enumerate(corruptions):
    for k, image in enumerate(images):
        for severity in range(1, 6):
            result = np.uint8(corruption(image.copy(), severity, Stream()))
            column = k * 5 + severity - 1
            sheet[row * SIDE:(row + 1) * SIDE, column * SIDE:(column + 1) * SIDE] = result
PILImage.fromarray(sheet, "L").save("reference.png", optimize=True)
json.dump({
    "corruptions": [f.__name__ for f in corruptions],
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "skimage": skimage.__version__, "opencv": cv2.__version__,
                 "pillow": PIL.__version__, "imagemagick": wand.version.MAGICK_VERSION.split(" http")[0]},
}, open("reference.json", "w"), indent=1)
