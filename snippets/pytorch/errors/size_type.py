from torch import nn

for call in (
    lambda: nn.GRU(10, 40 / 2),
    lambda: nn.GRU(10, 0),
):
    try:
        call()
    except (TypeError, ValueError) as e:
        print(f"{type(e).__name__}: {e}")
