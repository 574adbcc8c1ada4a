import torch

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
H, nets, T = 8, 10000, 100
z = torch.sigmoid(3 * torch.randn(nets, H))
a, w = torch.randn(2, nets, H)
n = torch.where(a < 0, a.sigmoid(), a + 0.5)
offset = torch.randn(nets)

# x_t = 1
h, says = torch.zeros(nets, H), []
for _ in range(T):
    h = z * h + (1 - z) * n
    says.append((w * h).sum(1) > offset)
# (time, nets)
says = torch.stack(says)
turns = (says[1:] != says[:-1]).sum(0).max().item()
print(f"{H = }, {T = }: {turns = }")
