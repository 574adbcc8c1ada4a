import torch
from torch import Tensor, nn

X, S, H = 10, 4, 20
SIZES = {
    "start": (X, H),
    "step": (X + S, H),
    "end": (X, H + S),
}


class Static(nn.Module):
    def __init__(self, way: str):
        super().__init__()
        self.way = way
        inputs, outputs = SIZES[way]
        self.gru = nn.GRU(inputs, H, batch_first=True)
        self.start = nn.Linear(S, H)
        self.fc = nn.Linear(outputs, 1)

    def forward(self, x: Tensor, s: Tensor) -> Tensor:
        # x: (batch, time, X), s: (batch, S)
        h0 = None
        if self.way == "start":
            h0 = self.start(s).tanh()[None]  # (1, batch, H)
        if self.way == "step":
            each = s[:, None].expand(-1, x.size(1), -1)
            x = torch.cat([x, each], dim=2)
        _, h_n = self.gru(x, h0)
        last = h_n[-1]
        if self.way == "end":
            last = torch.cat([last, s], dim=1)
        return self.fc(last)


for way in SIZES:
    torch.manual_seed(0)
    model = Static(way)
    a, b = torch.randn(2, 3, S)
    print(f"{way:5}", end="")
    for steps in 5, 100:
        x = torch.randn(3, steps, X)
        moved = (model(x, a) - model(x, b)).abs().max()
        print(f" {moved:.4f}", end="")
    print()
