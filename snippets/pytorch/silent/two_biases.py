from torch import nn

lstm = nn.LSTM(10, 20)
for bias in lstm.bias_ih_l0, lstm.bias_hh_l0:
    nn.init.ones_(bias.detach()[20:40])  # i, f, g, o
effective = lstm.bias_ih_l0 + lstm.bias_hh_l0
print(effective[20:40].unique().tolist())
