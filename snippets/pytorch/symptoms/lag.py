import torch
from torch import nn


def lag(a, b, most=3):
    a, b = torch.as_tensor(a), torch.as_tensor(b)
    if a.shape != b.shape or a.dim() > 1:
        raise ValueError("one series each, (N,)")
    alike = {}
    for k in sorted(range(-most, most + 1), key=abs):
        pair = torch.stack([a, b.roll(k)])[:, most:-most]
        alike[k] = pair.double().corrcoef()[0, 1].item()
    best = max(alike, key=alike.get)
    short = len(a) < 10 * most or abs(best) == most
    if short or not alike[best] > 0.5:
        raise ValueError("flat, unlike, or most too small")
    return best


def where_it_comes_late(truth, y, answer, drawn, most=3):
    yield lag(y, truth, most)
    yield lag(answer, y, most)
    yield lag(drawn, answer, most)


def train(x, y):
    torch.manual_seed(0)
    gru = nn.GRU(1, 8, batch_first=True)
    fc = nn.Linear(8, 1)
    weights = [*gru.parameters(), *fc.parameters()]
    opt = torch.optim.Adam(weights, lr=0.05)
    for _ in range(60):
        opt.zero_grad()
        # (batch, time)
        answer = fc(gru(x[:, :, None])[0])[:, :, 0]
        (answer - y).square().mean().backward()
        opt.step()
    return answer.detach()


torch.manual_seed(0)
wave = torch.sin(0.5 * torch.arange(205))
walk = torch.randn(205).cumsum(0) / 5
for name, series, ahead, shift in (
    ("✓", wave, 1, 0),
    ("walk", walk, 1, 0),
    ("y = x", wave, 0, 0),
    ("roll(1)", wave, 1, 1),
):
    # (batch, time)
    rows = series.unfold(0, 5, 1)
    x, truth = rows[:-1], rows[1:]
    y = truth if ahead else x
    # (batch,)
    answer = train(x, y)[:, -1]
    drawn = answer.roll(shift)
    lags = where_it_comes_late(
        truth[:, -1], y[:, -1], answer, drawn
    )
    print(f"{name:7}", *lags)
