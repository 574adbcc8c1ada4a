import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(input_size=3, hidden_size=2).requires_grad_(False)
W_ir, W_iz, W_in = gru.weight_ih_l0.chunk(3)  # each (2, 3)
W_hr, W_hz, W_hn = gru.weight_hh_l0.chunk(3)  # each (2, 2)
b_ir, b_iz, b_in = gru.bias_ih_l0.chunk(3)  # each (2,)
b_hr, b_hz, b_hn = gru.bias_hh_l0.chunk(3)  # each (2,)

x, h = torch.randn(3), torch.tensor([0.9, -0.5])
r = torch.sigmoid(W_ir @ x + b_ir + W_hr @ h + b_hr)
print("r =", [round(v, 3) for v in r.tolist()])


def new_memory(r, h):
    return torch.tanh(W_in @ x + b_in + r * (W_hn @ h + b_hn))


other = torch.tensor([-0.7, 0.8])
for value in (1.0, 0.5, 0.0):
    r = torch.full((2,), value)
    gap = (new_memory(r, h) - new_memory(r, other)).abs().max()
    print(f"r = {value}: n moves by {gap.item():.3f}")
