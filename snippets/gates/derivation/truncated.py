import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
D, H, T, piece = 3, 4, 6, 3
net = nn.RNN(D, H)
W_ih, W_hh, b_ih, b_hh = net.parameters()
x, v = torch.randn(T, D), torch.randn(T, H)
h_0 = torch.randn(H)

# W[s]: a copy of W_hh for step s
W = [W_hh.detach().clone() for s in range(T)]
for copy in W:
    copy.requires_grad_()
whole, cut, h = 0, 0, h_0
for t in range(T):
    a = W_ih @ x[t] + b_ih + W[t] @ h + b_hh
    h = torch.tanh(a)
    L_t = v[t] @ h
    terms = torch.autograd.grad(
        L_t, W[: t + 1], retain_graph=True
    )
    row = ""
    for s, term in enumerate(terms):
        whole = whole + term
        if s // piece == t // piece:
            cut = cut + term
            row += f" {term.norm():.2f} "
        else:
            row += f"({term.norm():.2f})"
    print(row.rstrip())


def gradient(piece):
    net.zero_grad()
    h = h_0[None]
    for t in range(0, T, piece):
        out, h = net(x[t : t + piece], h)
        (out * v[t : t + piece]).sum().backward()
        h = h.detach()
    return W_hh.grad.clone()


assert torch.allclose(whole, gradient(T))
assert torch.allclose(cut, gradient(piece))
off = (cut - whole).norm() / whole.norm()
print(f"|cut - whole| / |whole| = {off:.2f}")
