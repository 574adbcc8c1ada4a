import torch


def gradient(w, x, steps):  # of h_steps with respect to h_0
    h_0 = torch.zeros(1, requires_grad=True)
    h = h_0
    for _ in range(steps):
        h = torch.tanh(w * h + x)  # a plain RNN with one unit
    h.backward()
    return h_0.grad.item()


for w, x in ((0.9, 0.0), (1.1, 0.0), (1.1, 0.5)):
    after_10, after_100 = gradient(w, x, 10), gradient(w, x, 100)
    print(f"w = {w}, x = {x}: 10 steps {after_10:.2g}, 100 {after_100:.2g}")
