import torch
from torch import Tensor, nn


class LearnedStart(nn.Module):
    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int,
    ):
        super().__init__()
        self.gru = nn.GRU(
            input_size,
            hidden_size,
            num_layers,
            batch_first=True,
        )
        # (num_layers, 1, hidden_size)
        self.h0 = nn.Parameter(
            torch.zeros(num_layers, 1, hidden_size)
        )

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        # (num_layers, batch, hidden_size)
        h0 = self.h0.expand(-1, x.size(0), -1)
        return self.gru(x, h0.contiguous())


torch.manual_seed(0)
model = LearnedStart(10, 20, 2)
for batch in 3, 7:
    x = torch.randn(batch, 5, 10)
    out, h_n = model(x)
    same = torch.equal(out, model.gru(x)[0])
    print(tuple(h_n.shape), same)

optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
h_n.sum().backward()
optimizer.step()
moved = bool((model.h0 != 0).all())
print(tuple(model.h0.grad.shape), moved)
