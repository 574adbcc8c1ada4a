import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(20, 8)  # (time, features), one sequence
# two states h_0
start, other = torch.rand(2, 1, 64) * 2 - 1
nets = {
    cell.__name__: cell(8, 64)
    for cell in (nn.RNN, nn.GRU, nn.LSTM)
}

print("    t ", *nets, sep="  ")
for steps in (1, 5, 10, 20):
    gaps = []
    for name, net in nets.items():
        ends = [
            net(
                x[:steps],
                (h_0, h_0) if name == "LSTM" else h_0,
            )[0][-1]
            for h_0 in (start, other)
        ]
        gaps.append((ends[0] - ends[1]).norm().item())
    print(
        f"{steps:5}  "
        + " ".join(f"{gap:5.2f}" for gap in gaps)
    )
