import torch
from torch import Tensor, nn
from torch.nn.functional import dropout


class RecurrentDropoutLSTM(nn.Module):
    def __init__(
        self,
        D: int,
        H: int,
        p: float,
        once: bool,
        batch_first=False,
    ):
        super().__init__()
        self.cell = nn.LSTMCell(D, H)
        self.p, self.once = p, once
        self.time, self.H = int(batch_first), H

    def mask(self, h: Tensor) -> Tensor:
        ones = torch.ones_like(h)
        return dropout(ones, self.p, self.training)

    def forward(
        self, x: Tensor, state: tuple | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        if x.dim() != 3:
            raise ValueError("x: three dimensions")
        if state is None:
            batch = x.shape[1 - self.time]
            h = c = x.new_zeros(batch, self.H)
        else:
            h, c = (s[0] for s in state)  # (batch, H)
        mask, out = self.mask(h), []
        for x_t in x.unbind(self.time):
            h, c = self.cell(x_t, (h * mask, c))
            mask = mask if self.once else self.mask(h)
            out.append(h)
        out = torch.stack(out, self.time)
        return out, (h[None], c[None])


torch.manual_seed(0)
x = torch.randn(20, 1, 5)  # (time, batch, features)
for once in (True, False):
    net = RecurrentDropoutLSTM(5, 8, 0.5, once)
    net(x)[0].sum().backward()
    unseen = (net.cell.weight_hh.grad == 0).all(0)
    print(f"{once = }, unseen = {unseen.sum()}")

lstm = nn.LSTM(5, 8)
weights = lstm.state_dict().items()
net.cell.load_state_dict({k[:-3]: w for k, w in weights})
far = (net.eval()(x)[0] - lstm(x)[0]).abs().max()
print(f"eval(): {far:.3f}")
