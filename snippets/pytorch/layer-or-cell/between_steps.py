import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(1, 16, batch_first=True)
head = nn.Linear(16, 1)
cell = nn.GRUCell(1, 16)
weights = gru.state_dict().items()
cell.load_state_dict({k[:-3]: w for k, w in weights})


def with_layer(x, steps: int):
    # x: (batch, time, 1)
    out, h = gru(x)
    answers = [head(out[:, -1:])]
    while len(answers) < steps:
        out, h = gru(answers[-1], h)
        answers.append(head(out))
    return torch.cat(answers, 1)


def with_cell(x, steps: int):
    h, answers = gru(x)[1][0], []
    for _ in range(steps):
        answers.append(head(h))
        h = cell(answers[-1], h)
    return torch.stack(answers, 1)


x = torch.randn(4, 10, 1)
one, other = with_layer(x, 5), with_cell(x, 5)
print(tuple(one.shape), torch.allclose(one, other))
