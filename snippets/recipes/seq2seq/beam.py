import torch
from torch import nn

torch.manual_seed(0)
V, K = 12, 4  # signs, beams
gru, fc = nn.GRU(V, 32), nn.Linear(32, V)
one_hot = torch.eye(V)
h0 = torch.randn(1, 1, 32).repeat(1, K, 1)
for reorder in True, False:
    h, seqs = h0, torch.zeros(K, 1, dtype=torch.long)
    score = torch.tensor([0] + [-1e9] * (K - 1))
    for _ in range(6):
        out, h = gru(one_hot[seqs[:, -1:].T], h)
        logp = fc(out[0]).log_softmax(1)
        total = score[:, None] + logp  # (K, V)
        score, i = total.flatten().topk(K)
        row, token = i // V, i % V
        seqs = torch.cat([seqs[row], token[:, None]], 1)
        if reorder:  # LSTM: h and c
            h = h[:, row].contiguous()
    out, _ = gru(one_hot[seqs[:, :-1].T], h0)
    logp = fc(out).log_softmax(2)
    anew = logp.gather(2, seqs[:, 1:].T[:, :, None])
    anew = anew.sum((0, 2))
    print(reorder, f"{(score - anew).abs().max():.4f}")
