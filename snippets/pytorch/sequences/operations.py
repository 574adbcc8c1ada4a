import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence
from torch.utils.flop_counter import FlopCounterMode

lengths = torch.tensor([2, 1, 4])
x = torch.randn(3, 4, 10)  # (batch, time, features)
packed = pack_padded_sequence(
    x, lengths.cpu(), batch_first=True, enforce_sorted=False
)
for cell in nn.GRU, nn.LSTM:
    model = cell(10, 20, batch_first=True)
    for name, batch in {"x": x, "packed": packed}.items():
        with FlopCounterMode(display=False) as counter:
            model(batch)
        flops = counter.get_total_flops()
        print(cell.__name__, name, flops)
