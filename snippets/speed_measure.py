import torch
from torch import nn
from torch.utils.benchmark import Timer


def measure(net, x, threads):
    def step():
        net.zero_grad()
        net(x)[0].sum().backward()

    timer = Timer("step()", globals={"step": step}, num_threads=threads)
    return timer.blocked_autorange(min_run_time=0.1)


device = "cuda" if torch.cuda.is_available() else "cpu"
torch.manual_seed(0)
x = torch.randn(50, 32, 32, device=device)  # (time, batch, features)
gru, lstm = (cell(32, 32, device=device) for cell in (nn.GRU, nn.LSTM))

slow, fast = measure(gru, x, threads=1), measure(lstm, x, threads=1)
print("threads:", slow.num_threads)
print("the GRU takes longer:", slow.median > fast.median)
