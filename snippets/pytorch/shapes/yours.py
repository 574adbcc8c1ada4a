import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence


def shapes(value: object) -> str:
    if isinstance(value, PackedSequence):
        return f"packed {tuple(value.data.shape)}"
    if isinstance(value, tuple):
        return ", ".join(shapes(part) for part in value)
    if torch.is_tensor(value):
        return str(tuple(value.shape))
    return repr(value)


def print_shapes(model: nn.Module, *inputs: object) -> None:
    def show(module, given, result):
        given, result = shapes(given), shapes(result)
        print(f"{names[module]}: {given} -> {result}")

    names = {m: name for name, m in model.named_modules()}
    names[model] = "model"
    hooks = [m.register_forward_hook(show) for m in names]
    try:
        model(*inputs)
    finally:
        for hook in hooks:
            hook.remove()


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(100, 8)
        self.lstm = nn.LSTM(
            8, 16, 2, batch_first=True, bidirectional=True
        )
        self.fc = nn.Linear(32, 5)

    def forward(self, words):
        out, _ = self.lstm(self.embed(words))
        return self.fc(out)


print_shapes(Tagger(), torch.zeros(3, 7, dtype=torch.long))
