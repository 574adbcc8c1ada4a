import json
from pathlib import Path

import torch
from torch import nn

torch.save(nn.GRU(2, 3).state_dict(), "model.pt")

weights = torch.load("model.pt", weights_only=True)
numbers = {k: w.tolist() for k, w in weights.items()}
Path("model.json").write_text(json.dumps(numbers))
for name, weight in weights.items():
    print(name, tuple(weight.shape))
