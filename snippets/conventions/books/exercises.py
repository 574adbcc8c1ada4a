from torch import nn

D, H = 28, 32
own = 3 * (D * H + H * H + H)
gru = sum(w.numel() for w in nn.GRU(D, H).parameters())
bare = 3 * (D * H + H * H)
gate = D * H + H * H + H
print("books_count right", own)
print("books_count two_biases", gru)
print("books_count no_bias", bare)
print("books_count one_gate", gate)
