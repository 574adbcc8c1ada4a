import io
import pickle
import re

import numpy as np
import torch
from torch import nn

errors = []
for kept in nn.GRU(10, 20), {"mean": np.zeros(10)}:
    file = io.BytesIO()
    torch.save(kept, file)
    file.seek(0)
    try:
        torch.load(file)
    except pickle.UnpicklingError as e:
        errors.append(e)
for e in errors[:1]:
    print(f"{type(e).__name__}: {str(e).split('. ')[0]}.")
for e in errors:
    print("  ...", re.search(r"GLOBAL \S+", str(e))[0])
