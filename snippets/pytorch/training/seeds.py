import torch
from torch import nn
from torch.utils.data import DataLoader

data = torch.arange(8)


def order(extra_draw, generator=None):
    torch.manual_seed(0)
    if generator:
        generator.manual_seed(0)
    loader = DataLoader(
        data, shuffle=True, generator=generator
    )
    if extra_draw:
        torch.rand(1)
    return [batch.item() for batch in loader]


print(f"{order(False) = }")
print(f"{order(True) = }")
own = torch.Generator()
print(f"{order(False, own) = }")
print(f"{order(True, own) = }")


def weight(seed):
    torch.manual_seed(seed)
    return nn.GRU(10, 20).weight_hh_l0


print(f"{torch.equal(weight(0), weight(0)) = }")
