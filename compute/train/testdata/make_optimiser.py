"""Writes optimiser.json: six steps of PyTorch's SGD with Nesterov momentum, weight
decay on one of two tensors, clip_grad_norm_ over both, and an average of the
weights, in float64. Run with any PyTorch >= 1.13: python3 make_optimiser.py
"""
import json
import os

import torch

torch.set_default_dtype(torch.float64)
g = torch.Generator().manual_seed(7)
rates = [0.05, 0.1, 0.09, 0.06, 0.03, 0.01]
a = torch.randn(5, generator=g)
p = torch.randn(3, generator=g)
ga = torch.randn(len(rates), 5, generator=g)
gp = torch.randn(len(rates), 3, generator=g)
out = dict(Rates=rates, Momentum=0.9, WeightDecay=0.01, ClipNorm=2.0, AverageMomentum=0.8, Start=a.tolist(),
           Plain=p.tolist(), Gradients=ga.tolist(), PlainGradients=gp.tolist())
a.requires_grad_(True)
p.requires_grad_(True)
average = a.detach().clone()
opt = torch.optim.SGD([dict(params=[a], weight_decay=out["WeightDecay"]), dict(params=[p])],
                      lr=0.1, momentum=out["Momentum"], nesterov=True)
for i, rate in enumerate(rates):
    a.grad, p.grad = ga[i].clone(), gp[i].clone()
    torch.nn.utils.clip_grad_norm_([a, p], out["ClipNorm"])
    for group in opt.param_groups:
        group["lr"] = rate
    opt.step()
    average = out["AverageMomentum"] * average + (1 - out["AverageMomentum"]) * a.detach()
out.update(End=a.tolist(), PlainEnd=p.tolist(), Average=average.tolist())
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "optimiser.json"), "w") as f:
    json.dump(out, f, indent=1)
    f.write("\n")
