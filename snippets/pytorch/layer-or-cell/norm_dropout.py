import matplotlib.pyplot as plt
import torch
from torch import Tensor, nn
from torch.nn.functional import dropout


class NormDropoutLSTM(nn.Module):
    def __init__(
        self, D: int, H: int, p=0.0, batch_first=False
    ):
        super().__init__()
        self.ih = nn.Linear(D, 4 * H)
        self.hh = nn.Linear(H, 4 * H, bias=False)
        self.norm_x = nn.LayerNorm(4 * H)
        self.norm_h = nn.LayerNorm(4 * H)
        self.norm_c = nn.LayerNorm(H)
        self.time, self.H, self.p = int(batch_first), H, p

    def forward(
        self,
        x: Tensor,
        state: tuple | None = None,
        forget: list | None = None,
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        if x.dim() != 3:
            raise ValueError("x: three dimensions")
        if state is None:
            batch = x.shape[1 - self.time]
            h = c = x.new_zeros(batch, self.H)
        else:
            h, c = (s[0] for s in state)  # (batch, H)
        ones = torch.ones_like(h)
        mask = dropout(ones, self.p, self.training)
        x, out = self.norm_x(self.ih(x)), []
        for x_t in x.unbind(self.time):
            sums = x_t + self.norm_h(self.hh(h * mask))
            i, f, g, o = sums.chunk(4, -1)
            f = f.sigmoid()
            c = f * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * self.norm_c(c).tanh()
            out.append(h)
            if forget is not None:
                forget.append(f.detach())
        out = torch.stack(out, self.time)
        return out, (h[None], c[None])


torch.manual_seed(0)
net = NormDropoutLSTM(5, 8, 0.3)
x = torch.randn(30, 3, 5)  # (time, batch, features)
for mode in net.train, net.eval:
    mode()
    same = torch.equal(net(x)[0], net(x)[0])
    print(f"{mode.__name__}: {same = }")

net(x, forget=(kept := []))
f = torch.stack(kept)  # (time, batch, H)
print("forget:", tuple(f.shape))
image = f[:, 0].T.numpy()
plt.imshow(image, vmin=0, vmax=1, aspect="auto")
plt.xlabel("time"), plt.ylabel("unit"), plt.colorbar()
plt.savefig("forget.png")
