import tempfile

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import nn
from torch.distributed.algorithms.join import Join
from torch.nn.parallel import DistributedDataParallel

torch.manual_seed(0)
gru = nn.GRU(4, 8, batch_first=True)
x = torch.randn(3, 2, 5, 4)  # (step, batch, time, 4)


def gradient(module, inputs):
    module.zero_grad()
    module(inputs)[0].pow(2).mean().backward()
    return next(module.parameters()).grad.clone()


def worker(rank, world, folder):
    torch.set_num_threads(1)
    store = dist.FileStore(f"{folder}/store", world)
    dist.init_process_group(
        "gloo", store=store, rank=rank, world_size=world
    )
    model = DistributedDataParallel(gru)
    with Join([model]):
        for step, inputs in enumerate(x[: 3 - rank]):
            mean = gradient(model, inputs)
            own = gradient(model.module, inputs)
            ratio = (mean.norm() / own.norm()).item()
            if rank == 0:
                print(f"{step = }, {ratio = :.2f}")
    del model
    dist.destroy_process_group()


with tempfile.TemporaryDirectory() as folder:
    mp.start_processes(
        worker, (2, folder), nprocs=2, start_method="fork"
    )
