import torch

# h_1 = tanh(w h_0), h_2 = tanh(w h_1)
w = torch.tensor(1.0, requires_grad=True)
h_0 = torch.tensor(0.5)
h_1 = torch.tanh(w * h_0)
h_2 = torch.tanh(w * h_1)
h_2.backward()

slope_1, slope_2 = 1 - h_1**2, 1 - h_2**2
near = slope_2 * h_1
far = slope_2 * w * slope_1 * h_0
print(f"h_1 = {h_1:.3f}  h_2 = {h_2:.3f}")
print(f"near = {near:.3f}  far = {far:.3f}")
print(f"near + far = {near + far:.3f}")
print(f"w.grad     = {w.grad:.3f}")
assert torch.isclose(near + far, w.grad)
