import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

store = dist.HashStore()
dist.init_process_group("gloo", store=store, rank=0, world_size=1)
model = DistributedDataParallel(nn.GRU(4, 8))
dist.destroy_process_group()

print(next(iter(model.state_dict())))
print(next(iter(model.module.state_dict())))
try:
    nn.GRU(4, 8).load_state_dict(model.state_dict())
except RuntimeError as e:
    print(str(e).splitlines()[0])
    print(str(e).splitlines()[1].strip()[:59], "...")
print(nn.GRU(4, 8).load_state_dict(model.module.state_dict()))
