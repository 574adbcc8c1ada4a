import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.manual_seed(0)
gru = nn.GRU(1, 8, batch_first=True)
x = torch.randn(3, 6, 1)  # (batch, time, features)
lengths = torch.tensor([2, 1, 4])
packed = pack_padded_sequence(
    x, lengths.cpu(), batch_first=True, enforce_sorted=False
)
out, h_n = gru(packed)
print("out is a", type(out).__name__)

for i, n in enumerate(lengths):
    _, alone = gru(x[i, :n])
    print("h_n of row", i, torch.allclose(h_n[:, i], alone, atol=1e-6))

short, _ = pad_packed_sequence(out, batch_first=True)
full, back = pad_packed_sequence(out, batch_first=True, total_length=6)
print("x:", tuple(x.shape), "lengths:", back.tolist())
print("unpacked:", tuple(short.shape))
print("unpacked, total_length=6:", tuple(full.shape))
print("largest |out| in the padding:", full[0, 2:].abs().max().item())

steps = torch.arange(6, device=x.device)
mask = steps < lengths.to(x.device)[:, None]  # (batch, time)
try:
    short * mask[..., None]
except RuntimeError as error:
    print(error)
