import torch

n, SPAN, STEP = 10, 4, 2
rows = torch.arange(n).unfold(0, SPAN, STEP)
score = torch.zeros(rows.shape)  # (windows, SPAN)
score[1] = 6
zero, at = torch.zeros(n), rows.flatten()
total = zero.index_add(0, at, score.flatten())
count = zero.index_add(0, at, torch.ones(len(at)))
print(total / count)
