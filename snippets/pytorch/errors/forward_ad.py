import torch
from torch import nn

gru, lstm = nn.GRU(10, 20), nn.LSTM(10, 20)
x = torch.randn(5, 3, 10)
for net, onednn in (gru, True), (lstm, True), (lstm, False):

    def forward(x, net=net):
        return net(x)[0]

    try:
        with torch.backends.mkldnn.flags(enabled=onednn):
            out, _ = torch.func.jvp(forward, (x,), (x,))
        print(net, tuple(out.shape))
    except NotImplementedError as e:
        message = str(e).splitlines()[0]
        print(f"{type(e).__name__}: {message}")
