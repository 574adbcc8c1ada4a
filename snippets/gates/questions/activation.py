import torch
from torch import nn

sigmoid, tanh, relu = torch.sigmoid, torch.tanh, torch.relu
a = torch.linspace(-9, 9, 1801, requires_grad=True)
for f in sigmoid, tanh, relu:
    y = f(a)
    (slope,) = torch.autograd.grad(y.sum(), a)
    ends = f"{y.min():5.2f} {y.max():5.2f}"
    print(f"{f.__name__:7} {ends}  {slope.max():.2f}")

D, H, T = 8, 64, 50
torch.manual_seed(0)
x = torch.randn(T, D, dtype=torch.float64)
lstm = nn.LSTM(D, H).double().requires_grad_(False)
W_i, W_h, b_i, b_h = lstm.parameters()


def run(gate, content, k):
    h, c = x.new_zeros(2, H)
    largest = shut = 0
    for x_t in x:
        a = k * (W_i @ x_t + b_i + W_h @ h + b_h)
        i, f, g, o = a.chunk(4)
        i, f, o = gate(i), gate(f), gate(o)
        c = f * c + i * content(g)
        h = o * content(c)
        largest = max(largest, c.abs().max().item())
        shut += (f == 0).double().mean().item() / T
    return f"{largest:7.0e}  {shut:.2f}"


for k in 1, 4:
    for f in (sigmoid, tanh), (relu, tanh), (sigmoid, relu):
        names = f"{f[0].__name__:7} {f[1].__name__:4}"
        print(f"{k} W  {names}  {run(*f, k)}")
