import torch


def run(w, start, steps):  # a plain RNN with one unit
    h_0 = torch.tensor(start, requires_grad=True)
    h = h_0
    for _ in range(steps):
        h = torch.tanh(w * h)
    h.backward()
    return h.item(), h_0.grad.item()


for w, start in ((0.9, 0.0), (1.1, 0.0), (1.1, 0.5), (3.0, 0.5)):
    (_, after_10), (h, after_100) = run(w, start, 10), run(w, start, 100)
    print(
        f"w = {w}, start {start}: gradient {after_10:.2g} after 10 steps,"
        f" {after_100:.1g} after 100; h = {h:.3f}"
    )
