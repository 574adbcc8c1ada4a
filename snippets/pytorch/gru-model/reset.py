import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

torch.manual_seed(0)
gru = nn.GRU(3, 8, batch_first=True)
first, second = torch.randn(2, 4, 6, 3)
lengths = torch.tensor([6, 2, 0, 4])  # of the second piece
new = torch.tensor([False, False, False, True])

_, h = gru(first)  # (1, batch, hidden)
h = h.masked_fill(new[:, None], 0)
more = lengths > 0
packed = pack_padded_sequence(
    second[more],
    lengths[more].cpu(),
    batch_first=True,
    enforce_sorted=False,
)
_, h_n = gru(packed, h[:, more].contiguous())
h = h.clone()
h[:, more] = h_n

for i, n in enumerate(lengths):
    x = second[i, :n]
    if not new[i]:
        x = torch.cat([first[i], x])
    _, alone = gru(x)  # (1, hidden)
    same = torch.allclose(h[:, i], alone, atol=1e-6)
    print(i, f"{len(x):2}", same)
