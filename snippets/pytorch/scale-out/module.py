import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

store = dist.HashStore()
dist.init_process_group(
    "gloo", store=store, rank=0, world_size=1
)
model = DistributedDataParallel(nn.GRU(4, 8))

print(next(iter(model.state_dict())))
print(next(iter(model.module.state_dict())))
try:
    nn.GRU(4, 8).load_state_dict(model.state_dict())
except RuntimeError as e:
    first, second, *_ = str(e).splitlines()
    print(f"{type(e).__name__}: {first}")
    print(" ", second.strip()[:59], "...")
plain = nn.GRU(4, 8)
loaded = plain.load_state_dict(model.module.state_dict())
print(f"{loaded.missing_keys = }")
del model
dist.destroy_process_group()
