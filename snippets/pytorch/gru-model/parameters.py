from torch import nn

gru = nn.GRU(
    input_size=10,
    hidden_size=20,
    num_layers=2,
    batch_first=True,
)
fc = nn.Linear(20, 1)

for name, p in [
    *gru.named_parameters(),
    *fc.named_parameters(),
]:
    print(f"{name:13} {tuple(p.shape)!s:9} {p.numel():5}")

n_gru = sum(p.numel() for p in gru.parameters())
n_fc = sum(p.numel() for p in fc.parameters())
print(f"GRU {n_gru} + Linear {n_fc} = {n_gru + n_fc}")

lstm = nn.LSTM(
    input_size=10,
    hidden_size=20,
    num_layers=2,
    batch_first=True,
)
n_lstm = sum(p.numel() for p in lstm.parameters())
print(f"LSTM {n_lstm}, GRU / LSTM = {n_gru / n_lstm}")
