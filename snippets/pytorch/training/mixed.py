import torch
from torch import nn

torch.manual_seed(0)
torch.backends.mkldnn.enabled = False
x = torch.randn(3, 5, 10)
for cell in nn.RNN, nn.GRU, nn.LSTM:
    net = cell(10, 20, batch_first=True)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out, _ = net(x)
        scores = nn.Linear(20, 1)(out[:, -1])
        y = torch.zeros(3, 1)
        loss = nn.functional.mse_loss(scores.float(), y)
    loss.backward()
    grad = net.weight_hh_l0.grad
    dtypes = out.dtype, scores.dtype, grad.dtype
    print(
        f"{cell.__name__:4}",
        *(str(d).removeprefix("torch.") for d in dtypes),
    )
