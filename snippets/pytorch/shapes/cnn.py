import torch
from torch import nn

B, T, H = 2, 7, 20
gru = nn.GRU(16, H, batch_first=True)

# series: features are channels
conv = nn.Conv1d(10, 16, kernel_size=3, padding=1)
x = torch.randn(B, T, 10)
y = conv(x.transpose(1, 2)).transpose(1, 2)
print(tuple(y.shape), tuple(gru(y)[0].shape))

# frames: each goes through the CNN by itself
cnn = nn.Sequential(
    nn.Conv2d(3, 16, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1)
)
frames = torch.randn(B, T, 3, 32, 32)
y = cnn(frames.flatten(0, 1)).flatten(1)  # (B * T, 16)
y = y.unflatten(0, (B, T))
print(tuple(y.shape), tuple(gru(y)[0].shape))
alone = cnn(frames[1, 2:3]).flatten()
print(torch.allclose(y[1, 2], alone, atol=1e-6))

# image: columns are steps
image = torch.randn(B, 16, 4, T)  # (B, C, height, width)
y = image.mean(2).transpose(1, 2)
print(tuple(y.shape), tuple(gru(y)[0].shape))
