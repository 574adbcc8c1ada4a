import numpy as np
from sklearn.preprocessing import (
    MinMaxScaler,
    StandardScaler,
)

# (steps, columns); column 0 is forecast
data = np.array([[20.0, 3.0], [24.0, 5.0], [31.0, 4.0]])
standard = StandardScaler().fit(data)
minmax = MinMaxScaler().fit(data)
try:
    standard.inverse_transform(np.zeros((3, 1)))
except ValueError as error:
    print(f"{type(error).__name__}: {error}")

p = standard.transform(data)[:, 0]
print(p * standard.scale_[0] + standard.mean_[0])
p = minmax.transform(data)[:, 0]
print((p - minmax.min_[0]) / minmax.scale_[0])
