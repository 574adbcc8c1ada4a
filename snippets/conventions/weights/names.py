import torch
from torch import nn

lstm = nn.LSTM(
    5, 8, num_layers=2, bidirectional=True, proj_size=3
)
for name, w in lstm.named_parameters():
    if not name.endswith("reverse"):
        print(f"{name:13}", tuple(w.shape))
print(len(list(lstm.parameters())))
for k, gate in enumerate("ifgo"):
    rows = slice(8 * k, 8 * (k + 1))
    same = torch.equal(
        lstm.weight_ih_l0[rows],
        lstm.weight_ih_l0.chunk(4)[k],
    )
    print(
        f"{gate}: weight_ih_l0[{rows.start}:{rows.stop}]",
        same,
    )
