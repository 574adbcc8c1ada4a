import torch
from torch.nn.functional import elu, softplus


# q, k, v: (time, features)
def linear_attention(q, k, v):
    q, k = elu(q) + 1, elu(k) + 1
    C, s, out = 0, 0, []
    for t in range(len(q)):
        C = C + torch.outer(v[t], k[t])
        s = s + k[t]
        out.append(C @ q[t] / (s @ q[t]))
    return torch.stack(out)


def at_once(q, k, v):
    q, k = elu(q) + 1, elu(k) + 1
    # (time, time)
    past = torch.tril(q @ k.T)
    return past @ v / past.sum(1, keepdim=True)


def s6(x, W_d, b_d, W_k, W_q, A, D):
    # (features, N)
    C, out = torch.zeros_like(A), []
    for x_t in x:
        d = softplus(W_d @ x_t + b_d)
        k, q = W_k @ x_t, W_q @ x_t
        C = torch.exp(d[:, None] * A) * C
        C = C + torch.outer(d * x_t, k)
        out.append(C @ q + D * x_t)
    return torch.stack(out)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
q, k, v = torch.randn(3, 100, 8)
far = (linear_attention(q, k, v) - at_once(q, k, v)).abs()
print(
    "linear_attention = at_once:", bool((far < 1e-12).all())
)
a = torch.linspace(-9, 9, 101)
far = (torch.exp(-softplus(a)) - torch.sigmoid(-a)).abs()
print(
    "exp(-d) = 1 - sigmoid(a):", bool((far < 1e-12).all())
)
