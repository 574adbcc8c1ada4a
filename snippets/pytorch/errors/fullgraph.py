import torch
from torch import nn

torch.compiler.reset()
x = torch.randn(5, 3, 10)
for fullgraph in True, False, True:
    net = nn.GRU(10, 20)
    compiled = torch.compile(
        net, backend="eager", fullgraph=fullgraph
    )
    try:
        print(compiled(x)[0].shape)
    except Exception as e:
        message = str(e).splitlines()[0]
        print(f"{type(e).__name__}: {message}")
