import torch
from torch import nn


@torch.no_grad()
def initialise(net: nn.GRU | nn.LSTM, keep=1.0) -> None:
    gates = 3 if isinstance(net, nn.GRU) else 4
    for name, p in net.named_parameters():
        blocks = p.chunk(gates)
        for block in blocks:
            if name.startswith("weight_ih"):
                nn.init.xavier_uniform_(block)
            elif name.startswith("weight_hh"):
                nn.init.orthogonal_(block)
            else:
                nn.init.zeros_(block)
        if name.startswith("bias_ih"):
            blocks[1].fill_(keep)  # GRU: z, LSTM: f


torch.manual_seed(0)
for cell in nn.GRU, nn.LSTM:
    net = cell(10, 20, num_layers=2, bidirectional=True)
    old = net.weight_hh_l0[:20].clone()
    initialise(net)
    new = net.weight_hh_l0[:20]
    bias = net.bias_ih_l1_reverse + net.bias_hh_l1_reverse
    kept = torch.sigmoid(bias[20:40]).mean()
    print(f"{cell.__name__:4} {kept = :.2f}")
    for name, w in ("old", old), ("new", new):
        s = torch.linalg.svdvals(w)
        print(f"  {name} {s.min():.2f} {s.max():.2f}")
