import torch
from torch import nn
from torch.linalg import matrix_norm
from torch.nn.utils.parametrizations import spectral_norm

torch.manual_seed(0)
x = torch.randn(7, 3, 5)
for kind in nn.GRU, nn.LSTM:
    layer = spectral_norm(kind(5, 8), "weight_hh_l0")
    for _ in range(100):
        layer(x)  # each call in training sharpens the norm
    out = layer.eval()(x)[0]
    out.sum().backward()
    plain = kind(5, 8)
    for name, _ in plain.named_parameters():
        setattr(
            plain, name, nn.Parameter(getattr(layer, name))
        )
    w = plain.weight_hh_l0.detach()
    print(kind.__name__, torch.equal(plain(x)[0], out))
    norms = [matrix_norm(b, 2) for b in (w, *w.split(8))]
    print(*[f"{n:.3f}" for n in norms])
    param = layer.parametrizations.weight_hh_l0.original
    print(bool(param.grad.any()))
