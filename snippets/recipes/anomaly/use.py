import torch
from torch import Tensor, nn

HIDDEN, FAR, LATE = 32, 8.0, 36
nll = nn.GaussianNLLLoss(reduction="none")


class Detector(nn.Module):
    def __init__(self, D: int) -> None:
        super().__init__()
        self.gru = nn.GRU(D, HIDDEN, batch_first=True)
        self.fc = nn.Linear(HIDDEN, 2 * D)

    def forward(self, x: Tensor, h: Tensor | None) -> tuple:
        out, h = self.gru(x, h)
        move, log = self.fc(out).chunk(2, -1)
        return x + move, log.clamp(-8, 4).exp(), h

    @torch.no_grad()
    def step(self, x: Tensor, state: tuple | None) -> tuple:
        zero = torch.zeros_like(x)  # (streams, D)
        mean, var, h = state or (zero, zero + 1, None)
        score = nll(mean, x, var).nansum(1)
        far = FAR * var.sqrt()
        x = mean + (x - mean).clamp(-far, far).nan_to_num()
        mean, var, h = self(x[:, None], h)
        return score, (mean[:, 0], var[:, 0], h)


# >>> saved, stream: (time, D numbers), one by one
zeros = {
    k: 0 * w for k, w in Detector(1).state_dict().items()
}
FILE, saved = "zeros.pt", (zeros, [20.0], [0.5], 8.0, None)
level = {300: 30.0, 302: float("nan"), 310: 10.0, 500: 0.0}
stream = ((t, [level.get(t, 20.0)]) for t in range(600))
# <<<
weights, mean, std, limit, state = saved
net = Detector(len(mean)).double()
net.load_state_dict(weights)
mean, std = torch.tensor([mean, std]).double()
alarms = []  # [from, to]
for t, row in stream:
    x = (torch.tensor(row).double() - mean) / std
    score, state = net.step(x[None], state)
    if score > limit:
        if not alarms or t - alarms[-1][1] > LATE:
            alarms.append(alarm := [t, t])
            print("alarm", t, flush=True)
        alarm[1] = t
print(alarms)
torch.save([weights, *saved[1:4], state], FILE)
