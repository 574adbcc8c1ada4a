from torch import nn

gru = nn.GRU(10, 20, True)
print("layers:", len(gru.all_weights))
print("batch_first:", gru.batch_first)
