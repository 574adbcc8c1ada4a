import torch

torch.manual_seed(0)
walk = torch.randn(600).cumsum(0)
x, y = walk.unfold(0, 5, 1)[:-1], walk[5:]
w = torch.linalg.lstsq(x[:400], y[:400, None]).solution
x, y = x[400:], y[400:]
forecast, last = (x @ w)[:, 0], x[:, -1]
for name, other in {"y": y, "last": last}.items():
    error = (forecast - other).square().mean().sqrt()
    print(f"{name:4} {error:.2f}")
print(f"last, y {(last - y).square().mean().sqrt():.2f}")
