import torch
from torch.nn.utils.rnn import pad_sequence

rows = [11, 12], [21], [31, 32, 33, 34]
sequences = [torch.tensor(row) for row in rows]
lengths = torch.tensor([len(s) for s in sequences])

# (batch, time)
x = pad_sequence(sequences, batch_first=True)
print(x)
print("lengths", lengths.tolist())

x = pad_sequence(
    sequences, batch_first=True, padding_value=-1
)
print(x[1].tolist())

x = pad_sequence(sequences)  # (time, batch)
print(tuple(x.shape))

sequences = [torch.tensor([5, 0]), torch.tensor([6])]
guessed = (pad_sequence(sequences) != 0).sum(0)
print("lengths", [len(s) for s in sequences])
print("guessed", guessed.tolist())
