import torch
from torch import Tensor, nn


class LayerNormLSTM(nn.Module):
    def __init__(self, D: int, H: int, batch_first=False):
        super().__init__()
        self.ih = nn.Linear(D, 4 * H)
        self.hh = nn.Linear(H, 4 * H, bias=False)
        self.norm_x = nn.LayerNorm(4 * H)
        self.norm_h = nn.LayerNorm(4 * H)
        self.norm_c = nn.LayerNorm(H)
        self.time, self.H = int(batch_first), H

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
        x, out = self.norm_x(self.ih(x)), []
        for x_t in x.unbind(self.time):
            sums = x_t + self.norm_h(self.hh(h))
            i, f, g, o = sums.chunk(4, -1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * self.norm_c(c).tanh()
            out.append(h)
        out = torch.stack(out, self.time)
        return out, (h[None], c[None])


torch.manual_seed(0)
lstm = nn.LSTM(5, 8, batch_first=True)
ours = LayerNormLSTM(5, 8, batch_first=True)
ours.ih.weight, ours.hh.weight = lstm.all_weights[0][:2]
bias = lstm.bias_ih_l0 + lstm.bias_hh_l0
ours.ih.bias = nn.Parameter(bias.detach())
x = torch.randn(3, 7, 5)
norms = (ours(x)[0] - lstm(x)[0]).abs().max()
print(f"{norms = :.3f}")
ours.norm_x = ours.norm_h = ours.norm_c = nn.Identity()
without = (ours(x)[0] - lstm(x)[0]).abs().max()
print(f"{without = :.3f}")
