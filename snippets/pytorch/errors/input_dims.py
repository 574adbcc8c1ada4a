import torch
from torch import ao, nn

gru, cell = nn.GRU(10, 20), nn.GRUCell(10, 20)
int8 = ao.quantization.quantize_dynamic(
    nn.Sequential(gru), {nn.GRU}
)
for call in (
    lambda: gru(torch.randn(3, 1, 5, 10)),
    lambda: cell(torch.randn(3, 5, 10)),
    lambda: int8(torch.randn(3, 10)),
):
    try:
        call()
    except (RuntimeError, ValueError) as e:
        print(f"{type(e).__name__}: {e}")
