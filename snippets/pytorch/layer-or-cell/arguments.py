import warnings

from torch import nn

warnings.simplefilter("ignore")
settings = [
    dict(),
    dict(num_layers=2),
    dict(bias=False),
    dict(batch_first=True),
    dict(dropout=0.5),
    dict(bidirectional=True),
    dict(proj_size=4),
]
print("D=10, H=20          out         h_n        numbers")
for setting in settings:
    net = nn.LSTM(10, 20, **setting, device="meta")
    x = net.weight_ih_l0.new_empty(5, 3, 10)
    out, (h_n, _) = net(x)
    numbers = sum(p.numel() for p in net.parameters())
    name = ", ".join(f"{k}={v}" for k, v in setting.items())
    shapes = (
        f"{tuple(out.shape)!s:11} {tuple(h_n.shape)!s:10}"
    )
    print(f"{name:19} {shapes} {numbers:7}")
