import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(3, 7, 5)  # (batch, time, features)
gru = nn.GRU(5, 8, batch_first=True)
lstm = nn.LSTM(5, 8, batch_first=True)
gru_cell, lstm_cell = nn.GRUCell(5, 8), nn.LSTMCell(5, 8)
for layer, cell in (gru, gru_cell), (lstm, lstm_cell):
    weights = layer.state_dict().items()
    cell.load_state_dict(
        {k.removesuffix("_l0"): w for k, w in weights}
    )

h, steps = torch.zeros(3, 8), []
for x_t in x.unbind(1):  # (batch, features)
    h = gru_cell(x_t, h)
    steps.append(h)
out, h_n = gru(x)
far = (torch.stack(steps, 1) - out).abs().max()
print(f"GRU   |cell - layer| < 1e-6: {bool(far < 1e-6)}")

h, c, steps = torch.zeros(3, 8), torch.zeros(3, 8), []
for x_t in x.unbind(1):
    h, c = lstm_cell(x_t, (h, c))
    steps.append(h)
out, (h_n, c_n) = lstm(x)
far = (torch.stack(steps, 1) - out).abs().max()
print(f"LSTM  |cell - layer| < 1e-6: {bool(far < 1e-6)}")
print("layer", tuple(out.shape), tuple(h_n.shape))
print("cell ", tuple(h.shape))
