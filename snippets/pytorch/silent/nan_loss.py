import torch
from torch import nn


def train(rate, limit):
    torch.manual_seed(0)
    x = torch.randn(16, 20, 1)  # (batch, time, features)
    gru = nn.GRU(1, 8, batch_first=True)
    head = nn.Linear(8, 1)
    weights = [*gru.parameters(), *head.parameters()]
    opt = torch.optim.SGD(weights, lr=rate)
    for _ in range(200):
        opt.zero_grad()
        loss = (head(gru(x)[0]) - x).square().mean()
        if not loss.isfinite():
            return loss.item()
        loss.backward()
        nn.utils.clip_grad_norm_(weights, limit)
        opt.step()
    return round(loss.item(), 3)


print(train(0.1, torch.inf))  # no clipping
print(train(1.0, torch.inf))
print(train(1.0, 0.2))

p = torch.tensor([0.0, 1.0])
print(p * p.log(), p * p.clamp(min=1e-8).log())
print(torch.tensor(70000.0).to(torch.float16))
