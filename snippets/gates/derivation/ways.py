import torch
from torch import nn

torch.set_default_dtype(torch.float64)
D, H, T = 8, 64, 60


def per_step(net, ways):
    W_i, W_h, b_i, b_h = net.parameters()
    torch.manual_seed(1)
    x, v = torch.randn(T, D), torch.randn(H)
    h, c = torch.zeros(2, H)
    kept = []
    for t in range(T):
        past = [
            h if q in ways else h.detach() for q in "ifgo"
        ]
        past = torch.stack(past)[..., None]  # (4, H, 1)
        a = (W_h.view(4, H, H) @ past).view(4, H)
        a = a + (W_i @ x[t] + b_i + b_h).view(4, H)
        a_i, a_f, a_g, a_o = a
        i, f = torch.sigmoid(a_i), torch.sigmoid(a_f)
        g, o = torch.tanh(a_g), torch.sigmoid(a_o)
        c = f * (c if "c" in ways else c.detach()) + i * g
        h = o * torch.tanh(c)
        c.retain_grad()
        kept.append(c)
    (v @ h).backward()
    # size[d]: d steps back
    size = [c.grad.norm().item() for c in reversed(kept)]
    return (size[50] / size[10]) ** (1 / 40)


torch.manual_seed(0)
nets = [nn.LSTM(D, H), nn.LSTM(D, H)]
nets[1].bias_ih_l0.data[H : 2 * H] += 3
for ways in ("cgifo", "c", "cg", "ci", "cf", "gifo"):
    left = [f"{per_step(net, ways):.3f}" for net in nets]
    print(f"{' '.join(ways):9}", *left)
