import io
import warnings

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import (
    pack_padded_sequence,
    pad_packed_sequence,
)

warnings.simplefilter("ignore", DeprecationWarning)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(
            3, 4, batch_first=True, bidirectional=True
        )

    def forward(self, x: Tensor, lengths: Tensor) -> Tensor:
        packed = pack_padded_sequence(
            x,
            lengths.cpu(),
            batch_first=True,
            enforce_sorted=False,
        )
        out, _ = self.gru(packed)
        out, _ = pad_packed_sequence(
            out, batch_first=True, total_length=x.size(1)
        )
        return out


torch.manual_seed(0)
model = Net().eval()
example = torch.randn(2, 5, 3), torch.tensor([3, 5])
for make in (
    torch.jit.script,
    lambda net: torch.jit.trace(net, example),
):
    torch.jit.save(make(model), file := io.BytesIO())
    file.seek(0)
    loaded = torch.jit.load(file)
    same = []
    for lengths in [3, 5], [2, 7, 1], [4]:
        x = torch.randn(len(lengths), max(lengths), 3)
        n = torch.tensor(lengths)
        out, right = loaded(x, n), model(x, n)
        same.append(torch.allclose(out, right, atol=1e-6))
    print(*same)
