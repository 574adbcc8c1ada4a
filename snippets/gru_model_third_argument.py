from torch import nn

gru = nn.GRU(10, 20, True)
print(gru, "- batch_first:", gru.batch_first)
