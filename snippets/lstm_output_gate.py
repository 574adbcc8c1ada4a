import torch
from torch import nn

torch.manual_seed(1)
lstm = nn.LSTM(input_size=3, hidden_size=2).requires_grad_(False)
lstm.weight_hh_l0.zero_()  # so that h does not reach c
x = torch.randn(5, 3)  # (time, features), one sequence

for o_bias in (0, -100):
    lstm.bias_ih_l0[6:8] = o_bias  # order i, f, g, o
    _, states = lstm(x)
    print("o's bias", o_bias)
    for name, state in zip("hc", states, strict=True):
        print(f"  {name} =", [round(v, 3) for v in state[0].tolist()])
