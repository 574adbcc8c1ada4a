import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.before = nn.Linear(5, 5)
        self.after = nn.Linear(8, 1)
        self.gru = nn.GRU(5, 8)

    def forward(self, x):  # (time, batch, features)
        x = torch.relu(self.before(x))
        out, _ = self.gru(x)
        return torch.relu(self.after(out[-1]))


def by_hand(x, h, W_i, W_h, b_i, b_h):
    for i_t in x @ W_i.T + b_i:  # (batch, 3 * hidden)
        i_r, i_z, i_n = i_t.chunk(3, -1)
        h_r, h_z, h_n = (h @ W_h.T + b_h).chunk(3, -1)
        r = torch.sigmoid(i_r + h_r)
        z = torch.sigmoid(i_z + h_z)
        h = (1 - z) * torch.tanh(i_n + r * h_n) + z * h
    return h


def keep(graph, inputs):
    nodes = [n for n in graph.graph.nodes if "call" in n.op]
    calls = [n.target for n in nodes]
    names = [getattr(c, "__name__", c) for c in calls]
    graphs.append(names)
    return graph.forward


torch.manual_seed(0)
model, graphs = Model(), []
torch.compile(model, backend=keep)(torch.randn(10, 3, 5))
print(graphs)

compiled, graphs = torch.compile(by_hand, backend=keep), []
for steps in (5, 10, 15, 10):
    x, h = torch.randn(steps, 3, 5), torch.zeros(3, 8)
    compiled(x, h, *model.gru.parameters())
    calls = [len(graph) for graph in graphs]
    print(f"{steps = :2}: {calls = }")
torch.compiler.reset()
