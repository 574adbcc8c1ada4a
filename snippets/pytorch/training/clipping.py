import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(input_size=10, hidden_size=20)
x, target = torch.randn(50, 3, 10), torch.randn(3, 20)
parameters = list(gru.parameters())


def gradient(clip=None, factor=1.0):
    gru.zero_grad()
    _, h_n = gru(x)
    loss = nn.functional.mse_loss(h_n[-1], factor * target)
    loss.backward()
    if clip:
        clip(parameters)
    return torch.cat([p.grad.flatten() for p in parameters])


def by_norm(parameters):
    nn.utils.clip_grad_norm_(parameters, 0.1)


def by_value(parameters):
    nn.utils.clip_grad_value_(parameters, 0.01)


raw = gradient()
print(f"{raw.norm() = :.2f}")
print(f"{gradient(factor=100).norm() = :.0f}")
for clip in by_norm, by_value:
    short = gradient(clip)
    cosine = torch.cosine_similarity(raw, short, dim=0)
    name, norm = clip.__name__, short.norm()
    print(f"{name:8} {norm = :.2f}, {cosine = :.2f}")
