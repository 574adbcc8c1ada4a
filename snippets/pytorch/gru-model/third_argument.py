from torch import nn

gru = nn.GRU(10, 20, True)
print(f"{gru.num_layers = }")
print(f"{gru.batch_first = }")
print(f"{len(gru.all_weights) = }")
