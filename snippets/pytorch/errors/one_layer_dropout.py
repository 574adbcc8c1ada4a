import warnings

from torch import nn

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    nn.GRU(10, 20, dropout=0.5)
print(f"{caught[0].category.__name__}: {caught[0].message}")
