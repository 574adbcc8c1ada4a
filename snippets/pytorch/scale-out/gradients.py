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
    grads = [p.grad.flatten() for p in module.parameters()]
    return torch.cat(grads)


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
    n0, two = torch.load(f"{folder}/0.pt")
    n1, other = torch.load(f"{folder}/1.pt")

one = gradients(gru, x)
same = torch.equal(two, other)
gap = (one - two).abs().max().item()
largest = one.abs().max().item()
print(f"{len(x) = }, {n0 = }, {n1 = }")
print(f"{same = }, {largest = :.4f}")
print("gap < 1e-6:", gap < 1e-6)
