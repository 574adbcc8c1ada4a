import torch
from torch import nn
from torch.autograd.graph import saved_tensors_hooks


# bytes, the weights left out
def kept_for_backward(net, x):
    weights = {p.data_ptr() for p in net.parameters()}
    kept = {}

    def pack(tensor):
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in weights:
            kept[storage.data_ptr()] = storage
        return tensor

    with saved_tensors_hooks(pack, lambda t: t):
        net(x)
    return sum(s.nbytes() for s in kept.values())


torch.backends.mkldnn.enabled = False  # oneDNN off
x = torch.randn(50, 8, 64)  # (time, batch, features)
print("     weights  state       kept")
for cell in (nn.GRU, nn.LSTM):
    net = cell(64, 128)
    _, state = net(x[:, :1])
    states = state if isinstance(state, tuple) else (state,)
    weights = sum(p.nbytes for p in net.parameters())
    carried = sum(s.nbytes for s in states)
    kept = kept_for_backward(net, x)
    print(f"{cell.__name__:4} {weights:7,}", end=" ")
    print(f"{carried:6,} {kept:10,}")
torch.backends.mkldnn.enabled = True
