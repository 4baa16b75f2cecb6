"""The same training step and evaluation as the benchmarks of package net, in PyTorch on
one core: the yardstick, in images a second of processor time. Run: /usr/bin/python3 peer_step.py [seconds per measurement]

The process starts itself again with glibc's malloc told to keep its memory, without
which PyTorch loses a third of its speed to page faults."""
import os, sys, time

if os.environ.get("MALLOC_MMAP_THRESHOLD_") is None:
    os.environ.update(MALLOC_TRIM_THRESHOLD_="4000000000", MALLOC_MMAP_THRESHOLD_="4000000000", OMP_NUM_THREADS="1")
    os.execv(sys.executable, [sys.executable] + sys.argv)

import torch, torch.nn as nn, torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(0)


class Block(nn.Module):
    def __init__(s, ci, co, stride):
        super().__init__()
        s.c1, s.b1 = nn.Conv2d(ci, co, 3, stride, 1, bias=False), nn.BatchNorm2d(co)
        s.c2, s.b2 = nn.Conv2d(co, co, 3, 1, 1, bias=False), nn.BatchNorm2d(co)
        s.p = None
        if stride != 1 or ci != co:
            s.p = nn.Sequential(nn.Conv2d(ci, co, 1, stride, bias=False), nn.BatchNorm2d(co))

    def forward(s, x):
        y = F.relu(s.b1(s.c1(x)), inplace=True)
        y = s.b2(s.c2(y))
        return F.relu(y + (s.p(x) if s.p is not None else x), inplace=True)


class Net(nn.Module):
    def __init__(s, stem_stride, blocks, head):
        super().__init__()
        s.c, s.b, ci, ls = nn.Conv2d(1, 16, 3, stem_stride, 1, bias=False), nn.BatchNorm2d(16), 16, []
        for co, stride in blocks:
            ls.append(Block(ci, co, stride))
            ci = co
        s.l = nn.Sequential(*ls)
        s.h = nn.Sequential(nn.Conv2d(ci, head, 1, bias=False), nn.BatchNorm2d(head), nn.ReLU(inplace=True)) if head else None

    def forward(s, x):
        x = s.l(F.relu(s.b(s.c(x)), inplace=True))
        if s.h is not None:
            x = s.h(x)
        return x.mean((2, 3))


class Unit(nn.Module):
    def __init__(s, ci, co, k, stride=1):
        super().__init__()
        kh, kw = k if isinstance(k, tuple) else (k, k)
        s.c, s.b = nn.Conv2d(ci, co, (kh, kw), stride, (kh // 2, kw // 2), bias=False), nn.BatchNorm2d(co)

    def forward(s, x):
        return F.relu(s.b(s.c(x)), inplace=True)


class Mixed(nn.Module):
    def __init__(s, ci, average, branches):
        super().__init__()
        s.branches = nn.ModuleList()
        for steps in branches:
            path, c = [], ci
            for j, (k, co) in enumerate(steps):
                path.append(Unit(c, co, k, 2 if not average and j == len(steps) - 1 else 1))
                c = co
            s.branches.append(nn.Sequential(*path))
        # Average pooling and a 1×1 convolution commute: the faster order.
        s.c, s.b = (nn.Conv2d(ci, average, 1, bias=False), nn.BatchNorm2d(average)) if average else (None, None)

    def forward(s, x):
        if s.c is not None:
            pooled = F.relu(s.b(F.avg_pool2d(s.c(x), 3, 1, 1)), inplace=True)
        else:
            pooled = F.max_pool2d(x, 3, 2, 1)
        return torch.cat([b(x) for b in s.branches] + [pooled], 1)


class Inception(nn.Module):
    def __init__(s):
        super().__init__()
        line, column = (1, 3), (3, 1)
        s.l = nn.Sequential(
            Unit(1, 16, 3, 2),
            Mixed(16, 16, [[(1, 16)], [(1, 16), (3, 16)], [(1, 16), (3, 16), (3, 16)]]),
            Mixed(64, 0, [[(3, 16)], [(1, 16), (3, 16), (3, 16)]]),
            Mixed(96, 16, [[(1, 16)], [(1, 16), (line, 16), (column, 32)],
                           [(1, 16), (column, 16), (line, 16), (column, 16), (line, 32)]]),
            Mixed(96, 0, [[(1, 16), (3, 32)], [(1, 16), (3, 16), (3, 32)]]),
            Unit(160, 256, 1))

    def forward(s, x):
        return s.l(x).mean((2, 3))


DESIGNS = {"glyphnet": (2, [(16, 1), (32, 2), (96, 2)], 256), "miniresnet": (1, [(16, 1), (32, 2), (64, 2)], 0), "inception": None}
SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0


def measure(f):
    for _ in range(5):
        f()
    times, start = [], time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        t = time.process_time()
        f()
        times.append(time.process_time() - t)
    times.sort()
    return times[0]


for name, design in DESIGNS.items():
    for n in (32, 64):
        for layout, form in (("nchw", torch.contiguous_format), ("channels_last", torch.channels_last)):
            net = (Net(*design) if design else Inception()).to(memory_format=form)
            params = list(net.parameters())
            x = torch.randn(n, 1, 28, 28).to(memory_format=form)
            with torch.no_grad():
                dh = torch.randn_like(net(x))

            def step():
                for p in params:
                    p.grad = None
                net(x).backward(dh)
                with torch.no_grad():
                    torch._foreach_add_(params, [p.grad for p in params], alpha=-1e-3)

            train = n / measure(step)
            net.eval()
            with torch.no_grad():
                evaluate = n / measure(lambda: net(x))
            print(f"torch {name} batch={n} {layout}: step {train:.0f} images/s, features {evaluate:.0f} images/s", flush=True)
