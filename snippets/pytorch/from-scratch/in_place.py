import torch

W = torch.eye(4, requires_grad=True)
x = torch.ones(3, 2, 4)  # (time, batch, features)
rows = [2, 2, 1]


def assigned(h):
    for x_t, n in zip(x, rows, strict=True):
        h[:n] = torch.tanh(x_t[:n] + h[:n] @ W)
    return h


def joined(h):
    for x_t, n in zip(x, rows, strict=True):
        new = torch.tanh(x_t[:n] + h[:n] @ W)
        h = torch.cat((new, h[n:]))
    return h


a = assigned(torch.zeros(2, 4))
b = joined(torch.zeros(2, 4))
same = torch.equal(a, b)
print(f"{same = }")
for run in (joined, assigned):
    try:
        run(torch.zeros(2, 4)).sum().backward()
        print(f"{run.__name__}: {tuple(W.grad.shape)}")
    except RuntimeError as error:
        kind = type(error).__name__
        message, _, _ = str(error).partition(":")
        print(f"{run.__name__}: {kind}: {message}")
