import warnings

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence as pack
from torch.profiler import ProfilerActivity, profile


def fused(net, x):
    quiet = warnings.catch_warnings(action="ignore")
    cpu = [ProfilerActivity.CPU]
    with quiet, profile(activities=cpu) as run:
        net(x)
    names = [event.key for event in run.key_averages()]
    return "aten::mkldnn_rnn_layer" in names


x = torch.randn(10, 3, 5)  # (time, batch, features)
lstm = nn.LSTM(5, 8)
for name, net, given in (
    ("nn.LSTM", lstm, x),
    ("batch_first", nn.LSTM(5, 8, batch_first=True), x),
    ("dropout=0.1", nn.LSTM(5, 8, 2, dropout=0.1), x),
    ("bidirectional", nn.LSTM(5, 8, bidirectional=True), x),
    ("bias=False", nn.LSTM(5, 8, bias=False), x),
    ("x[:, 0]", lstm, x[:, 0]),
    ("pack [10, 10, 10]", lstm, pack(x, [10, 10, 10])),
    ("pack [10, 10, 9]", lstm, pack(x, [10, 10, 9])),
    ("proj_size=4", nn.LSTM(5, 8, proj_size=4), x),
    ("float64", nn.LSTM(5, 8).double(), x.double()),
    ("nn.LSTMCell", nn.LSTMCell(5, 8), x[0]),
    ("nn.GRU", nn.GRU(5, 8), x),
):
    print(f"{name:17} fused: {fused(net, given)}")
