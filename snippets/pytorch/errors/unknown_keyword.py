from torch import nn

for call in (
    lambda: nn.GRU(10, 20, nonlinearity="relu"),
    lambda: nn.LSTM(10, 20, return_sequences=True),
):
    try:
        call()
    except TypeError as e:
        print(f"{type(e).__name__}: {e}")
