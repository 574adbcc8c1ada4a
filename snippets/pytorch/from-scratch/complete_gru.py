import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence


class GRU(nn.Module):
    def __init__(self, state):  # nn.GRU(...).state_dict()
        super().__init__()
        for name, weight in state.items():
            self.register_parameter(
                name, nn.Parameter(weight.clone())
            )
        ends = [
            name[9:]
            for name in state
            if "weight_ih" in name
        ]
        n = 1 + ("_l0_reverse" in ends)
        self.layers = [
            ends[k : k + n] for k in range(0, len(ends), n)
        ]

    # x (rows, features)
    def step(self, x, h, W_i, W_h, b_i, b_h):
        i_r, i_z, i_n = (x @ W_i.T + b_i).chunk(3, -1)
        h_r, h_z, h_n = (h @ W_h.T + b_h).chunk(3, -1)
        r, z = (
            torch.sigmoid(i_r + h_r),
            torch.sigmoid(i_z + h_z),
        )
        return (1 - z) * torch.tanh(i_n + r * h_n) + z * h

    def forward(self, steps, h_0):
        starts, h_n, times = (
            iter(h_0),
            [],
            range(len(steps)),
        )
        for layer in self.layers:
            halves = []
            for end in layer:
                named = self.named_parameters()
                W = [
                    w
                    for name, w in named
                    if name.endswith(end)
                ]
                h, out = next(starts), [None] * len(steps)
                for t in (
                    times[::-1]
                    if "reverse" in end
                    else times
                ):
                    rows = len(steps[t])
                    out[t] = self.step(
                        steps[t], h[:rows], *W
                    )
                    h = torch.cat((out[t], h[rows:]))
                halves.append(out)
                h_n.append(h)
            steps = [
                torch.cat(h, -1)
                for h in zip(*halves, strict=True)
            ]
        return steps, torch.stack(h_n)


torch.manual_seed(0)
gru = nn.GRU(
    5, 8, num_layers=2, bidirectional=True
).double()
ours, h_0 = (
    GRU(gru.state_dict()),
    torch.randn(4, 3, 8).double(),
)
packed = pack_sequence(
    [torch.randn(n, 5).double() for n in (7, 4, 2)]
)
steps, h_n = ours(
    packed.data.split(packed.batch_sizes.tolist()), h_0
)
out, last = gru(packed, h_0)
print(
    "out",
    torch.allclose(
        torch.cat(steps), out.data, rtol=0, atol=1e-12
    ),
)
print("h_n", torch.allclose(h_n, last, rtol=0, atol=1e-12))
