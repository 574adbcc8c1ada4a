import torch
from torch import Tensor, nn

LAG, EPS = 36, 0.05


class Nearest:
    def load_state_dict(self, seen: Tensor) -> None:
        self.seen = self.windows(seen[1:])  # (time, D)

    def windows(self, rows: Tensor) -> Tensor:
        w = rows.unfold(0, LAG, 1)
        w = nn.functional.layer_norm(w, [LAG], eps=EPS)
        return w.flatten(1)

    def step(self, x: Tensor, last: Tensor | None) -> tuple:
        if last is None:
            last = x.nan_to_num().expand(
                LAG, -1
            )  # (LAG, D)
        x = x.where(x.isfinite(), last[-1:])  # (1, D)
        last = torch.cat([last[1:], x])
        far = torch.cdist(self.windows(last), self.seen)
        return far.amin(1), last


# >>> seen: of training, scaled; rows: a stream, scaled
t = torch.linspace(0, 100, 601).double()
seen, rows = t.sin()[:, None], (t[:60] + 1).sin()[:, None]
rows[50] += 1
# <<<
net, state = Nearest(), None
net.load_state_dict(seen)
for t, row in enumerate(rows):
    score, state = net.step(row[None], state)
    if t in (49, 50, 51):
        print(t, f"{score.item():.2f}")
