import torch
from torch import nn

torch.manual_seed(0)
H = 256
lstm = nn.LSTM(input_size=3, hidden_size=H)
lstm.requires_grad_(False)
f_ih = lstm.bias_ih_l0[H : 2 * H]
f_hh = lstm.bias_hh_l0[H : 2 * H]


def show():  # at x = 0 and h = 0, over all units
    b = f_ih + f_hh
    print(f"{b.min():5.2f} <= b <= {b.max():.2f}", end=": ")
    print(f"f = {torch.sigmoid(b).mean():.2f}")


show()
f_ih[:], f_hh[:] = 1, 0
show()
f_hh[:] = 1
show()
