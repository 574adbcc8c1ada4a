import io
import pickle

import torch
from torch import nn

file = io.BytesIO()
torch.save(nn.GRU(10, 20), file)
file.seek(0)
try:
    torch.load(file)
except pickle.UnpicklingError as e:
    print(f"{type(e).__name__}: {str(e).split('. ')[0]}.")
