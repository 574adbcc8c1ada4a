import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence


class LSTM(nn.Module):
    def __init__(self, state):  # nn.LSTM(...).state_dict()
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
    def step(self, x, h, c, W_i, W_h, b_i, b_h):
        i, f, g, o = (
            x @ W_i.T + b_i + h @ W_h.T + b_h
        ).chunk(4, -1)
        c = torch.sigmoid(f) * c + torch.sigmoid(
            i
        ) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c

    def forward(self, steps, h_0, c_0):
        starts, last = zip(h_0, c_0, strict=True), []
        times = range(len(steps))
        for layer in self.layers:
            halves = []
            for end in layer:
                named = self.named_parameters()
                W = [
                    w
                    for name, w in named
                    if name.endswith(end)
                ]
                (h, c), out = (
                    next(starts),
                    [None] * len(steps),
                )
                for t in (
                    times[::-1]
                    if "reverse" in end
                    else times
                ):
                    n = len(steps[t])
                    out[t], new = self.step(
                        steps[t], h[:n], c[:n], *W
                    )
                    h = torch.cat((out[t], h[n:]))
                    c = torch.cat((new, c[n:]))
                halves.append(out)
                last.append((h, c))
            steps = [
                torch.cat(h, -1)
                for h in zip(*halves, strict=True)
            ]
        h_n, c_n = zip(*last, strict=True)
        return steps, torch.stack(h_n), torch.stack(c_n)


torch.manual_seed(0)
lstm = nn.LSTM(
    5, 8, num_layers=2, bidirectional=True
).double()
ours, (h_0, c_0) = (
    LSTM(lstm.state_dict()),
    torch.randn(2, 4, 3, 8).double(),
)
packed = pack_sequence(
    [torch.randn(n, 5).double() for n in (7, 4, 2)]
)
sizes = packed.batch_sizes.tolist()
steps, h_n, c_n = ours(packed.data.split(sizes), h_0, c_0)
out, (last_h, last_c) = lstm(packed, (h_0, c_0))
print(
    "out",
    torch.allclose(
        torch.cat(steps), out.data, rtol=0, atol=1e-12
    ),
)
print(
    "h_n", torch.allclose(h_n, last_h, rtol=0, atol=1e-12)
)
print(
    "c_n", torch.allclose(c_n, last_c, rtol=0, atol=1e-12)
)
