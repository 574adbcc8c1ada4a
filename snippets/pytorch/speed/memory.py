import torch
from torch import nn


def saved(steps: int, train: bool = True) -> int:
    sizes = {}

    def keep(t):
        storage = t.untyped_storage()
        sizes[storage.data_ptr()] = storage.nbytes()
        return t

    x = torch.randn(16, steps, 8)
    hooks = torch.autograd.graph.saved_tensors_hooks
    with (
        hooks(keep, lambda t: t),
        torch.set_grad_enabled(train),
    ):
        _out = gru(x)
    for weight in gru.parameters():
        sizes.pop(weight.data_ptr(), None)
    return sum(sizes.values())


torch.manual_seed(0)
gru = nn.GRU(8, 64, batch_first=True)
first = saved(50)
for steps in 50, 100, 200:
    more = saved(steps) / first
    print(steps, f"{more:.1f}", saved(steps, train=False))
