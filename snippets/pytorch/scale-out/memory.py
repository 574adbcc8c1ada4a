from torch import nn

for kind in nn.GRU, nn.LSTM:
    for H in 256, 1024, 4096:
        layer = kind(H, H, device="meta")
        n = sum(p.numel() for p in layer.parameters())
        MB = 4 * n / 1e6
        # gradients, and two averages of them
        Adam = 4 * MB
        print(
            f"{kind.__name__:4} {H = :4} {MB = :5.1f}",
            end=" ",
        )
        print(f"{Adam = :6.1f}")
