import torch
from torch import Tensor, nn


class Attention(nn.Module):
    def __init__(self, size: int):
        super().__init__()
        self.score = nn.Sequential(
            nn.Linear(size, size),
            nn.Tanh(),
            nn.Linear(size, 1, bias=False),
        )

    def forward(
        self, out: Tensor, lengths: Tensor
    ) -> tuple[Tensor, Tensor]:
        # out: (batch, time, size)
        steps = torch.arange(out.size(1), device=out.device)
        real = steps < lengths.to(out.device)[:, None]
        scores = self.score(out).squeeze(2)  # (batch, time)
        scores = scores.masked_fill(~real, float("-inf"))
        weights = scores.softmax(dim=1)
        return (weights[..., None] * out).sum(1), weights


torch.manual_seed(0)
gru = nn.GRU(3, 8, batch_first=True)
attention = Attention(8)
x, lengths = torch.randn(2, 5, 3), torch.tensor([5, 2])
out, _ = gru(x)
pooled, weights = attention(out, lengths)
for row in weights:
    print(*(f"{w:.2f}" for w in row))
for i, n in enumerate(lengths):
    alone, _ = attention(out[i : i + 1, :n], n[None])
    print(torch.allclose(pooled[i], alone[0], atol=1e-6))
