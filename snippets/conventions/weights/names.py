import torch
from torch import nn

lstm = nn.LSTM(
    5, 8, num_layers=2, bidirectional=True, proj_size=3
)
for name, w in lstm.named_parameters():
    if not name.endswith("reverse"):
        print(f"{name:13}", tuple(w.shape))
print(len(list(lstm.parameters())))
W = lstm.weight_ih_l0
for k, gate in enumerate("ifgo"):
    start, stop = 8 * k, 8 * (k + 1)
    same = torch.equal(W[start:stop], W.chunk(4)[k])
    print(f"{gate}: weight_ih_l0[{start}:{stop}]", same)
