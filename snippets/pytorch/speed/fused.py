import torch
from torch import nn
from torch.profiler import ProfilerActivity, profile


def calls(net, x):
    with profile(activities=[ProfilerActivity.CPU]) as run:
        net(x)
    events = run.key_averages()
    return {event.key: event.count for event in events}


torch.manual_seed(0)
short, long = torch.randn(10, 3, 5), torch.randn(20, 3, 5)
names = {
    "cuDNN": "aten::cudnn_is_acceptable",
    "addmm": "aten::addmm",
    "fused": "aten::mkldnn_rnn_layer",
}
print("cell oneDNN", *names, "a_step")
for cell in (nn.RNN, nn.GRU, nn.LSTM):
    net = cell(5, 8).requires_grad_(False)
    for on in (True, False):
        torch.backends.mkldnn.enabled = on
        few, many = calls(net, short), calls(net, long)
        counts = [few.get(n, 0) for n in names.values()]
        asked, products, fused = counts
        more = sum(many.values()) - sum(few.values())
        a_step = more // 10
        row = f"{asked:5} {products:5} {fused:5} {a_step:6}"
        print(f"{cell.__name__:4} {on!s:6} {row}")
torch.backends.mkldnn.enabled = True
