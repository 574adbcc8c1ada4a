import io
import warnings

import torch
from torch import nn
from torch.ao.quantization import quantize_dynamic


class LSTMModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(64, 256, batch_first=True)
        self.fc = nn.Linear(256, 1)

    def forward(self, x):
        return self.fc(self.lstm(x)[1][0][-1])


def size(model):
    torch.save(model.state_dict(), file := io.BytesIO())
    return len(file.getvalue())


torch.manual_seed(0)
model = LSTMModel().eval()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    small = quantize_dynamic(
        model, {nn.LSTM, nn.Linear}, torch.qint8
    )
    bare = quantize_dynamic(nn.LSTM(64, 256), {nn.LSTM})
print("small.lstm:", small.lstm)
print("bare:", bare)
print(
    f"{size(model) // 1000} kB -> {size(small) // 1000} kB"
)
x = torch.randn(32, 50, 64)
error = (small(x) - model(x)).abs().max() / model(x).std()
print("error < 0.1:", bool(error < 0.1))
for w in caught[:1]:
    message, _, _ = str(w.message).partition(" and ")
    print(f"{w.category.__name__}: {message}")
