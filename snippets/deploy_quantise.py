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
    small = quantize_dynamic(model, {nn.LSTM, nn.Linear}, torch.qint8)
    bare = quantize_dynamic(nn.LSTM(64, 256), {nn.LSTM})
for name, module in ("inside", small.lstm), ("bare", bare):
    print(f"{name}:", type(module).__module__)
print(f"{size(model) // 1000} kB -> {size(small) // 1000} kB")
x = torch.randn(32, 50, 64)
error = (small(x) - model(x)).abs().max() / model(x).std()
print("off by less than a tenth of the spread:", bool(error < 0.1))
messages = [str(w.message).partition(" and ")[0] for w in caught]
print(messages[0] if messages else "no warning")
