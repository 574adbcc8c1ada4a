import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_sequence


class GRU(nn.Module):
    # state: nn.GRU(...).state_dict()
    def __init__(self, state: dict[str, Tensor]):
        super().__init__()
        for name, weight in state.items():
            weight = nn.Parameter(weight.clone())
            self.register_parameter(name, weight)
        ends = [k[9:] for k in state if "weight_ih" in k]
        n = 1 + ("_l0_reverse" in ends)
        first = range(0, len(ends), n)
        self.layers = [ends[i : i + n] for i in first]

    # x: (rows, features)
    def step(
        self,
        x: Tensor,
        h: Tensor,
        W_i: Tensor,
        W_h: Tensor,
        b_i: Tensor,
        b_h: Tensor,
    ) -> Tensor:
        i_r, i_z, i_n = (x @ W_i.T + b_i).chunk(3, -1)
        h_r, h_z, h_n = (h @ W_h.T + b_h).chunk(3, -1)
        r = torch.sigmoid(i_r + h_r)
        z = torch.sigmoid(i_z + h_z)
        n = torch.tanh(i_n + r * h_n)
        return (1 - z) * n + z * h

    def run(
        self, end: str, steps: list[Tensor], h: Tensor
    ) -> tuple[list[Tensor], Tensor]:
        named = self.named_parameters()
        W = [w for name, w in named if name.endswith(end)]
        out, order = [None] * len(steps), range(len(steps))
        if "reverse" in end:
            order = reversed(order)
        for t in order:
            x, n = steps[t], len(steps[t])
            out[t] = self.step(x, h[:n], *W)
            h = torch.cat((out[t], h[n:]))
        return out, h

    def forward(
        self, steps: list[Tensor], h_0: Tensor
    ) -> tuple[list[Tensor], Tensor]:
        starts, h_n = iter(h_0), []
        for layer in self.layers:
            halves = []
            for end in layer:
                out, h = self.run(end, steps, next(starts))
                halves.append(out)
                h_n.append(h)
            pairs = zip(*halves, strict=True)
            steps = [torch.cat(pair, -1) for pair in pairs]
        return steps, torch.stack(h_n)


torch.manual_seed(0)
gru = nn.GRU(5, 8, 2, bidirectional=True).double()
ours = GRU(gru.state_dict())
h_0 = torch.randn(4, 3, 8).double()
rows = [torch.randn(n, 5).double() for n in (7, 4, 2)]
packed = pack_sequence(rows)
sizes = packed.batch_sizes.tolist()
steps, h_n = ours(packed.data.split(sizes), h_0)
theirs, last = gru(packed, h_0)
out = torch.cat(steps)
near = dict(rtol=0, atol=1e-12)
print("out", torch.allclose(out, theirs.data, **near))
print("h_n", torch.allclose(h_n, last, **near))
