import tempfile

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import nn
from torch.nn.parallel import DistributedDataParallel

torch.manual_seed(0)
gru = nn.GRU(4, 8, batch_first=True)
x = torch.randn(6, 5, 4)  # (batch, time, input_size)


def gradients(module, inputs):
    module(inputs)[0].pow(2).mean().backward()
    return [p.grad for p in module.parameters()]


def worker(rank, world, folder):
    torch.set_num_threads(1)
    store = dist.FileStore(f"{folder}/store", world)
    dist.init_process_group(
        "gloo", store=store, rank=rank, world_size=world
    )
    mine = x[rank::world]
    found = gradients(DistributedDataParallel(gru), mine)
    torch.save((len(mine), found), f"{folder}/{rank}.pt")
    dist.destroy_process_group()


with tempfile.TemporaryDirectory() as folder:
    mp.start_processes(
        worker, (2, folder), nprocs=2, start_method="fork"
    )
    (n0, two), (n1, other) = (
        torch.load(f"{folder}/{r}.pt") for r in (0, 1)
    )

one = gradients(gru, x)
same = all(
    torch.equal(a, b)
    for a, b in zip(two, other, strict=True)
)
gap = max(
    float((a - b).abs().max())
    for a, b in zip(one, two, strict=True)
)
largest = max(float(g.abs().max()) for g in one)
print(f"{len(x) = }, {n0 = }, {n1 = }")
print(f"{same = }, {largest = :.4f}")
print("gap < 1e-6:", gap < 1e-6)
