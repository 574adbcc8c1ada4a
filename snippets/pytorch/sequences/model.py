import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import (
    pack_padded_sequence,
    pad_sequence,
)


class SequenceModel(nn.Module):
    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
    ):
        super().__init__()
        self.gru = nn.GRU(
            input_size,
            hidden_size,
            batch_first=True,
            bidirectional=True,
        )
        self.fc = nn.Linear(2 * hidden_size, output_size)

    def forward(self, x: Tensor, lengths: Tensor) -> Tensor:
        packed = pack_padded_sequence(
            x,
            lengths.cpu(),
            batch_first=True,
            enforce_sorted=False,
        )
        _, h_n = self.gru(packed)
        both = torch.cat([h_n[-2], h_n[-1]], dim=-1)
        return self.fc(both)


torch.manual_seed(0)
device = "cuda" if torch.cuda.is_available() else "cpu"
model = SequenceModel(3, 8, 1).to(device)
sequences = [
    torch.randn(n, 3, device=device) for n in (5, 12, 2)
]
lengths = torch.tensor([len(s) for s in sequences])
x = pad_sequence(sequences, batch_first=True)
together = model(x, lengths)
for answer, s in zip(together, sequences, strict=True):
    alone = model(s[None], torch.tensor([len(s)]))[0]
    print(len(s), torch.allclose(answer, alone, atol=1e-5))
