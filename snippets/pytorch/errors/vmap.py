import torch
from torch import nn

torch.manual_seed(0)
gru, lstm = nn.GRU(10, 20), nn.LSTM(10, 20)
x = torch.randn(7, 5, 10)  # (sample, time, features)
for net in gru, lstm:
    try:
        torch.vmap(lambda x, net=net: net(x)[0])(x)
    except RuntimeError as e:
        print(f"{type(e).__name__}: {e}")


def total(w_ih, w_hh, b_ih, b_hh, x):  # x: (time, features)
    h = x.new_zeros(20)
    for x_t in x:
        i_r, i_z, i_n = (w_ih @ x_t + b_ih).chunk(3)
        h_r, h_z, h_n = (w_hh @ h + b_hh).chunk(3)
        r, z = (i_r + h_r).sigmoid(), (i_z + h_z).sigmoid()
        h = torch.lerp((i_n + r * h_n).tanh(), h, z)
    return h.sum()


grad = torch.func.grad(total)
over = None, None, None, None, 0
each = torch.vmap(grad, over)(*gru.parameters(), x)
gru(x.transpose(0, 1))[1].sum().backward()
right = gru.weight_ih_l0.grad
print(torch.allclose(each.sum(0), right, atol=1e-5))
