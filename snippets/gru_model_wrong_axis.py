import torch
from torch import nn

torch.manual_seed(0)
gru = nn.GRU(input_size=1, hidden_size=4, batch_first=True)
x = torch.randn(6, 3, 1)  # (time, batch, features)
changed = x.clone()
changed[:, 0] += 1  # only sample 0

wrong, wrong_changed = gru(x)[0], gru(changed)[0]
print(tuple(wrong.shape), "is (time, batch, hidden)")
same = torch.allclose(wrong[:, 1], wrong_changed[:, 1])
print("wrong: does sample 1 stay as it was?", same)

x, changed = x.transpose(0, 1), changed.transpose(0, 1)
right, right_changed = gru(x)[0], gru(changed)[0]
same = torch.allclose(right[1], right_changed[1])
print("right: does sample 1 stay as it was?", same)
