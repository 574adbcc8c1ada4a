from statistics import median

import torch
from torch import Tensor, nn
from torch.utils.benchmark import Timer


def step(net: nn.Module, x: Tensor) -> None:
    net.zero_grad()
    net(x)[0].sum().backward()


def measure(
    nets: dict[str, nn.Module],
    x: Tensor,
    repeats=7,
    threads=1,
) -> dict[str, tuple[float, float]]:
    times = {name: [] for name in nets}
    for _ in range(repeats):
        for name, net in nets.items():
            names = {"step": step, "net": net, "x": x}
            timer = Timer(
                "step(net, x)",
                globals=names,
                num_threads=threads,
            )
            run = timer.blocked_autorange(min_run_time=0.02)
            times[name].append(run.median)
    table = {}
    for name, seconds in times.items():
        middle = median(seconds)
        spread = max(abs(s / middle - 1) for s in seconds)
        table[name] = middle, spread
    return table


device = "cuda" if torch.cuda.is_available() else "cpu"
torch.manual_seed(0)
# (time, batch, features)
x = torch.randn(50, 32, 32, device=device)
nets = {
    "GRU": nn.GRU(32, 32, device=device),
    "LSTM": nn.LSTM(32, 32, device=device),
}
table = measure(nets, x)
print("GRU > LSTM:", table["GRU"][0] > table["LSTM"][0])
