import torch
from torch.nn.utils.rnn import pack_padded_sequence

rows = [11, 12, 0, 0], [21, 0, 0, 0], [31, 32, 33, 34]
x = torch.tensor(rows)  # (batch, time)
lengths = torch.tensor([2, 1, 4])
packed = pack_padded_sequence(
    x, lengths.cpu(), batch_first=True, enforce_sorted=False
)
print("data:            ", packed.data.tolist())
print("batch_sizes:     ", packed.batch_sizes.tolist())
print("sorted_indices:  ", packed.sorted_indices.tolist())
print("unsorted_indices:", packed.unsorted_indices.tolist())
