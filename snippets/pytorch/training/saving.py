import io
import pickle

import torch
from torch import nn

torch.manual_seed(0)
x, target = torch.randn(32, 5, 10), torch.randn(32, 20)


def start():
    model = nn.GRU(10, 20, batch_first=True)
    weights = model.parameters()
    return model, torch.optim.Adam(weights, lr=0.01)


def train(model, optimizer, steps):
    for _ in range(steps):
        _, h_n = model(x)
        loss = nn.functional.mse_loss(h_n[-1], target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


model, optimizer = start()
train(model, optimizer, 20)
file = io.BytesIO()
state = {
    "model": model.state_dict(),
    "optimizer": optimizer.state_dict(),
}
torch.save(state, file)
on = train(model, optimizer, 20)

for parts in ["model", "optimizer"], ["model"]:
    model, optimizer = start()
    file.seek(0)
    saved = torch.load(
        file, weights_only=True, map_location="cpu"
    )
    model.load_state_dict(saved["model"])
    if "optimizer" in parts:
        optimizer.load_state_dict(saved["optimizer"])
    same = abs(train(model, optimizer, 20) - on) < 1e-6
    print(f"{parts}: {same = }")

torch.save(model, whole := io.BytesIO())
whole.seek(0)
try:
    torch.load(whole)
except pickle.UnpicklingError as error:
    message, _, _ = str(error).partition(".")
    print(f"{type(error).__name__}: {message}")
