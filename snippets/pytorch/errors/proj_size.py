from torch import nn

for call in (
    lambda: nn.GRU(10, 20, proj_size=5),
    lambda: nn.LSTM(10, 20, proj_size=20),
):
    try:
        call()
    except ValueError as e:
        print(f"{type(e).__name__}: {e}")
