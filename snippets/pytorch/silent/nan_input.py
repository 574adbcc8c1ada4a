import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(1, 8, batch_first=True)
x = torch.randn(3, 6, 1)  # (batch, time, features)
x[1, 4] = float("nan")
out, _ = gru(x)
# (batch, time)
for row in out.isnan().any(-1).int().tolist():
    print(row)
out.mean().backward()
weights = list(gru.parameters())
print([bool(w.grad.isnan().all()) for w in weights])

print(nn.utils.clip_grad_norm_(weights, 1.0), end=" ")
print(gru.weight_ih_l0.grad.isnan().all())
try:
    nn.utils.clip_grad_norm_(
        weights, 1.0, error_if_nonfinite=True
    )
except RuntimeError as error:
    print(type(error).__name__)
