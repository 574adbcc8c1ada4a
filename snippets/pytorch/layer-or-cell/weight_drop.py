import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn.functional import dropout


class WeightDrop(nn.Module):
    def __init__(self, rnn: nn.GRU | nn.LSTM, p=0.5):
        super().__init__()
        self.rnn, self.p = rnn, p

    def forward(self, x: Tensor, state=None) -> tuple:
        dropped = {
            name: dropout(weight, self.p, self.training)
            for name, weight in self.rnn.named_parameters()
            if name.startswith("weight_hh")
        }
        args = (x, state)
        return functional_call(self.rnn, dropped, args)


torch.manual_seed(0)
x = torch.randn(3, 7, 5)
for rnn in (nn.GRU, nn.LSTM):
    net = WeightDrop(rnn(5, 8, 2, batch_first=True))
    out = net(x)[0]
    again = torch.equal(out, net(x)[0])
    out.sum().backward()
    none = (net.rnn.weight_hh_l0.grad == 0).float().mean()
    same = torch.equal(net.eval()(x)[0], net.rnn(x)[0])
    print(f"{rnn.__name__:4} {again} {none:.1f} {same}")
