import torch


def run(w, start, steps):  # a plain RNN with one unit
    h_0 = torch.tensor(start, requires_grad=True)
    h = h_0
    for _ in range(steps):
        h = torch.tanh(w * h)
    h.backward()
    return h.item(), h_0.grad.item()


print("  w  h_0  dh_10/dh_0  dh_100/dh_0  h_100")
cases = (0.9, 0.0), (1.1, 0.0), (1.1, 0.5), (3.0, 0.5)
for w, start in cases:
    _, after_10 = run(w, start, 10)
    h, after_100 = run(w, start, 100)
    print(f"{w}  {start}", end=" ")
    print(f"{after_10:11.2g} {after_100:12.1g}  {h:5.3f}")
