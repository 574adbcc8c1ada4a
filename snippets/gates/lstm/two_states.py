import torch
from torch import nn

torch.manual_seed(0)
lstm = nn.LSTM(input_size=3, hidden_size=4)
lstm.requires_grad_(False)
gru = nn.GRU(input_size=3, hidden_size=4)
gru.requires_grad_(False)
x = torch.randn(20, 3)  # (time, features), one sequence


def off(model, state):  # how far the second half is off
    whole, _ = model(x)
    half, _ = model(x[10:], state)
    return (half - whole[10:]).abs().max().item()


_, (h, c) = lstm(x[:10])
print(f"LSTM (h, c): {off(lstm, (h, c)):.3f}")
print(f"LSTM (h, 0): {off(lstm, (h, 0 * c)):.3f}")
print(f"LSTM (0, c): {off(lstm, (0 * h, c)):.3f}")
_, h = gru(x[:10])
print(f"GRU   h:     {off(gru, h):.3f}")
