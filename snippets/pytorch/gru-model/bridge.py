import torch
from torch import Tensor, nn

L, H = 2, 20
encoder = nn.GRU(
    10, H, L, batch_first=True, bidirectional=True
)
wide = nn.GRU(10, 2 * H, L, batch_first=True)
narrow = nn.GRU(10, H, L, batch_first=True)
to_narrow = nn.Linear(2 * H, H)


def joined(h_n: Tensor) -> Tensor:
    # (L * 2, batch, H) -> (L, batch, 2 * H)
    return torch.cat([h_n[0::2], h_n[1::2]], dim=2)


torch.manual_seed(0)
x, y = torch.randn(3, 7, 10), torch.randn(3, 4, 10)
out, h_n = encoder(x)
both = joined(h_n)
ends = out[:, -1, :H], out[:, 0, H:]
print(tuple(h_n.shape), tuple(both.shape))
print(torch.equal(both[-1], torch.cat(ends, dim=1)))

added = h_n[0::2] + h_n[1::2]
print(tuple(wide(y, both)[0].shape))
print(tuple(narrow(y, to_narrow(both).tanh())[0].shape))
print(tuple(narrow(y, added)[0].shape))
