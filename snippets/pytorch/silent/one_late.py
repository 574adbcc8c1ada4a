import torch

torch.manual_seed(0)
walk = torch.randn(600).cumsum(0)
x, y = walk.unfold(0, 5, 1)[:-1], walk[5:]
w = torch.linalg.lstsq(x[:400], y[:400, None]).solution
forecast, last, y = (
    (x[400:] @ w)[:, 0],
    x[400:, -1],
    y[400:],
)
for name, other in {"y": y, "last": last}.items():
    print(
        f"{name:4} {(forecast - other).square().mean().sqrt():.2f}"
    )
print(f"last, y {(last - y).square().mean().sqrt():.2f}")
