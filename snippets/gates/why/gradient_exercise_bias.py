from math import log

import torch

for T in (10, 100, 1000):
    b = log(T - 1)
    z = torch.sigmoid(torch.tensor(b))
    print(f"T = {T:4}: b = {b:.2f}, z = {z:.3f}", end=", ")
    print(f"z^T = {z**T:.2f}")
