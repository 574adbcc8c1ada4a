import tempfile
from contextlib import nullcontext

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import nn
from torch.distributed.algorithms import ddp_comm_hooks
from torch.nn.parallel import DistributedDataParallel

torch.manual_seed(0)
gru = nn.GRU(4, 8, batch_first=True)
x = torch.randn(16, 5, 4)  # (batch, time, input_size)


def loss(module, inputs):
    return module(inputs)[0].pow(2).mean()


def hook(sent, bucket):
    sent.append(bucket.index())
    hooks = ddp_comm_hooks.default_hooks
    return hooks.allreduce_hook(dist.group.WORLD, bucket)


def worker(rank, world, folder):
    torch.set_num_threads(1)
    store = dist.FileStore(f"{folder}/store", world)
    dist.init_process_group(
        "gloo", store=store, rank=rank, world_size=world
    )
    loss(gru, x).backward()
    whole = gru.weight_hh_l0.grad.clone()
    model = DistributedDataParallel(gru)
    model.register_comm_hook(sent := [], hook)
    *first, last = x[rank::world].split(2)
    for context in (nullcontext, model.no_sync):
        sent.clear()
        gru.zero_grad()
        with context():
            for part in first:
                (loss(model, part) / 4).backward()
        (loss(model, last) / 4).backward()
        gap = (gru.weight_hh_l0.grad - whole).abs().max()
        if rank == 0:
            print(f"{context.__name__}: {len(sent) = }")
            print("gap < 1e-6:", gap.item() < 1e-6)
    del model, context
    dist.destroy_process_group()


with tempfile.TemporaryDirectory() as folder:
    mp.start_processes(
        worker, (2, folder), nprocs=2, start_method="fork"
    )
