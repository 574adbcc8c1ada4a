import torch
from torch.nn.utils.rnn import pad_sequence

sequences = [torch.tensor(s) for s in ([11, 12], [21], [31, 32, 33, 34])]
lengths = torch.tensor([len(s) for s in sequences])

x = pad_sequence(sequences, batch_first=True)  # (batch, time)
print(x)
print("lengths:", lengths.tolist())

x = pad_sequence(sequences, batch_first=True, padding_value=-1)
print(x[1].tolist())

x = pad_sequence(sequences)  # (time, batch)
print("without batch_first:", tuple(x.shape))

x = pad_sequence([torch.tensor([5, 0]), torch.tensor([6])])
print("guessed:", (x != 0).sum(0).tolist(), "true: [2, 1]")
