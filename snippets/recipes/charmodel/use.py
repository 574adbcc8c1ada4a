import torch
from torch import Tensor, nn

HIDDEN, DROP, SIZE, HEAT = 128, 0.2, 150, 0.7
device = "cuda" if torch.cuda.is_available() else "cpu"


class CharModel(nn.Module):
    def __init__(self, train: str) -> None:
        super().__init__()
        self.signs = "".join(sorted({*train, "□"}))
        self.embed = nn.Embedding(len(self.signs), HIDDEN)
        nn.init.normal_(self.embed.weight, 0, 0.1)
        self.gru = nn.GRU(HIDDEN, HIDDEN)
        self.drop = nn.Dropout(DROP)

    def forward(self, x: list, h: Tensor | None) -> tuple:
        ids = [[*map(self.signs.index, row)] for row in x]
        t = torch.tensor(ids, device=device).T
        out, h = self.gru(self.drop(self.embed(t[:-1])), h)
        z = self.drop(out) @ self.embed.weight.T
        return z.flatten(0, 1), t[1:].flatten(), h


def write(net: CharModel, start: str) -> str:
    s, h = "", None
    new = "".join(
        c if c in net.signs else "□" for c in start
    )
    while len(s) < SIZE:
        z, _, h = net([new + "□"], h)
        p = (z[-1] / HEAT).softmax(0)
        new = net.signs[p.multinomial(1)]
        s += new
    return s


# >>> saved; starts: texts to go on with
torch.manual_seed(0)
saved = "0123456", CharModel("0123456").state_dict()
starts, SIZE = ["123", "?"], 20
# <<<
signs, weights = saved
net = CharModel(signs).to(device)
net.load_state_dict(weights)
net.eval().requires_grad_(False)
for start in starts:
    print(repr(start + write(net, start)))
