import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

torch.manual_seed(0)
gru = nn.GRU(input_size=1, hidden_size=4, batch_first=True)
x = torch.randn(2, 20, 1)
x[1, 3:] = 0  # padding
alone = gru(x[1, :3])[1][-1]  # the short sequence, not padded

out, _ = gru(x)
gap = (out[1, -1] - alone).abs().max().item()
print(f"out[1, -1] is off by {gap:.2f}")

lengths = torch.tensor([20, 3])
packed = pack_padded_sequence(x, lengths, batch_first=True)
_, h_n = gru(packed)
print("h_n is right:", torch.allclose(h_n[-1, 1], alone, atol=1e-6))
