from torch import ao, nn

gru = nn.GRU(10, 20)
for model in gru, nn.ModuleDict({"gru": gru}):
    print(ao.quantization.quantize_dynamic(model, {nn.GRU}))
