from torch import nn

gru, lstm = nn.GRU(10, 20), nn.LSTM(10, 20)
try:
    lstm.load_state_dict(gru.state_dict())
except RuntimeError as e:
    print(f"{type(e).__name__}: {e}".expandtabs(2))
