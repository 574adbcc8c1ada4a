import torch

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
H = 4
U, V = torch.randn(2, H, H)  # W_hr, W_hn
h, u, v = torch.randn(3, H)
h.requires_grad_()

a_r = U @ h
r = torch.sigmoid(a_r)
s = r * h
a_n = u + V @ s
n = torch.tanh(a_n)
for q in (a_r, r, s, a_n):
    q.retain_grad()
(v @ n).backward()

d_a_n = v * (1 - n**2)
d_s = V.T @ d_a_n
d_r = d_s * h
d_a_r = d_r * r * (1 - r)
d_h = d_s * r + U.T @ d_a_r
lines = {
    "d_a_n": (d_a_n, a_n),
    "d_s": (d_s, s),
    "d_r": (d_r, r),
    "d_a_r": (d_a_r, a_r),
    "d_h": (d_h, h),
}
for name, (ours, q) in lines.items():
    assert (ours - q.grad).abs().max() < 1e-12, name
    print(name, tuple(ours.shape))
