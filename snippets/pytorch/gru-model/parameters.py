from torch import nn

gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2)
fc = nn.Linear(20, 1)

for net in gru, fc:
    for name, p in net.named_parameters():
        shape = str(tuple(p.shape))
        print(f"{name:13} {shape:9} {p.numel():5}")

n_gru = sum(p.numel() for p in gru.parameters())
n_fc = sum(p.numel() for p in fc.parameters())
print(f"GRU {n_gru} + Linear {n_fc} = {n_gru + n_fc}")

lstm = nn.LSTM(input_size=10, hidden_size=20, num_layers=2)
n_lstm = sum(p.numel() for p in lstm.parameters())
print(f"LSTM {n_lstm}, GRU / LSTM = {n_gru / n_lstm}")
