import torch
from torch import nn

torch.manual_seed(0)
model = nn.ModuleDict(
    {
        "gru": nn.GRU(8, 16, 2, dropout=0.3),
        "drop": nn.Dropout(0.5),
        "fc": nn.Linear(16, 1),
    }
)
recurrent, others, plain = [], [], []
for name, weight in model.named_parameters():
    if "bias" in name:
        plain.append(weight)
    elif "weight_hh" in name:
        recurrent.append(weight)
    else:
        others.append(weight)
optimizer = torch.optim.AdamW(
    [
        {"params": recurrent, "weight_decay": 1e-2},
        {"params": others, "weight_decay": 1e-4},
        {"params": plain, "weight_decay": 0.0},
    ],
    lr=1e-3,
)
for group in optimizer.param_groups:
    print(len(group["params"]), group["weight_decay"])

out, _ = model["gru"](torch.randn(5, 3, 8))
loss = model["fc"](model["drop"](out)).square().mean()
l1 = sum(w.abs().sum() for w in recurrent)
(loss + 1e-5 * l1).backward()
