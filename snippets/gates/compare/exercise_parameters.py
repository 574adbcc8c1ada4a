from torch import nn

lstm = nn.LSTM(10, 20, num_layers=2, bidirectional=True)
layers = [0, 0]
for name, p in lstm.named_parameters():
    layers["_l1" in name] += p.numel()
print(*layers, sep=" + ", end=f" = {sum(layers)}\n")
