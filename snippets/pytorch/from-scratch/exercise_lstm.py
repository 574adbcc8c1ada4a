import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence


class LSTM(nn.Module):
    def __init__(self, state):  # nn.LSTM(...).state_dict()
        super().__init__()
        for name, weight in state.items():
            weight = nn.Parameter(weight.clone())
            self.register_parameter(name, weight)
        ends = [k[9:] for k in state if "weight_ih" in k]
        n = 1 + ("_l0_reverse" in ends)
        first = range(0, len(ends), n)
        self.layers = [ends[i : i + n] for i in first]

    def step(self, x, h, c, W_i, W_h, b_i, b_h):
        # x: (rows, features)
        sums = x @ W_i.T + b_i + h @ W_h.T + b_h
        i, f, g, o = sums.chunk(4, -1)
        kept = torch.sigmoid(f) * c
        c = kept + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c

    def run(self, end, steps, h, c):
        named = self.named_parameters()
        W = [w for name, w in named if name.endswith(end)]
        out, order = [None] * len(steps), range(len(steps))
        if "reverse" in end:
            order = reversed(order)
        for t in order:
            x, n = steps[t], len(steps[t])
            out[t], new = self.step(x, h[:n], c[:n], *W)
            h = torch.cat((out[t], h[n:]))
            c = torch.cat((new, c[n:]))
        return out, h, c

    def forward(self, steps, h_0, c_0):
        starts, last = zip(h_0, c_0, strict=True), []
        for layer in self.layers:
            halves = []
            for end in layer:
                h, c = next(starts)
                out, h, c = self.run(end, steps, h, c)
                halves.append(out)
                last.append((h, c))
            pairs = zip(*halves, strict=True)
            steps = [torch.cat(pair, -1) for pair in pairs]
        h_n, c_n = zip(*last, strict=True)
        return steps, torch.stack(h_n), torch.stack(c_n)


torch.manual_seed(0)
lstm = nn.LSTM(5, 8, 2, bidirectional=True).double()
ours = LSTM(lstm.state_dict())
h_0, c_0 = torch.randn(2, 4, 3, 8).double()
rows = [torch.randn(n, 5).double() for n in (7, 4, 2)]
packed = pack_sequence(rows)
sizes = packed.batch_sizes.tolist()
steps, h_n, c_n = ours(packed.data.split(sizes), h_0, c_0)
theirs, (last_h, last_c) = lstm(packed, (h_0, c_0))
out = torch.cat(steps)
near = dict(rtol=0, atol=1e-12)
print("out", torch.allclose(out, theirs.data, **near))
print("h_n", torch.allclose(h_n, last_h, **near))
print("c_n", torch.allclose(c_n, last_c, **near))
