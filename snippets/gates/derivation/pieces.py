import torch
from torch import nn

torch.set_default_dtype(torch.float64)
D, H, T = 8, 32, 64
pieces = (1, 2, 4, 8, 16, 32)


def gradient(net, x, v, piece):
    net.zero_grad()
    state = None
    for t in range(0, T, piece):
        out, state = net(x[t : t + piece], state)
        (out * v[t : t + piece]).sum().backward()
        state = tuple(s.detach() for s in state)
    return net.weight_hh_l0.grad.clone()


print("k      ", *[f"{k:4}" for k in pieces])
for b_f in (0, 3):
    torch.manual_seed(0)
    net = nn.LSTM(D, H)
    net.bias_ih_l0.data[H : 2 * H] += b_f
    x, v = torch.randn(T, D), torch.randn(T, H)
    whole = gradient(net, x, v, T)
    off = [gradient(net, x, v, k) - whole for k in pieces]
    off = [(o.norm() / whole.norm()).item() for o in off]
    print(f"b_f + {b_f}", *[f"{o:.2f}" for o in off])
